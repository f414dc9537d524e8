import type { EventEnvelope, WriteOp } from '@werenode/core'
import { type EventLog, PAGE_LENGTH } from './event-log.ts'
import { LANE_LENGTH, type Lane, newLane, pauseMs } from './lane.ts'
import { type Matches, matchAny } from './names.ts'
import { failureFields, type Observer } from './observe.ts'
import {
  GROUPS,
  type GroupDoc,
  PARKED,
  type ParkedDoc,
  type PositionSource,
  type Positions,
  parkedId,
} from './positions.ts'

export interface Retry {
  readonly firstPauseMs: number
  readonly longestPauseMs: number
}

interface Member {
  readonly handler: (event: EventEnvelope) => Promise<void>
  readonly concurrency: number
  active: number
  leaving: boolean
  /** Resolves the wait of whoever asked this member to leave. */
  left: () => void
}

export interface Group {
  readonly name: string
  readonly types: readonly string[]
  join(handler: Member['handler'], concurrency: number): Member
  /** Resolves when the member's last handler is done. */
  leave(member: Member): Promise<void>
  members(): number
  publish(events: readonly EventEnvelope[], horizon: number): void
  isIdle(): boolean
  /** Handlers at work. */
  active(): number
  /** Hands out nothing more. */
  halt(): void
  stats(): GroupStats
  /** Hands the exact position to the store; nothing is delivered afterwards. */
  stop(): Promise<void>
}

export interface GroupStats {
  readonly group: string
  /** Events between what was handed out and the newest. */
  readonly lag: number
  /** Subjects with something undelivered. */
  readonly subjects: number
  /** Subjects waiting for another attempt. */
  readonly failing: number
}

