import {
  type Bus,
  type Clock,
  type ConnectorStatus,
  type DeviceTransport,
  faultPoint,
  isWerenodeError,
  type NewEvent,
  type PlugLive,
  type Store,
  type Stored,
  type WriteOp,
} from '@werenode/core'
import type { Logger } from 'pino'
import { dangerAlarm } from '../alarms.ts'
import { beginLoad, isIdle, type LoadState } from '../charge/load.ts'
import type { SafetyState } from '../charge/safety.ts'
import { readingSeries } from '../collections.ts'
import { emptyMeter, type MeterMethod, type MeterState, meter } from '../meter/register.ts'
import type { Device } from '../profile/device.ts'
import { interpret } from '../profile/interpret.ts'
import type { Told } from '../profile/quantities.ts'
import type { CommandName } from '../profile/schema.ts'
import type { DeviceMessage } from '../transport/router.ts'
import { connectedEvent, disconnectedEvent, readingEvent, statusEvent } from './events.ts'
import { endOnEstimate, follow, type Outcome } from './follow.ts'
import { isActive, type Plug, type PlugLink, type PlugTransaction, type ReadingPoint, shouldBeOn } from './plug.ts'
import type { PlugTimes } from './settings.ts'
import { isWorthTelling, neverTold, type Tellings } from './tellings.ts'

/** What a plug last told, for a map, a portal, a person. */
export type Live = PlugLive

export interface PlugContext {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Logger
  readonly times: PlugTimes
  transport(): DeviceTransport
  /** Undefined while nobody wants to know. */
  onReading(): ((live: Live, point: ReadingPoint) => void) | undefined
}

export interface PlugActor {
  readonly plugId: string
  readonly device: Device
  plug: Plug
  /** Runs one after the other for a plug. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
  message(message: DeviceMessage): Promise<void>
  tick(): Promise<void>
  /** Its connection to our own broker is gone. */
  linkLost(reason: string): Promise<void>
  live(): Live
  /** In turn only. */
  readonly transaction: PlugTransaction | undefined
  insert(row: PlugTransaction): Promise<void>
  apply(row: PlugTransaction, events: readonly NewEvent[]): Promise<void>
  send(name: CommandName, more?: Readonly<Record<string, string | number>>): Promise<void>
  tellStatus(): Promise<void>
  hasCounter(): boolean
}

