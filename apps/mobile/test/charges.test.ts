import type { SessionEvent, Werenode } from '@werenode/sdk'
import { createCharges, estimatedEnd, type Told } from '../src/charge/charges'
import { textStore, viewOf } from './stand-ins'

/** A node that tells what the test gives it. */
const nodeOf = (part: {
  events?: readonly SessionEvent[]
  sessions?: readonly ReturnType<typeof viewOf>[]
  away?: boolean
}) => {
  const cosigned: string[] = []
  const node = {
    live: async function* () {
      yield* part.events ?? []
      await new Promise(() => undefined)
    },
    sessions: async () => {
      if (part.away) throw new Error('away')
      return { items: part.sessions ?? [] }
    },
    offline: {
      stop: async () => (part.away ? { sent: false } : { sent: true, session: viewOf({ state: 'stopping' }) }),
      cosign: async (id: string) => {
        cosigned.push(id)
        return { sent: true, outcome: { cosigned: false, why: 'the readings differ' } }
      },
      flush: async () => ({ sent: 1, dropped: [], left: 0 }),
    },
  } as unknown as Werenode
  return { node, cosigned }
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))
const meter = (energyWh: number, at: string): SessionEvent =>
  ({
    type: 'session.meter',
    seq: energyWh,
    at,
    data: { ...viewOf(), sessionId: viewOf().id, energyWh, powerW: 50_000, costMicro: '6000000', meterAt: at },
  }) as unknown as SessionEvent

test('a charge is followed, and its figures are those last told', async () => {
  const told: Told[] = []
  const { node } = nodeOf({ events: [meter(12_000, '2026-03-01T10:07:00.000Z')] })
  const charges = createCharges({ werenode: () => node, text: textStore(), tell: (one) => told.push(one) })
  charges.follow(viewOf())
  await settled()
  expect(charges.state().charges.get(viewOf().id)!.view).toMatchObject({ energyWh: 12_000, costMicro: '6000000' })
  expect(told).toEqual([{ kind: 'progress', view: expect.objectContaining({ energyWh: 12_000 }) }])
  charges.close()
})

test('a reading that was on its way does not lower a limit that was raised', async () => {
  const late = meter(12_000, '2026-03-01T10:07:00.000Z')
  const { node } = nodeOf({ events: [late, late] })
  const charges = createCharges({ werenode: () => node, text: textStore() })
  charges.follow(viewOf({ limitMicro: '35000000' }))
  await settled()
  const { view, powers } = charges.state().charges.get(viewOf().id)!
  expect(view.limitMicro).toBe('35000000')
  expect(powers).toHaveLength(1)
  charges.close()
})

test('what the stream tells again does not bring an older state back', async () => {
  const older = {
    type: 'session.state',
    seq: 1,
    at: '',
    data: { view: viewOf({ state: 'starting' }) },
  } as unknown as SessionEvent
  const { node } = nodeOf({ events: [older, meter(3_000, '2026-03-01T10:02:00.000Z')] })
  const charges = createCharges({ werenode: () => node, text: textStore() })
  charges.follow(viewOf())
  await settled()
  const { view, powers } = charges.state().charges.get(viewOf().id)!
  expect(view).toMatchObject({ state: 'charging', energyWh: 10_000 })
  expect(powers).toHaveLength(1)
  charges.close()
})

test('after the app was killed the charge is there at once, and then as the node tells it', async () => {
  const text = textStore()
  const first = createCharges({ werenode: () => nodeOf({}).node, text })
  first.follow(viewOf())
  first.close()
  const { node } = nodeOf({ sessions: [viewOf({ energyWh: 15_000 })] })
  const second = createCharges({ werenode: () => node, text })
  expect(second.state().charges.get(viewOf().id)).toMatchObject({ live: false, recovered: true })
  await second.resume()
  expect(second.state().charges.get(viewOf().id)).toMatchObject({
    live: true,
    recovered: true,
    view: { energyWh: 15_000 },
  })
  second.close()
})

test('on another phone the charge is found at the node', async () => {
  const { node } = nodeOf({ sessions: [viewOf(), viewOf({ id: `0x${'33'.repeat(32)}` as never, state: 'settled' })] })
  const charges = createCharges({ werenode: () => node, text: textStore() })
  await charges.resume()
  expect([...charges.state().charges.keys()]).toEqual([viewOf().id])
  charges.close()
})

test('a stop without network waits, and is no longer said to wait when it was sent', async () => {
  const part = { away: true, sessions: [viewOf({ state: 'stopping' })] }
  const { node } = nodeOf(part)
  const charges = createCharges({ werenode: () => node, text: textStore() })
  charges.follow(viewOf())
  charges.network(false)
  await charges.stop(viewOf().id)
  expect(charges.state().charges.get(viewOf().id)!.stopWaits).toBe(true)
  part.away = false
  charges.network(true)
  await settled()
  await settled()
  expect(charges.state().charges.get(viewOf().id)).toMatchObject({ stopWaits: false, view: { state: 'stopping' } })
  charges.close()
})

test('a receipt is co-signed behind, and why it was not is kept', async () => {
  const ready = viewOf({ state: 'ended', receipt: {} as never })
  const { node, cosigned } = nodeOf({
    events: [
      {
        type: 'session.receipt',
        seq: 9,
        at: '',
        data: { sessionId: ready.id, view: ready },
      } as unknown as SessionEvent,
    ],
  })
  const charges = createCharges({ werenode: () => node, text: textStore() })
  charges.follow(viewOf())
  await settled()
  await settled()
  expect(cosigned).toEqual([ready.id])
  expect(charges.state().charges.get(ready.id)!.notCosigned).toBe('the readings differ')
  charges.close()
})

test('several charges run beside each other', () => {
  const charges = createCharges({ werenode: () => nodeOf({}).node, text: textStore() })
  charges.follow(viewOf())
  charges.follow(viewOf({ id: `0x${'44'.repeat(32)}` as never }))
  expect(charges.state().charges.size).toBe(2)
  charges.close()
})

test('the end is estimated by what is left of the limit at the power of now', () => {
  // 5.40 EUR for 10 kWh; 19.60 EUR are left: 36.3 kWh, at 100 kW 21.8 minutes.
  expect(Math.round((estimatedEnd(viewOf(), 0) ?? 0) / 60_000)).toBe(22)
  expect(estimatedEnd(viewOf({ powerW: null }), 0)).toBeUndefined()
  expect(estimatedEnd(viewOf({ costMicro: '0' }), 0)).toBeUndefined()
  expect(estimatedEnd(viewOf({ state: 'ended' }), 0)).toBeUndefined()
})
