import type { Decimal, Rounding } from './decimal.ts'
import { decimalOfNumber, decimalText, readDecimal, toScale, trimZeros } from './decimal.ts'
import type { Locale } from './locale.ts'
import { minus, narrowNoBreak } from './locale.ts'

const point: Readonly<Record<Locale, string>> = { en: '.', fr: ',' }
const grouping: Readonly<Record<Locale, string>> = { en: ',', fr: narrowNoBreak }

export interface NumberOptions {
  /** Digits after the point that are always shown; 0 unless told. */
  readonly minDecimals?: number
  /** Digits after the point at most; the rest is rounded. As many as there are unless told. */
  readonly maxDecimals?: number
  readonly rounding?: Rounding
  /** `always` puts a plus before what is above zero. */
  readonly sign?: 'auto' | 'always'
}

/** A number given as decimal text (`"0.4925"`), bigint or number. */
export type Figure = string | bigint | number

export const figure = (value: Figure): Decimal => {
  if (typeof value === 'bigint') return { units: value, scale: 0 }
  if (typeof value === 'number') return decimalOfNumber(value)
  const read = readDecimal(value)
  if (read === undefined)
    throw new RangeError(`"${value.slice(0, 40)}" is not a number: write digits with a point, e.g. "0.49"`)
  return read
}

const signOf = (units: bigint, sign: 'auto' | 'always'): string =>
  units < 0n ? minus : sign === 'always' && units > 0n ? '+' : ''

/** Sign and digits apart, for those who put a currency between them. */
export const digitsOf = (
  value: Decimal,
  locale: Locale,
  sign: 'auto' | 'always' = 'auto',
): { readonly sign: string; readonly digits: string } => {
  const [whole = '0', fraction] = decimalText({
    units: value.units < 0n ? -value.units : value.units,
    scale: value.scale,
  }).split('.')
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, grouping[locale])
  return {
    sign: signOf(value.units, sign),
    digits: fraction === undefined ? grouped : `${grouped}${point[locale]}${fraction}`,
  }
}

/** `1,234.5` or `1 234,5`. Exact however long the number is. */
export const formatNumber = (value: Figure, locale: Locale, options: NumberOptions = {}): string => {
  const { minDecimals = 0, maxDecimals = Number.POSITIVE_INFINITY, rounding = 'nearest', sign = 'auto' } = options
  const exact = figure(value)
  const rounded = exact.scale > maxDecimals ? toScale(exact, maxDecimals, rounding) : exact
  const shown = digitsOf(trimZeros(rounded, Math.min(minDecimals, maxDecimals)), locale, sign)
  return shown.sign + shown.digits
}

/** `80%` or `80 %`; `value` is in percent, not a share of one. */
export const formatPercent = (value: Figure, locale: Locale, options: NumberOptions = {}): string =>
  `${formatNumber(value, locale, { maxDecimals: 1, ...options })}${locale === 'fr' ? narrowNoBreak : ''}%`

/**
 * Reads what a person typed: either separator for the point, spaces or the language's own sign for thousands.
 * Undefined when it is not a number or could be read two ways (`1,234` in English is one thousand; in French a little over one).
 */
export const parseNumber = (text: string, locale: Locale): string | undefined => {
  const bare = text.replaceAll(/[\s\u00a0\u202f'’]/g, '').replace(minus, '-')
  const groupSign = locale === 'en' ? ',' : ''
  const [whole = '', ...rest] = locale === 'fr' ? bare.replace(',', '.').split('.') : bare.split('.')
  if (rest.length > 1) return undefined
  const ungrouped = groupSign !== '' && /^[+-]?\d{1,3}(,\d{3})+$/.test(whole) ? whole.replaceAll(groupSign, '') : whole
  const commaPoint = rest.length === 0 && locale === 'en' ? /^([+-]?\d+),(\d{1,2})$/.exec(ungrouped) : null
  const plain = commaPoint === null ? [ungrouped, ...rest].join('.') : `${commaPoint[1]}.${commaPoint[2]}`
  const read = readDecimal(plain.endsWith('.') ? plain.slice(0, -1) : plain)
  return read === undefined ? undefined : decimalText(read)
}
