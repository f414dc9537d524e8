import type { Doc, Store, WriteOp } from '@werenode/core'
import { afterAll, beforeAll, expect } from 'vitest'

export interface OpenedStore {
  readonly store: Store
  /** Closes the store and opens the same data again; undefined for stores that forget. */
  readonly reopen?: () => Promise<Store>
  close(): Promise<void>
}
export type OpenStore = () => Promise<OpenedStore>

/** One store for the tests of a `describe`; they use collections of their own. */
export const sharedStore = (open: OpenStore): (() => Store) => {
  let opened: OpenedStore
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened.close())
  return () => opened.store
}

/** A document with whatever fields a test needs. */
export type Thing = Doc & Readonly<Record<string, unknown>>

export const insert = (collection: string, ...docs: readonly Thing[]): WriteOp[] =>
  docs.map((doc) => ({ op: 'insert', in: collection, doc }))

export const ids = (docs: readonly Doc[]): string[] => docs.map((doc) => doc._id)

export const expectCode = (promise: Promise<unknown>, code: string, data: object = {}): Promise<void> =>
  expect(promise).rejects.toMatchObject({ name: 'WerenodeError', code, data })
