import { type CollectionSpec, type IndexSpec, WerenodeError } from '@werenode/core'
import type { CreateIndexesOptions, Db, Document } from 'mongodb'
import { collectionOf, type Collection as Known } from '../sqlite/collections.ts'
import { SCALARS } from './condition.ts'
import { isDuplicate } from './failures.ts'
import { underLock } from './lock.ts'
import { placeFields, placeOf } from './places.ts'
import { COLLECTIONS } from './schema.ts'
import { wordsOf } from './words.ts'

interface CollectionDoc {
  readonly _id: string
  readonly name: string
  /** JSON: paths are dotted, and the order of an index's fields matters. */
  readonly spec: string
}

/** A defined collection, as the adapter works with it. */
export interface Collection {
  readonly name: string
  readonly spec: CollectionSpec
  readonly indexes: ReadonlyMap<string, IndexSpec>
  /** Paths of unique indexes. */
  readonly isTyped: (path: string) => boolean
  /** What the indexes of place and words need beside the document's own fields. */
  derive(fields: Document): Document
}

const deriveOf =
  (spec: CollectionSpec) =>
  (fields: Document): Document => {
    const words = spec.text?.length ? wordsOf(fields, spec.text) : []
    return {
      ...(spec.geo === undefined ? {} : placeFields(placeOf(fields, spec.geo))),
      ...(words.length === 0 ? {} : { '%words': words }),
    }
  }

const openedOf = (spec: CollectionSpec): Collection => {
  const { name, indexes }: Known = collectionOf(spec)
  const typed = new Set([...indexes.values()].flatMap((index) => (index.unique ? index.fields : [])))
  return { name, spec, indexes, isTyped: (path) => typed.has(path), derive: deriveOf(spec) }
}

export const readCollections = async (db: Db): Promise<Map<string, Collection>> => {
  const docs = await db.collection<CollectionDoc>(COLLECTIONS).find().toArray()
  return new Map(docs.map(({ spec }) => openedOf(JSON.parse(spec))).map((each) => [each.name, each]))
}

const createIndex = async (db: Db, collection: string, name: string, index: IndexSpec): Promise<void> => {
  const keys = [...index.fields, ...(index.unique || index.fields.includes('_id') ? [] : ['_id'])]
  // What is missing or null in a field of a unique index is equal to nothing.
  const present = index.unique ? index.fields.map((field) => [field, { $type: [...SCALARS] }] as const) : []
  const partial = Object.fromEntries([...present, ...Object.entries(index.where ?? {})])
  const options: CreateIndexesOptions = {
    name,
    ...(index.unique ? { unique: true } : {}),
    ...(Object.keys(partial).length === 0 ? {} : { partialFilterExpression: partial }),
  }
  try {
    await db.collection(collection).createIndex(Object.fromEntries(keys.map((key) => [key, 1])), options)
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw new WerenodeError(
      'conflict',
      `Collection ${collection} already holds documents equal in ${index.fields.join(', ')}`,
      {
        hint: 'Remove the duplicates before making the index unique.',
        data: { in: collection, index: index.fields.join(',') },
      },
    )
  }
}

/** Writes what the indexes of place and words need into every document, where the definition of them changed. */
const deriveAgain = async (db: Db, collection: Collection): Promise<void> => {
  const target = db.collection<{ _id: string }>(collection.name)
  let batch: Parameters<typeof target.bulkWrite>[0][number][] = []
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await target.bulkWrite(batch, { ordered: false })
    batch = []
  }
  for await (const { _id, _rev, ...fields } of target.find<Document>({})) {
    const set = collection.derive(fields)
    const unset = Object.fromEntries(
      ['%geo', '%at', '%words'].filter((name) => !(name in set)).map((name) => [name, '']),
    )
    batch.push({
      updateOne: {
        // A document that was written meanwhile was written with the new definition, or is written again by whoever has it.
        filter: { _id, _rev } as Document as { _id: string },
        update: { ...(Object.keys(set).length === 0 ? {} : { $set: set }), $unset: unset } as Document,
      },
    })
    if (batch.length === 500) await flush()
  }
  await flush()
}

const defineOne = async (db: Db, collection: Collection, before: CollectionSpec | undefined): Promise<void> => {
  const { name, spec } = collection
  if (before === undefined && (await db.listCollections({ name }, { nameOnly: true }).toArray()).length === 0)
    await db.createCollection(name)
  const target = db.collection<{ _id: string }>(name)
  const there = new Set((await target.indexes()).map((index) => String(index.name)))
  for (const [index, indexSpec] of collection.indexes)
    if (!there.has(index)) await createIndex(db, name, index, indexSpec)
  const derives = JSON.stringify([spec.geo, spec.text ?? []]) !== JSON.stringify([before?.geo, before?.text ?? []])
  if (derives && before !== undefined) await deriveAgain(db, collection)
  if (spec.geo !== undefined) {
    await target.createIndex({ '%geo': '2dsphere' }, { name: 'geo', sparse: true })
    await target.createIndex({ '%at': '2d' }, { name: 'box', min: -181, max: 181 })
  }
  if (spec.text?.length) await target.createIndex({ '%words': 1 }, { name: 'words', sparse: true })
  const wanted = new Set([
    '_id_',
    ...collection.indexes.keys(),
    ...(spec.geo === undefined ? [] : ['geo', 'box']),
    ...(spec.text?.length ? ['words'] : []),
  ])
  for (const index of there) if (!wanted.has(index)) await target.dropIndex(index)
  const doc = { name, spec: JSON.stringify(spec) }
  await db.collection<CollectionDoc>(COLLECTIONS).updateOne({ _id: name }, { $set: doc }, { upsert: true })
}

/** One process at a time; what is already as it should be costs nothing. */
export const defineAll = async (
  db: Db,
  specs: readonly CollectionSpec[],
  known: Map<string, Collection>,
): Promise<void> => {
  const differs = (spec: CollectionSpec, old: CollectionSpec | undefined) =>
    JSON.stringify(old) !== JSON.stringify(spec)
  if (!specs.some((spec) => differs(spec, known.get(spec.name)?.spec))) return
  await underLock(db, 'define', async () => {
    for (const [name, each] of await readCollections(db)) known.set(name, each)
    for (const spec of specs) {
      const before = known.get(spec.name)?.spec
      if (!differs(spec, before)) continue
      const twin = [...known.keys()].find(
        (name) => name !== spec.name && name.toLowerCase() === spec.name.toLowerCase(),
      )
      if (twin !== undefined)
        throw new WerenodeError('invalid-input', `Collection "${spec.name}": ${twin} differs from it only by capitals`)
      const collection = openedOf(spec)
      await defineOne(db, collection, before)
      known.set(spec.name, collection)
    }
  })
}
