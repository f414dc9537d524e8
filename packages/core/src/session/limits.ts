import type { SessionRecord } from './record.ts'

/**
 * The cost at which the plug is stopped: the limit, less the bond, less what one reporting interval at full power can add
 * (charge.md, "deposit is nearly used up"). Micro-euro; never below zero.
 */
export const stopAtMicro = (record: SessionRecord, reportingIntervalS: number): bigint => {
  const price = record.terms
  const perInterval =
    (BigInt(record.terms.maxPowerW) * BigInt(price.pricePerKWh) * BigInt(reportingIntervalS)) / 3_600_000n +
    (larger(BigInt(price.pricePerMinute), BigInt(price.idlePerMinute)) * BigInt(reportingIntervalS)) / 60n
  const stop = BigInt(record.limitMicro) - BigInt(record.terms.disputeBond) - perInterval
  return stop > 0n ? stop : 0n
}

/**
 * The most energy the deposit can pay at the signed price, Wh: what a station that can limit is told, in case nobody reaches it any
 * more. Undefined when energy costs nothing.
 */
export const mostWh = ({ terms, limitMicro }: Pick<SessionRecord, 'terms' | 'limitMicro'>): number | undefined => {
  const price = BigInt(terms.pricePerKWh)
  if (price === 0n) return undefined
  const usable = BigInt(limitMicro) - BigInt(terms.disputeBond) - BigInt(terms.startFee)
  return usable > 0n ? Number((usable * 1000n) / price) : 0
}

/** The warning level a cost has reached: share of what may be used before the stop. */
export const warningLevel = (costMicro: bigint, stopMicro: bigint): 0 | 80 | 95 => {
  if (costMicro * 100n >= stopMicro * 95n) return 95
  return costMicro * 100n >= stopMicro * 80n ? 80 : 0
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)
