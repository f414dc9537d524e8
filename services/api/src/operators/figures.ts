import {
  type Bus,
  type CollectionSpec,
  type Doc,
  type EventEnvelope,
  isWerenodeError,
  type Party,
  partyOf,
  type Store,
  type Unsubscribe,
} from '@werenode/core'
import type { EvseDoc } from '../catalogue/collections.ts'
import { type ChargeDoc, charges } from '../charges/charge-doc.ts'

/** What happened at a party's plugs in one hour (UTC). Always made anew from the charges and faults of that hour, so that it cannot drift. */
export interface FigureDoc extends Doc {
  readonly party: Party
  /** `2026-11-22T13` */
  readonly hour: string
  readonly sessions: number
  readonly energyWh: number
  /** Settled. */
  readonly revenueMicro: string
  /** Ended and not settled yet. */
  readonly dueMicro: string
  /** A vehicle was plugged in. */
  readonly occupiedSeconds: number
  readonly faults: number
}
interface FaultDoc extends Doc {
  readonly party: Party
  readonly hour: string
  readonly stationId: string
  readonly evse: number
  readonly errorCode?: string
}

const figures = 'api_figures'
const faults = 'api_faults'
export const figureCollections: readonly CollectionSpec[] = [
  { name: figures, indexes: [{ fields: ['party', 'hour'] }] },
  { name: faults, indexes: [{ fields: ['party', 'hour'] }] },
]

/** Sums an hour again. The revision is read before the charges, so that of two sums at once the later reads again. */
export const sumHour = async (store: Store, party: Party, hour: string): Promise<void> => {
  for (;;) {
    const _id = `${party} ${hour}`
    const known = await store.get<FigureDoc>(figures, _id)
    const { items } = await store.find<ChargeDoc>(charges, { party, endedHour: hour }, { limit: 10_000 })
    const ended = items.filter(({ state }) => state !== 'rejected' && state !== 'cancelled')
    const micro = (some: readonly ChargeDoc[], of: (charge: ChargeDoc) => string): string =>
      some.reduce((sum, charge) => sum + BigInt(of(charge)), 0n).toString()
    const doc: FigureDoc = {
      _id,
      party,
      hour,
      sessions: ended.length,
      energyWh: ended.reduce((sum, { energyWh }) => sum + energyWh, 0),
      revenueMicro: micro(
        ended.filter(({ state }) => state === 'settled'),
        ({ paidMicro, amountMicro }) => paidMicro ?? amountMicro,
      ),
      dueMicro: micro(
        ended.filter(({ state }) => state !== 'settled' && state !== 'reclaimed'),
        ({ amountMicro }) => amountMicro,
      ),
      occupiedSeconds: ended.reduce((sum, { chargingSeconds, idleSeconds }) => sum + chargingSeconds + idleSeconds, 0),
      faults: (await store.count(faults, { party, hour })) + items.filter(({ faulted }) => faulted).length,
    }
    try {
      await store.write([
        known ? { op: 'replace', in: figures, doc, rev: known._rev } : { op: 'insert', in: figures, doc },
      ])
      return
    } catch (error) {
      if (!isWerenodeError(error) || error.code !== 'conflict') throw error
    }
  }
}

/** Counts each time a plug says that it is broken. */
export const followFaults = ({ store, bus }: { store: Store; bus: Bus }): Promise<Unsubscribe> =>
  bus.consume({ group: 'api-faults', types: ['station.status'], from: 'start', concurrency: 4 }, async (event) => {
    const { stationId, evse, status, stale, errorCode } = (event as EventEnvelope<'station.status'>).data
    if (status !== 'Faulted' || stale) return
    const { items } = await store.find<EvseDoc>('api_evses', { stationId }, { limit: 1 })
    if (!items[0]) return
    const party = partyOf(items[0].evseId)
    const hour = event.at.slice(0, 13)
    const doc: FaultDoc = {
      _id: event.id,
      party,
      hour,
      stationId,
      evse,
      ...(errorCode === undefined ? {} : { errorCode }),
    }
    await store.write([{ op: 'put', in: faults, doc }])
    await sumHour(store, party, hour)
  })

/** The hours of a span, oldest first. */
export const hoursOf = async (store: Store, party: Party, from: string, to: string): Promise<readonly FigureDoc[]> => {
  const all: FigureDoc[] = []
  let after: string | undefined
  do {
    const page = await store.find<FigureDoc>(
      figures,
      { party, hour: { $gte: from.slice(0, 13), $lt: to.slice(0, 13) } },
      { sort: [['hour', 1]], limit: 5_000, ...(after === undefined ? {} : { after }) },
    )
    all.push(...page.items)
    after = page.next
  } while (after !== undefined)
  return all
}

export type Step = 'hour' | 'day' | 'month'

/** Hours gathered into steps by the wall clock of a time zone; `plugs` is how many could have been in use. */
export const gather = (hours: readonly FigureDoc[], step: Step, timeZone: string, plugs: number) => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    ...(step === 'month' ? {} : { day: '2-digit' }),
    ...(step === 'hour' ? { hour: '2-digit' } : {}),
  } as Intl.DateTimeFormatOptions)
  const steps = new Map<string, { docs: FigureDoc[]; hours: Set<string> }>()
  for (const doc of hours) {
    const at = format.format(new Date(`${doc.hour}:00:00.000Z`)).replace(' ', 'T')
    const entry = steps.get(at) ?? { docs: [], hours: new Set<string>() }
    entry.docs.push(doc)
    steps.set(at, entry)
  }
  const seconds = { hour: 3_600, day: 86_400, month: 30 * 86_400 }[step]
  const sum = (docs: readonly FigureDoc[], of: (doc: FigureDoc) => number): number =>
    docs.reduce((a, doc) => a + of(doc), 0)
  const micro = (docs: readonly FigureDoc[], of: (doc: FigureDoc) => string): string =>
    docs.reduce((a, doc) => a + BigInt(of(doc)), 0n).toString()
  return [...steps].map(([at, { docs }]) => {
    const occupiedSeconds = sum(docs, (doc) => doc.occupiedSeconds)
    return {
      at,
      sessions: sum(docs, (doc) => doc.sessions),
      energyWh: sum(docs, (doc) => doc.energyWh),
      revenueMicro: micro(docs, (doc) => doc.revenueMicro),
      dueMicro: micro(docs, (doc) => doc.dueMicro),
      occupiedSeconds,
      utilisation: plugs === 0 ? 0 : Math.min(1, Math.round((occupiedSeconds / (plugs * seconds)) * 10_000) / 10_000),
      faults: sum(docs, (doc) => doc.faults),
    }
  })
}
