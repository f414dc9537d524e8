import type { CompiledComponent, CompiledElement, Condition, Phase } from './compile.ts'
import { calendarAt, type LocalTime } from './local-time.ts'
import type { TariffDimension } from './tariff.ts'

/** A moment of a phase, as far as restrictions look at it. */
export interface Moment {
  readonly atMs: number
  readonly elapsedMs: number
  readonly energyDWh: number
  readonly powerW: number
  /** Sum over the phases; undefined only where no restriction looks at it. */
  readonly currentA: number | undefined
}

export type ActiveComponents = { [D in TariffDimension]?: CompiledComponent }

/**
 * Per dimension the first element in the tariff's order that prices it and whose restrictions all match now
 * (OCPI 2.2.1 mod_tariffs, Tariff object).
 */
export const activeAt = (phase: Phase, moment: Moment, zone: LocalTime): ActiveComponents => {
  const active: ActiveComponents = {}
  const clock = phase.clockMarks.length === 0 ? undefined : calendarAt(moment.atMs, zone.offsetAt(moment.atMs).offsetMs)
  for (const element of phase.elements) {
    if (!addsAnything(element, active)) continue
    if (element.condition !== undefined && !matches(element.condition, moment, clock)) continue
    for (const component of Object.values(element.components)) active[component.dimension] ??= component
  }
  return active
}

const addsAnything = (element: CompiledElement, active: ActiveComponents): boolean => {
  for (const dimension in element.components) if (active[dimension as TariffDimension] === undefined) return true
  return false
}

const matches = (condition: Condition, moment: Moment, clock: ReturnType<typeof calendarAt> | undefined): boolean => {
  const { time, days, weekdays, dWh, durationMs, powerW, currentA } = condition
  if (clock !== undefined) {
    if (time !== undefined && !isInside(clock.timeOfDayMs, time)) return false
    if (days !== undefined && !within(clock.day, days)) return false
    if (weekdays !== undefined && !weekdays[clock.weekday]) return false
  }
  if (dWh !== undefined && !within(moment.energyDWh, dWh)) return false
  if (durationMs !== undefined && !within(moment.elapsedMs, durationMs)) return false
  if (powerW !== undefined && !within(moment.powerW, powerW)) return false
  return currentA === undefined || (moment.currentA !== undefined && within(moment.currentA, currentA))
}

const within = (value: number, { from, to }: { readonly from: number; readonly to: number }): boolean =>
  value >= from && value < to

/** end_time before start_time wraps past midnight. */
const isInside = (
  timeOfDayMs: number,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): boolean =>
  fromMs < toMs ? timeOfDayMs >= fromMs && timeOfDayMs < toMs : timeOfDayMs >= fromMs || timeOfDayMs < toMs