/** One plug: hears what it tells, keeps its meter, and sees to it that its relay stands as the store wants it. */
export const createPlugActor = (
  context: PlugContext,
  start: {
    readonly plug: Plug
    readonly device: Device
    readonly link: PlugLink | undefined
    readonly transaction: Stored<PlugTransaction> | undefined
    readonly lastPoint: { readonly at: number; readonly value: unknown } | undefined
  },
): PlugActor => {
  const { store, bus, clock, log, times } = context
  const { device } = start
  const { profile } = device
  const plugId = start.plug._id
  let { plug } = start
  let link = start.link
  let online = false
  let row = start.transaction && bare(start.transaction)
  let rev = start.transaction?._rev ?? 0
  let metered: MeterState = meterFrom(start.lastPoint)
  let method: MeterMethod = device.canRead.has('energy') ? 'counter' : 'integrated'
  let known: Told = {}
  let load: LoadState = { ...beginLoad(clock().getTime()), hasCharged: hasDrawn(row, metered) }
  let safety: SafetyState = {}
  let lastReadingAt = start.lastPoint?.at ?? 0
  let heardAt = 0
  let powerAt = 0
  let counterAt = 0
  let lastMeterAt = 0
  let commandAt = 0
  let refreshedAt = 0
  let polledAt = 0
  let backAt = 0
  let outageMs = 0
  let offlineSince = Date.parse(link?.disconnectedAt ?? link?.connectedAt ?? plug.createdAt)
  let eventCount = 0
  let toldStatus = ''
  let tellings: Tellings = neverTold
  let requestId = 0
  let tail: Promise<unknown> = Promise.resolve()

  const limits = {
    ratedPowerW: plug.ratedPowerW,
    wrapsAtWh: profile.counter.wrapsAtWh,
    resolutionWh: profile.counter.resolutionWh,
    maxGapMs: Math.max(120_000, profile.report.chargingS * 3_000),
  }
  const now = (): number => clock().getTime()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = tail.then(work, work)
    tail = turn.then(nothing, nothing)
    return turn
  }

  // --- what goes out

  const send: PlugActor['send'] = async (name, more = {}) => {
    requestId = (requestId % 1_000_000) + 1
    const values = {
      deadManS: profile.deadMan.s,
      intervalS: row && row.state !== 'starting' && isActive(row) ? profile.report.chargingS : profile.report.idleS,
      elapsedS: row?.startedAt ? Math.max(0, Math.round((now() - Date.parse(row.startedAt)) / 1000)) : 0,
      requestId,
      ...(row?.limitWh === undefined ? {} : { limitWh: row.limitWh }),
      ...more,
    }
    if (name === 'on' || name === 'off') commandAt = now()
    if (name === 'on' || name === 'refresh') refreshedAt = now()
    if (name === 'poll') polledAt = now()
    for (const { topic, payload } of device.command(name, values))
      await context.transport().publish(topic, Buffer.from(payload))
  }

  /** Where the broker is away the next look repeats it. */
  const trySend = async (names: readonly CommandName[]): Promise<void> => {
    if (!online) return
    for (const name of names) {
      try {
        await send(name)
      } catch (error) {
        if (!isWerenodeError(error)) throw error
        log.warn({ plugId, command: name, code: error.code }, 'A command could not be sent; it will be repeated')
        return
      }
    }
  }

  // --- what is kept

  const commit = async (ops: readonly WriteOp[], events: readonly NewEvent[]): Promise<void> => {
    if (events.length === 0) await store.write(ops)
    else await bus.commit(ops, events)
  }

  const rowOp = (next: PlugTransaction): WriteOp => ({ op: 'replace', in: 'mqtt_transactions', doc: next, rev })
  const keepRow = (next: PlugTransaction): void => {
    rev += 1
    row = isActive(next) ? next : undefined
  }
  const apply: PlugActor['apply'] = async (next, events) => {
    await commit([rowOp(next)], events)
    keepRow(next)
  }

  const statusNow = (): { status: ConnectorStatus; errorCode?: string; info?: string } => {
    if (known.fault) return { status: 'Faulted', errorCode: 'OtherError', info: known.fault }
    if (row?.state === 'stopping') return { status: 'Finishing' }
    if (row?.state === 'starting') return { status: 'Preparing' }
    if (row?.state === 'open') return { status: isIdle(load, now(), profile.load) ? 'SuspendedEV' : 'Charging' }
    return { status: plug.operative ? 'Available' : 'Unavailable' }
  }

  const statusEvents = (): readonly NewEvent[] => {
    const status = statusNow()
    const words = JSON.stringify(status)
    if (!online || words === toldStatus) return []
    eventCount += 1
    toldStatus = words
    return [statusEvent(plugId, { at: clock(), count: eventCount, epoch: link?.epoch ?? 0, ...status })]
  }
  const tellStatus = async (): Promise<void> => {
    const events = statusEvents()
    if (events.length > 0) await bus.commit([], events)
  }

  // --- coming and going

  const comeOnline = async (at: number): Promise<void> => {
    const next: PlugLink = {
      _id: plugId,
      epoch: (link?.epoch ?? 0) + 1,
      connected: true,
      connectedAt: new Date(at).toISOString(),
    }
    await bus.commit([{ op: 'put', in: 'mqtt_links', doc: next }], [connectedEvent(plugId, next.epoch, clock())])
    link = next
    online = true
    backAt = at
    outageMs = Math.max(0, at - offlineSince)
    toldStatus = ''
    powerAt = 0
    counterAt = 0
    // Whether it is on, only its next word tells.
    const { on: _, ...rest } = known
    known = rest
    await tellStatus()
    // Never on after a power cut, reports as often as needed, and a reading now; what must be on or off follows from its answer.
    await trySend(['safe', 'report', ...(row && !shouldBeOn(row) ? (['off'] as const) : []), 'poll'])
  }

  const goOffline = async (at: number, reason: string): Promise<void> => {
    if (!online || !link) return
    const next: PlugLink = { ...link, connected: false, disconnectedAt: new Date(at).toISOString(), reason }
    await bus.commit(
      [{ op: 'put', in: 'mqtt_links', doc: next }],
      [disconnectedEvent(plugId, next.epoch, clock(), reason)],
    )
    link = next
    online = false
    offlineSince = at
  }

  // --- what comes in

  const situation = (
    at: number,
    told: Told | undefined,
    all: Told,
    meterNow: MeterState,
    flags: readonly string[],
  ) => ({
    row,
    at,
    told,
    known: all,
    registerWh: meterNow.registerWh,
    method,
    flags,
    load,
    safety,
    lastMeterAt,
    powerAt,
    counterAt,
    canReadCounter: device.canRead.has('energy') && meterNow.counterWh !== undefined,
    mayResume: at - backAt < 15_000 && outageMs <= times.resumeWithinMs,
    isBackLate: at - backAt < 15_000 && outageMs > times.resumeWithinMs,
    eventCount,
    profile,
    ratedPowerW: plug.ratedPowerW,
    times,
  })

  const settle = async (outcome: Outcome, at: number, ops: readonly WriteOp[], after: () => void): Promise<void> => {
    const { danger } = outcome
    const raised = danger && dangerAlarm(plugId, danger, new Date(at))
    eventCount += outcome.events.length + 1
    await commit(
      [...ops, ...(outcome.row ? [rowOp(outcome.row)] : []), ...(raised ? [raised.op] : [])],
      [...outcome.events, ...(raised ? [raised.event] : [])],
    )
    faultPoint('mqtt.reading.stored')
    after()
    if (danger) log.warn({ plugId, danger: danger.code }, danger.message)
    const wasActive = row !== undefined
    if (outcome.row) keepRow(outcome.row)
    load = outcome.load
    safety = outcome.safety
    if (outcome.hasMetered) lastMeterAt = at
    if (outcome.row || outcome.send.length > 0 || row) await tellStatus()
    await trySend(wasActive && !row ? [...outcome.send, 'report'] : outcome.send)
  }

  const reading = async (told: Told, at: number): Promise<void> => {
    const taken = meter(metered, { at, counterWh: told.energy, powerW: told.power }, limits)
    const all: Told = { ...known, ...told }
    if (told.power !== undefined) powerAt = at
    if (told.energy !== undefined) counterAt = at
    method = taken.method
    const point = pointOf(told, taken.state, method, taken.flags, row)
    const op: WriteOp = { op: 'append', series: readingSeries, key: plugId, points: [{ at, value: point }] }
    const outcome = follow(situation(at, told, all, taken.state, taken.flags))
    const isWorth = isWorthTelling(tellings, { at, told: all, isCharging: row !== undefined }, times)
    const whole = pointOf(all, taken.state, method, taken.flags, row)
    const events = isWorth
      ? [...outcome.events, readingEvent(plugId, whole, { at, count: eventCount })]
      : outcome.events
    await settle({ ...outcome, events }, at, [op], () => {
      metered = taken.state
      known = all
      lastReadingAt = at
      if (isWorth) tellings = { at, told: all }
    })
    context.onReading()?.(live(), point)
  }

  const message = async ({ topic, payload, retained }: DeviceMessage): Promise<void> => {
    const told = interpret(device, topic, payload)
    const at = now()
    if (told === undefined) return
    if (told.online === false) return goOffline(at, 'The plug is out of reach (its last will)')
    // What a broker kept from before is no reading of now; that a device is there it may tell.
    if (retained && told.online === undefined) return
    if (!retained) heardAt = at
    if (!online) await comeOnline(at)
    const { online: _, ...rest } = told
    if (Object.keys(rest).length > 0) await reading(rest, at)
  }

  // --- what time brings

  const repeat = async (at: number): Promise<void> => {
    const wanted = shouldBeOn(row)
    const isDue = at - commandAt >= times.repeatMs
    if (row?.state === 'stopping' && isDue) return trySend(['off', 'poll'])
    if (row?.state === 'starting' && known.on !== true && isDue) return trySend(['on', 'poll'])
    if (!wanted && known.on === true && isDue) return trySend(['off'])
    const refreshMs = (profile.deadMan.s * 1000) / 3
    if (row?.state === 'open' && known.on === true && at - refreshedAt >= refreshMs) return trySend(['refresh'])
    const intervalMs = (row ? profile.report.chargingS : profile.report.idleS) * 1000
    if (at - Math.max(heardAt, polledAt) >= intervalMs * 1.5) return trySend(['poll'])
  }

  const tick = async (): Promise<void> => {
    const at = now()
    const deadManMs = profile.deadMan.s * 1000
    if (!online) {
      if (row?.state === 'starting' && at - Date.parse(row.requestedAt) >= times.startTimeoutMs)
        return apply({ ...row, state: 'failed', reason: 'out-of-reach' }, [])
      const isLost = at - offlineSince >= deadManMs + times.unreachableGraceMs
      if (row && !row.estimated && (row.state === 'open' || row.state === 'stopping') && isLost) {
        const closed = endOnEstimate(row, { at: lastReadingAt, registerWh: metered.registerWh }, at)
        await apply(closed.row, [closed.event])
        log.warn({ plugId }, 'A session was closed on its last reading: its plug cannot be reached')
      }
      return
    }
    const intervalS = row ? profile.report.chargingS : profile.report.idleS
    if (at - heardAt >= Math.max(times.silentAfterMs, intervalS * 2_500))
      return goOffline(heardAt, 'Nothing was heard for too long')
    if (row) {
      const outcome = follow(situation(at, undefined, known, metered, []))
      if (outcome.row || outcome.events.length > 0 || outcome.send.length > 0) await settle(outcome, at, [], nothing)
      else load = outcome.load
    }
    await tellLate(at)
    await repeat(at)
  }

  /** News that came too soon after other news. */
  const tellLate = async (at: number): Promise<void> => {
    if (!isWorthTelling(tellings, { at, told: known, isCharging: row !== undefined }, neverByTime)) return
    eventCount += 1
    await bus.commit([], [readingEvent(plugId, pointOf(known, metered, method, [], row), { at, count: eventCount })])
    tellings = { at, told: known }
  }

  const heard = (): { readonly heardAt?: string } => {
    if (heardAt !== 0) return { heardAt: new Date(heardAt).toISOString() }
    return link === undefined ? {} : { heardAt: link.connectedAt }
  }

  const hasCounter = (): boolean => !device.canRead.has('energy') || metered.counterWh !== undefined

  const live = (): Live => ({
    plugId,
    online,
    ...(online ? { status: statusNow().status } : {}),
    ...heard(),
    // What its power came to before it told its counter is no meter to show.
    ...(lastReadingAt === 0 || !hasCounter() ? {} : { registerWh: Math.floor(metered.registerWh) }),
    method,
    ...(known.power === undefined ? {} : { powerW: known.power }),
    ...(known.voltage === undefined ? {} : { voltageV: known.voltage }),
    ...(known.current === undefined ? {} : { currentA: known.current }),
    ...(known.temperature === undefined ? {} : { temperatureC: known.temperature }),
    ...(known.linkQuality === undefined ? {} : { linkQuality: known.linkQuality }),
    ...(known.on === undefined ? {} : { on: known.on }),
    ...(known.plugged === undefined ? {} : { plugged: known.plugged }),
    ...(known.fault ? { fault: known.fault } : {}),
    meterCertified: false,
  })

  return {
    plugId,
    device,
    get plug() {
      return plug
    },
    set plug(next) {
      plug = next
    },
    inTurn,
    message: (incoming) => inTurn(() => message(incoming)),
    tick: () => inTurn(tick),
    linkLost: (reason) => inTurn(() => goOffline(now(), reason)),
    live,
    get transaction() {
      return row
    },
    insert: async (next) => {
      await store.write([{ op: 'insert', in: 'mqtt_transactions', doc: next }])
      row = next
      rev = 1
    },
    apply,
    send,
    tellStatus,
    hasCounter,
  }
}

