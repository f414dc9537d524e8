/** What is known of a plug's meter: our own register, which never falls, and the device's counter behind it. */
export interface MeterState {
  /** Ours, Wh with fractions. */
  readonly registerWh: number
  /** Last counter of the device, Wh; undefined while it told none. */
  readonly counterWh?: number
  readonly counterAt?: number
  /** Energy by integrated power since the last counter, Wh: what a jump of the counter is compared with. */
  readonly sinceCounterWh: number
  /** What may have flowed and has not been counted yet, Wh: messages come late and in bunches, and coarse counters step. */
  readonly budgetWh: number
  readonly powerW?: number
  readonly powerAt?: number
}

/** One message's figures. Times in ms since 1970. */
export interface MeterSample {
  readonly at: number
  readonly counterWh?: number | undefined
  readonly powerW?: number | undefined
}

export interface MeterLimits {
  /** What the plug is rated for, W. */
  readonly ratedPowerW: number
  /** The counter begins again here, Wh. */
  readonly wrapsAtWh?: number | undefined
  /** Smallest step of the counter, Wh. */
  readonly resolutionWh: number
  /** Longest gap over which power is integrated, ms: beyond it nobody knows what flowed. */
  readonly maxGapMs: number
}

export type MeterMethod = 'counter' | 'integrated'

export interface Metered {
  readonly state: MeterState
  readonly method: MeterMethod
  readonly flags: readonly string[]
}

/** A quarter on top of the rating, and a little for sampling: beyond it a figure is not believed. */
const slackFactor = 1.25
const slackWh = 5

/** How long unused allowance is kept. */
const budgetHours = 5 / 60

export const emptyMeter: MeterState = { registerWh: 0, sinceCounterWh: 0, budgetWh: 0 }

/**
 * Takes one sample into the register. Energy comes from the device's counter; where it has none, from integrated power. Resets, wraps
 * and jumps are followed and flagged, always on the safe side for the driver: what cannot have flowed is not counted.
 */
export const meter = (before: MeterState, sample: MeterSample, limits: MeterLimits): Metered => {
  const flags: string[] = []
  const integratedWh = integrate(before, sample, limits, flags)
  const power = sample.powerW === undefined ? {} : { powerW: sample.powerW, powerAt: sample.at }
  if (sample.counterWh === undefined) {
    const hasCounter = before.counterWh !== undefined
    return {
      state: {
        ...before,
        ...power,
        registerWh: hasCounter ? before.registerWh : before.registerWh + integratedWh,
        sinceCounterWh: before.sinceCounterWh + (hasCounter ? integratedWh : 0),
      },
      method: hasCounter ? 'counter' : 'integrated',
      flags,
    }
  }
  const mostWh = budget(before, sample.at, limits)
  const sinceWh = before.sinceCounterWh + integratedWh
  const gainedWh = gain(before, sample.counterWh, mostWh + slackWh + limits.resolutionWh, sinceWh, limits, flags)
  const isFirst = before.counterWh === undefined
  return {
    state: {
      ...power,
      ...(sample.powerW === undefined && before.powerW !== undefined
        ? { powerW: before.powerW, powerAt: before.powerAt! }
        : {}),
      registerWh: before.registerWh + gainedWh,
      counterWh: sample.counterWh,
      counterAt: sample.at,
      sinceCounterWh: 0,
      budgetWh: isFirst ? 0 : Math.max(0, mostWh - gainedWh),
    },
    method: 'counter',
    flags,
  }
}

/** Wh that may have flowed since the last counter, with what was left over. */
const budget = (before: MeterState, at: number, { ratedPowerW }: MeterLimits): number => {
  const hours = Math.max(0, at - (before.counterAt ?? at)) / 3_600_000
  const mostW = ratedPowerW * slackFactor
  return Math.min(before.budgetWh + mostW * hours, Math.max(mostW * budgetHours, mostW * hours))
}

/** Wh by which the register rises for a new counter. */
const gain = (
  before: MeterState,
  counterWh: number,
  mostWh: number,
  sinceWh: number,
  limits: MeterLimits,
  flags: string[],
): number => {
  if (counterWh < 0) {
    flags.push('counter-negative')
    return 0
  }
  // The first counter is where our register begins, unless power was integrated before.
  if (before.counterWh === undefined) return before.registerWh === 0 ? counterWh : 0
  const rise = counterWh - before.counterWh
  if (rise >= 0) return plausible(rise, mostWh, sinceWh, flags)
  // Rounding of the device.
  if (-rise <= limits.resolutionWh * 1.01) return 0
  const { wrapsAtWh } = limits
  if (wrapsAtWh !== undefined) {
    const wrapped = rise + wrapsAtWh
    if (wrapped >= 0 && wrapped <= mostWh) {
      flags.push('counter-wrap')
      return wrapped
    }
  }
  // Set back: what it counts now has flowed since; what flowed before the reset and was not told is nobody's to bill.
  flags.push('counter-reset')
  return counterWh <= mostWh ? counterWh : 0
}

const plausible = (rise: number, mostWh: number, sinceWh: number, flags: string[]): number => {
  if (rise <= mostWh) return rise
  const ratio = sinceWh > 0.5 ? rise / sinceWh : 0
  flags.push(ratio > 700 && ratio < 1400 ? 'unit-suspect' : 'counter-jump')
  // Power tells what may have flowed; the rest is not counted.
  return Math.min(sinceWh, mostWh)
}

/** Wh since the last power figure, by trapezoids. */
const integrate = (before: MeterState, sample: MeterSample, limits: MeterLimits, flags: string[]): number => {
  const { powerW } = sample
  if (powerW !== undefined && powerW > limits.ratedPowerW * slackFactor) flags.push('power-implausible')
  if (powerW !== undefined && powerW < -5) flags.push('power-negative')
  if (powerW === undefined || before.powerW === undefined || before.powerAt === undefined) return 0
  const ms = sample.at - before.powerAt
  if (ms <= 0) return 0
  if (ms > limits.maxGapMs) {
    flags.push('power-gap')
    return 0
  }
  const cap = (watts: number): number => Math.min(Math.max(0, watts), limits.ratedPowerW * slackFactor)
  return ((cap(before.powerW) + cap(powerW)) / 2) * (ms / 3_600_000)
}
