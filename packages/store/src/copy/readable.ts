import { join } from 'node:path'
import type { CollectionSpec } from '@werenode/core'

/** A document as it lies in a store: with its revision, which the port would begin anew. */
export interface ReadableDoc {
  readonly id: string
  readonly rev: number
  readonly doc: Readonly<Record<string, unknown>>
}
export interface ReadablePoint {
  readonly series: string
  readonly key: string
  readonly at: number
  /** Order among the points of one time. */
  readonly order: number
  readonly value: unknown
}
export type PointPosition = Omit<ReadablePoint, 'value'>

/** One side of a copy, below the port. Everything comes in one order: documents by id, points by series, key, time and order. */
export interface Readable {
  /** What it is, in words without secrets. */
  readonly name: string
  /** Whether all reads see one moment, though others write. */
  readonly oneMoment: boolean
  specs(): Promise<readonly CollectionSpec[]>
  docs(collection: string, after: string | undefined, limit: number): Promise<readonly ReadableDoc[]>
  points(after: PointPosition | undefined, limit: number): Promise<readonly ReadablePoint[]>
  close(): Promise<void>
}

/** A store that a copy is written into; every write may be repeated. */
export interface Writable extends Readable {
  define(specs: readonly CollectionSpec[]): Promise<void>
  putDocs(collection: string, docs: readonly ReadableDoc[]): Promise<void>
  putPoints(points: readonly ReadablePoint[]): Promise<void>
  /** How far an unfinished copy has come, as it was last marked; undefined when none is under way. */
  mark(): Promise<string | undefined>
  setMark(mark: string | undefined): Promise<void>
  isEmpty(): Promise<boolean>
}

export const isMongoUrl = (place: string): boolean => /^mongodb(\+srv)?:\/\//.test(place)

/** `mongodb://...`, or the folder of a node (with its `store.db`). The driver of a store is loaded when it is named. */
export const openReadable = async (place: string): Promise<Readable> => {
  if (isMongoUrl(place)) return (await import('../mongo/copy.ts')).openMongoReadable(place)
  return (await import('../sqlite/copy.ts')).openSqliteReadable(join(place, 'store.db'))
}
export const openWritable = async (place: string): Promise<Writable> => {
  if (isMongoUrl(place)) return (await import('../mongo/copy.ts')).openMongoWritable(place)
  return (await import('../sqlite/copy.ts')).openSqliteWritable(join(place, 'store.db'))
}
