/** Lets `burst` pass at once and `perSecond` for good; one bucket a key. */
export interface TokenBuckets {
  /** 0 when it may pass, else how long to wait, ms. */
  take(key: string): number
  /** How long the key would have to wait now, without taking. */
  peek(key: string): number
}

export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

export const createTokenBuckets = ({ burst, perSecond }: Rate, now: () => number): TokenBuckets => {
  const buckets = new Map<string, { tokens: number; at: number }>()
  const level = (key: string): number => {
    const bucket = buckets.get(key)
    return bucket ? Math.min(burst, bucket.tokens + ((now() - bucket.at) / 1000) * perSecond) : burst
  }
  const waitMs = (tokens: number): number => (tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000))
  return {
    take: (key) => {
      const tokens = level(key)
      const wait = waitMs(tokens)
      buckets.set(key, { tokens: wait === 0 ? tokens - 1 : tokens, at: now() })
      // Full buckets say nothing; an attacker's made-up names must not fill the memory.
      if (buckets.size > 50_000)
        for (const [name] of buckets) {
          if (buckets.size <= 40_000) break
          buckets.delete(name)
        }
      return wait
    },
    peek: (key) => waitMs(level(key)),
  }
}
