import { WerenodeError } from '@werenode/core'

/** A position in the order of a search, not a count. */
export interface Cursor {
  readonly way: 'near' | 'box' | 'route'
  /** Distance (or, on a route, place) of the last item, m. */
  readonly at: number
  /** The last item; where items can share a distance all that were shown at its very distance (stations share positions). */
  readonly ids: readonly string[]
  readonly seen: number
}

/** No search goes deeper than this; narrow it instead. */
export const deepest = 10_000

export const writeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')

export const readCursor = (text: string, way: Cursor['way']): Cursor => {
  try {
    const { way: of, at, ids, seen } = JSON.parse(Buffer.from(text, 'base64url').toString()) as Cursor
    const named = Array.isArray(ids) && ids.length > 0 && ids.every((id) => typeof id === 'string')
    if (of === way && named && Number.isFinite(at) && Number.isSafeInteger(seen) && seen >= 0)
      return { way, at, ids, seen: Math.min(seen, deepest) }
  } catch {
    // Said below in words.
  }
  throw new WerenodeError('invalid-input', 'The cursor is not of this search', {
    hint: 'Send the cursor `next` of the page before, with the same filters.',
  })
}

/** The page after a cursor, of rows in rising order of `at`. */
export const pageOf = <T extends { readonly at: number; readonly id: string }>(
  rows: readonly T[],
  way: Cursor['way'],
  limit: number,
  after: Cursor | undefined,
): { items: readonly T[]; next?: string } => {
  const rest = after ? rows.filter(({ at, id }) => at > after.at || (at === after.at && !after.ids.includes(id))) : rows
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  if (!last || rest.length <= limit) return { items }
  const ties = items.filter(({ at }) => at === last.at).map(({ id }) => id)
  const ids = after?.at === last.at ? [...after.ids, ...ties] : ties
  return { items, next: writeCursor({ way, at: last.at, ids, seen: (after?.seen ?? 0) + items.length }) }
}
