import type { PriceCeiling } from './terms.ts'

/** What a session delivered, as the chain's ceiling counts it. */
export interface Delivered {
  /** Wh; difference of two register readings. */
  readonly energyWh: bigint
  /** Seconds in which power flowed. */
  readonly chargingSeconds: number
  /** Seconds connected without power. */
  readonly idleSeconds: number
}

const microPerDivision = 60_000n

/**
 * The most a session may cost under the signed prices, in micro-euro (R31): one division, rounded down. The contract holds
 * its twin (PriceBound.sol); both are tested on `vectors/bound.json`.
 *
 * @example boundMicro({ startFee: 350_000n, pricePerKWh: 450_000n, pricePerMinute: 0n, idlePerMinute: 0n },
 *   { energyWh: 10_000n, chargingSeconds: 3600, idleSeconds: 0 }) // 4_850_000n
 */
export const boundMicro = (prices: PriceCeiling, delivered: Delivered): bigint => {
  const energy = delivered.energyWh * prices.pricePerKWh * 60n
  const charging = BigInt(delivered.chargingSeconds) * prices.pricePerMinute * 1000n
  const idle = BigInt(delivered.idleSeconds) * prices.idlePerMinute * 1000n
  return prices.startFee + (energy + charging + idle) / microPerDivision
}
