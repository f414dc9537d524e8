import { decimalOfNumber, toScale, trimZeros } from './decimal.ts'
import type { Locale } from './locale.ts'
import { noBreak } from './locale.ts'
import { digitsOf } from './number.ts'

/** A distance in metres, no finer than a walker needs: `80 m`, `1.2 km`, `34 km`. */
export const formatDistance = (metres: number, locale: Locale): string => {
  const exact = decimalOfNumber(Math.max(0, metres))
  const tens = toScale({ units: exact.units, scale: exact.scale + 1 }, 0).units * 10n
  if (tens < 1000n) return `${tens}${noBreak}m`
  const km = { units: exact.units, scale: exact.scale + 3 }
  const tenths = toScale(km, 1)
  const shown = tenths.units < 100n ? trimZeros(tenths, 0) : toScale(km, 0)
  return `${digitsOf(shown, locale).digits}${noBreak}km`
}
