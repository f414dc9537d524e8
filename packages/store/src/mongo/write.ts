import { WerenodeError } from '@werenode/core'
import type { ClientSession, Db, Document, MongoError } from 'mongodb'
import type { WireOp } from '../sqlite/protocol.ts'
import type { Collection } from './collections.ts'
import { failedAt, isDuplicate, violatedIndex } from './failures.ts'
import { encodeFields, encodeValue } from './form.ts'
import type { Numbers } from './numbers.ts'
import { POINTS } from './schema.ts'

type DocOp = Exclude<WireOp, { op: 'append' }>
interface Insert {
  readonly op: 'insert' | 'put'
  readonly in: string
  readonly id: string
  readonly json: string
}
interface Row extends Document {
  readonly _id: string
  readonly _rev: number
}

/** What the ops of one write call work with; without a session each stands for itself. */
export interface Writing {
  readonly db: Db
  readonly session?: ClientSession
  readonly numbers: Numbers
  collectionOf(name: string): Promise<Collection>
}

const conflict = (op: DocOp, at: number, why: string, data: Readonly<Record<string, unknown>> = {}): never => {
  throw new WerenodeError('conflict', `${op.in} ${op.id}: ${why}`, {
    hint: 'Read it again and decide anew.',
    data: { op: at, in: op.in, id: op.id, ...data },
  })
}

/** Turns a violated index into `conflict`, naming it. */
const duplicate = (collection: Collection, op: DocOp, at: number, error: MongoError): never => {
  const index = collection.indexes.get(violatedIndex(error) ?? '')
  if (index === undefined) return conflict(op, at, 'already exists')
  return conflict(op, at, `another document has the same ${index.fields.join(', ')}`, { index: index.fields.join(',') })
}

const within = ({ session }: Writing): { session?: ClientSession } => (session === undefined ? {} : { session })
const rows = ({ db }: Writing, name: string) => db.collection<Row>(name)

const revision = async (writing: Writing, op: DocOp): Promise<number> => {
  const found = await rows(writing, op.in).findOne({ _id: op.id }, { projection: { _rev: 1 }, ...within(writing) })
  return found?._rev ?? 0
}
const staleRev = async (writing: Writing, op: DocOp & { rev?: number }, at: number): Promise<never> => {
  const found = await revision(writing, op)
  return conflict(op, at, found === 0 ? 'does not exist' : `is at revision ${found}, not ${op.rev}`, { rev: found })
}

const bodyOf = (collection: Collection, json: string): Document => {
  const fields = encodeFields(json)
  return { ...fields, ...collection.derive(fields) }
}

const insertAll = async (writing: Writing, ops: readonly Insert[], at: number): Promise<number[]> => {
  const collection = await writing.collectionOf(ops[0]!.in)
  const docs = ops.map((op): Row => ({ _id: op.id, _rev: 1, ...bodyOf(collection, op.json) }))
  try {
    if (docs.length === 1) await rows(writing, collection.name).insertOne(docs[0]!, within(writing))
    else await rows(writing, collection.name).insertMany(docs, { ordered: true, ...within(writing) })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const failed = failedAt(error)
    duplicate(collection, ops[failed]!, at + failed, error)
  }
  return ops.map(() => 1)
}

const replaceOne = async (writing: Writing, op: Extract<WireOp, { op: 'replace' }>, at: number): Promise<number> => {
  const collection = await writing.collectionOf(op.in)
  const doc: Row = { _id: op.id, _rev: op.rev + 1, ...bodyOf(collection, op.json) }
  try {
    const { matchedCount } = await rows(writing, op.in).replaceOne({ _id: op.id, _rev: op.rev }, doc, within(writing))
    if (matchedCount === 0) return await staleRev(writing, op, at)
  } catch (error) {
    if (isDuplicate(error)) duplicate(collection, op, at, error)
    throw error
  }
  return op.rev + 1
}

