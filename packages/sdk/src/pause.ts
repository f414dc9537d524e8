/** Waits, or throws the signal's reason. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason)
      return
    }
    const onAbort = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort, { once: true })
  })

/** Growing pauses with jitter, so that a thousand clients of a restarted node do not come back in one moment. */
export const backOff = (firstMs = 500, longestMs = 30_000) => {
  let next = firstMs
  return {
    reset: (): void => {
      next = firstMs
    },
    nextMs: (): number => {
      const ms = next * (0.5 + Math.random() / 2)
      next = Math.min(longestMs, next * 2)
      return ms
    },
  }
}
