import type { EventEnvelope } from '@werenode/core'
import { describe, expect, it } from 'vitest'
import { connected, disconnected, eachBus, expectCode, type OpenBus, until } from './opened.ts'

const IDLE_MS = 20_000

export const consumeContract = (open: OpenBus): void => {
  describe('consumers', () => {
    const on = eachBus(open)
    const commit = async (...events: Parameters<typeof on.bus.commit>[1][number][]): Promise<void> => {
      await on.bus.commit([], events)
    }

    it('get each event of their types once, each group for itself', async () => {
      const got: Record<string, string[]> = { all: [], one: [], pattern: [] }
      const types = { all: ['>'], one: ['station.connected'], pattern: ['nothing.>', 'station.*'] }
      for (const [group, wanted] of Object.entries(types)) {
        await on.bus.consume({ group, types: wanted }, async (event) => void got[group]!.push(event.id))
      }
      for (let i = 0; i < 10; i++) await commit(connected('S', i * 2), disconnected('S', i * 2 + 1))
      await on.bus.idle(IDLE_MS)
      const all = Array.from({ length: 20 }, (_, i) => `S:${i}`)
      expect(got).toEqual({ all, pattern: all, one: all.filter((_, i) => i % 2 === 0) })
    })

    it('begin with what happens from now on, or from the start', async () => {
      await commit(connected('S', 1))
      const got: string[] = []
      await on.bus.consume({ group: 'late', types: ['>'] }, async (event) => void got.push(`late ${event.id}`))
      await on.bus.consume(
        { group: 'all', types: ['>'], from: 'start' },
        async (event) => void got.push(`all ${event.id}`),
      )
      await commit(connected('S', 2))
      await on.bus.idle(IDLE_MS)
      expect(got.sort()).toEqual(['all S:1', 'all S:2', 'late S:2'])
    })

    it('work on many subjects at once, and on one strictly in order', async () => {
      const running = new Map<string, number>()
      const order = new Map<string, number[]>()
      let most = 0
      await on.bus.consume({ group: 'g', types: ['>'], concurrency: 5 }, async (event) => {
        const { epoch } = event.data as { epoch: number }
        expect(running.get(event.subject) ?? 0).toBe(0)
        running.set(event.subject, 1)
        most = Math.max(most, [...running.values()].filter((n) => n > 0).length)
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 3))
        running.set(event.subject, 0)
        order.set(event.subject, [...(order.get(event.subject) ?? []), epoch])
      })
      for (let i = 0; i < 20; i++) await commit(...Array.from({ length: 8 }, (_, s) => connected(`S${s}`, i)))
      await on.bus.idle(IDLE_MS)
      expect(most).toBe(5)
      for (let s = 0; s < 8; s++) expect(order.get(`station.S${s}`)).toEqual(Array.from({ length: 20 }, (_, i) => i))
    })

    it('get a failed event again, after a pause that grows, and before what follows it', async () => {
      const attempts: { id: string; at: number }[] = []
      await on.bus.consume({ group: 'g', types: ['>'] }, async (event) => {
        attempts.push({ id: event.id, at: performance.now() })
        if (event.id === 'S:1' && attempts.length < 5) throw new Error('not yet')
      })
      await commit(connected('S', 1), connected('S', 2))
      await commit(connected('S', 3))
      await on.bus.idle(IDLE_MS)
      const ids = attempts.map(({ id }) => id)
      expect(ids.filter((id) => id !== 'S:1')).toEqual(['S:2', 'S:3'])
      expect(ids.slice(-2)).toEqual(['S:2', 'S:3'])
      const pauses = attempts.slice(1, -2).map(({ at }, i) => at - attempts[i]!.at)
      expect(pauses.length).toBe(4)
      expect(pauses.at(-1)!).toBeGreaterThan(pauses[0]! * 2)
    })

    it('are not held back by a subject that fails for ever, however much it has waiting', async () => {
      let failures = 0
      let healed = false
      const got: string[] = []
      await on.bus.consume({ group: 'g', types: ['>'], concurrency: 2 }, async (event) => {
        if (event.subject === 'station.sick' && !healed) {
          failures++
          throw new Error('sick')
        }
        got.push(event.id)
      })
      for (let i = 0; i < 300; i++) await commit(connected('sick', i), connected('well', i))
      await until(() => got.filter((id) => id.startsWith('well')).length === 300)
      expect(failures).toBeGreaterThan(0)
      expect(got.some((id) => id.startsWith('sick'))).toBe(false)
      healed = true
      await on.bus.idle(40_000)
      expect(got.filter((id) => id.startsWith('sick'))).toEqual(Array.from({ length: 300 }, (_, i) => `sick:${i}`))
    })

    it('of one group share its events, each to one of them', async () => {
      const got: string[][] = [[], []]
      for (const i of [0, 1]) {
        await on.bus.consume({ group: 'g', types: ['>'], concurrency: 1 }, async (event) => {
          await new Promise((resolve) => setTimeout(resolve, 1))
          got[i]!.push(event.id)
        })
      }
      await commit(...Array.from({ length: 60 }, (_, i) => connected(`S${i}`, 0)))
      await on.bus.idle(IDLE_MS)
      expect(got.flat().sort()).toEqual(Array.from({ length: 60 }, (_, i) => `S${i}:0`).sort())
      expect(Math.min(got[0]!.length, got[1]!.length)).toBeGreaterThan(0)
      await expectCode(
        on.bus.consume({ group: 'g', types: ['station.connected'] }, async () => {}),
        'invalid-input',
      )
    })

    it('catch up on a backlog far larger than what is held at once, in order', async () => {
      const total = 4_000
      for (let i = 0; i < total; i += 200)
        await commit(...Array.from({ length: 200 }, (_, j) => connected(`S${(i + j) % 3}`, i + j)))
      const last = new Map<string, number>()
      let count = 0
      await on.bus.consume({ group: 'g', types: ['station.*'], from: 'start' }, async (event) => {
        const { epoch } = event.data as { epoch: number }
        expect(epoch).toBeGreaterThan(last.get(event.subject) ?? -1)
        last.set(event.subject, epoch)
        count++
        // What is committed while catching up comes in its turn.
        if (count === 100) await commit(connected('S0', 1_000_000))
      })
      await on.bus.idle(40_000)
      expect(count).toBe(total + 1)
      expect(last.get('station.S0')).toBe(1_000_000)
    })

    it('may commit from within their handler', async () => {
      const got: string[] = []
      await on.bus.consume({ group: 'g', types: ['station.*'] }, async (event) => {
        got.push(event.id)
        if (event.type === 'station.connected') await on.bus.commit([], [disconnected('S', 2)])
      })
      await commit(connected('S', 1))
      await on.bus.idle(IDLE_MS)
      expect(got).toEqual(['S:1', 'S:2'])
    })

    it('stop when asked, after the handler under way, and go on where they stopped', async () => {
      const got: string[] = []
      let release = (): void => {}
      const handler = async (event: EventEnvelope): Promise<void> => {
        if (event.id === 'S:1') await new Promise<void>((resolve) => (release = resolve))
        got.push(event.id)
      }
      const stop = await on.bus.consume({ group: 'g', types: ['>'] }, handler)
      await commit(connected('S', 1), connected('S', 2), connected('T', 3))
      await until(() => got.includes('T:3'))
      const stopping = stop()
      release()
      await stopping
      await stop()
      await commit(connected('S', 4))
      await on.bus.idle(IDLE_MS)
      expect(got).toEqual(['T:3', 'S:1'])
      await on.bus.consume({ group: 'g', types: ['>'] }, handler)
      await on.bus.idle(IDLE_MS)
      expect(got).toEqual(['T:3', 'S:1', 'S:2', 'S:4'])
    })

    it('cannot change an event for others', async () => {
      const got: unknown[] = []
      await on.bus.consume({ group: 'a', types: ['>'] }, async (event) => {
        try {
          ;(event.data as { epoch: number }).epoch = 99
        } catch {
          // Frozen: as good.
        }
      })
      await on.bus.idle(IDLE_MS)
      on.bus.tap(['>'], (event) => got.push((event.data as { epoch: number }).epoch))
      await on.bus.consume(
        { group: 'b', types: ['>'] },
        async (event) => void got.push((event.data as { epoch: number }).epoch),
      )
      await commit(connected('S', 1))
      await on.bus.idle(IDLE_MS)
      expect(got).toEqual([1, 1])
    })

    it('are refused without a type, with a broken pattern, or a nonsense concurrency', async () => {
      const handler = async (): Promise<void> => {}
      await expectCode(on.bus.consume({ group: 'g', types: [] }, handler), 'invalid-input')
      await expectCode(on.bus.consume({ group: 'g', types: ['a.>.b'] }, handler), 'invalid-input')
      await expectCode(on.bus.consume({ group: '', types: ['>'] }, handler), 'invalid-input')
      await expectCode(on.bus.consume({ group: 'g', types: ['>'], concurrency: 0 }, handler), 'invalid-input')
    })

    it('are waited for by idle, which says what it waited for in vain', async () => {
      await on.bus.idle(IDLE_MS)
      let release = (): void => {}
      await on.bus.consume({ group: 'slow', types: ['>'] }, () => new Promise<void>((resolve) => (release = resolve)))
      await commit(connected('S', 1))
      await expectCode(on.bus.idle(30), 'timeout', { message: expect.stringContaining('slow') })
      release()
      await on.bus.idle(IDLE_MS)
    })
  })
}
