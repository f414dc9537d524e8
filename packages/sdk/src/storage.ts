/**
 * Where the client keeps what must outlive the process: tokens, session keys, the readings it saw. Values are text. On a phone use the
 * secure store, in a browser what suits the app; without one everything is forgotten with the client.
 */
export interface Storage {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string): Promise<void>
  delete(key: string): Promise<void>
}

/**
 * Keeps everything in memory.
 *
 * @example
 * const werenode = createWerenode({ baseUrl: 'http://localhost:8080', storage: memoryStorage() })
 */
export const memoryStorage = (): Storage => {
  const kept = new Map<string, string>()
  return {
    get: async (key) => kept.get(key),
    set: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
  }
}

/**
 * A browser's `localStorage` (or `sessionStorage`) as storage.
 *
 * @example
 * const werenode = createWerenode({ baseUrl: location.origin, storage: webStorage(localStorage) })
 */
export const webStorage = (area: {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}): Storage => ({
  get: async (key) => area.getItem(key) ?? undefined,
  set: async (key, value) => area.setItem(key, value),
  delete: async (key) => area.removeItem(key),
})

/** One JSON value under one key. */
export const jsonIn = <T>(storage: Storage, key: string) => ({
  get: async (): Promise<T | undefined> => {
    const text = await storage.get(key)
    if (text === undefined) return undefined
    try {
      return JSON.parse(text) as T
    } catch {
      // What cannot be read is as good as lost.
      await storage.delete(key)
      return undefined
    }
  },
  set: (value: T): Promise<void> => storage.set(key, JSON.stringify(value)),
  delete: (): Promise<void> => storage.delete(key),
})