/** Only what changed: time alone is no news without a reading. */
const neverByTime = { tellEveryMs: Number.POSITIVE_INFINITY, tellIdleEveryMs: Number.POSITIVE_INFINITY }

const nothing = (): void => undefined

const bare = ({ _rev, ...row }: Stored<PlugTransaction>): PlugTransaction => row as PlugTransaction

/** The register goes on where the last stored reading left it. */
const meterFrom = (last: { readonly at: number; readonly value: unknown } | undefined): MeterState => {
  if (last === undefined) return emptyMeter
  const { wh, c } = last.value as ReadingPoint
  return {
    registerWh: wh,
    sinceCounterWh: 0,
    budgetWh: 0,
    ...(c === undefined ? {} : { counterWh: c, counterAt: last.at }),
  }
}

const hasDrawn = (row: PlugTransaction | undefined, { registerWh }: MeterState): boolean =>
  row?.startWh !== undefined && registerWh - row.startWh > 5

const pointOf = (
  told: Told,
  state: MeterState,
  by: MeterMethod,
  flags: readonly string[],
  row: PlugTransaction | undefined,
): ReadingPoint => ({
  wh: Math.round(state.registerWh * 1000) / 1000,
  ...(state.counterWh === undefined ? {} : { c: state.counterWh }),
  ...(told.power === undefined ? {} : { w: told.power }),
  ...(told.voltage === undefined ? {} : { v: told.voltage }),
  ...(told.current === undefined ? {} : { a: told.current }),
  ...(told.temperature === undefined ? {} : { t: told.temperature }),
  ...(told.linkQuality === undefined ? {} : { lq: told.linkQuality }),
  ...(told.on === undefined ? {} : { on: told.on }),
  by,
  ...(row === undefined ? {} : { tx: row.transactionId }),
  ...(flags.length === 0 ? {} : { flags }),
})
