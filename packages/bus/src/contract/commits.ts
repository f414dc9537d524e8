import type { Doc, EventEnvelope, NewEvent, WriteOp } from '@werenode/core'
import { describe, expect, it } from 'vitest'
import { connected, disconnected, eachBus, eventIds, expectCode, type OpenBus, pause, until } from './opened.ts'

const put = (id: string, fields: object = {}): WriteOp => ({
  op: 'put',
  in: 't_docs',
  doc: { _id: id, ...fields } as Doc,
})

export const commitContract = (open: OpenBus): void => {
  describe('commits', () => {
    const on = eachBus(open)
    const seen = (): EventEnvelope[] => {
      const events: EventEnvelope[] = []
      on.bus.tap(['>'], (event) => events.push(event))
      return events
    }

    it('write operations and events together, and answer with revisions and numbered events', async () => {
      await on.store.define([{ name: 't_docs' }])
      const first = await on.bus.commit([put('a'), put('b'), put('a')], [connected('S', 1), disconnected('S', 2)])
      expect(first.revs).toEqual([1, 1, 2])
      expect(eventIds(first.events)).toEqual(['S:1', 'S:2'])
      expect(first.events[0]).toEqual({ ...connected('S', 1), seq: first.events[0]?.seq })
      expect(first.events[1]!.seq).toBeGreaterThan(first.events[0]!.seq)
      expect(await on.store.count('t_docs', {})).toBe(2)
      expect((await on.bus.commit([put('c')], [])).events).toEqual([])
      expect(await on.bus.commit([], [])).toEqual({ revs: [], events: [] })
    })

    it('that fail leave neither operations nor events', async () => {
      await on.store.define([{ name: 't_docs' }])
      const events = seen()
      const insert = { op: 'insert', in: 't_docs', doc: { _id: 'a' } } as const
      await on.bus.commit([insert], [connected('S', 1)])
      await expectCode(on.bus.commit([put('b'), insert], [connected('S', 2)]), 'conflict', {
        data: { op: 1, in: 't_docs', id: 'a' },
      })
      await on.bus.commit([], [connected('S', 3)])
      await until(() => events.length === 2)
      expect(eventIds(events)).toEqual(['S:1', 'S:3'])
      expect(eventIds(await on.bus.replay({ afterSeq: 0, types: ['>'] }))).toEqual(['S:1', 'S:3'])
      expect(await on.store.get('t_docs', 'b')).toBeUndefined()
    })

    it('tell an event once: a repeated id is not told again, what is written with it still applies', async () => {
      await on.store.define([{ name: 't_docs' }])
      const events = seen()
      const first = await on.bus.commit([put('a')], [connected('S', 1)])
      const changed = { ...connected('S', 1), at: '2030-01-01T00:00:00.000Z' } as NewEvent
      const again = await on.bus.commit([put('a'), put('b')], [connected('S', 0), changed, connected('S', 2)])
      expect(again.revs).toEqual([2, 1])
      expect(eventIds(again.events)).toEqual(['S:0', 'S:1', 'S:2'])
      expect(again.events[1]).toEqual(first.events[0])
      const twice = await on.bus.commit([], [connected('S', 3), connected('S', 3)])
      expect(twice.events[0]).toEqual(twice.events[1])
      await until(() => events.length === 4)
      expect(eventIds(events)).toEqual(['S:1', 'S:0', 'S:2', 'S:3'])
    })

    it('tell an event once though many report it at the same time', async () => {
      await on.store.define([{ name: 't_docs' }])
      const events = seen()
      const results = await Promise.all(
        Array.from({ length: 12 }, (_, i) => on.bus.commit([put(`d${i}`)], [connected('S', i % 3)])),
      )
      expect(await on.store.count('t_docs', {})).toBe(12)
      await on.bus.commit([], [connected('S', 9)])
      await until(() => events.some((event) => event.id === 'S:9'))
      expect(eventIds(events).sort()).toEqual(['S:0', 'S:1', 'S:2', 'S:9'])
      for (const [i, result] of results.entries()) {
        expect(result.events[0]?.seq).toBe(events.find((event) => event.id === `S:${i % 3}`)?.seq)
      }
    })

    it('number events in the order in which they become visible', async () => {
      await on.store.define([{ name: 't_docs' }])
      const events = seen()
      // Somebody who reads on from the last number he has seen must not miss one that becomes visible later.
      const read: string[] = []
      const reading = (async () => {
        for (let last = 0; read.length < 300; await pause()) {
          for (const { id, seq } of await on.bus.replay({ afterSeq: last, types: ['>'], limit: 1_000 })) {
            read.push(id)
            last = seq
          }
        }
      })()
      await Promise.allSettled(
        Array.from({ length: 600 }, (_, i) =>
          // Every other commit fails, and must not hold back or reorder the others.
          on.bus.commit(i % 2 === 0 ? [] : [{ op: 'check', in: 't_docs', id: 'x', rev: 7 }], [
            connected(`S${i % 7}`, i),
          ]),
        ),
      )
      await reading
      const numbers = events.map(({ seq }) => seq)
      expect(numbers.length).toBe(300)
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
      expect(new Set(numbers).size).toBe(300)
      expect(read).toEqual(eventIds(events))
    })

    it('keep what an event was when it was committed', async () => {
      const event = connected('S', 1)
      const data = event.data as { stationId: string }
      const committing = on.bus.commit([], [event])
      data.stationId = 'changed'
      const { events } = await committing
      expect(events[0]?.data).toMatchObject({ stationId: 'S' })
      expect((await on.bus.replay({ afterSeq: 0, types: ['>'] }))[0]?.data).toMatchObject({ stationId: 'S' })
    })

    it('refuse events that are none', async () => {
      const good = connected('S', 1)
      const bad = [
        { ...good, id: '' },
        { ...good, id: 'a\u0000' },
        { ...good, type: '' },
        { ...good, subject: '' },
        { ...good, at: 'yesterday' },
        { ...good, v: 2 },
        { ...good, data: { amount: 1n } },
        { ...good, data: { amount: Number.NaN } },
      ]
      for (const event of bad)
        await expectCode(on.bus.commit([], [connected('S', 0), event as unknown as NewEvent]), 'invalid-input')
      expect(await on.bus.replay({ afterSeq: 0, types: ['>'] })).toEqual([])
    })
  })
}
