import { type CollectionSpec, type Doc, type Filter, type Store, type Stored, WerenodeError } from '@werenode/core'
import { type Db, type Document, MongoClient } from 'mongodb'
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
import { parseFilter } from '../filter.ts'
import { distanceM } from '../geo.ts'
import { checkSpec } from '../sqlite/collections.ts'
import { type Collection, defineAll, readCollections } from './collections.ts'
import { both, conditionQuery } from './condition.ts'
import { storeFailure } from './failures.ts'
import { decodeDoc, decodeValue, withoutDerived } from './form.ts'
import { createNumbers } from './numbers.ts'
import { afterPosition, positionOf, sortOf } from './page.ts'
import { boxQuery, nearStage } from './places.ts'
import { migrateSchema, POINTS } from './schema.ts'
import { inTransaction } from './transaction.ts'
import { byMatch, wordsQuery } from './words.ts'
import { applyOps, standsAlone, type Writing } from './write.ts'

export interface MongoStoreOptions {
  /** Of a replica set or a sharded cluster: `mongodb://user:password@host/database?...`. Never logged. */
  readonly url: string
  /** Default: the one the URL names, else `werenode`. */
  readonly database?: string
  /** How long a call waits for a server to be there before it fails, ms. Default 5,000. */
  readonly patienceMs?: number
}

/** The database that a URL names. */
export const databaseOf = (url: string): string => /^[^:]+:\/\/[^/]+\/([^?]+)/.exec(url)?.[1] ?? 'werenode'

/** Candidates of a word search that are ranked; more than these are cut off by id. */
const RANKED = 2_000

interface Row extends Document {
  readonly _id: string
}

/** Server name and version in words, without the URL. */
export interface MongoServer {
  readonly version: string
  /** What it calls itself beside mongod, e.g. `secantusVersion 0.7.0`; undefined on mongod. */
  readonly other?: string
}

export type MongoStore = Store & { readonly server: MongoServer }

const serverOf = async (db: Db): Promise<MongoServer> => {
  const info = await db.admin().command({ buildInfo: 1 })
  const hello = await db.admin().command({ hello: 1 })
  if (hello.setName === undefined && hello.msg !== 'isdbgrid')
    throw new WerenodeError(
      'store-unavailable',
      `The server of ${db.databaseName} has no transactions: it stands alone`,
      {
        hint: 'Run MongoDB as a replica set; one member is enough.',
      },
    )
  const others = Object.keys(info).filter((key) => /[a-z]Version$/.test(key) && key !== 'javascriptVersion')
  const other = others.map((key) => `${key.replace(/Version$/, '')} ${String(info[key])}`).join(', ')
  return { version: String(info.version), ...(other === '' ? {} : { other }) }
}

/**
 * The store on MongoDB, for any number of processes. A write of several ops is one transaction; a write resolves when a majority
 * of the replica set has it in its journal. Throws `store-unavailable` in a sentence when the server is not there, stands alone,
 * or the database is somebody else's or a newer Werenode's.
 *
 *   const store = await openMongoStore({ url: 'mongodb://localhost/werenode?replicaSet=rs0' })
 */