/** Events in memory per group; above it the group reads on from the store when it has caught up. */
const MAX_HELD = 2_000
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
  const matches: Matches = matchAny(types)
  const lanes = new Map<string, Lane>()
  const ready: Lane[] = []
  const members: Member[] = []
  /** Parked subjects whose document is out of date. */
  const stale = new Set<string>()
  let storedPosition = options.position.position
  let scanned = storedPosition
  let held = 0
  let live = scanned === log.horizon()
  let scanning = false
  let halted = false
  let stopped = false
  let scanTimer: NodeJS.Timeout | undefined

  const makeReady = (lane: Lane): void => {
    if (lane.busy || lane.queued || lane.timer !== undefined) return
    lane.queued = true
    ready.push(lane)
  }

  const deal = (event: EventEnvelope): void => {
    if (!matches(event.type)) return
    let lane = lanes.get(event.subject)
    if (lane === undefined) {
      lane = newLane(event.subject, event.seq)
      lanes.set(event.subject, lane)
    }
    // Acknowledged before a restart, while the group's own position lagged behind.
    if (event.seq < lane.next) return
    if (lane.more || lane.reading || lane.timer !== undefined || lane.queue.length >= LANE_LENGTH) lane.more = true
    else {
      lane.queue.push(event)
      held++
    }
    makeReady(lane)
  }

  const source: PositionSource = {
    collect: () => {
      const ops: WriteOp[] = []
      for (const subject of stale) {
        const lane = lanes.get(subject)
        const id = parkedId(name, subject)
        if (lane?.kept) {
          const doc: ParkedDoc = { _id: id, group: name, subject, next: lane.next, attempts: lane.attempts }
          ops.push({ op: 'put', in: PARKED, doc })
        } else ops.push({ op: 'delete', in: PARKED, id })
      }
      stale.clear()
      let position = scanned
      for (const lane of lanes.values()) if (!lane.kept && lane.next <= position) position = lane.next - 1
      if (position !== storedPosition) {
        storedPosition = position
        const doc: GroupDoc = { _id: name, position }
        ops.push({ op: 'put', in: GROUPS, doc })
      }
      return ops
    },
    restore: (ops) => {
      storedPosition = -1
      const prefix = parkedId(name, '')
      for (const op of ops) {
        const id = op.op === 'put' ? op.doc._id : op.op === 'delete' ? op.id : ''
        if (id.startsWith(prefix)) stale.add(id.slice(prefix.length))
      }
    },
  }
  const changed = (): void => {
    if (!stopped) positions.mark(source)
  }

  const drop = (lane: Lane): void => {
    held -= lane.queue.length
    if (lane.queue.length > 0) lane.more = true
    lane.queue = []
  }

  /** The lane has nothing left to do, as far as the group has read. */
  const dissolve = (lane: Lane): void => {
    lanes.delete(lane.subject)
    if (lane.kept) stale.add(lane.subject)
  }

  const park = (lane: Lane): void => {
    lane.kept = true
    stale.add(lane.subject)
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
        const wanted = page.filter((event) => matches(event.type))
        held += wanted.length
        lane.queue = wanted
      } finally {
        lane.reading = false
      }
    }
  }

  const failed = (lane: Lane, event: EventEnvelope | undefined, error: unknown): void => {
    lane.attempts++
    drop(lane)
    lane.more = true
    park(lane)
    changed()
    const pause = pauseMs(lane.attempts, retry.firstPauseMs, retry.longestPauseMs)
    observer.log.warn(
      {
        group: name,
        subject: lane.subject,
        event: event?.id,
        type: event?.type,
        attempt: lane.attempts,
        pauseMs: pause,
        ...failureFields(error),
      },
      'An event was not handled and will be delivered again',
    )
    if (stopped) return
    lane.timer = setTimeout(() => {
      lane.timer = undefined
      makeReady(lane)
      pump()
    }, pause)
  }

  const work = async (lane: Lane, member: Member): Promise<void> => {
    let event: EventEnvelope | undefined
    const startedAt = performance.now()
    try {
      if (lane.queue.length === 0) await refill(lane)
      event = lane.queue[0]
      if (event !== undefined) {
        await member.handler(event)
        observer.metric({
          kind: 'delivery',
          group: name,
          type: event.type,
          durationMs: performance.now() - startedAt,
          ok: true,
        })
        lane.queue.shift()
        held--
        lane.next = event.seq + 1
        lane.attempts = 0
        if (lane.kept) stale.add(lane.subject)
      }
      if (lane.queue.length === 0 && !lane.more) dissolve(lane)
      changed()
    } catch (error) {
      if (event !== undefined) {
        observer.metric({
          kind: 'delivery',
          group: name,
          type: event.type,
          durationMs: performance.now() - startedAt,
          ok: false,
        })
      }
      failed(lane, event, error)
    } finally {
      lane.busy = false
      member.active--
      if (member.leaving && member.active === 0) member.left()
    }
    if (lanes.get(lane.subject) === lane) makeReady(lane)
    pump()
    onProgress()
  }

  let nextMember = 0
  const freeMember = (): Member | undefined => {
    for (let i = 0; i < members.length; i++) {
      const member = members[(nextMember + i) % members.length]!
      if (!member.leaving && member.active < member.concurrency) {
        nextMember = (nextMember + i + 1) % members.length
        return member
      }
    }
    return undefined
  }

  const pump = (): void => {
    while (!halted && ready.length > 0) {
      const member = freeMember()
      if (member === undefined) break
      const lane = ready.shift()!
      lane.queued = false
      lane.busy = true
      member.active++
      void work(lane, member)
    }
    if (!live && !scanning && !halted && scanTimer === undefined && held < MAX_HELD / 2) void catchUp()
  }

  /** Reads on from the store until the group is where the log is; then events come straight from their commit. */
  const catchUp = async (): Promise<void> => {
    scanning = true
    try {
      while (!halted && held < MAX_HELD && members.length > 0) {
        const to = log.horizon()
        const page = await log.page({ after: scanned, to, types })
        for (const event of page) deal(event)
        scanned = page.length < PAGE_LENGTH ? to : page.at(-1)!.seq
        changed()
        if (scanned === log.horizon()) {
          live = true
          break
        }
        pump()
      }
    } catch (error) {
      observer.log.error({ group: name, ...failureFields(error) }, 'The bus could not read events and will try again')
      scanTimer = setTimeout(() => {
        scanTimer = undefined
        pump()
      }, READ_AGAIN_MS)
    } finally {
      scanning = false
    }
    if (scanTimer === undefined) pump()
    onProgress()
  }
  for (const { subject, next, attempts } of options.parked) {
    const lane: Lane = { ...newLane(subject, next), more: true, attempts, kept: true }
    lanes.set(subject, lane)
    makeReady(lane)
  }

  return {
    name,
    types,
    join: (handler, concurrency) => {
      const member: Member = { handler, concurrency, active: 0, leaving: false, left: () => {} }
      members.push(member)
      queueMicrotask(pump)
      return member
    },
    leave: async (member) => {
      member.leaving = true
      if (member.active > 0)
        await new Promise<void>((resolve) => {
          member.left = resolve
        })
      const at = members.indexOf(member)
      if (at !== -1) members.splice(at, 1)
    },
    members: () => members.length,
    publish: (events, horizon) => {
      if (!live || stopped) return
      for (const event of events) deal(event)
      scanned = horizon
      if (held > MAX_HELD) live = false
      // A position that only passes by the events of others is stored now and then; an acknowledgement stores it at once.
      if (scanned - storedPosition > LAZY_EVENTS) changed()
      pump()
    },
    isIdle: () => live && lanes.size === 0,
    active: () => members.reduce((sum, member) => sum + member.active, 0),
    halt: () => {
      halted = true
    },
    stats: () => ({
      group: name,
      lag: log.horizon() - scanned,
      subjects: lanes.size,
      failing: [...lanes.values()].filter((lane) => lane.attempts > 0).length,
    }),
    stop: async () => {
      halted = true
      stopped = true
      clearTimeout(scanTimer)
      for (const lane of lanes.values()) {
        if (lane.timer !== undefined) clearTimeout(lane.timer)
        park(lane)
      }
      positions.mark(source)
      await positions.flush()
    },
  }
}
