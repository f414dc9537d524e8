import type { Decimal } from './decimal.ts'
import { decimalOfNumber, toScale, trimZeros } from './decimal.ts'
import type { Locale } from './locale.ts'
import { noBreak } from './locale.ts'
import { digitsOf, figure, parseNumber } from './number.ts'

export interface EnergyOptions {
  /** `auto`: Wh below one kWh. */
  readonly unit?: 'auto' | 'Wh' | 'kWh'
  /** `short`: two decimals of kWh; `exact`: all three (receipts); `whole`: none (sums of a year). */
  readonly precision?: 'short' | 'exact' | 'whole'
}

const decimals = { whole: 0, short: 2, exact: 3 } as const

const withUnit = (value: Decimal, locale: Locale, unit: string): string => {
  const { sign, digits } = digitsOf(value, locale)
  return `${sign}${digits}${noBreak}${unit}`
}

/** Energy in whole Wh (number, bigint, or decimal string as receipts hold it): `850 Wh`, `12.48 kWh`. */
export const formatEnergy = (
  energyWh: number | bigint | string,
  locale: Locale,
  options: EnergyOptions = {},
): string => {
  const { unit = 'auto', precision = 'short' } = options
  const wh = figure(energyWh)
  if (wh.scale !== 0) throw new RangeError(`${energyWh} is not a whole number of Wh`)
  const magnitude = wh.units < 0n ? -wh.units : wh.units
  if (unit === 'Wh' || (unit === 'auto' && magnitude < 1000n)) return withUnit(wh, locale, 'Wh')
  const kWh = { units: wh.units, scale: 3 }
  return withUnit(toScale(kWh, decimals[precision]), locale, 'kWh')
}

/** Power in W: `850 W`, `7.4 kW`, `150 kW`, `1.2 MW`. One decimal from a kilowatt on, none when it would be a zero. */
export const formatPower = (powerW: number, locale: Locale): string => {
  const watts = toScale(decimalOfNumber(powerW), 0)
  const magnitude = watts.units < 0n ? -watts.units : watts.units
  if (magnitude < 1000n) return withUnit(watts, locale, 'W')
  const kilo = trimZeros(toScale({ units: watts.units, scale: 3 }, 1), 0)
  if (magnitude < 999_950n) return withUnit(kilo, locale, 'kW')
  return withUnit(trimZeros(toScale({ units: watts.units, scale: 6 }, 1), 0), locale, 'MW')
}

/** Reads kWh that a person typed (`12,5`, `12.5 kWh`) as whole Wh; undefined when it is none, negative or finer than a Wh. */
export const parseEnergy = (text: string, locale: Locale): number | undefined => {
  const plain = parseNumber(text.replace(/\s*kwh\s*$/i, ''), locale)
  if (plain === undefined) return undefined
  const exact = trimZeros(figure(plain), 0)
  if (exact.scale > 3 || exact.units < 0n) return undefined
  const wh = Number(toScale(exact, 3).units)
  return Number.isSafeInteger(wh) ? wh : undefined
}
