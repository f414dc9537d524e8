import { WerenodeError } from '@werenode/core'
import { describe, expect, it } from 'vitest'
import { eachBus, expectCode, type OpenBus } from './opened.ts'

export const requestContract = (open: OpenBus): void => {
  describe('requests', () => {
    const on = eachBus(open)

    it('reach whoever serves the subject, and bring back the answer', async () => {
      on.bus.serve('catalogue.offer', async (payload, subject) => ({ payload, subject }))
      expect(await on.bus.request('catalogue.offer', { evseId: 'FR*1' })).toEqual({
        payload: { evseId: 'FR*1' },
        subject: 'catalogue.offer',
      })
      expect(await on.bus.request('catalogue.offer', null)).toEqual({ payload: null, subject: 'catalogue.offer' })
    })

    it('fail at once when nobody serves, and when nobody serves any more', async () => {
      const startedAt = performance.now()
      await expectCode(on.bus.request('station.A1.command', {}, { timeoutMs: 60_000 }), 'no-responder')
      const stop = on.bus.serve('station.A1.command', async () => 1)
      await on.bus.request('station.A1.command', {})
      await stop()
      await expectCode(on.bus.request('station.A1.command', {}, { timeoutMs: 60_000 }), 'no-responder')
      expect(performance.now() - startedAt).toBeLessThan(20_000)
    })

    it('are served by pattern', async () => {
      on.bus.serve('station.*.command', async (_, subject) => subject)
      on.bus.serve('deep.>', async (_, subject) => subject)
      expect(await on.bus.request('station.A1.command', {})).toBe('station.A1.command')
      expect(await on.bus.request('deep.a.b.c', {})).toBe('deep.a.b.c')
      for (const subject of ['station.command', 'station.A1.B2.command', 'station.A1', 'deep', 'other']) {
        await expectCode(on.bus.request(subject, {}), 'no-responder')
      }
    })

    it('are shared among the servers of a subject', async () => {
      const served = [0, 0]
      for (const i of [0, 1]) {
        on.bus.serve('shared', async () => {
          served[i]!++
        })
      }
      for (let i = 0; i < 40; i++) await on.bus.request('shared', i)
      expect(served[0]! + served[1]!).toBe(40)
      expect(Math.min(...served)).toBeGreaterThan(0)
    })

    it('time out, and a late answer harms nobody', async () => {
      let answer = (_: unknown): void => {}
      on.bus.serve('slow', () => new Promise((resolve) => (answer = resolve)))
      await expectCode(on.bus.request('slow', {}, { timeoutMs: 20 }), 'timeout')
      answer('late')
      on.bus.serve('quick', async () => 'answer')
      expect(await on.bus.request('quick', {})).toBe('answer')
    })

    it('carry an error over whole, and hide the words of an unexpected one', async () => {
      on.bus.serve('refuses', async () => {
        throw new WerenodeError('evse-occupied', 'FR*1 is occupied', {
          hint: 'Take another.',
          data: { evseId: 'FR*1' },
        })
      })
      await expectCode(on.bus.request('refuses', {}), 'evse-occupied', {
        message: 'FR*1 is occupied',
        hint: 'Take another.',
        data: { evseId: 'FR*1' },
      })
      on.bus.serve('breaks', async () => {
        throw new TypeError('key=0xsecret is undefined')
      })
      await expectCode(on.bus.request('breaks', {}), 'internal', { message: expect.not.stringContaining('secret') })
      on.bus.serve('breaks.early', () => {
        throw new Error('not even a promise')
      })
      await expectCode(on.bus.request('breaks.early', {}), 'internal')
    })

    it('share no objects: both sides have their own copy, of what JSON keeps', async () => {
      const kept: { list: number[] }[] = []
      on.bus.serve('copy', async (payload) => {
        const mine = payload as { list: number[] }
        mine.list.push(9)
        kept.push(mine)
        return mine
      })
      const sent = { list: [1], gone: undefined, at: new Date(0) }
      const answer = await on.bus.request<{ list: number[] }>('copy', sent)
      expect(sent.list).toEqual([1])
      expect(answer).toEqual({ list: [1, 9], at: '1970-01-01T00:00:00.000Z' })
      answer.list.push(5)
      expect(kept[0]?.list).toEqual([1, 9])
      await expectCode(on.bus.request('copy', { amount: 1n }), 'invalid-input')
    })

    it('may be made many at once, and within a server', async () => {
      on.bus.serve('outer', async (n) => (await on.bus.request<number>('inner', n)) + 1)
      on.bus.serve('inner', async (n) => (n as number) * 2)
      const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => on.bus.request<number>('outer', n)))
      expect(answers).toEqual(Array.from({ length: 200 }, (_, n) => n * 2 + 1))
    })

    it('refuse a subject that is none', async () => {
      for (const subject of ['', 'a\nb', 'x'.repeat(300)])
        await expectCode(on.bus.request(subject, {}), 'invalid-input')
      expect(() => on.bus.serve('a.>.b', async () => 1)).toThrow('>')
      await expectCode(on.bus.request('station.*.command', {}), 'invalid-input')
    })
  })
}
