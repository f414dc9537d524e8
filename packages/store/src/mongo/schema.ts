import { WerenodeError } from '@werenode/core'
import type { Db } from 'mongodb'
import { LOCKS, underLock } from './lock.ts'

/** Raised when the collections of the adapter itself change; `migrations[n]` brings a database from version n to n + 1. */
const SCHEMA_VERSION = 1
const SCHEMA = '_schema'
export const COLLECTIONS = '_collections'
export const POINTS = '_points'

interface SchemaDoc {
  readonly _id: 'werenode'
  readonly version: number
}

const migrations: readonly ((db: Db) => Promise<void>)[] = [
  async (db) => {
    await db.collection(LOCKS).createIndex({ expiresAt: 1 }, { name: 'expired', expireAfterSeconds: 3_600 })
    await db.collection(POINTS).createIndex({ s: 1, k: 1, at: 1, o: 1 }, { name: 'points' })
    await db.collection(COLLECTIONS).createIndex({ name: 1 }, { name: 'name', unique: true })
  },
]

const versionOf = async (db: Db): Promise<number> => {
  const found = await db.collection<SchemaDoc>(SCHEMA).findOne({ _id: 'werenode' })
  return found?.version ?? 0
}

/** Throws `store-unavailable` for a database of a newer Werenode or of another program; it is not touched then. */
export const migrateSchema = async (db: Db): Promise<void> => {
  const version = await versionOf(db)
  if (version === SCHEMA_VERSION) return
  if (version > SCHEMA_VERSION)
    throw new WerenodeError(
      'store-unavailable',
      `The store ${db.databaseName} has schema version ${version}, this Werenode knows ${SCHEMA_VERSION}`,
      { hint: 'It was written by a newer Werenode: update this one.' },
    )
  if (version === 0) {
    const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name)
    if (names.some((name) => !name.startsWith('_') && !name.startsWith('system.')))
      throw new WerenodeError('store-unavailable', `The database ${db.databaseName} belongs to another program`, {
        hint: 'Name an empty database in the URL.',
      })
  }
  await underLock(db, 'schema', async () => {
    for (let at = await versionOf(db); at < SCHEMA_VERSION; at++) {
      await migrations[at]!(db)
      await db
        .collection<SchemaDoc>(SCHEMA)
        .updateOne({ _id: 'werenode' }, { $set: { version: at + 1 } }, { upsert: true })
    }
  })
}
