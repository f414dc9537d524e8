import type { Address } from '@werenode/core'
import { busyConnectors, type Index } from './fold.ts'
import { type Points, placesNear, pointsOf } from './places.ts'
import type { Operator, Plug } from './plug.ts'
import { availabilityOf, type Hit, searchPlugs, type Wish } from './search.ts'

/** A plug with whose it is and whether it can be used. */
export interface PlugView extends Hit {
  readonly operator: Operator | undefined
}

/**
 * Everything the pages ask of the index. The index lives in a worker: reading a hundred thousand events and searching thirty thousand
 * plugs never holds up a press or a scroll. Answers are plain values.
 */
export const questions = {
  search: (
    index: Index,
    wish: Wish & { readonly limit: number },
  ): { readonly hits: readonly Hit[]; readonly found: number } => {
    const hits = searchPlugs(index, wish)
    return { hits: hits.slice(0, wish.limit), found: hits.length }
  },
  /** Null when no such plug is known. */
  plug: (index: Index, { key, nowS }: { readonly key: string; readonly nowS: number }): PlugView | null => {
    const plug = index.plugs.get(key)
    if (plug === undefined) return null
    const availability = availabilityOf(plug, busyConnectors(index), nowS)
    return { plug, availability, operator: index.operators.get(plug.operatorId) }
  },
  names: (index: Index, { keys }: { readonly keys: readonly string[] }): readonly (string | undefined)[] =>
    keys.map((key) => index.plugs.get(key)?.name),
  owned: (
    index: Index,
    { owner }: { readonly owner: Address },
  ): readonly { readonly operator: Operator; readonly plugs: readonly Plug[] }[] =>
    [...index.operators.values()]
      .filter((operator) => operator.owner.toLowerCase() === owner.toLowerCase())
      .map((operator) => ({
        operator,
        plugs: [...index.plugs.values()].filter(({ operatorId }) => operatorId === operator.id),
      })),
  operators: (index: Index, _: Record<never, never>): readonly Operator[] => [...index.operators.values()],
  points: (index: Index, { nowS }: { readonly nowS: number }): Points => pointsOf(index, nowS),
  near: placesNear,
}

export type Questions = typeof questions
export type Question = keyof Questions
export type Asked<Q extends Question> = Parameters<Questions[Q]>[1]
export type Answer<Q extends Question> = ReturnType<Questions[Q]>
