import type { Clock, Doc, Store } from '@werenode/core'
import type { Deviation, DeviationKind } from '../schema/accept.ts'

/** One way in which a partner's messages leave the specification, and how often. */
export interface DeviationCount extends Doc {
  readonly partnerId: string
  readonly about: string
  readonly kind: DeviationKind
  /** With `[]` for any item of a list. */
  readonly path: string
  readonly count: number
  readonly lastAt: string
}

/** Counts deviations per partner in memory and writes the sums now and then: figures for people, nothing depends on them. */
export const createDeviationCounter = ({ store, clock }: { store: Store; clock: Clock }) => {
  const pending = new Map<
    string,
    { partnerId: string; about: string; kind: DeviationKind; path: string; count: number }
  >()
  let timer: NodeJS.Timeout | undefined
  let flushing = Promise.resolve()

  const add = (partnerId: string, about: string, deviations: readonly Deviation[]): void => {
    for (const { kind, path } of deviations) {
      const place = path.replaceAll(/\[\d+\]/g, '[]').slice(0, 120)
      const key = `${partnerId}|${about}|${kind}|${place}`
      const known = pending.get(key)
      if (known !== undefined) known.count += 1
      // A partner could make up field names without end.
      else if (pending.size < 2_000) pending.set(key, { partnerId, about, kind, path: place, count: 1 })
    }
  }

  const flush = (): Promise<void> => {
    flushing = flushing.then(async () => {
      for (const [key, one] of [...pending]) {
        pending.delete(key)
        const known = await store.get<DeviationCount>('ocpi_deviations', key)
        const doc: DeviationCount = {
          _id: key,
          ...one,
          count: one.count + (known?.count ?? 0),
          lastAt: clock().toISOString(),
        }
        await store.write([{ op: 'put', in: 'ocpi_deviations', doc }])
      }
    })
    return flushing
  }

  return {
    add,
    flush,
    of: async (partnerId: string): Promise<readonly DeviationCount[]> => {
      await flush()
      const { items } = await store.find<DeviationCount>('ocpi_deviations', { partnerId }, { limit: 500 })
      return [...items].sort((a, b) => b.count - a.count)
    },
    start: (onError: (error: unknown) => void): void => {
      timer = setInterval(() => void flush().catch(onError), 5_000)
      timer.unref()
    },
    stop: async (): Promise<void> => {
      clearInterval(timer)
      await flush()
    },
  }
}
