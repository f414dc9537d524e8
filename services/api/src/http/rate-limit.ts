import { isIPv6 } from 'node:net'
import { type Clock, WerenodeError } from '@werenode/core'
import type { LimitName } from '../contract/access.ts'

/** `burst` at once, refilled at `perMinute`. */
export interface Limit {
  readonly perMinute: number
  readonly burst: number
}

/** Per network address and, once signed in, per account. Generous to people, tight to scripts. */
export const usualLimits: Readonly<Record<LimitName, Limit>> = {
  browse: { perMinute: 600, burst: 200 },
  'sign-in': { perMinute: 30, burst: 20 },
  /** Each costs us a hash that is slow on purpose. */
  password: { perMinute: 10, burst: 10 },
  read: { perMinute: 600, burst: 200 },
  quote: { perMinute: 60, burst: 30 },
  command: { perMinute: 120, burst: 60 },
  faucet: { perMinute: 6, burst: 6 },
  stream: { perMinute: 120, burst: 60 },
}

export interface RateLimiter {
  /** Takes one turn of `who`, or throws `rate-limited` with data {retryAfterS}. */
  take(limit: LimitName, who: string): void
}

/**
 * Token buckets in this process's memory: a guard of this process, not a shared budget. What must hold over all processes
 * (one pending open per driver, the daily gas budget) is the manager's and the relayer's, in the store.
 */
export const createRateLimiter = (options: {
  limits?: Partial<Record<LimitName, Limit>>
  clock: Clock
  /** Callers remembered at most; the longest unseen are forgotten first. */
  remember?: number
}): RateLimiter => {
  const limits = { ...usualLimits, ...options.limits }
  const remember = options.remember ?? 50_000
  const buckets = new Map<string, { turns: number; at: number }>()

  return {
    take(name, who) {
      const limit = limits[name]
      const key = `${name} ${who}`
      const now = options.clock().getTime()
      const known = buckets.get(key)
      const perMs = limit.perMinute / 60_000
      const turns = known ? Math.min(limit.burst, known.turns + Math.max(0, now - known.at) * perMs) : limit.burst
      // Delete and set keeps the map in order of last use.
      buckets.delete(key)
      buckets.set(key, { turns: turns >= 1 ? turns - 1 : turns, at: now })
      if (buckets.size > remember) buckets.delete(buckets.keys().next().value!)
      if (turns >= 1) return
      const retryAfterS = Math.max(1, Math.ceil((1 - turns) / perMs / 1000))
      throw new WerenodeError('rate-limited', 'Too many requests', {
        hint: `Wait ${retryAfterS} s and try again.`,
        data: { retryAfterS },
      })
    },
  }
}

/** An IPv6 subscriber has a /64 to themselves: the limit counts that, not each of its addresses. */
export const limitKeyOfAddress = (address: string): string => {
  if (!isIPv6(address)) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped) return mapped[1]!
  const [head = '', tail] = address.split('%')[0]!.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  return `${[...left, ...Array<string>(gap).fill('0'), ...right].slice(0, 4).join(':')}::/64`
}
