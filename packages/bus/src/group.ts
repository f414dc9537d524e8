import type { EventEnvelope } from '@werenode/core'
import { type EventLog, PAGE_LENGTH } from './event-log.ts'
import { createGroupPosition } from './group-position.ts'
import { LANE_LENGTH, type Lane, newLane, pauseMs, type Retry } from './lane.ts'
import { createMembers, type Member, type Members } from './members.ts'
import { matchAny } from './names.ts'
import { failureFields, type Observer } from './observe.ts'
import type { GroupDoc, ParkedDoc, Positions } from './positions.ts'

export interface Group {
  readonly types: readonly string[]
  join: Members['join']
  leave: Members['leave']
  members(): number
  /** Events just committed, all up to the horizon. */
  publish(events: readonly EventEnvelope[], horizon: number): void
  isIdle(): boolean
  /** Handlers at work. */
  active(): number
  /** Hands out nothing more. */
  halt(): void
  /** Hands its exact position over to be stored, and is done. */
  stop(): void
  stats(): GroupStats
}

export interface GroupStats {
  readonly group: string
  /** Numbers between what was handed out and the newest event. */
  readonly lag: number
  /** Subjects with something undelivered. */
  readonly subjects: number
  /** Subjects waiting for another attempt. */
  readonly failing: number
}

/** Events in memory per group; above it the group reads on from the store when it has worked off some. */
const MAX_HELD = 2_000
/** A position that only passes by the events of others is stored after so many. */
const LAZY_EVENTS = 1_000
const READ_AGAIN_MS = 1_000

/**
 * A durable consumer group. Events are dealt into lanes, one per subject; a lane works strictly in order, lanes work side by side.
 * A failing lane is parked: its position is stored by itself and the group's position moves on, so that one sick subject costs
 * the others neither time nor, after a restart, repetition.
 */
