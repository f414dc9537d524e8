import type { NewEvent } from '@werenode/core'
import { beginLoad, followLoad, isIdle, type LoadEnd, type LoadState } from '../charge/load.ts'
import { type Danger, type SafetyState, watchSafety } from '../charge/safety.ts'
import type { MeterMethod } from '../meter/register.ts'
import type { Told } from '../profile/quantities.ts'
import type { CommandName, DeviceProfile } from '../profile/schema.ts'
import { endedEvent, meterEvent, startedEvent } from './events.ts'
import type { PlugTransaction } from './plug.ts'
import type { PlugTimes } from './settings.ts'

/** All that decides what a reading (or the passing of time) means for the use of a plug. */
export interface Situation {
  readonly row: PlugTransaction | undefined
  /** ms since 1970. */
  readonly at: number
  /** What this message told; undefined when only time passed. */
  readonly told: Told | undefined
  /** Everything known, this message included. */
  readonly known: Told
  readonly registerWh: number
  readonly method: MeterMethod
  readonly flags: readonly string[]
  readonly load: LoadState
  readonly safety: SafetyState
  readonly lastMeterAt: number
  /** When power and counter were last told, ms since 1970; 0 never. */
  readonly powerAt: number
  readonly counterAt: number
  readonly canReadCounter: boolean
  /** The plug has just come back and may be told to go on. */
  readonly mayResume: boolean
  /** It was away too long to go on. */
  readonly isBackLate: boolean
  readonly eventCount: number
  readonly profile: DeviceProfile
  readonly ratedPowerW: number
  readonly times: PlugTimes
}

export interface Outcome {
  /** The transaction as it shall be; absent when it stays as it is. */
  readonly row?: PlugTransaction
  readonly events: readonly NewEvent[]
  readonly load: LoadState
  readonly safety: SafetyState
  readonly send: readonly CommandName[]
  readonly hasMetered: boolean
  readonly danger?: Danger
}

/** A relay that is off still leaks, and cheap meters see a watt or two. */
const zeroW = 3

/**
 * What follows from the present situation: begin, meter, warn, stop or end. Pure: a start is believed only when the device says that
 * it is on, an end only when power is seen at zero.
 */
export const follow = (now: Situation): Outcome => {
  const quiet: Outcome = { events: [], load: now.load, safety: now.safety, send: [], hasMetered: false }
  const { row, told } = now
  if (row === undefined) {
    // Somebody pressed the button: without a session nothing flows.
    return told?.on === true ? { ...quiet, send: ['off'] } : quiet
  }
  switch (row.state) {
    case 'starting':
      return starting(row, now, quiet)
    case 'open':
      return open(row, now, quiet)
    case 'stopping':
      return stopping(row, now, quiet)
    default:
      return quiet
  }
}

const starting = (row: PlugTransaction, now: Situation, quiet: Outcome): Outcome => {
  const safe = safety(now)
  if (safe.danger)
    return {
      ...quiet,
      danger: safe.danger,
      safety: safe.state,
      row: { ...row, state: 'failed', reason: safe.danger.code },
      send: ['off'],
    }
  if (now.told?.on === true) {
    const begun: PlugTransaction = {
      ...row,
      state: 'open',
      startedAt: new Date(now.at).toISOString(),
      startWh: Math.floor(now.registerWh),
      flags: withFlags(row.flags, ...(now.method === 'integrated' ? ['meter-integrated'] : [])),
    }
    return { ...quiet, row: begun, events: [startedEvent(begun)], load: beginLoad(now.at), send: ['report'] }
  }
  if (now.at - Date.parse(row.requestedAt) < now.times.startTimeoutMs) return quiet
  return { ...quiet, row: { ...row, state: 'failed', reason: 'not-confirmed' }, send: ['off'] }
}

const open = (row: PlugTransaction, now: Situation, quiet: Outcome): Outcome => {
  const safe = safety(now)
  const curve: { readonly state: LoadState; readonly end?: LoadEnd } =
    now.known.power === undefined
      ? { state: now.load }
      : followLoad(now.load, { at: now.at, powerW: now.known.power, plugged: now.known.plugged }, now.profile.load)
  const { state: load, end } = curve
  const base: Outcome = { ...quiet, load, safety: safe.state }
  const metered = meterOf(row, { ...now, load }, load.phase !== now.load.phase)
  const stopFor = (reason: string, ...flags: string[]): Outcome => ({
    ...base,
    ...(safe.danger ? { danger: safe.danger } : {}),
    row: askStop(row, now.at, reason, flags),
    events: metered,
    hasMetered: metered.length > 0,
    send: ['off', 'poll'],
  })
  if (safe.danger) return stopFor('EmergencyStop', safe.danger.code)
  if (now.told?.on === false) {
    if (now.mayResume) return { ...base, row: { ...row, flags: withFlags(row.flags, 'resumed') }, send: ['on'] }
    return now.isBackLate ? stopFor('PowerLoss') : stopFor('Local')
  }
  if (end !== undefined) return stopFor(endReasons[end])
  if (row.limitWh !== undefined && now.registerWh - row.startWh! >= row.limitWh) return stopFor('EnergyLimitReached')
  return { ...base, events: metered, hasMetered: metered.length > 0 }
}

