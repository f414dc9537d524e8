import type { Decimal, Rounding } from './decimal.ts'
import { decimalText, readDecimal, toScale, trimZeros } from './decimal.ts'
import type { Locale } from './locale.ts'
import { noBreak } from './locale.ts'
import { digitsOf, figure, parseNumber } from './number.ts'

export interface MoneyOptions {
  /** ISO 4217; `EUR` unless told. */
  readonly currency?: string
  /** `cents`: two decimals (totals). `exact`: two, and more where there is more (prices). `full`: all six (receipts, proofs). */
  readonly precision?: 'cents' | 'exact' | 'full'
  /** How `cents` are rounded; a limit that must not be understated is rounded `up`. */
  readonly rounding?: Rounding
  /** `symbol`: €25.00; `code`: 25.00 EUR, for terminals and tables of several currencies; `none`: figures alone. */
  readonly show?: 'symbol' | 'code' | 'none'
  readonly sign?: 'auto' | 'always'
}

const symbols: ReadonlyMap<string, string> = new Map([
  ['EUR', '€'],
  ['GBP', '£'],
  ['USD', '$'],
])

const dress = (
  amount: Decimal,
  locale: Locale,
  { currency = 'EUR', show = 'symbol', sign = 'auto' }: MoneyOptions,
): string => {
  const figures = digitsOf(amount, locale, sign)
  if (show === 'none') return figures.sign + figures.digits
  const symbol = show === 'symbol' ? symbols.get(currency) : undefined
  if (symbol !== undefined && locale === 'en') return `${figures.sign}${symbol}${figures.digits}`
  return `${figures.sign}${figures.digits}${noBreak}${symbol ?? currency}`
}

const precise = (amount: Decimal, { precision = 'cents', rounding = 'nearest' }: MoneyOptions): Decimal => {
  if (precision === 'full') return toScale(amount, Math.max(6, amount.scale))
  if (precision === 'exact') return trimZeros(amount, 2)
  // What is not nothing is never shown as nothing.
  for (let scale = 2; scale < amount.scale; scale += 1) {
    const rounded = toScale(amount, scale, rounding)
    if (rounded.units !== 0n || amount.units === 0n) return rounded
  }
  return toScale(amount, Math.max(2, amount.scale))
}

/** Micro-euro as a bigint, or as the wire writes them: a decimal string of whole micro-euro. */
export type MicroAmount = bigint | string

const microDecimal = (amountMicro: MicroAmount): Decimal => {
  if (typeof amountMicro === 'bigint') return { units: amountMicro, scale: 6 }
  if (!/^-?\d{1,40}$/.test(amountMicro))
    throw new RangeError(
      `"${amountMicro.slice(0, 40)}" is not an amount in micro-euro: the wire writes whole ones, "25000000" for 25.00 EUR; for "25.00" use formatPrice`,
    )
  return { units: BigInt(amountMicro), scale: 6 }
}

/**
 * An amount of money.
 * ```ts
 * formatMoney(25_000_000n, 'en')                         // €25.00
 * formatMoney('6119999', 'fr', { precision: 'full' })    // 6,119999 €
 * ```
 */
export const formatMoney = (amountMicro: MicroAmount, locale: Locale, options: MoneyOptions = {}): string =>
  dress(precise(microDecimal(amountMicro), options), locale, options)

/** What a price is for; `start` and `session` have no unit of their own in a figure. */
export type PriceUnit = 'kWh' | 'min' | 'h'

/**
 * A price of a tariff, given as it stands there: a decimal in whole currency, text or number (0.49).
 * ```ts
 * formatPrice('0.49', 'fr', { per: 'kWh' })   // 0,49 €/kWh
 * ```
 */
export const formatPrice = (
  price: string | number,
  locale: Locale,
  { per, ...options }: MoneyOptions & { readonly per?: PriceUnit } = {},
): string => {
  const figures = dress(precise(figure(price), { precision: 'exact', ...options }), locale, options)
  return per === undefined ? figures : `${figures}/${per}`
}

/** A unit price in micro-euro, as the terms hold it: `0.4925 €/kWh`, never rounded unless asked. */
export const formatUnitPrice = (
  priceMicro: MicroAmount,
  locale: Locale,
  { per, ...options }: MoneyOptions & { readonly per?: PriceUnit } = {},
): string => {
  const figures = formatMoney(priceMicro, locale, { precision: 'exact', ...options })
  return per === undefined ? figures : `${figures}/${per}`
}

/** Reads an amount a person typed (`12,50 €`, `€12.5`, `12.50 EUR`) as micro-euro; undefined when it is none or finer than a micro. */
export const parseMoney = (text: string, locale: Locale): bigint | undefined => {
  const bare = text.replaceAll(/[€£$]|\b[A-Z]{3}\b/g, '').trim()
  const plain = parseNumber(bare, locale)
  const read = plain === undefined ? undefined : readDecimal(plain)
  if (read === undefined) return undefined
  const micro = toScale(read, 6)
  return decimalText(trimZeros(micro, 0)) === decimalText(trimZeros(read, 0)) ? micro.units : undefined
}
