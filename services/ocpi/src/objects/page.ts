import type { Filter, Page, Store, Stored } from '@werenode/core'
import type { ObjectDoc } from '../collections.ts'
import type { Kind } from '../model/model.ts'

export interface PageQuery {
  readonly kind: Kind
  /** Inclusive. */
  readonly dateFrom?: string
  /** Exclusive. */
  readonly dateTo?: string
  readonly offset: number
  readonly limit: number
  /** Only what is for one of these parties (sessions, CDRs). */
  readonly forParties?: readonly string[]
}

const keptCursors = 2_000

/**
 * Pages of our own objects by offset, as OCPI asks (transport_and_format, "Paginated Request"), walked by keyset: where a page
 * ended is remembered, so that the next one begins there whatever its offset. The order is that of creation, oldest first.
 */
export const createPager = (store: Store) => {
  const cursors = new Map<string, string>()
  const remember = (key: string, cursor: string): void => {
    if (cursors.size >= keptCursors) cursors.delete(cursors.keys().next().value!)
    cursors.set(key, cursor)
  }

  return async (query: PageQuery): Promise<{ items: readonly Stored<ObjectDoc>[]; total: number }> => {
    const filter: Filter = {
      owner: 'own',
      kind: query.kind,
      gone: { $exists: false },
      ...(query.dateFrom === undefined && query.dateTo === undefined
        ? {}
        : {
            lastUpdated: {
              ...(query.dateFrom === undefined ? {} : { $gte: query.dateFrom }),
              ...(query.dateTo === undefined ? {} : { $lt: query.dateTo }),
            },
          }),
      ...(query.forParties === undefined ? {} : { forParty: { $in: query.forParties } }),
    }
    const sort = [['createdNr', 1]] as const
    const name = JSON.stringify(filter)
    const total = await store.count('ocpi_objects', filter)
    if (query.offset >= total) return { items: [], total }
    let at = query.offset
    let after = cursors.get(`${at}|${name}`)
    // Unknown place: walk there from the nearest known one, in long strides.
    if (after === undefined) {
      for (at = 0; at < query.offset; ) {
        const stride = Math.min(5_000, query.offset - at)
        const page: Page<Stored<ObjectDoc>> = await store.find<ObjectDoc>('ocpi_objects', filter, {
          sort,
          limit: stride,
          ...(after ? { after } : {}),
        })
        at += page.items.length
        after = page.next
        if (after === undefined) break
        remember(`${at}|${name}`, after)
      }
      if (at < query.offset) return { items: [], total }
    }
    const page = await store.find<ObjectDoc>('ocpi_objects', filter, {
      sort,
      limit: query.limit,
      ...(after ? { after } : {}),
    })
    if (page.next !== undefined) remember(`${query.offset + page.items.length}|${name}`, page.next)
    // What came since it was counted is on the page already.
    return { items: page.items, total: Math.max(total, query.offset + page.items.length) }
  }
}
