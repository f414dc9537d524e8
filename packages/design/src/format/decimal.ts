/** A number as people write it, kept exact: `units` of ten to the minus `scale`. */
export interface Decimal {
  readonly units: bigint
  /** Digits after the point, 0 or more. */
  readonly scale: number
}

/** To the nearest (half away from zero, the house's one rule), or always up or down. */
export type Rounding = 'nearest' | 'up' | 'down'

/** Reads `-12.340` (a point, no grouping, no exponent); undefined when it is not one. */
export const readDecimal = (text: string): Decimal | undefined => {
  const match = /^([+-]?)(\d{1,40})(?:\.(\d{0,40}))?$/.exec(text.trim())
  if (match === null) return undefined
  const [, sign, whole = '', fraction = ''] = match
  const units = BigInt(whole + fraction)
  return { units: sign === '-' ? -units : units, scale: fraction.length }
}

/** A plain text of a finite number, without exponent: what was written, not what binary made of it. */
export const decimalOfNumber = (value: number): Decimal => {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a number that can be shown`)
  const [mantissa = '0', exponentText = '0'] = String(value).split('e')
  const read = readDecimal(mantissa)
  if (read === undefined) throw new RangeError(`${value} is not a number that can be shown`)
  const exponent = Number(exponentText)
  if (exponent >= 0) {
    const shift = Math.max(0, exponent - read.scale)
    return { units: read.units * 10n ** BigInt(shift), scale: Math.max(0, read.scale - exponent) }
  }
  return { units: read.units, scale: read.scale - exponent }
}

/** The nearest decimal with exactly `scale` digits after the point. */
export const toScale = (value: Decimal, scale: number, rounding: Rounding = 'nearest'): Decimal => {
  if (scale >= value.scale) return { units: value.units * 10n ** BigInt(scale - value.scale), scale }
  const divisor = 10n ** BigInt(value.scale - scale)
  const quotient = value.units / divisor
  const rest = value.units % divisor
  const negative = value.units < 0n
  if (rest === 0n) return { units: quotient, scale }
  const half = (negative ? -rest : rest) * 2n >= divisor
  const away = rounding === 'nearest' ? half : rounding === 'up' ? !negative : negative
  return { units: away ? quotient + (negative ? -1n : 1n) : quotient, scale }
}

/** Drops zeros at the end, but keeps `minimum` digits after the point. */
export const trimZeros = (value: Decimal, minimum: number): Decimal => {
  let { units, scale } = value
  while (scale > minimum && units % 10n === 0n) {
    units /= 10n
    scale -= 1
  }
  return scale < minimum ? toScale({ units, scale }, minimum) : { units, scale }
}

/** `-12.34`, with a point whatever the language. */
export const decimalText = ({ units, scale }: Decimal): string => {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  return `${units < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`
}
