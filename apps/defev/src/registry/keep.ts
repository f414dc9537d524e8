import type { Hex } from '@werenode/core'
import { type Change, emptyIndex, type Index } from './fold.ts'
import type { Operator, Plug } from './plug.ts'

/** How far the index was read, with the hash of that block: by it a reorganisation is noticed. */
export interface Checkpoint {
  readonly block: bigint
  readonly hash: Hex
}

/** Keeps the index in the browser between visits. Losing it costs time, never money: everything is read again. */
export interface Keep {
  load(): Promise<{ readonly index: Index; readonly checkpoint?: Checkpoint }>
  /** Writes what `changed` names as it now stands in the index. Passed over when another tab has kept as much or more. */
  save(index: Index, changed: Change, checkpoint: Checkpoint): Promise<void>
  clear(): Promise<void>
}

/** 2: only blocks that last are kept. */
const version = 2
const stores = ['plugs', 'operators', 'live', 'meta'] as const

const asPromise = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const done = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
  })

/** IndexedDB, one database per chain and registry: another deployment never sees these plugs. */
export const openKeep = async (chainId: number, registry: string): Promise<Keep> => {
  const opening = indexedDB.open(`defev-${chainId}-${registry.toLowerCase()}`, version)
  opening.onupgradeneeded = () => {
    for (const name of stores) {
      // What an earlier version kept is read from the chain again.
      if (opening.result.objectStoreNames.contains(name)) opening.result.deleteObjectStore(name)
      opening.result.createObjectStore(name)
    }
  }
  const database = await asPromise(opening)
  // A newer version of the app in another tab wants to change the store: this tab gives way and goes on without.
  database.onversionchange = () => database.close()

  return {
    load: async () => {
      const transaction = database.transaction(stores, 'readonly')
      const [plugs, operators, liveKeys, live, checkpoint] = await Promise.all([
        asPromise(transaction.objectStore('plugs').getAll()) as Promise<Plug[]>,
        asPromise(transaction.objectStore('operators').getAll()) as Promise<Operator[]>,
        asPromise(transaction.objectStore('live').getAllKeys()) as Promise<Hex[]>,
        asPromise(transaction.objectStore('live').getAll()) as Promise<string[]>,
        asPromise(transaction.objectStore('meta').get('checkpoint')) as Promise<Checkpoint | undefined>,
      ])
      const index: Index = {
        plugs: new Map(plugs.map((plug) => [plug.key, plug])),
        operators: new Map(operators.map((operator) => [operator.id, operator])),
        live: new Map(liveKeys.map((key, at) => [key, live[at]!])),
      }
      return { index, ...(checkpoint === undefined ? {} : { checkpoint }) }
    },
    // Index and checkpoint in one transaction: closing the page between two writes cannot part them.
    save: async (index, changed, checkpoint) => {
      const transaction = database.transaction(stores, 'readwrite')
      const finished = done(transaction)
      const meta = transaction.objectStore('meta')
      const kept = await asPromise(meta.get('checkpoint') as IDBRequest<Checkpoint | undefined>)
      // Two tabs read the same chain: whoever is behind must not write older words over newer ones.
      if (kept === undefined || kept.block < checkpoint.block) {
        for (const name of ['plugs', 'operators', 'live'] as const) {
          const store = transaction.objectStore(name)
          for (const key of changed[name].keys()) {
            const value = (index[name] as ReadonlyMap<string, unknown>).get(key)
            if (value === undefined) store.delete(key)
            else store.put(value, key)
          }
        }
        meta.put(checkpoint, 'checkpoint')
      }
      await finished
    },
    clear: async () => {
      const transaction = database.transaction(stores, 'readwrite')
      const finished = done(transaction)
      for (const name of stores) transaction.objectStore(name).clear()
      await finished
    },
  }
}

/** Where the browser keeps nothing (private windows of some, a full disk): each visit reads everything. */
export const forgetful: Keep = {
  load: async () => ({ index: emptyIndex() }),
  save: async () => undefined,
  clear: async () => undefined,
}
