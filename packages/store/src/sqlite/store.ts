import { join, resolve } from 'node:path'
import type { Doc, Filter, Store, Stored } from '@werenode/core'
import {
  checkCollection,
  checkId,
  checkInteger,
  checkLimit,
  checkNumber,
  checkSort,
  searchWords,
  wireOp,
} from '../ask.ts'
import { queryMark, readCursor, writeCursor } from '../cursor.ts'
import { type Condition, parseFilter } from '../filter.ts'
import { checkSpec } from './collections.ts'
import type { WireDoc } from './protocol.ts'
import { startThread, type Thread } from './thread.ts'

const revive = <T extends Doc>([json, rev]: WireDoc): Stored<T> => {
  const doc = JSON.parse(json)
  doc._rev = rev
  return doc
}

const everything: Condition = { is: 'and', parts: [] }
const conditionOf = (filter: Filter | undefined): Condition => (filter === undefined ? everything : parseFilter(filter))

const createStore = (thread: Thread): Store => ({
  define: async (specs) => {
    for (const spec of specs) checkSpec(spec)
    await thread.call('define', JSON.parse(JSON.stringify(specs)))
  },
  write: async (ops) => (ops.length === 0 ? [] : thread.call('write', ops.map(wireOp))),
  get: async <T extends Doc>(collection: string, id: string) => {
    const [doc] = await thread.call('getMany', {
      in: checkCollection(collection),
      ids: [checkId(id, `get from ${collection}`)],
    })
    return doc === undefined ? undefined : revive<T>(doc)
  },
  getMany: async <T extends Doc>(collection: string, ids: readonly string[]) => {
    const checked = ids.map((id) => checkId(id, `get from ${collection}`))
    return (await thread.call('getMany', { in: checkCollection(collection), ids: checked })).map((doc) =>
      revive<T>(doc),
    )
  },
  find: async <T extends Doc>(collection: string, filter: Filter, options: Parameters<Store['find']>[2] = {}) => {
    const sort = checkSort(options.sort)
    const condition = parseFilter(filter)
    const mark = queryMark(collection, condition, sort)
    const { docs, end } = await thread.call('find', {
      in: checkCollection(collection),
      filter: condition,
      sort,
      limit: checkLimit(options.limit),
      ...(options.after === undefined ? {} : { after: readCursor(mark, sort.length, options.after) }),
    })
    const items = docs.map((doc) => revive<T>(doc))
    return end === undefined ? { items } : { items, next: writeCursor(mark, end) }
  },
  count: async (collection, filter) =>
    thread.call('count', { in: checkCollection(collection), filter: parseFilter(filter) }),
  near: async <T extends Doc>(collection: string, query: Parameters<Store['near']>[1]) => {
    const found = await thread.call('near', {
      in: checkCollection(collection),
      lon: checkNumber(query.lon, -180, 180, 'A longitude'),
      lat: checkNumber(query.lat, -90, 90, 'A latitude'),
      radiusM: checkNumber(query.radiusM, 0, 25_000_000, 'A radius in metres'),
      limit: checkLimit(query.limit),
      filter: conditionOf(query.filter),
    })
    return found.map(([doc, distanceM]) => ({ doc: revive<T>(doc), distanceM }))
  },
  box: async <T extends Doc>(collection: string, query: Parameters<Store['box']>[1]) => {
    const box = {
      west: checkNumber(query.west, -180, 180, 'West'),
      east: checkNumber(query.east, -180, 180, 'East'),
      south: checkNumber(query.south, -90, 90, 'South'),
      north: checkNumber(query.north, -90, 90, 'North'),
    }
    const ask = {
      in: checkCollection(collection),
      box,
      limit: checkLimit(query.limit),
      filter: conditionOf(query.filter),
    }
    return (await thread.call('box', ask)).map((doc) => revive<T>(doc))
  },
  text: async <T extends Doc>(collection: string, query: Parameters<Store['text']>[1]) => {
    const ask = {
      in: checkCollection(collection),
      words: searchWords(query.words),
      limit: checkLimit(query.limit),
      filter: conditionOf(query.filter),
    }
    return (await thread.call('text', ask)).map((doc) => revive<T>(doc))
  },
  range: async (series, key, query) => {
    const least = Number.MIN_SAFE_INTEGER
    const most = Number.MAX_SAFE_INTEGER
    const points = await thread.call('range', {
      series: checkId(series, 'range'),
      key: checkId(key, `range of ${series}`),
      from: checkNumber(query.from ?? least, least, most, 'A from'),
      to: checkNumber(query.to ?? most, least, most, 'A to'),
      limit: checkInteger(query.limit ?? most, 1, most, 'A limit'),
      newestFirst: query.newestFirst ?? false,
    })
    return points.map(([at, json]) => ({ at, value: JSON.parse(json) }))
  },
  close: () => thread.close(),
})

export type SqliteStoreOptions =
  /** The file is `store.db` in this folder, which is made if it is missing. */
  { readonly folder: string; readonly file?: undefined } | { readonly file: string; readonly folder?: undefined }

/**
 * The default store: one SQLite file, owned by one process, written by one thread. Many writes share a commit (WAL, synchronous
 * FULL), and each resolves only after it. Throws `store-unavailable`, in a sentence, when the file is damaged, foreign, of a newer
 * schema, in use by another process, or cannot be reached.
 *
 *   const store = await openSqliteStore({ folder: '.werenode/data' })
 */
export const openSqliteStore = async (options: SqliteStoreOptions): Promise<Store> =>
  createStore(
    await startThread(options.file === undefined ? join(resolve(options.folder), 'store.db') : resolve(options.file)),
  )

/** The same code on a database that is gone when it is closed: for tests and demos. */
export const openMemoryStore = async (): Promise<Store> => createStore(await startThread(':memory:'))
