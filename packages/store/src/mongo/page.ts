import type { Document, Sort } from 'mongodb'
import { storedAt } from './form.ts'

type SortKey = readonly [path: string, direction: 1 | -1]
/** Where a page ended: each sort key's stored value as JSON text (null when missing) and the id. */
export interface Position {
  readonly keys: readonly (string | null)[]
  readonly id: string
}

/** MongoDB's order of the types that can lie at a path; null and missing come before all of them. */
const order = ['number', 'string', 'object', 'bool'] as const
const typeOf = (value: unknown): (typeof order)[number] =>
  typeof value === 'boolean' ? 'bool' : (typeof value as 'number' | 'string' | 'object')

const lastDirection = (sort: readonly SortKey[]): 1 | -1 => sort.at(-1)?.[1] ?? 1

/** Ties are broken by id, in the direction of the last sort key: an index that ends in the id then serves both ways. */
export const sortOf = (sort: readonly SortKey[]): Sort =>
  Object.fromEntries([
    ...sort,
    ...(sort.some(([path]) => path === '_id') ? [] : [['_id', lastDirection(sort)] as const]),
  ])

export const positionOf = (stored: Document, sort: readonly SortKey[]): Position => ({
  id: String(stored._id),
  keys: sort.map(([path]) => {
    const value = storedAt(stored, path)
    return value === undefined || value === null ? null : JSON.stringify(value)
  }),
})

const later = (path: string, direction: 1 | -1, value: unknown): Document | undefined => {
  if (value === null) return direction === 1 ? { [path]: { $ne: null } } : undefined
  const at = order.indexOf(typeOf(value))
  const types = direction === 1 ? order.slice(at + 1) : order.slice(0, at)
  return {
    $or: [
      { [path]: { [direction === 1 ? '$gt' : '$lt']: value } },
      // A comparison keeps to values of its own type; the others come before or after all of them.
      ...(types.length === 0 ? [] : [{ [path]: { $type: [...types] } }]),
      ...(direction === 1 ? [] : [{ [path]: null }]),
    ],
  }
}

/** What comes after a position: what ties in all keys and has a later id, or ties in the first n and comes later in the next. */
export const afterPosition = (sort: readonly SortKey[], after: Position): Document => {
  const values = after.keys.map((key): unknown => (key === null ? null : JSON.parse(key)))
  const ties = (count: number): Document[] =>
    sort.slice(0, count).map(([path], i) => ({ [path]: values[i] === null ? null : { $eq: values[i] } }))
  const stretches: Document[] = [
    { $and: [...ties(sort.length), { _id: { [lastDirection(sort) === 1 ? '$gt' : '$lt']: after.id } }] },
  ]
  for (const [n, [path, direction]] of sort.entries()) {
    const then = later(path, direction, values[n])
    if (then !== undefined) stretches.push({ $and: [...ties(n), then] })
  }
  return { $or: stretches }
}
