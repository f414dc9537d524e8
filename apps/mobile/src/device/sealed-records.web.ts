/** One object store of IndexedDB, as a map: unlike localStorage it holds keys that cannot be read out. */
export const records = (name: string) => {
  const open = (): Promise<IDBDatabase> =>
    new Promise((resolve, reject) => {
      const asking = indexedDB.open(name, 1)
      asking.onupgradeneeded = () => asking.result.createObjectStore('records')
      asking.onsuccess = () => resolve(asking.result)
      asking.onerror = () => reject(asking.error)
    })
  const run = async <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const database = await open()
    try {
      return await new Promise<T>((resolve, reject) => {
        const transaction = database.transaction('records', mode)
        const asking = work(transaction.objectStore('records'))
        transaction.oncomplete = () => resolve(asking.result)
        transaction.onerror = () => reject(transaction.error)
        transaction.onabort = () => reject(transaction.error)
      })
    } finally {
      database.close()
    }
  }
  return {
    get: <T>(key: string): Promise<T | undefined> =>
      run('readonly', (store) => store.get(key) as IDBRequest<T | undefined>),
    set: async (key: string, value: unknown): Promise<void> =>
      void (await run('readwrite', (store) => store.put(value, key))),
    delete: async (key: string): Promise<void> => void (await run('readwrite', (store) => store.delete(key))),
  }
}

export type Records = ReturnType<typeof records>
