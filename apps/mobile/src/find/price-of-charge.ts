import type { ChosenCharge } from '@werenode/map'

/** A car, as far as the price of a charge needs it. */
export interface Car {
  readonly batteryWh?: number
  readonly maxAcW?: number
  readonly maxDcW?: number
}

/** What is asked for when the car is not known. */
const usualBatteryWh = 50_000

/** From % to % of a battery, as a charge to be priced; whole Wh, at least 100. */
export const chargeOf = (car: Car | undefined, from: number, to: number): ChosenCharge => {
  const share = Math.max(0, Math.min(100, to) - Math.max(0, from)) / 100
  return { energyWh: Math.max(100, Math.round((car?.batteryWh ?? usualBatteryWh) * share)) }
}
