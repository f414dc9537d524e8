export interface RateLimit {
  /** Takes `weight` units of this caller; false when it has too few left. */
  take(caller: string, weight: number): boolean
}

/** Token bucket per caller: `perSecond` units flow in, at most `burst` are saved up. Callers that are full again are forgotten. */
export const createRateLimit = (options: {
  readonly perSecond: number
  readonly burst: number
  readonly nowMs: () => number
}): RateLimit => {
  const buckets = new Map<string, { units: number; atMs: number }>()
  const forgetFull = (now: number) => {
    for (const [caller, bucket] of buckets)
      if (bucket.units + ((now - bucket.atMs) / 1000) * options.perSecond >= options.burst) buckets.delete(caller)
  }
  return {
    take: (caller, weight) => {
      const now = options.nowMs()
      if (buckets.size > 10_000) forgetFull(now)
      const bucket = buckets.get(caller) ?? { units: options.burst, atMs: now }
      const units = Math.min(options.burst, bucket.units + ((now - bucket.atMs) / 1000) * options.perSecond)
      if (units < weight) return false
      buckets.set(caller, { units: units - weight, atMs: now })
      return true
    },
  }
}