const putOne = async (writing: Writing, op: Insert, at: number): Promise<number> => {
  const collection = await writing.collectionOf(op.in)
  const body = bodyOf(collection, op.json)
  const next = { _id: op.id, _rev: { $add: [{ $ifNull: ['$_rev', 0] }, 1] } }
  const update = [{ $replaceWith: { $mergeObjects: [{ $literal: body }, next] } }]
  for (let attempt = 1; ; attempt++) {
    try {
      const options = { upsert: true, returnDocument: 'after', projection: { _rev: 1 }, ...within(writing) } as const
      const found = await rows(writing, op.in).findOneAndUpdate({ _id: op.id }, update, options)
      return Number(found?._rev ?? 1)
    } catch (error) {
      if (!isDuplicate(error)) throw error
      // Two upserts of one new document at once: the second finds it there when it tries again.
      if (violatedIndex(error) !== undefined || writing.session !== undefined || attempt === 5)
        duplicate(collection, op, at, error)
    }
  }
}

const deleteOne = async (writing: Writing, op: Extract<WireOp, { op: 'delete' }>, at: number): Promise<number> => {
  await writing.collectionOf(op.in)
  const filter = op.rev === undefined ? { _id: op.id } : { _id: op.id, _rev: op.rev }
  const { deletedCount } = await rows(writing, op.in).deleteOne(filter, within(writing))
  if (deletedCount === 0 && op.rev !== undefined) return staleRev(writing, op, at)
  return 0
}

/**
 * A check must hold when the transaction commits, and a transaction of MongoDB notices only what is written: so the document is
 * written without changing it, or made and removed again where there must be none. Two such transactions then meet.
 */
const checkOne = async (writing: Writing, op: Extract<WireOp, { op: 'check' }>, at: number): Promise<number> => {
  await writing.collectionOf(op.in)
  if (writing.session === undefined) {
    const found = await revision(writing, op)
    if (found === op.rev) return found
    return op.rev === 0 ? conflict(op, at, 'already exists', { rev: found }) : staleRev(writing, op, at)
  }
  if (op.rev === 0) {
    const found = await revision(writing, op)
    if (found !== 0) return conflict(op, at, 'already exists', { rev: found })
    await rows(writing, op.in).insertOne({ _id: op.id, _rev: 0 }, within(writing))
    await rows(writing, op.in).deleteOne({ _id: op.id }, within(writing))
    return 0
  }
  const touch = { $inc: { '%checks': 1 } } as Document
  const { matchedCount } = await rows(writing, op.in).updateOne({ _id: op.id, _rev: op.rev }, touch, within(writing))
  return matchedCount === 1 ? op.rev : staleRev(writing, op, at)
}

const append = async (writing: Writing, op: Extract<WireOp, { op: 'append' }>): Promise<number> => {
  const points = op.points.map(([at, json]) => ({
    s: op.series,
    k: op.key,
    at,
    o: writing.numbers(),
    v: encodeValue(JSON.parse(json)),
  }))
  if (points.length > 0) await writing.db.collection(POINTS).insertMany(points, { ordered: true, ...within(writing) })
  return 0
}

const applyOne = (writing: Writing, op: WireOp, at: number): Promise<number> => {
  switch (op.op) {
    case 'insert':
      return insertAll(writing, [op], at).then(([rev]) => rev!)
    case 'replace':
      return replaceOne(writing, op, at)
    case 'put':
      return putOne(writing, op, at)
    case 'delete':
      return deleteOne(writing, op, at)
    case 'check':
      return checkOne(writing, op, at)
    case 'append':
      return append(writing, op)
  }
}

/** Applies the ops of one write call in their order; neighbouring inserts into one collection travel together. */
export const applyOps = async (writing: Writing, ops: readonly WireOp[]): Promise<number[]> => {
  const revs: number[] = []
  while (revs.length < ops.length) {
    const at = revs.length
    const op = ops[at]!
    if (op.op !== 'insert') {
      revs.push(await applyOne(writing, op, at))
      continue
    }
    const run: Insert[] = []
    for (let i = at; i < ops.length; i++) {
      const next = ops[i]!
      if (next.op !== 'insert' || next.in !== op.in) break
      run.push(next)
    }
    revs.push(...(await insertAll(writing, run, at)))
  }
  return revs
}

/** What MongoDB does atomically by itself needs no transaction. */
export const standsAlone = (ops: readonly WireOp[]): boolean =>
  ops.length === 1 && (ops[0]!.op !== 'append' || ops[0]!.points.length === 1)
