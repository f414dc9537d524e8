import { type Bus, type Clock, type EventEnvelope, type Store, WerenodeError } from '@werenode/core'
import { openEventLog } from './event-log.ts'
import { createGroup, type Group, type GroupStats } from './group.ts'
import { createIdlers } from './idlers.ts'
import type { Retry } from './lane.ts'
import { checkName, type Matches, matchAny } from './names.ts'
import { type BusLog, type BusMetric, observer as createObserver, failureFields } from './observe.ts'
import { createPositions, GROUPS, type GroupDoc, PARKED, type ParkedDoc } from './positions.ts'
import { createRequests } from './requests.ts'
import { allPages, startRetention } from './retention.ts'

export interface InProcessBusOptions {
  /** The bus keeps its events and positions in the collections `bus_*` of this store; it does not close it. */
  readonly store: Store
  readonly clock: Clock
  readonly log?: BusLog
  readonly onMetric?: (metric: BusMetric) => void
  /** Events are kept at least this long, and until every group has acknowledged them. Default 30. */
  readonly retentionDays?: number
  /** Default 100 ms to 30 s. */
  readonly retry?: Partial<Retry>
  /** How long close() waits for running handlers. Default 5,000. */
  readonly closeTimeoutMs?: number
}

export type InProcessBus = Bus & {
  stats(): { readonly horizon: number; readonly groups: readonly GroupStats[]; readonly requests: number }
  /** Deletes what retention allows, now; otherwise once an hour. Returns how many events. */
  prune(): Promise<number>
}

const DEFAULT_CONCURRENCY = 8

/**
 * The bus inside one process. Events are documents of the store, written in the very write they report; consumers get them at least
 * once, in order per subject. Only one process may run it on one store (the SQLite store sees to that).
 *
 * An event whose id is stored already is not told again; the operations committed with it still apply, and `commit` answers with
 * the event as it was stored the first time. Ids are remembered as long as events are kept.
 */
