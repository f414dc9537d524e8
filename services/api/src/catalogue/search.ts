import type { Clock, Filter, Store, Stored } from '@werenode/core'
import type { LocationQuery } from '../contract/catalogue.ts'
import type { LocationSummary } from '../contract/schemas/locations.ts'
import { alongRoute } from './along-route.ts'
import type { PlaceDoc } from './collections.ts'
import { deepest, pageOf, readCursor, writeCursor } from './cursor.ts'
import { createSieve } from './sieve.ts'
import type { TariffBook } from './tariff-book.ts'

export interface Found {
  readonly doc: Stored<PlaceDoc>
  readonly distanceM?: number
  readonly alongM?: number
  /** What the question asked for besides. */
  readonly also?: Pick<LocationSummary, 'openNow' | 'free' | 'priceMicro'>
}
export interface FoundPage {
  readonly items: readonly Found[]
  readonly next?: string
}

const usualRadiusM = 5_000
const usualCorridorM = 3_000
/** Rounds of reading on while a sieve lets nearly nothing through; then the page is short and its cursor goes on. */
const mostRounds = 20

export type Search = (query: LocationQuery) => Promise<FoundPage>

/**
 * Locations by box, radius, route, words or all. What the store can compare it compares; what depends on the moment or on a tariff (open
 * now, free, the price of a charge) is sieved here from what it finds.
 */
export const createSearch = (deps: {
  store: Store
  clock: Clock
  tariffs: TariffBook
  /** Words that are nearly those asked for, for whoever mistyped; undefined: none. */
  correct?: (words: string) => Promise<string | undefined>
}): Search => {
  const { store } = deps
  return async (query) => {
    const sieve = createSieve(deps, query)
    if (!sieve) return searchOnce(deps, query)
    const items: Found[] = []
    let cursor = query.cursor
    for (let round = 0; round < mostRounds; round += 1) {
      const page = await searchOnce(deps, { ...query, cursor, limit: query.limit - items.length })
      items.push(...(await sieve(page.items)))
      cursor = page.next
      if (cursor === undefined || items.length >= query.limit) break
    }
    return { items, ...(cursor === undefined ? {} : { next: cursor }) }
  }

  async function searchOnce({ correct }: typeof deps, asked: LocationQuery): Promise<FoundPage> {
    const filter = filterOf(asked)
    if (asked.lat !== undefined && asked.lon !== undefined)
      return nearest(store, { lat: asked.lat, lon: asked.lon, radiusM: asked.radiusM ?? usualRadiusM }, filter, asked)
    if (asked.box) return inBox(store, asked.box, filter, asked)
    if (asked.route) {
      const { route: line, corridorM = usualCorridorM, limit, cursor } = asked
      return alongRoute(store, { line, corridorM, limit, cursor }, filter)
    }
    if (asked.q !== undefined) return byWords(store, asked.q, filter, asked, correct)
    const { items, next } = await store.find<PlaceDoc>('api_places', filter, {
      sort: [['_id', 1]],
      limit: asked.limit,
      ...(asked.cursor === undefined ? {} : { after: asked.cursor }),
    })
    return { items: items.map((doc) => ({ doc })), ...(next === undefined ? {} : { next }) }
  }
}

/** One connector must fit all at once, so standard, power, free and payable are one comparison (see PlaceDoc). */
export const filterOf = (
  query: Pick<LocationQuery, 'minPowerW' | 'standard' | 'available' | 'payable' | 'party' | 'pays' | 'accessible'>,
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
  return {
    gone: false,
    ...(query.party === undefined ? {} : { party: query.party }),
    ...(query.accessible ? { accessible: true } : {}),
    ...(query.pays === undefined ? {} : { [query.pays === 'card' ? 'pays.card' : 'pays.adHoc']: true }),
    ...(unfiltered ? {} : any.length === 1 ? any[0] : { $or: any }),
  }
}

type Turn = Pick<LocationQuery, 'limit' | 'cursor'>

const nearest = async (
  store: Store,
  at: { lat: number; lon: number; radiusM: number },
  filter: Filter,
  { limit, cursor }: Turn,
): Promise<FoundPage> => {
  const after = cursor === undefined ? undefined : readCursor(cursor, 'near')
  // The store gives the nearest first; what was shown lies before the cursor, or at its distance and named in it.
  const rows = await store.near<PlaceDoc>('api_places', {
    ...at,
    limit: Math.min(deepest, (after?.seen ?? 0) + limit + 1),
    filter,
  })
  return pageOf(
    rows.map(({ doc, distanceM }) => ({ doc, distanceM, at: distanceM, id: doc._id })),
    'near',
    limit,
    after,
  )
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

/** The best matches only: nobody pages through a word. Where nothing matches, a typo may be the reason. */
const byWords = async (
  store: Store,
  words: string,
  filter: Filter,
  { limit }: Turn,
  correct?: (words: string) => Promise<string | undefined>,
): Promise<FoundPage> => {
  const look = (text: string) => store.text<PlaceDoc>('api_places', { words: text, limit, filter })
  const docs = await look(words)
  const corrected = docs.length > 0 ? undefined : await correct?.(words)
  const found = corrected === undefined ? docs : await look(corrected)
  return { items: found.map((doc) => ({ doc })) }
}
