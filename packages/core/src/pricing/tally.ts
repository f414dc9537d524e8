import type { CompiledComponent, CompiledTariff, Phase } from './compile.ts'
import type { LocalTime } from './local-time.ts'
import { type ActiveComponents, activeAt, type Moment } from './matching.ts'
import type { Load, VehicleState } from './session-input.ts'
import { type Stretch, walk } from './walk.ts'

/** What one phase (the charge, or a reservation) has consumed so far, by price component. Only whole numbers: exact, and cheap to add. */
export interface Tally {
  readonly startMs: number
  /** dWh or ms by `CompiledComponent.index`. */
  readonly volumes: ReadonlyMap<CompiledComponent, number>
  /** The component that priced the latest consumption of each dimension: its step_size counts. */
  readonly last: ActiveComponents
  /** The FLAT component that became active first; charged once. */
  readonly flat: CompiledComponent | undefined
  readonly energyDWh: number
  readonly chargingMs: number
  readonly parkingMs: number
  readonly suspendedMs: number
  readonly periods: readonly TalliedPeriod[]
}

/** A run of consumption under the same price components. */
export interface TalliedPeriod {
  startMs: number
  endMs: number
  energyDWh: number
  readonly state: VehicleState
  readonly active: ActiveComponents
  minPowerW: number
  maxPowerW: number
  minCurrentA: number | undefined
  maxCurrentA: number | undefined
}

export interface Tallying {
  readonly add: (load: Load) => void
  readonly read: () => Tally
}

/** Starts counting a phase at `startMs`. */
export const createTally = (phase: Phase, zone: LocalTime, startMs: number): Tallying => {
  const volumes = new Map<CompiledComponent, number>()
  const last: ActiveComponents = {}
  const periods: TalliedPeriod[] = []
  let flat: CompiledComponent | undefined
  let energyDWh = 0
  const elapsed = { charging: 0, parking: 0, suspended: 0 }

  const consume = (component: CompiledComponent | undefined, amount: number) => {
    if (component === undefined || amount === 0) return
    volumes.set(component, (volumes.get(component) ?? 0) + amount)
    last[component.dimension] = component
  }

  const count = (piece: Stretch, load: Load): void => {
    const ms = piece.endMs - piece.startMs
    const dWh = piece.toDWh - piece.fromDWh
    if (ms === 0 && dWh === 0) return
    const moment: Moment = {
      atMs: piece.startMs,
      elapsedMs: piece.startMs - startMs,
      energyDWh: piece.fromDWh,
      powerW: load.powerW,
      currentA: load.currentA,
    }
    const active = activeAt(phase, moment, zone)
    const feeBegins = flat === undefined && active.FLAT !== undefined
    flat ??= active.FLAT
    consume(active.ENERGY, dWh)
    if (load.state === 'charging') consume(active.TIME, ms)
    if (load.state === 'parking') consume(active.PARKING_TIME, ms)
    energyDWh += dWh
    elapsed[load.state] += ms
    note(periods, phase, piece, load, active, feeBegins)
  }

  return {
    add: (load) => walk(phase, zone, startMs, load, (piece) => count(piece, load)),
    read: () => ({
      startMs,
      volumes,
      last,
      // A session in which nothing happened yet has begun all the same.
      flat: periods.length > 0 ? flat : activeAt(phase, beginning(startMs), zone).FLAT,
      energyDWh,
      chargingMs: elapsed.charging,
      parkingMs: elapsed.parking,
      suspendedMs: elapsed.suspended,
      periods,
    }),
  }
}

const beginning = (startMs: number): Moment => ({ atMs: startMs, elapsedMs: 0, energyDWh: 0, powerW: 0, currentA: 0 })

/**
 * A new period begins whenever another price component becomes active (OCPI 2.2.1 mod_cdrs, ChargingPeriod), a flat fee too. Whoever
 * prices a CDR again sees of power and current only the least and the most of a period, so no period spans a limit of either.
 */
const note = (
  periods: TalliedPeriod[],
  phase: Phase,
  piece: Stretch,
  load: Load,
  active: ActiveComponents,
  feeBegins: boolean,
): void => {
  const period = periods[periods.length - 1]
  const dWh = piece.toDWh - piece.fromDWh
  if (
    period !== undefined &&
    !feeBegins &&
    period.state === load.state &&
    pricesAlike(period.active, active, load.state) &&
    matchesAlike(phase.powerMarks, period.minPowerW, load.powerW) &&
    matchesAlike(phase.currentMarks, period.minCurrentA, load.currentA)
  ) {
    period.endMs = piece.endMs
    period.energyDWh += dWh
    period.minPowerW = Math.min(period.minPowerW, load.powerW)
    period.maxPowerW = Math.max(period.maxPowerW, load.powerW)
    period.minCurrentA = least(period.minCurrentA, load.currentA)
    period.maxCurrentA = most(period.maxCurrentA, load.currentA)
    return
  }
  periods.push({
    startMs: piece.startMs,
    endMs: piece.endMs,
    energyDWh: dWh,
    state: load.state,
    active,
    minPowerW: load.powerW,
    maxPowerW: load.powerW,
    minCurrentA: load.currentA,
    maxCurrentA: load.currentA,
  })
}

const pricesAlike = (a: ActiveComponents, b: ActiveComponents, state: VehicleState): boolean =>
  a.ENERGY === b.ENERGY &&
  (state !== 'charging' || a.TIME === b.TIME) &&
  (state !== 'parking' || a.PARKING_TIME === b.PARKING_TIME)

/** Whether every limit lies on the same side of both. */
const matchesAlike = (marks: readonly number[], a: number | undefined, b: number | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && marks.every((mark) => mark <= a === mark <= b))

const least = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : Math.min(a, b)
const most = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : Math.max(a, b)

/** All phases of a session, counted so far. */
export interface SessionTally {
  readonly compiled: CompiledTariff
  readonly charge: Tally | undefined
  readonly reservation: (Tally & { readonly expired: boolean }) | undefined
}