export const createInProcessBus = async (options: InProcessBusOptions): Promise<InProcessBus> => {
  const { store, clock } = options
  const observer = createObserver(options.log, options.onMetric)
  const retry: Retry = { firstPauseMs: 100, longestPauseMs: 30_000, ...options.retry }
  const groups = new Map<string, Group>()
  /** Per group: its joining and leaving happen one after the other. */
  const doors = new Map<string, Promise<unknown>>()
  const taps = new Set<{ matches: Matches; handler: (event: EventEnvelope) => void }>()
  const idlers = createIdlers()
  let state: 'open' | 'closing' | 'closed' = 'open'

  await store.define([{ name: GROUPS }, { name: PARKED, indexes: [{ fields: ['group'] }] }])
  const onProgress = (): void => {
    idlers.look()
  }

  const publish = (events: readonly EventEnvelope[], horizon: number): void => {
    for (const event of events) {
      for (const tap of taps) {
        if (!tap.matches(event.type)) continue
        try {
          tap.handler(event)
        } catch (error) {
          observer.log.error(
            { event: event.id, type: event.type, ...failureFields(error) },
            'A listener failed on an event',
          )
        }
      }
    }
    for (const group of groups.values()) group.publish(events, horizon)
    onProgress()
  }

  const log = await openEventLog({ store, clock, observer, publish })
  const positions = createPositions(store, observer)
  const requests = createRequests(observer, onProgress)
  const retention = startRetention({ store, clock, log, observer, keepDays: options.retentionDays ?? 30 })

  const ensureOpen = (): void => {
    if (state !== 'open') throw new WerenodeError('store-unavailable', 'The bus is closed')
  }

  const openGroup = async (name: string, types: readonly string[], from: 'start' | 'now'): Promise<Group> => {
    const stored = await store.get<GroupDoc>(GROUPS, name)
    const position = stored ?? { _id: name, position: from === 'start' ? 0 : log.horizon() }
    // Durable before anything is promised: what happens from here on is delivered, whatever happens to this process.
    if (stored === undefined) await store.write([{ op: 'insert', in: GROUPS, doc: position }])
    const parked = await allPages<ParkedDoc>(store, PARKED, { group: name })
    const group = createGroup({ position, parked, types, log, positions, retry, observer, onProgress })
    groups.set(name, group)
    return group
  }

  /** Runs one after the other per group name. */
  const atDoor = <T>(name: string, run: () => Promise<T>): Promise<T> => {
    const turn = (doors.get(name) ?? Promise.resolve()).catch(() => {}).then(run)
    doors.set(name, turn)
    return turn
  }

  const consume: Bus['consume'] = (wanted, handler) => {
    const name = checkName(wanted.group, 'Group', 64)
    const { types, from = 'now', concurrency = DEFAULT_CONCURRENCY } = wanted
    if (name.includes(' ') || !Number.isInteger(concurrency) || concurrency < 1) {
      throw new WerenodeError(
        'invalid-input',
        `Group ${name}: a group has no spaces in its name and a concurrency of 1 or more`,
      )
    }
    matchAny(types)
    return atDoor(name, async () => {
      ensureOpen()
      const group = groups.get(name) ?? (await openGroup(name, types, from))
      if (JSON.stringify([...types].sort()) !== JSON.stringify([...group.types].sort())) {
        throw new WerenodeError(
          'invalid-input',
          `Group ${name} consumes ${group.types.join(', ')}, not ${types.join(', ')}`,
          {
            hint: 'All members of a group consume the same types; give this one a group of its own.',
          },
        )
      }
      const member = group.join(handler, concurrency)
      let left: Promise<void> | undefined
      return () => {
        left ??= group.leave(member).then(() =>
          atDoor(name, async () => {
            if (group.members() > 0 || groups.get(name) !== group) return
            groups.delete(name)
            group.stop()
            await positions.flush()
          }),
        )
        return left
      }
    })
  }

  const tap: Bus['tap'] = (types, handler) => {
    const entry = { matches: matchAny(types), handler }
    taps.add(entry)
    return async () => {
      taps.delete(entry)
    }
  }

  const replay: Bus['replay'] = async ({ afterSeq, types, subject, limit = 100 }) => {
    const matches = matchAny(types)
    if (!Number.isSafeInteger(limit) || limit < 1 || limit > 10_000) {
      throw new WerenodeError('invalid-input', `A limit of ${limit} is not from 1 to 10,000`)
    }
    if (!Number.isFinite(afterSeq))
      throw new WerenodeError('invalid-input', `${afterSeq} is not the number of an event`)
    const found: EventEnvelope[] = []
    const to = log.horizon()
    for (let after = afterSeq; found.length < limit && after < to; ) {
      const page = await log.page({ after, to, types, ...(subject === undefined ? {} : { subject }) })
      for (const event of page) if (matches(event.type) && found.length < limit) found.push(event)
      after = page.at(-1)?.seq ?? to
    }
    return found
  }

  const undelivered = (): string[] => [
    ...(log.pending() > 0 ? [`${log.pending()} commits under way`] : []),
    ...[...groups.values()]
      .filter((group) => !group.isIdle())
      .map((group) => {
        const { group: name, lag, subjects, failing } = group.stats()
        return `group ${name}: ${subjects} subjects (${failing} failing), ${lag} events behind`
      }),
  ]

  const idle: Bus['idle'] = async (timeoutMs) => {
    if (await idlers.waitFor(() => undelivered().length === 0, timeoutMs)) return
    throw new WerenodeError(
      'timeout',
      `Events are still undelivered after ${timeoutMs} ms: ${undelivered().join('; ')}`,
    )
  }

  const close = async (): Promise<void> => {
    if (state !== 'open') return
    state = 'closing'
    retention.stop()
    // Handlers under way may still ask and commit; nothing new is handed out.
    const open = [...groups.values()]
    for (const group of open) group.halt()
    const quiet = (): boolean =>
      requests.active() === 0 && log.pending() === 0 && open.every((group) => group.active() === 0)
    if (!(await idlers.waitFor(quiet, options.closeTimeoutMs ?? 5_000))) {
      observer.log.warn({}, 'The bus closed before all handlers were done; their events will be delivered again')
    }
    state = 'closed'
    requests.close()
    for (const group of open) group.stop()
    groups.clear()
    taps.clear()
    try {
      await positions.flush()
    } catch (error) {
      observer.log.error(
        failureFields(error),
        'The last acknowledgements could not be stored; their events will be delivered again',
      )
    }
  }

  return {
    request: requests.request,
    serve: requests.serve,
    commit: async (ops, events) => {
      if (state === 'closed') ensureOpen()
      return log.commit(ops, events)
    },
    consume: async (wanted, handler) => consume(wanted, handler),
    tap,
    replay,
    idle,
    close,
    stats: () => ({
      horizon: log.horizon(),
      groups: [...groups.values()].map((group) => group.stats()),
      requests: requests.active(),
    }),
    prune: retention.prune,
  }
}
