import { type Filter, type Store, type Stored, WerenodeError } from '@werenode/core'
import type { LocationQuery } from '../contract/catalogue.ts'
import type { PlaceDoc } from './collections.ts'

export interface Found {
  readonly doc: Stored<PlaceDoc>
  readonly distanceM?: number
}
export interface FoundPage {
  readonly items: readonly Found[]
  readonly next?: string
}

/** No search goes deeper than this; narrow it instead. */
const deepest = 10_000
const usualRadiusM = 5_000

/** Locations by box, radius, words or all. Cursors are positions in the order of the search, not counts. */
export const searchLocations = async (store: Store, query: LocationQuery): Promise<FoundPage> => {
  const filter = filterOf(query)
  if (query.lat !== undefined && query.lon !== undefined)
    return nearest(store, { lat: query.lat, lon: query.lon, radiusM: query.radiusM ?? usualRadiusM }, filter, query)
  if (query.box) return inBox(store, query.box, filter, query)
  if (query.q !== undefined) return byWords(store, query.q, filter, query)
  const { items, next } = await store.find<PlaceDoc>('api_places', filter, {
    sort: [['_id', 1]],
    limit: query.limit,
    ...(query.cursor === undefined ? {} : { after: query.cursor }),
  })
  return { items: items.map((doc) => ({ doc })), ...(next === undefined ? {} : { next }) }
}

/** One connector must fit all at once, so standard, power, free and payable are one comparison (see PlaceDoc). */
export const filterOf = (
  query: Pick<LocationQuery, 'minPowerW' | 'standard' | 'available' | 'payable' | 'party'>,
): Filter => {
  const { minPowerW = 0, standard = ['ANY'] } = query
  const audience = query.payable
    ? query.available
      ? 'payableAvailable'
      : 'payable'
    : query.available
      ? 'available'
      : 'any'
  const any = standard.map((name): Filter => ({ [`reach.${audience}.${name}`]: { $gte: minPowerW } }))
  const unfiltered = audience === 'any' && query.standard === undefined && query.minPowerW === undefined
  const ofParty = query.party === undefined ? {} : { party: query.party }
  return { gone: false, ...ofParty, ...(unfiltered ? {} : any.length === 1 ? any[0] : { $or: any }) }
}

type Turn = Pick<LocationQuery, 'limit' | 'cursor'>

const nearest = async (
  store: Store,
  at: { lat: number; lon: number; radiusM: number },
  filter: Filter,
  { limit, cursor }: Turn,
): Promise<FoundPage> => {
  const after = cursor === undefined ? undefined : readCursor(cursor, 'near')
  const seen = after?.seen ?? 0
  // The store gives the nearest first; what was shown lies before the cursor, or at its distance and named in it.
  const rows = await store.near<PlaceDoc>('api_places', {
    ...at,
    limit: Math.min(deepest, seen + limit + 1),
    filter,
  })
  const rest = after
    ? rows.filter(
        ({ doc, distanceM }) => distanceM > after.at || (distanceM === after.at && !after.ids.includes(doc._id)),
      )
    : rows
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  if (!last || rest.length <= limit) return { items }
  const ties = items.filter(({ distanceM }) => distanceM === last.distanceM).map(({ doc }) => doc._id)
  const ids = after?.at === last.distanceM ? [...after.ids, ...ties] : ties
  return { items, next: writeCursor({ way: 'near', at: last.distanceM, ids, seen: seen + items.length }) }
}

const inBox = async (
  store: Store,
  box: NonNullable<LocationQuery['box']>,
  filter: Filter,
  { limit, cursor }: Turn,
): Promise<FoundPage> => {
  const after = cursor === undefined ? undefined : readCursor(cursor, 'box')
  const narrowed: Filter = after ? { $and: [filter, { _id: { $gt: after.ids[0]! } }] } : filter
  const docs = await store.box<PlaceDoc>('api_places', { ...box, limit: limit + 1, filter: narrowed })
  const items = docs.slice(0, limit).map((doc) => ({ doc }))
  const last = items.at(-1)
  return {
    items,
    ...(last && docs.length > limit ? { next: writeCursor({ way: 'box', at: 0, ids: [last.doc._id], seen: 0 }) } : {}),
  }
}

/** The best matches only: nobody pages through a word. */
const byWords = async (store: Store, words: string, filter: Filter, { limit }: Turn): Promise<FoundPage> => {
  const docs = await store.text<PlaceDoc>('api_places', { words, limit, filter })
  return { items: docs.map((doc) => ({ doc })) }
}

interface Cursor {
  readonly way: 'near' | 'box'
  /** Distance of the last item, m. */
  readonly at: number
  /** The last item; of a radius search all that were shown at its very distance (stations share positions). */
  readonly ids: readonly string[]
  readonly seen: number
}

const writeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')

const readCursor = (text: string, way: Cursor['way']): Cursor => {
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
