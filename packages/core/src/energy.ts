import type { Branded } from './brand.ts'
import { WerenodeError } from './errors.ts'

/** Energy in whole watt-hours, as a meter register shows it. */
export type WattHours = Branded<number, 'WattHours'>

export const wattHours = (value: number): WattHours => {
  if (!Number.isSafeInteger(value))
    throw new WerenodeError('invalid-input', `${value} is not a whole number of Wh`, {
      hint: 'Round meter registers to whole Wh before they enter the house.',
    })
  return value as WattHours
}
