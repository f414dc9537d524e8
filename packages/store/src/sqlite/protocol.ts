import type { CollectionSpec } from '@werenode/core'
import type { Condition } from '../filter.ts'
import type { Box } from '../geo.ts'

/** Ops and queries as they cross to the worker thread: checked, and with documents already as JSON text. */
export type WireOp =
  | { readonly op: 'insert' | 'put'; readonly in: string; readonly id: string; readonly json: string }
  | { readonly op: 'replace'; readonly in: string; readonly id: string; readonly json: string; readonly rev: number }
  | { readonly op: 'delete'; readonly in: string; readonly id: string; readonly rev?: number }
  | { readonly op: 'check'; readonly in: string; readonly id: string; readonly rev: number }
  | {
      readonly op: 'append'
      readonly series: string
      readonly key: string
      readonly points: readonly (readonly [at: number, json: string])[]
    }

export type SortKey = readonly [path: string, direction: 1 | -1]
/** Where a page ended: each sort key's value as JSON text (null when missing) and the id. */
export interface Position {
  readonly keys: readonly (string | null)[]
  readonly id: string
}

export interface Calls {
  define: { ask: readonly CollectionSpec[]; answer: null }
  write: { ask: readonly WireOp[]; answer: readonly number[] }
  getMany: { ask: { in: string; ids: readonly string[] }; answer: readonly WireDoc[] }
  find: {
    ask: { in: string; filter: Condition; sort: readonly SortKey[]; limit: number; after?: Position }
    answer: { docs: readonly WireDoc[]; end?: Position }
  }
  count: { ask: { in: string; filter: Condition }; answer: number }
  near: {
    ask: { in: string; lon: number; lat: number; radiusM: number; limit: number; filter: Condition }
    answer: readonly (readonly [doc: WireDoc, distanceM: number])[]
  }
  box: { ask: { in: string; box: Box; limit: number; filter: Condition }; answer: readonly WireDoc[] }
  text: { ask: { in: string; words: readonly string[]; limit: number; filter: Condition }; answer: readonly WireDoc[] }
  range: {
    ask: { series: string; key: string; from: number; to: number; limit: number; newestFirst: boolean }
    answer: readonly (readonly [at: number, json: string])[]
  }
}
export type WireDoc = readonly [json: string, rev: number]
export type Verb = keyof Calls

export type Request = { [V in Verb]: { readonly n: number; readonly verb: V; readonly ask: Calls[V]['ask'] } }[Verb]
export type Reply =
  | { readonly n: number; readonly answer: Calls[Verb]['answer'] }
  | { readonly n: number; readonly error: WireError }

export interface WireError {
  readonly code: string
  readonly message: string
  readonly hint: string | undefined
  readonly data: Readonly<Record<string, unknown>>
}

export type ToWorker = { readonly requests: readonly Request[] } | { readonly close: true }
export type FromWorker =
  | { readonly opened: true }
  | { readonly refused: WireError }
  | { readonly replies: readonly Reply[] }
  | { readonly closed: true }
