import { describe, expect, it } from 'vitest'
import { connected, disconnected, eachBus, eventIds, expectCode, type OpenBus, until } from './opened.ts'

export const streamContract = (open: OpenBus): void => {
  describe('live streams', () => {
    const on = eachBus(open)

    it('hear what happens while they listen, and one that fails harms nobody', async () => {
      await on.bus.commit([], [connected('S', 0)])
      const got: string[] = []
      on.bus.tap(['>'], () => {
        throw new Error('a listener that fails')
      })
      const stop = on.bus.tap(['station.connected'], (event) => got.push(event.id))
      await on.bus.commit([], [connected('S', 1), disconnected('S', 2), connected('S', 3)])
      await until(() => got.length === 2)
      await stop()
      await on.bus.commit([], [connected('S', 4)])
      const after: string[] = []
      on.bus.tap(['>'], (event) => after.push(event.id))
      await on.bus.commit([], [connected('S', 5)])
      await until(() => after.length === 1)
      expect(got).toEqual(['S:1', 'S:3'])
    })

    it('resume after any number, by type and by subject', async () => {
      for (let i = 0; i < 30; i++)
        await on.bus.commit([], [i % 3 === 0 ? disconnected(`S${i % 2}`, i) : connected(`S${i % 2}`, i)])
      const all = await on.bus.replay({ afterSeq: 0, types: ['>'] })
      expect(all.length).toBe(30)
      expect(eventIds(await on.bus.replay({ afterSeq: all[9]!.seq, types: ['>'], limit: 5 }))).toEqual(
        eventIds(all.slice(10, 15)),
      )
      expect(eventIds(await on.bus.replay({ afterSeq: 0, types: ['other.*', 'station.disconnected'] }))).toEqual(
        eventIds(all.filter(({ type }) => type === 'station.disconnected')),
      )
      expect(eventIds(await on.bus.replay({ afterSeq: 0, types: ['>'], subject: 'station.S1' }))).toEqual(
        eventIds(all.filter(({ subject }) => subject === 'station.S1')),
      )
      expect(await on.bus.replay({ afterSeq: all.at(-1)!.seq, types: ['>'] })).toEqual([])
      await expectCode(on.bus.replay({ afterSeq: 0, types: [], limit: 1 }), 'invalid-input')
      await expectCode(on.bus.replay({ afterSeq: 0, types: ['>'], limit: 0 }), 'invalid-input')
      await expectCode(on.bus.replay({ afterSeq: Number.NaN, types: ['>'] }), 'invalid-input')
    })

    it('miss nothing when replay is joined to tap', async () => {
      const live: string[] = []
      let written = 0
      let writing = true
      const writer = (async () => {
        while (writing) await on.bus.commit([], [connected('S', written++)])
      })()
      await until(() => written > 20)
      on.bus.tap(['>'], (event) => live.push(event.id))
      const past = eventIds(await on.bus.replay({ afterSeq: 0, types: ['>'], limit: 10_000 }))
      await until(() => live.length > 5)
      writing = false
      await writer
      expect([...new Set([...past, ...live])].sort()).toEqual(
        Array.from({ length: written }, (_, i) => `S:${i}`).sort(),
      )
    })
  })
}
