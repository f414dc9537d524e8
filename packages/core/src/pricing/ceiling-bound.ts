import type { PriceCeiling } from '../terms.ts'

/**
 * The most the escrow pays for a session under signed ceilings (chain.md R31), micro-euro. One division, rounded down;
 * the contract computes the same from the same numbers. Shared vectors: vectors/pricing-bound.json.
 */
export const ceilingBound = (price: PriceCeiling, { energyWh, chargingSeconds, idleSeconds }: ReceiptedUse): bigint =>
  price.startFee +
  (BigInt(energyWh) * price.pricePerKWh * 60n +
    BigInt(chargingSeconds) * price.pricePerMinute * 1000n +
    BigInt(idleSeconds) * price.idlePerMinute * 1000n) /
    60_000n

/** A receipt's whole units. */
export interface ReceiptedUse {
  readonly energyWh: number | bigint
  readonly chargingSeconds: number | bigint
  readonly idleSeconds: number | bigint
}
