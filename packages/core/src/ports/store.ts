/**
 * The store port. Documents are plain JSON (money as decimal strings, times as ISO strings). One write call is atomic;
 * reads come before it and `_rev` proves that nothing changed in between (compare-and-set), so no adapter needs an
 * interactive transaction: SQLite commits many calls as one group, MongoDB runs each as a transaction.
 */
export interface Doc {
  readonly _id: string
  /** Set by the store: 1 on insert, +1 on each replace. */
  readonly _rev?: number
}

export type Stored<T extends Doc> = T & { readonly _rev: number }

export interface IndexSpec {
  readonly fields: readonly string[]
  readonly unique?: boolean
  /** Partial index: only documents whose fields equal these values (strings, numbers, booleans). */
  readonly where?: Readonly<Record<string, string | number | boolean>>
}

export interface CollectionSpec {
  /** `<owner>_<things>`, e.g. `manager_sessions`: data has one owner (house.md). */
  readonly name: string
  readonly indexes?: readonly IndexSpec[]
  /** Path of a `{ lon, lat }` object to index for `near` and `box`. */
  readonly geo?: string
  /** Paths whose words are searched by `text` (accent- and case-insensitive prefix match). */
  readonly text?: readonly string[]
}

type Scalar = string | number | boolean | null
/** A strict subset of MongoDB's filter language; a path is dotted. Anything else is refused, never ignored. */
export interface Condition {
  readonly $eq?: Scalar
  readonly $ne?: Scalar
  readonly $in?: readonly Scalar[]
  readonly $nin?: readonly Scalar[]
  readonly $gt?: Scalar
  readonly $gte?: Scalar
  readonly $lt?: Scalar
  readonly $lte?: Scalar
  readonly $exists?: boolean
}
export type Filter = { readonly [path: string]: Scalar | Condition | readonly Filter[] | undefined } & {
  readonly $and?: readonly Filter[]
  readonly $or?: readonly Filter[]
}

export interface FindOptions {
  readonly sort?: readonly (readonly [path: string, direction: 1 | -1])[]
  /** Default 100, at most 10,000. */
  readonly limit?: number
  /** Keyset cursor returned by the page before; only valid with the same filter and sort. */
  readonly after?: string
}

export interface Page<T> {
  readonly items: readonly T[]
  /** Cursor of the next page; undefined on the last. */
  readonly next?: string
}

export type WriteOp =
  | { readonly op: 'insert'; readonly in: string; readonly doc: Doc }
  /** Fails with `conflict` unless the stored `_rev` equals `rev`. */
  | { readonly op: 'replace'; readonly in: string; readonly doc: Doc; readonly rev: number }
  /** Inserts or overwrites, whatever is there. For caches and imports, never for state machines. */
  | { readonly op: 'put'; readonly in: string; readonly doc: Doc }
  | { readonly op: 'delete'; readonly in: string; readonly id: string; readonly rev?: number }
  /** Fails with `conflict` unless the document exists with this `_rev` (or, with `rev: 0`, does not exist). */
  | { readonly op: 'check'; readonly in: string; readonly id: string; readonly rev: number }
  | { readonly op: 'append'; readonly series: string; readonly key: string; readonly points: readonly Point[] }

export interface Point {
  /** Milliseconds since 1970, the point's own time. */
  readonly at: number
  readonly value: unknown
}

export interface Store {
  /** Creates or migrates collections and indexes. Idempotent; safe to call by several processes. */
  define(specs: readonly CollectionSpec[]): Promise<void>
  /**
   * All or nothing, durable when it resolves (survives SIGKILL and power loss).
   * Throws WerenodeError `conflict` (a unique index, an existing id, a `_rev`) with data {op index, in, id, index?}, or `store-unavailable`.
   * Returns the new `_rev` of each op (0 for delete/append).
   */
  write(ops: readonly WriteOp[]): Promise<readonly number[]>
  get<T extends Doc>(collection: string, id: string): Promise<Stored<T> | undefined>
  getMany<T extends Doc>(collection: string, ids: readonly string[]): Promise<readonly Stored<T>[]>
  find<T extends Doc>(collection: string, filter: Filter, options?: FindOptions): Promise<Page<Stored<T>>>
  count(collection: string, filter: Filter): Promise<number>
  /** Nearest first, within the radius; `distanceM` is great-circle metres. */
  near<T extends Doc>(
    collection: string,
    query: { lon: number; lat: number; radiusM: number; limit?: number; filter?: Filter },
  ): Promise<readonly { readonly doc: Stored<T>; readonly distanceM: number }[]>
  /** Documents inside the box, ordered by `_id`; west > east crosses the antimeridian. */
  box<T extends Doc>(
    collection: string,
    query: { west: number; south: number; east: number; north: number; limit?: number; filter?: Filter },
  ): Promise<readonly Stored<T>[]>
  /** Best match first. */
  text<T extends Doc>(
    collection: string,
    query: { words: string; limit?: number; filter?: Filter },
  ): Promise<readonly Stored<T>[]>
  /** Points of one key in a series with from <= at < to, oldest first (same `at`: in order of appending). */
  range(
    series: string,
    key: string,
    query: { from?: number; to?: number; limit?: number; newestFirst?: boolean },
  ): Promise<readonly Point[]>
  close(): Promise<void>
}
