import type { Charge } from '../charges/charge.ts'

/** What this device keeps of one account, so that it can be read without a network. */
export interface Database {
  charges(): Promise<readonly Charge[]>
  tariffs(): Promise<ReadonlyMap<string, unknown>>
  /** A page and the tariffs it names, in one transaction. */
  keep(charges: readonly Charge[], tariffs: ReadonlyMap<string, unknown>): Promise<void>
  get<T>(key: string): Promise<T | undefined>
  set(key: string, value: unknown): Promise<void>
  close(): void
}

const stores = { charges: 'charges', tariffs: 'tariffs', notes: 'notes' } as const

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const finished = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onerror = () => reject(transaction.error)
    transaction.onabort = () => reject(transaction.error)
  })

/** IndexedDB of one account; another account of the same device has its own. */
export const openDatabase = async (accountId: string): Promise<Database> => {
  const opening = indexedDB.open(`werenode-member-${accountId}`, 1)
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(stores.charges, { keyPath: 'id' })
    opening.result.createObjectStore(stores.tariffs)
    opening.result.createObjectStore(stores.notes)
  }
  const database = await done(opening)
  const read = (store: string) => database.transaction(store).objectStore(store)

  return {
    charges: () => done(read(stores.charges).getAll() as IDBRequest<Charge[]>),
    async tariffs() {
      const store = read(stores.tariffs)
      const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())])
      return new Map(keys.map((key, index) => [String(key), values[index] as unknown]))
    },
    async keep(charges, tariffs) {
      const transaction = database.transaction([stores.charges, stores.tariffs], 'readwrite')
      const ended = finished(transaction)
      for (const charge of charges) transaction.objectStore(stores.charges).put(charge)
      for (const [hash, tariff] of tariffs) transaction.objectStore(stores.tariffs).put(tariff, hash)
      await ended
    },
    get: <T>(key: string) => done(read(stores.notes).get(key) as IDBRequest<T | undefined>),
    async set(key, value) {
      const transaction = database.transaction(stores.notes, 'readwrite')
      const ended = finished(transaction)
      transaction.objectStore(stores.notes).put(value, key)
      await ended
    },
    close: () => database.close(),
  }
}

/** Forgets everything this device keeps of an account. */
export const eraseDatabase = async (accountId: string): Promise<void> => {
  await done(indexedDB.deleteDatabase(`werenode-member-${accountId}`))
}
