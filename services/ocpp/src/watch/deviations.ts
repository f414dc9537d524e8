import type { Clock, Doc, Store } from '@werenode/core'
import type { Deviation } from '../wire/repair.ts'

/** How often a station left the rules, by rule, action and place. */
export interface DeviationCounts extends Doc {
  readonly _id: string
  readonly counts: Readonly<Record<string, number>>
  readonly lastAt: string
}

/** Counts deviations in memory and writes them down every few seconds: shown to the operator, never part of a charge. */
export interface DeviationCounter {
  note(stationId: string, action: string, deviations: readonly Deviation[]): void
  of(stationId: string): Promise<Readonly<Record<string, number>>>
  flush(): Promise<void>
}

/** Rules a station can break in distinct ways are bounded, what it writes into paths is not. */
const mostKinds = 200

export const createDeviationCounter = ({ store, clock }: { store: Store; clock: Clock }): DeviationCounter => {
  let unwritten = new Map<string, Map<string, number>>()

  let writing: Promise<void> = Promise.resolve()

  const write = async (): Promise<void> => {
    const batch = unwritten
    unwritten = new Map()
    for (const [stationId, news] of batch) {
      const known = await store.get<DeviationCounts>('ocpp_deviations', stationId)
      const counts: Record<string, number> = { ...known?.counts }
      for (const [kind, count] of news)
        if (Object.hasOwn(counts, kind) || Object.keys(counts).length < mostKinds)
          counts[kind] = (Object.hasOwn(counts, kind) ? counts[kind]! : 0) + count
      const doc: DeviationCounts = { _id: stationId, counts, lastAt: clock().toISOString() }
      await store.write([{ op: 'put', in: 'ocpp_deviations', doc }])
    }
  }

  /** One after the other: two at once would count from the same figures. */
  const flush = (): Promise<void> => {
    const next = writing.then(write)
    writing = next.catch(() => undefined)
    return next
  }

  return {
    note: (stationId, action, deviations) => {
      if (deviations.length === 0) return
      const counts = unwritten.get(stationId) ?? new Map<string, number>()
      unwritten.set(stationId, counts)
      for (const { rule, path } of deviations) {
        const kind = `${rule} ${action.slice(0, 60)}${path.slice(0, 100)}`
        if (counts.has(kind) || counts.size < mostKinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
      }
    },
    of: async (stationId) => {
      await flush()
      return (await store.get<DeviationCounts>('ocpp_deviations', stationId))?.counts ?? {}
    },
    flush,
  }
}
