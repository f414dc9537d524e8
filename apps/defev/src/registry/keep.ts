import type { Hex } from '@werenode/core'
import type { Index, Touched } from './fold.ts'
import type { Operator, Plug } from './plug.ts'

/** How far the index was read, with the hash of that block: by it a reorganisation is noticed. */
export interface Checkpoint {
  readonly block: bigint
  readonly hash: Hex
}

/** Keeps the index in the browser between visits. Losing it costs time, never money: everything is read again. */
export interface Keep {
  load(): Promise<{ readonly index: Index; readonly checkpoint?: Checkpoint }>
  save(index: Index, touched: Touched, checkpoint: Checkpoint): Promise<void>
  clear(): Promise<void>
}

const version = 1
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
    for (const name of stores)
      if (!opening.result.objectStoreNames.contains(name)) opening.result.createObjectStore(name)
  }
  const database = await asPromise(opening)

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
    save: async (index, touched, checkpoint) => {
      const transaction = database.transaction(stores, 'readwrite')
      const finished = done(transaction)
      const plugs = transaction.objectStore('plugs')
      for (const key of touched.plugs) plugs.put(index.plugs.get(key), key)
      const operators = transaction.objectStore('operators')
      for (const id of touched.operators) operators.put(index.operators.get(id), id)
      const live = transaction.objectStore('live')
      for (const id of touched.live) {
        const value = index.live.get(id)
        if (value === undefined) live.delete(id)
        else live.put(value, id)
      }
      transaction.objectStore('meta').put(checkpoint, 'checkpoint')
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