export const createGroup = (options: {
  position: GroupDoc
  parked: readonly ParkedDoc[]
  types: readonly string[]
  log: EventLog
  positions: Positions
  retry: Retry
  observer: Observer
  onProgress: () => void
}): Group => {
  const { log, positions, retry, observer, onProgress, types } = options
  const name = options.position._id
  const matches = matchAny(types)
  const lanes = new Map<string, Lane>()
  const ready: Lane[] = []
  const members = createMembers()
  /** Every event up to here was dealt into lanes. */
  let scanned = options.position.position
  /** Events come straight from their commit; otherwise from the store. */
  let live = scanned === log.horizon()
  let held = 0
  let scanning = false
  let scanTimer: NodeJS.Timeout | undefined
  let halted = false
  let stopped = false

  const position = createGroupPosition(options.position, lanes, () => scanned)
  const changed = (): void => {
    if (!stopped) positions.mark(position)
  }

  const makeReady = (lane: Lane): void => {
    if (lane.busy || lane.queued || lane.timer !== undefined) return
    lane.queued = true
    ready.push(lane)
  }

  const deal = (event: EventEnvelope): void => {
    if (!matches(event.type)) return
    const lane = lanes.get(event.subject) ?? newLane(event.subject, event.seq)
    lanes.set(event.subject, lane)
    // Acknowledged before a restart, while the group's own position lagged behind.
    if (event.seq < lane.next) return
    if (lane.more || lane.reading || lane.timer !== undefined || lane.queue.length >= LANE_LENGTH) lane.more = true
    else {
      lane.queue.push(event)
      held++
    }
    makeReady(lane)
  }

  /** Reads the lane's next events from the store; new ones that come meanwhile only set `more`. */
  const refill = async (lane: Lane): Promise<void> => {
    let after = lane.next - 1
    while (lane.queue.length === 0 && lane.more) {
      const to = scanned
      lane.more = false
      lane.reading = true
      try {
        const page = await log.page({ after, to, types, subject: lane.subject, limit: LANE_LENGTH })
        if (page.length === LANE_LENGTH) lane.more = true
        after = page.at(-1)?.seq ?? to
        lane.queue = page.filter((event) => matches(event.type))
        held += lane.queue.length
      } finally {
        lane.reading = false
      }
    }
  }

  const acknowledge = (lane: Lane, event: EventEnvelope): void => {
    lane.queue.shift()
    held--
    lane.next = event.seq + 1
    lane.attempts = 0
    if (lane.parked) position.touch(lane)
  }

  const park = (lane: Lane): void => {
    held -= lane.queue.length
    lane.queue = []
    lane.more = true
    lane.parked = true
    position.touch(lane)
  }

  const retryLater = (lane: Lane, event: EventEnvelope | undefined, error: unknown): void => {
    lane.attempts++
    park(lane)
    const wait = pauseMs(lane.attempts, retry)
    const about = { group: name, subject: lane.subject, event: event?.id, type: event?.type }
    observer.log.warn(
      { ...about, attempt: lane.attempts, pauseMs: wait, ...failureFields(error) },
      'An event was not handled and will be delivered again',
    )
    if (stopped) return
    lane.timer = setTimeout(() => {
      lane.timer = undefined
      makeReady(lane)
      pump()
    }, wait)
  }

  /** One event of one lane through one handler. */
  const work = async (lane: Lane, member: Member): Promise<void> => {
    let event: EventEnvelope | undefined
    let startedAt = 0
    const tell = (ok: boolean): void => {
      if (event === undefined) return
      const durationMs = performance.now() - startedAt
      observer.metric({ kind: 'delivery', group: name, type: event.type, durationMs, ok })
    }
    try {
      if (lane.queue.length === 0) await refill(lane)
      event = lane.queue[0]
      startedAt = performance.now()
      if (event !== undefined) {
        await member.handler(event)
        tell(true)
        acknowledge(lane, event)
      }
      if (lane.queue.length === 0 && !lane.more) {
        lanes.delete(lane.subject)
        if (lane.parked) position.touch(lane)
      }
    } catch (error) {
      tell(false)
      retryLater(lane, event, error)
    }
    lane.busy = false
    members.done(member)
    changed()
    if (lanes.get(lane.subject) === lane) makeReady(lane)
    pump()
    onProgress()
  }

  const pump = (): void => {
    while (!halted && ready.length > 0) {
      const member = members.free()
      if (member === undefined) break
      const lane = ready.shift()!
      lane.queued = false
      lane.busy = true
      member.active++
      void work(lane, member)
    }
    const mayScan = !live && !scanning && !halted && scanTimer === undefined
    if (mayScan && members.count() > 0 && held < MAX_HELD / 2) void catchUp()
  }

  /** Reads on from the store until the group is where the log is. */
  const catchUp = async (): Promise<void> => {
    scanning = true
    try {
      while (!live && !halted && held < MAX_HELD) {
        const to = log.horizon()
        const page = await log.page({ after: scanned, to, types })
        for (const event of page) deal(event)
        scanned = page.length < PAGE_LENGTH ? to : page.at(-1)!.seq
        live = scanned === log.horizon()
        pump()
      }
      changed()
    } catch (error) {
      observer.log.error({ group: name, ...failureFields(error) }, 'The bus could not read events and will try again')
      scanTimer = setTimeout(() => {
        scanTimer = undefined
        pump()
      }, READ_AGAIN_MS)
    }
    scanning = false
    pump()
    onProgress()
  }

  for (const { subject, next, attempts } of options.parked) {
    const lane: Lane = { ...newLane(subject, next), more: true, attempts, parked: true }
    lanes.set(subject, lane)
    makeReady(lane)
  }

  return {
    types,
    join: (handler, concurrency) => {
      const member = members.join(handler, concurrency)
      // Not at once: whoever consumes first gets to know how to stop.
      setImmediate(pump)
      return member
    },
    leave: members.leave,
    members: members.count,
    publish: (events, horizon) => {
      if (!live || stopped) return
      for (const event of events) deal(event)
      scanned = horizon
      live = held <= MAX_HELD
      if (scanned - position.stored() > LAZY_EVENTS) changed()
      pump()
    },
    isIdle: () => live && lanes.size === 0,
    active: members.active,
    halt: () => {
      halted = true
    },
    stop: () => {
      halted = true
      stopped = true
      clearTimeout(scanTimer)
      for (const lane of lanes.values()) {
        clearTimeout(lane.timer)
        park(lane)
      }
      positions.mark(position)
    },
    stats: () => ({
      group: name,
      lag: log.horizon() - scanned,
      subjects: lanes.size,
      failing: [...lanes.values()].filter((lane) => lane.attempts > 0).length,
    }),
  }
}
