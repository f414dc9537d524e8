import { Decimal } from 'decimal.js'

/**
 * Exact decimal arithmetic for prices. 60 significant digits hold every product and sum of a session without rounding
 * (a price and a VAT rate of 17 digits each times 11 digits of milliseconds are 45); money is rounded once, in rounding.ts.
 */
export const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -40, toExpPos: 60 })
export type Exact = Decimal

export const exact = (value: string | number): Exact => new Exact(value)
export const zero = exact(0)
export const hundred = exact(100)
