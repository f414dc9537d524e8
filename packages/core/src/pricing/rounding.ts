import { type Exact, exact } from './exact.ts'

/**
 * The one rounding rule of the house (OCPI leaves it to the parties, mod_tariffs "Tariff object", last note):
 *
 * 1. Prices, volumes and VAT stay exact until the end of the calculation.
 * 2. Each amount that leaves the engine is rounded once, to a millionth of the currency (micro-euro), half away from zero.
 *    Excl. and incl. VAT are rounded apart, each from its own exact value; VAT is the difference of the two.
 * 3. Cents, where a document or a screen needs them, are rounded from the micro amount, half away from zero.
 *
 * Solidity meets only micro amounts and rounds in one place, the bound (../bound.ts), downwards.
 * Shared vectors: vectors/pricing-rounding.json.
 */
export const toMicro = (amount: Exact): bigint => roundHalfAway(amount.times(1_000_000))

/** Rounds a micro amount to `decimals` places of the currency (2 = cents) and answers it in micro again. */
export const roundMicro = (amountMicro: bigint, decimals: number = 2): bigint => {
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 6)
    throw new RangeError(`A micro amount has 0 to 6 decimals, not ${decimals}`)
  const unit = 10n ** BigInt(6 - decimals)
  const half = amountMicro < 0n ? -(unit / 2n) : unit / 2n
  return ((amountMicro + half) / unit) * unit
}

/**
 * The same rule for `numerator / denominator`, without a division that may never end. A net price taken out of a gross one
 * (tax_included YES) may itself never end; 40 places are far more than any half of a micro needs to be recognised.
 */
export const quotientToMicro = (numerator: Exact, denominator: number): bigint => {
  const scaled = numerator.toDecimalPlaces(40).times(2_000_000)
  const doubled = scaled.isNegative() ? scaled.minus(denominator) : scaled.plus(denominator)
  return BigInt(doubled.divToInt(2 * denominator).toFixed(0))
}

const roundHalfAway = (value: Exact): bigint => BigInt(value.toDecimalPlaces(0, roundingHalfUp).toFixed(0))
/** decimal.js calls half away from zero ROUND_HALF_UP. */
const roundingHalfUp = 4

/** A micro amount as exact currency units. */
export const fromMicro = (amountMicro: bigint): Exact => exact(amountMicro.toString()).dividedBy(1_000_000)