/** OCPP's words, as the manager knows them. */
const endReasons: Readonly<Record<LoadEnd, string>> = {
  unplugged: 'EVDisconnected',
  full: 'StoppedByEV',
  'no-load': 'Timeout',
}

export const askStop = (
  row: PlugTransaction,
  at: number,
  reason: string,
  flags: readonly string[] = [],
): PlugTransaction => ({
  ...row,
  state: 'stopping',
  stopAskedAt: new Date(at).toISOString(),
  reason,
  flags: withFlags(row.flags, ...flags),
})

const stopping = (row: PlugTransaction, now: Situation, quiet: Outcome): Outcome => {
  const askedAt = Date.parse(row.stopAskedAt!)
  const isOff = now.known.on === false
  const isZero = now.powerAt >= askedAt && (now.known.power ?? Number.POSITIVE_INFINITY) <= zeroW
  if (isOff && isZero) {
    const waitedMs = now.at - Math.max(askedAt, now.powerAt)
    // The counter is told last on some plugs; a power that told zero waits a little for it.
    const hasLastCounter = !now.canReadCounter || now.counterAt >= askedAt || waitedMs >= now.times.lastCounterMs
    if (hasLastCounter)
      return { ...quiet, row: ended(row, now), events: [ended(row, now)].map((done) => told(done, now)) }
  }
  const metered = isZero ? [] : meterOf(row, now, false)
  const send: CommandName[] = now.told?.on === false ? ['poll'] : now.told?.on === true ? ['off'] : []
  return { ...quiet, events: metered, hasMetered: metered.length > 0, send }
}

const ended = (row: PlugTransaction, now: Situation): PlugTransaction => {
  const { estimated, ...rest } = row
  return {
    ...rest,
    state: 'ended',
    endedAt: new Date(now.at).toISOString(),
    endWh: Math.floor(now.registerWh),
    flags: withFlags(
      row.flags,
      ...(now.method === 'integrated' ? ['meter-integrated'] : []),
      ...(estimated ? ['end-after-estimate'] : []),
    ),
  }
}

const told = (row: PlugTransaction, now: Situation): NewEvent =>
  endedEvent(row, { at: new Date(now.at), receivedAt: new Date(now.at) })

/** Closes the use of a plug that cannot be reached, on its last reading. Its true end is told when it is back. */
export const endOnEstimate = (
  row: PlugTransaction,
  last: { readonly at: number; readonly registerWh: number },
  now: number,
): { readonly row: PlugTransaction; readonly event: NewEvent } => {
  const closed: PlugTransaction = {
    ...askStop(row, now, row.reason ?? 'PowerLoss', ['estimated']),
    estimated: true,
    endWh: Math.floor(last.registerWh),
  }
  return { row: closed, event: endedEvent(closed, { at: new Date(last.at), receivedAt: new Date(now) }) }
}

const safety = (now: Situation): { readonly state: SafetyState; readonly danger?: Danger } =>
  now.told === undefined
    ? { state: now.safety }
    : watchSafety(now.safety, { at: now.at, told: now.told }, { ...now.profile.safety, ratedPowerW: now.ratedPowerW })

const meterOf = (row: PlugTransaction, now: Situation, always: boolean): readonly NewEvent[] => {
  const isReading = now.told?.power !== undefined || now.told?.energy !== undefined
  if (!always && (!isReading || now.at - now.lastMeterAt < now.times.meterEveryMs)) return []
  return [
    meterEvent(row, {
      at: new Date(now.at),
      count: now.eventCount,
      registerWh: Math.floor(now.registerWh),
      powerW: now.known.power,
      suspended: isIdle(now.load, now.at, now.profile.load) ? 'EV' : 'no',
      flags: [...now.flags, ...(now.method === 'integrated' ? ['meter-integrated'] : [])],
    }),
  ]
}

export const withFlags = (flags: readonly string[], ...more: readonly string[]): readonly string[] => [
  ...new Set([...flags, ...more]),
]
