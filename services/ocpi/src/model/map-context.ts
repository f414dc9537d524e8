import type { Location, PartyRef, Token } from './model.ts'

/** What a mapper must know beyond the object: 2.1.1 leaves out who owns it and holds whole locations inside. */
export interface MapContext {
  /** Whose object it is, where the object itself does not say (2.1.1). */
  readonly owner: PartyRef
  /** The party on the other side of the connection: whose token it was, where the object does not say (2.1.1). */
  readonly holder: PartyRef
  /** A location the object refers to. */
  readonly location?: Location
  /** A token the object refers to by its auth_id (2.1.1). */
  readonly token?: Token
}

/** The object says something for which this version has no words that would keep its meaning. `what` is a sentence. */
export class NotExpressible extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'NotExpressible'
  }
}

/** A copy without the fields that are undefined. */
export const compact = <T extends object>(value: T): T => {
  for (const key in value) if (value[key] === undefined) delete value[key]
  return value
}

/** Those words of a list that the version knows; undefined when none is left. */
export const known = <T extends string>(
  words: readonly string[] | undefined,
  allowed: readonly T[],
): T[] | undefined => {
  const kept = words?.filter((word): word is T => (allowed as readonly string[]).includes(word))
  return kept === undefined || kept.length === 0 ? undefined : kept
}

/** A list without what cannot be said; undefined when nothing is left of it. */
export const listOf = <A, B>(list: readonly A[] | undefined, map: (item: A) => B | undefined): B[] | undefined => {
  const mapped = list?.map(map).filter((item): item is NonNullable<typeof item> => item !== undefined)
  return mapped as B[] | undefined
}

export const cut = (text: string, length: number): string => (text.length <= length ? text : text.slice(0, length))

/** Numbers leave with 4 decimals (types, "number"). */
export const decimals4 = (value: number): number => Math.round(value * 10_000) / 10_000
