/** Per key, one task at a time; a second one is told so at once rather than made to wait, because waiting for each other deadlocks. */
export const createTurnstile = () => {
  const busy = new Set<string>()
  return {
    isBusy: (key: string): boolean => busy.has(key),
    run: async <T>(key: string, task: () => Promise<T>, whenBusy: () => never): Promise<T> => {
      if (busy.has(key)) whenBusy()
      busy.add(key)
      try {
        return await task()
      } finally {
        busy.delete(key)
      }
    },
  }
}
export type Turnstile = ReturnType<typeof createTurnstile>
