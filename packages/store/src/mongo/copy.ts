import { type ClientSession, type Db, type Document, MongoClient } from 'mongodb'
import type { Readable, ReadableDoc, ReadablePoint, Writable } from '../copy/readable.ts'
import { defineAll, readCollections } from './collections.ts'
import { storeFailure } from './failures.ts'
import { decodeDoc, decodeValue, encodeFields, encodeValue, withoutDerived } from './form.ts'
import { POINTS } from './schema.ts'
import { databaseOf, openMongoStore } from './store.ts'

const COPYING = '_copying'
interface Row extends Document {
  readonly _id: string
}

const readsOf = (db: Db, session: ClientSession | undefined): Omit<Readable, 'close' | 'oneMoment'> => {
  const within = session === undefined ? {} : { session }
  return {
    name: `MongoDB ${db.databaseName}`,
    specs: async () =>
      [...(await readCollections(db)).values()]
        .map(({ spec }) => spec)
        .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name))),
    docs: async (collection, after, limit) => {
      const query = after === undefined ? {} : { _id: { $gt: after } }
      const found = await db
        .collection<Row>(collection)
        .find(query, { projection: withoutDerived, sort: { _id: 1 }, limit, ...within })
        .toArray()
      return found.map((row): ReadableDoc => {
        const { _id, _rev, ...doc } = decodeDoc<{ _id: string; _rev: number }>(row)
        return { id: _id, rev: _rev, doc }
      })
    },
    points: async (after, limit) => {
      const query =
        after === undefined
          ? {}
          : {
              $or: [
                { s: { $gt: after.series } },
                { s: after.series, k: { $gt: after.key } },
                { s: after.series, k: after.key, at: { $gt: after.at } },
                { s: after.series, k: after.key, at: after.at, o: { $gt: after.order } },
              ],
            }
      const found = await db
        .collection(POINTS)
        .find(query, { sort: { s: 1, k: 1, at: 1, o: 1 }, limit, ...within })
        .toArray()
      return found.map(
        ({ s, k, at, o, v }): ReadablePoint => ({
          series: String(s),
          key: String(k),
          at: Number(at),
          order: Number(o),
          value: decodeValue(v),
        }),
      )
    },
  }
}

const connected = async (url: string): Promise<{ client: MongoClient; db: Db }> => {
  // Opening it as a store checks the server and the schema, and makes or migrates it.
  const store = await openMongoStore({ url })
  await store.close()
  const client = new MongoClient(url, {
    serverSelectionTimeoutMS: 5_000,
    writeConcern: { w: 'majority', journal: true },
  })
  return { client, db: client.db(databaseOf(url)) }
}

/** A database beside its nodes, which may run: a snapshot session sees one moment, where the server has them (mongod for 5 minutes). */
export const openMongoReadable = async (url: string): Promise<Readable> => {
  const { client, db } = await connected(url)
  let session: ClientSession | undefined = client.startSession({ snapshot: true })
  try {
    await db.collection(POINTS).findOne({}, { session })
  } catch {
    await session.endSession()
    session = undefined
  }
  return {
    ...readsOf(db, session),
    oneMoment: session !== undefined,
    close: async () => {
      await session?.endSession()
      await client.close()
    },
  }
}

export const openMongoWritable = async (url: string): Promise<Writable> => {
  const { client, db } = await connected(url)
  const copying = db.collection<{ _id: 'mark'; mark: string }>(COPYING)
  const known = await readCollections(db)
  const failing = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run()
    } catch (error) {
      throw storeFailure(error, db.databaseName)
    }
  }
  return {
    ...readsOf(db, undefined),
    oneMoment: false,
    define: (specs) => failing(() => defineAll(db, specs, known)),
    putDocs: (collection, docs) =>
      failing(async () => {
        const { derive } = known.get(collection)!
        const ops = docs.map(({ id, rev, doc }) => {
          const fields = encodeFields(JSON.stringify(doc))
          const replacement = { _id: id, _rev: rev, ...fields, ...derive(fields) } as Row
          return { replaceOne: { filter: { _id: id }, replacement, upsert: true } }
        })
        await db.collection<Row>(collection).bulkWrite(ops, { ordered: false })
      }),
    putPoints: (points) =>
      failing(async () => {
        const ops = points.map(({ series, key, at, order, value }) => {
          const replacement = { s: series, k: key, at, o: order, v: encodeValue(value) }
          return { replaceOne: { filter: { s: series, k: key, at, o: order }, replacement, upsert: true } }
        })
        await db.collection(POINTS).bulkWrite(ops, { ordered: false })
      }),
    mark: async () => (await copying.findOne({ _id: 'mark' }))?.mark,
    setMark: async (mark) => {
      if (mark === undefined) await copying.deleteOne({ _id: 'mark' })
      else await copying.replaceOne({ _id: 'mark' }, { mark }, { upsert: true })
    },
    isEmpty: async () => known.size === 0 && (await db.collection(POINTS).findOne({})) === null,
    close: () => client.close(),
  }
}