export const openMongoStore = async (options: MongoStoreOptions): Promise<MongoStore> => {
  const client = new MongoClient(options.url, {
    appName: 'werenode',
    serverSelectionTimeoutMS: options.patienceMs ?? 5_000,
    connectTimeoutMS: options.patienceMs ?? 5_000,
    // A server that does not answer at all is given up after a while; a slow one is not.
    socketTimeoutMS: 60_000,
    retryWrites: true,
    retryReads: true,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    ignoreUndefined: true,
    promoteValues: true,
  })
  const db = client.db(options.database ?? databaseOf(options.url))
  const name = db.databaseName
  const numbers = createNumbers()
  const known = new Map<string, Collection>()
  let closed = false
  const underWay = new Set<Promise<unknown>>()

  /** Every call goes through here: failures become the house's, and closing waits for what is under way. */
  const call = async <T>(run: () => Promise<T>): Promise<T> => {
    if (closed) throw new WerenodeError('store-unavailable', `The store ${name} is closed`)
    const running = run()
    underWay.add(running)
    try {
      return await running
    } catch (error) {
      throw storeFailure(error, name)
    } finally {
      underWay.delete(running)
    }
  }

  const collectionOf = async (asked: string): Promise<Collection> => {
    const found = known.get(asked)
    if (found !== undefined) return found
    // Another process may have defined it since.
    for (const [each, collection] of await readCollections(db)) if (!known.has(each)) known.set(each, collection)
    const now = known.get(asked)
    if (now !== undefined) return now
    throw new WerenodeError('invalid-input', `Collection ${JSON.stringify(asked)} is not defined`, {
      hint: 'Call define() with its specification first.',
    })
  }
  const rows = (collection: Collection) => db.collection<Row>(collection.name)
  const queryOf = (collection: Collection, filter: Filter | undefined): Document =>
    filter === undefined ? {} : conditionQuery(parseFilter(filter), collection.isTyped)

  const server = await (async () => {
    try {
      await client.connect()
      const found = await serverOf(db)
      await migrateSchema(db)
      for (const [each, collection] of await readCollections(db)) known.set(each, collection)
      return found
    } catch (error) {
      await client.close()
      throw storeFailure(error, name)
    }
  })()

  const geoOf = (collection: Collection): string => {
    if (collection.spec.geo !== undefined) return collection.spec.geo
    throw new WerenodeError('invalid-input', `Collection ${collection.name} has no places`, {
      hint: 'Define it with geo.',
    })
  }

  const getMany = async <T extends Doc>(collection: string, ids: readonly string[]): Promise<Stored<T>[]> => {
    const checked = ids.map((id) => checkId(id, `get from ${collection}`))
    const target = await collectionOf(checkCollection(collection))
    if (checked.length === 0) return []
    const found = await rows(target)
      .find({ _id: { $in: checked } }, { projection: withoutDerived })
      .toArray()
    const byId = new Map(found.map((row) => [row._id, row]))
    return checked.flatMap((id) => (byId.has(id) ? [decodeDoc<Stored<T>>(byId.get(id)!)] : []))
  }

  const find: Store['find'] = async <T extends Doc>(
    collection: string,
    filter: Filter,
    asked = {} as Parameters<Store['find']>[2] & object,
  ) => {
    const sort = checkSort(asked.sort)
    const condition = parseFilter(filter)
    const limit = checkLimit(asked.limit)
    const mark = queryMark(collection, condition, sort)
    const after = asked.after === undefined ? undefined : readCursor(mark, sort.length, asked.after)
    const target = await collectionOf(checkCollection(collection))
    const query = both(conditionQuery(condition, target.isTyped), after === undefined ? {} : afterPosition(sort, after))
    const found = await rows(target)
      .find(query, { projection: withoutDerived, sort: sortOf(sort), limit: limit + 1 })
      .toArray()
    const items = found.slice(0, limit).map((row) => decodeDoc<Stored<T>>(row))
    if (found.length <= limit) return { items }
    return { items, next: writeCursor(mark, positionOf(found[limit - 1]!, sort)) }
  }

  const near = async <T extends Doc>(collection: string, query: Parameters<Store['near']>[1]) => {
    const lon = checkNumber(query.lon, -180, 180, 'A longitude')
    const lat = checkNumber(query.lat, -90, 90, 'A latitude')
    const radiusM = checkNumber(query.radiusM, 0, 25_000_000, 'A radius in metres')
    const limit = checkLimit(query.limit)
    const target = await collectionOf(checkCollection(collection))
    geoOf(target)
    const stages = [
      nearStage(lon, lat, radiusM, queryOf(target, query.filter)),
      // Some more, because where distances are all but equal the server's order is not quite ours.
      { $limit: limit + 16 },
      { $project: { '%words': 0, '%checks': 0, '%geo': 0 } },
    ]
    const found = await rows(target).aggregate<Row>(stages).toArray()
    return found
      .map((row) => {
        const { '%at': at, '%distance': _, ...rest } = row as Document
        return { row: rest, away: distanceM(lon, lat, at[0], at[1]) }
      })
      .filter(({ away }) => away <= radiusM)
      .sort((a, b) => a.away - b.away)
      .slice(0, limit)
      .map(({ row, away }) => ({ doc: decodeDoc<Stored<T>>(row), distanceM: away }))
  }

  const box = async <T extends Doc>(collection: string, query: Parameters<Store['box']>[1]) => {
    const bounds = {
      west: checkNumber(query.west, -180, 180, 'West'),
      east: checkNumber(query.east, -180, 180, 'East'),
      south: checkNumber(query.south, -90, 90, 'South'),
      north: checkNumber(query.north, -90, 90, 'North'),
    }
    const limit = checkLimit(query.limit)
    const target = await collectionOf(checkCollection(collection))
    geoOf(target)
    if (bounds.south > bounds.north) return []
    const found = await rows(target)
      .find(both(boxQuery(bounds), queryOf(target, query.filter)), {
        projection: withoutDerived,
        sort: { _id: 1 },
        limit,
      })
      .toArray()
    return found.map((row) => decodeDoc<Stored<T>>(row))
  }

  const text = async <T extends Doc>(collection: string, query: Parameters<Store['text']>[1]) => {
    const words = searchWords(query.words)
    const limit = checkLimit(query.limit)
    const target = await collectionOf(checkCollection(collection))
    if (!target.spec.text?.length)
      throw new WerenodeError('invalid-input', `Collection ${target.name} has no words`, {
        hint: 'Define it with text.',
      })
    const wanted = wordsQuery(words)
    if (wanted === undefined) return []
    const found = await rows(target)
      .find(both(wanted, queryOf(target, query.filter)), { sort: { _id: 1 }, limit: Math.max(limit, RANKED) })
      .toArray()
    return found
      .sort(byMatch(words))
      .slice(0, limit)
      .map((row) => decodeDoc<Stored<T>>(row))
  }

  const range: Store['range'] = async (series, key, query) => {
    const least = Number.MIN_SAFE_INTEGER
    const most = Number.MAX_SAFE_INTEGER
    const s = checkId(series, 'range')
    const k = checkId(key, `range of ${series}`)
    const from = checkNumber(query.from ?? least, least, most, 'A from')
    const to = checkNumber(query.to ?? most, least, most, 'A to')
    const limit = checkInteger(query.limit ?? most, 1, most, 'A limit')
    const way = query.newestFirst ? -1 : 1
    const cursor = db
      .collection(POINTS)
      .find({ s, k, at: { $gte: from, $lt: to } }, { projection: { _id: 0, at: 1, v: 1 }, batchSize: 2_000 })
      .sort({ at: way, o: way })
    if (limit <= 2 ** 31 - 1) cursor.limit(limit)
    const points = await cursor.toArray()
    return points.map(({ at, v }) => ({ at: Number(at), value: decodeValue(v) }))
  }

  const define = async (specs: readonly CollectionSpec[]): Promise<void> => {
    for (const spec of specs) checkSpec(spec)
    await defineAll(db, JSON.parse(JSON.stringify(specs)) as CollectionSpec[], known)
  }

  const writing: Writing = { db, numbers, collectionOf }
  const close = async (): Promise<void> => {
    if (closed) return
    closed = true
    await Promise.allSettled(underWay)
    await client.close()
  }

  return {
    server,
    define: (specs) => call(() => define(specs)),
    write: async (ops) => {
      // In the caller's turn: what is changed afterwards is not written.
      const wire = ops.map(wireOp)
      if (wire.length === 0) return []
      return call(async () => {
        if (standsAlone(wire)) return applyOps(writing, wire)
        // Collections are looked up before, because a transaction reads only what was there when it began.
        for (const op of wire) if (op.op !== 'append') await collectionOf(op.in)
        return inTransaction(client, (session) => applyOps({ ...writing, session }, wire))
      })
    },
    get: (collection, id) => call(async () => (await getMany(collection, [id]))[0] as never),
    getMany: (collection, ids) => call(() => getMany(collection, ids)),
    find: (collection, filter, asked) => call(() => find(collection, filter, asked)) as never,
    count: (collection, filter) =>
      call(async () => {
        const condition = parseFilter(filter)
        const target = await collectionOf(checkCollection(collection))
        return rows(target).countDocuments(conditionQuery(condition, target.isTyped))
      }),
    near: (collection, query) => call(() => near(collection, query)) as never,
    box: (collection, query) => call(() => box(collection, query)) as never,
    text: (collection, query) => call(() => text(collection, query)) as never,
    range: (series, key, query) => call(() => range(series, key, query)),
    close,
  }
}
