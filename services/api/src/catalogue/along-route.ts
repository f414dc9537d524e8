import type { Filter, Store, Stored } from '@werenode/core'
import type { PlaceDoc } from './collections.ts'
import { pageOf, readCursor } from './cursor.ts'
import { boxAround, legsOf, nearestOn, type Point } from './line.ts'
import type { FoundPage } from './search.ts'

const legM = 25_000
const mostPerLeg = 2_000

/** Locations within a corridor of the line, in the order in which one drives past them. */
export const alongRoute = async (
  store: Store,
  wish: { line: readonly Point[]; corridorM: number; limit: number; cursor?: string | undefined },
  filter: Filter,
): Promise<FoundPage> => {
  const { line, corridorM, limit } = wish
  const after = wish.cursor === undefined ? undefined : readCursor(wish.cursor, 'route')
  const found = new Map<string, { doc: Stored<PlaceDoc>; at: number; offM: number; id: string }>()
  for (const leg of legsOf(line, legM)) {
    // A corridor reaches back by its width: what lies before the page is not asked for again.
    if (after && leg.startM + leg.metres + corridorM < after.at) continue
    // Once the page is full, later legs can only add what comes later.
    if ([...found.values()].filter(({ at }) => at <= leg.startM - corridorM && at > (after?.at ?? -1)).length > limit)
      break
    const docs = await store.box<PlaceDoc>('api_places', { ...boxAround(leg, corridorM), limit: mostPerLeg, filter })
    for (const doc of docs) {
      const { alongM, offM } = nearestOn(leg, doc.position)
      const known = found.get(doc._id)
      if (offM <= corridorM && (!known || offM < known.offM)) found.set(doc._id, { doc, at: alongM, offM, id: doc._id })
    }
  }
  const rows = [...found.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  const { items, next } = pageOf(rows, 'route', limit, after)
  return {
    items: items.map(({ doc, at, offM }) => ({ doc, distanceM: offM, alongM: at })),
    ...(next === undefined ? {} : { next }),
  }
}
