import { dWhPerWh } from './compile.ts'
import { badSession } from './refusal.ts'
import type { Stretch } from './walk.ts'

/**
 * What the clock counts for, in OCPI's words (mod_cdrs, CdrDimensionType):
 * - `charging`: the vehicle asks for power: TIME;
 * - `parking`: plugged in, the vehicle asks for none (OCPP SuspendedEV): PARKING_TIME;
 * - `suspended`: the station withholds what the vehicle asks for (OCPP SuspendedEVSE): neither is billed, duration goes on.
 */
export type VehicleState = 'charging' | 'parking' | 'suspended'

/** A reading of the meter. What it says holds from `at` until the next sample. */
export interface MeterSample {
  readonly at: Date
  /** Register, Wh, from any base: what counts is the rise since the first sample. Kept to 0.1 Wh. */
  readonly energyWh: number
  /** Absent: as before (`charging` at first). */
  readonly state?: VehicleState
  /** Absent: the mean power until the next sample. */
  readonly powerW?: number
  /** A, summed over the phases. Needed only by tariffs restricted by current; absent: as the next sample says, else as before. */
  readonly currentA?: number
}

/** A charging period: what was taken from `startAt` to `endAt`. Periods follow on each other without gaps. */
export interface SessionPeriod {
  readonly startAt: Date
  readonly endAt: Date
  /** Wh taken within the period. */
  readonly energyWh: number
  /** Absent: `charging`. */
  readonly state?: VehicleState
  readonly powerW?: number
  readonly currentA?: number
}

/** A reservation: from when it was made until charging began, or until it expired unused. */
export interface Reservation {
  readonly startAt: Date
  readonly endAt: Date
  readonly expired?: boolean
}

/** A stretch with what restrictions look at. */
export interface Load extends Stretch {
  readonly state: VehicleState
  readonly powerW: number
  /** Undefined only where no restriction looks at it. */
  readonly currentA: number | undefined
}

/** Turns samples into loads, one at a time. `add` answers the load the sample completes: none for the first. */
export const createSampleReader = (needsCurrent: boolean) => {
  let previous: Reading | undefined
  let firstDWh = 0
  let lastPowerW = 0
  let lastCurrentA: number | undefined
  let count = 0
  return {
    /** @throws WerenodeError `invalid-input` when time or energy run backwards; nothing is changed then. */
    add: (sample: MeterSample): Load | undefined => {
      const path = `samples[${count}]`
      const reading: Reading = {
        atMs: readTime(sample.at, `${path}.at`),
        energyDWh: readEnergy(sample.energyWh, `${path}.energyWh`),
        state: sample.state ?? previous?.state ?? 'charging',
        powerW: readLevel(sample.powerW, `${path}.powerW`),
        currentA: readLevel(sample.currentA, `${path}.currentA`),
      }
      if (previous !== undefined && reading.atMs < previous.atMs)
        throw badSession(`${path}.at`, 'it is earlier than the sample before it', 'Sort the samples by time.')
      if (previous !== undefined && reading.energyDWh < previous.energyDWh)
        throw badSession(
          `${path}.energyWh`,
          'the register is lower than before',
          'Judge implausible readings before pricing.',
        )
      const from = previous
      const load = from && loadBetween(from, reading, `samples[${count - 1}]`)
      if (from === undefined) firstDWh = reading.energyDWh
      if (load !== undefined) lastPowerW = load.powerW
      lastCurrentA = reading.currentA ?? lastCurrentA
      previous = reading
      count += 1
      return load
    },
  }

  function loadBetween(from: Reading, to: Reading, path: string): Load {
    const stretch = {
      startMs: from.atMs,
      endMs: to.atMs,
      fromDWh: from.energyDWh - firstDWh,
      toDWh: to.energyDWh - firstDWh,
    }
    const currentA = from.currentA ?? noCurrent(from.state) ?? to.currentA ?? lastCurrentA
    if (needsCurrent && currentA === undefined) throw currentMissing(path)
    return { ...stretch, state: from.state, powerW: from.powerW ?? meanPowerW(stretch) ?? lastPowerW, currentA }
  }
}

/** @throws WerenodeError `invalid-input` for periods that overlap, leave gaps or run backwards. */
export const loadsOfPeriods = (periods: readonly SessionPeriod[], needsCurrent: boolean): readonly Load[] => {
  let energyDWh = 0
  let endMs: number | undefined
  let lastPowerW = 0
  return periods.map((period, index) => {
    const path = `periods[${index}]`
    const startMs = readTime(period.startAt, `${path}.startAt`)
    if (endMs !== undefined && startMs !== endMs)
      throw badSession(
        `${path}.startAt`,
        'it is not where the period before it ended',
        'A period ends where the next begins.',
      )
    endMs = readTime(period.endAt, `${path}.endAt`)
    if (endMs < startMs) throw badSession(`${path}.endAt`, 'it is before startAt')
    const taken = readEnergy(period.energyWh, `${path}.energyWh`)
    if (taken < 0) throw badSession(`${path}.energyWh`, 'energy fed back to the grid has no OCPI price')
    const stretch = { startMs, endMs, fromDWh: energyDWh, toDWh: energyDWh + taken }
    energyDWh = stretch.toDWh
    lastPowerW = readLevel(period.powerW, `${path}.powerW`) ?? meanPowerW(stretch) ?? lastPowerW
    const state = period.state ?? 'charging'
    const currentA = readLevel(period.currentA, `${path}.currentA`) ?? noCurrent(state)
    if (needsCurrent && currentA === undefined) throw currentMissing(path)
    return { ...stretch, state, powerW: lastPowerW, currentA }
  })
}

interface Reading {
  readonly atMs: number
  readonly energyDWh: number
  readonly state: VehicleState
  readonly powerW: number | undefined
  readonly currentA: number | undefined
}

/** Undefined for an instant: two readings of one second, say. */
const meanPowerW = ({ startMs, endMs, fromDWh, toDWh }: Stretch): number | undefined =>
  endMs === startMs ? undefined : ((toDWh - fromDWh) * 360_000) / (endMs - startMs)

const currentMissing = (path: string) =>
  badSession(
    `${path}.currentA`,
    'the charging current is not known, and the tariff depends on it',
    'Give currentA (A, summed over the phases); on AC it is about power / 230 V.',
  )

/** While nothing charges no current flows; while charging only a meter knows. */
const noCurrent = (state: VehicleState): number | undefined => (state === 'charging' ? undefined : 0)

export const readTime = (at: Date, path: string): number => {
  const millis = at.getTime()
  if (Number.isNaN(millis)) throw badSession(path, 'it is not a date')
  return millis
}

const readEnergy = (energyWh: number, path: string): number => {
  const dWh = Math.round(energyWh * dWhPerWh)
  if (!Number.isSafeInteger(dWh)) throw badSession(path, `${energyWh} is not an amount of Wh`)
  return dWh
}

const readLevel = (value: number | undefined, path: string): number | undefined => {
  if (value !== undefined && !Number.isFinite(value)) throw badSession(path, `${value} is not a number`)
  return value
}
