import { dWhPerKWh, dWhPerWh, type Phase } from './compile.ts'
import { msPerHour } from './local-time.ts'
import type { CdrDimension, PricedPeriod } from './session-price.ts'
import type { TalliedPeriod, Tally } from './tally.ts'

/** Tallied periods in OCPI's terms. Power and current are told where the tariff of the charge looks at them. */
export const periodsOf = (phase: Phase, tally: Tally | undefined, reservation: boolean): readonly PricedPeriod[] =>
  (tally?.periods ?? []).map((period) => ({
    startAt: new Date(period.startMs),
    endAt: new Date(period.endMs),
    state: reservation ? 'reserved' : period.state,
    energyWh: period.energyDWh / dWhPerWh,
    dimensions: reservation ? [{ type: 'RESERVATION_TIME', volume: hours(period) }] : dimensionsOf(phase, period),
    elements: Object.fromEntries(
      Object.values(period.active).map((component) => [component.dimension, component.elementIndex]),
    ),
  }))

/**
 * What was taken, priced or not. A volume of 0 is left out: whoever prices the CDR again could take it for the last use of a dimension,
 * whose step_size counts. Only a period in which nothing was taken says so: one without dimensions is not valid OCPI. Time that the station
 * withheld is neither charging nor parking: it shows as the length of the period only.
 */
const dimensionsOf = (phase: Phase, period: TalliedPeriod): readonly CdrDimension[] => [
  ...volumesOf(period),
  ...(phase.looksAtPower
    ? ([
        { type: 'MIN_POWER', volume: fourDecimals(period.minPowerW / 1000) },
        { type: 'MAX_POWER', volume: fourDecimals(period.maxPowerW / 1000) },
      ] as const)
    : []),
  ...(phase.looksAtCurrent && period.minCurrentA !== undefined && period.maxCurrentA !== undefined
    ? ([
        { type: 'MIN_CURRENT', volume: fourDecimals(period.minCurrentA) },
        { type: 'MAX_CURRENT', volume: fourDecimals(period.maxCurrentA) },
      ] as const)
    : []),
]

const volumesOf = (period: TalliedPeriod): readonly CdrDimension[] => {
  const energy: CdrDimension = { type: 'ENERGY', volume: period.energyDWh / dWhPerKWh }
  const time: CdrDimension = { type: period.state === 'parking' ? 'PARKING_TIME' : 'TIME', volume: hours(period) }
  const taken = [energy, ...(period.state === 'suspended' ? [] : [time])].filter(({ volume }) => volume > 0)
  return taken.length > 0 ? taken : [energy]
}

const hours = ({ startMs, endMs }: TalliedPeriod): number => fourDecimals((endMs - startMs) / msPerHour)
/** OCPI types "number": 4 decimals. These are shown, never calculated with. */
const fourDecimals = (value: number): number => Math.round(value * 10_000) / 10_000
