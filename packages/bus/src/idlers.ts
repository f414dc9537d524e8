/** Those who wait until nothing is under way any more. */
export interface Idlers {
  /** Looks again, after each thing that ended. */
  look(): void
  /** True as soon as it is done, false when that takes longer. */
  waitFor(done: () => boolean, timeoutMs: number): Promise<boolean>
}

export const createIdlers = (): Idlers => {
  const checks = new Set<() => void>()
  return {
    look: () => {
      for (const check of checks) check()
    },
    waitFor: (done, timeoutMs) =>
      new Promise((resolve) => {
        if (done()) return resolve(true)
        const finish = (result: boolean): void => {
          clearTimeout(timer)
          checks.delete(check)
          resolve(result)
        }
        const check = (): void => {
          if (done()) finish(true)
        }
        const timer = setTimeout(() => finish(false), timeoutMs)
        checks.add(check)
      }),
  }
}
