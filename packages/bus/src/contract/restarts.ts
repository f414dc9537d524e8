import type { EventEnvelope } from '@werenode/core'
import { describe, expect, it } from 'vitest'
import { connected, eachBus, eventIds, expectCode, type OpenBus, until } from './opened.ts'

export const restartContract = (open: OpenBus): void => {
  describe('restarts', () => {
    const on = eachBus(open)

    it('deliver what was not acknowledged, in order, and only that', async () => {
      const got: string[] = []
      await on.bus.consume({ group: 'g', types: ['>'], from: 'start' }, async (event) => {
        if (event.subject === 'station.sick') throw new Error('sick')
        got.push(event.id)
      })
      for (let i = 0; i < 100; i++) await on.bus.commit([], [connected('sick', i), connected('well', i)])
      await until(() => got.length === 100)
      const bus = await on.reopen()
      // Committed before anybody consumes again.
      await bus.commit([], [connected('sick', 100), connected('well', 100)])
      const after: string[] = []
      await bus.consume({ group: 'g', types: ['>'] }, async (event) => void after.push(event.id))
      await bus.idle(20_000)
      expect(after.filter((id) => id.startsWith('well'))).toEqual(['well:100'])
      expect(after.filter((id) => id.startsWith('sick'))).toEqual(Array.from({ length: 101 }, (_, i) => `sick:${i}`))
    })

    it('keep the numbering and the memory of ids', async () => {
      const first = await on.bus.commit([], [connected('S', 1), connected('S', 2)])
      const bus = await on.reopen()
      const again = await bus.commit([], [connected('S', 2), connected('S', 3)])
      expect(again.events[0]).toEqual(first.events[1])
      expect(again.events[1]!.seq).toBeGreaterThan(first.events[1]!.seq)
      expect(eventIds(await bus.replay({ afterSeq: 0, types: ['>'] }))).toEqual(['S:1', 'S:2', 'S:3'])
    })

    it('let handlers under way finish and commit, and refuse new work', async () => {
      let release = (): void => {}
      const finished: EventEnvelope[] = []
      await on.bus.consume({ group: 'g', types: ['station.connected'] }, async (event) => {
        await new Promise<void>((resolve) => (release = resolve))
        await on.bus.commit([], [connected('T', 2)])
        finished.push(event)
      })
      await on.bus.commit([], [connected('S', 1)])
      const before = on.bus
      await new Promise((resolve) => setTimeout(resolve, 0))
      const reopening = on.reopen()
      release()
      const bus = await reopening
      expect(eventIds(finished)).toEqual(['S:1'])
      await expectCode(before.commit([], [connected('S', 9)]), 'store-unavailable')
      await expectCode(before.request('anything', {}), 'no-responder')
      const got: string[] = []
      await bus.consume({ group: 'g', types: ['station.connected'] }, async (event) => void got.push(event.id))
      await bus.idle(20_000)
      expect(got).toEqual(['T:2'])
    })
  })
}
