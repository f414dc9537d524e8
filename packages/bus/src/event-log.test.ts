import { type EventEnvelope, newEvent, type Store } from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import { describe, expect, it } from 'vitest'
import { openEventLog } from './event-log.ts'
import { observer } from './observe.ts'

const event = (n: number) =>
  newEvent({
    id: `e${n}`,
    type: 'station.disconnected',
    at: new Date(0),
    subject: `station.${n % 3}`,
    data: { stationId: 'S', epoch: n, reason: '' },
  })

describe('the log of events', { timeout: 30_000 }, () => {
  it('publishes in the order of its numbers, though the store answers in another', async () => {
    const store = await openMemoryStore()
    const shuffling: Store = {
      ...store,
      write: async (ops) => {
        const revs = await store.write(ops)
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20))
        return revs
      },
    }
    const published: EventEnvelope[] = []
    const horizons: number[] = []
    const log = await openEventLog({
      store: shuffling,
      clock: () => new Date(0),
      observer: observer(),
      publish: (events, horizon) => {
        published.push(...events)
        horizons.push(horizon)
        expect(horizon).toBeGreaterThanOrEqual(events.at(-1)?.seq ?? 0)
      },
    })
    const impossible = { op: 'check', in: 'bus_events', id: 'x', rev: 9 } as const
    await expect(log.commit([impossible], [event(0)])).rejects.toMatchObject({ code: 'invalid-input' })
    await Promise.all(Array.from({ length: 50 }, (_, n) => log.commit([], [event(2 * n), event(2 * n + 1)])))
    expect(published.map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, n) => `e${n}`))
    expect(horizons).toEqual(horizons.toSorted((a, b) => a - b))
    expect(log.pending()).toBe(0)
    await store.close()
  })

  it('says so when another bus writes into its store', async () => {
    const store = await openMemoryStore()
    const options = { store, clock: () => new Date(0), observer: observer(), publish: () => {} }
    const one = await openEventLog(options)
    const other = await openEventLog(options)
    await one.commit([], [event(1)])
    await expect(other.commit([], [event(2)])).rejects.toMatchObject({
      code: 'store-unavailable',
      message: 'Another bus writes events into this store',
    })
    await store.close()
  })
})
