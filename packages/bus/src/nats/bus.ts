import { randomUUID } from 'node:crypto'
import { headers, type NatsConnection } from '@nats-io/nats-core'
import { connect, type NodeConnectionOptions } from '@nats-io/transport-node'
import { type Bus, type Clock, type EventEnvelope, type Store, WerenodeError } from '@werenode/core'
import type { GroupStats } from '../group.ts'
import { createIdlers } from '../idlers.ts'
import type { Retry } from '../lane.ts'
import { checkName, type Matches, matchAny } from '../names.ts'
import { type BusLog, type BusMetric, observer as createObserver, failureFields } from '../observe.ts'
import { GROUPS, PARKED } from '../positions.ts'
import { openSharedLog } from './event-log.ts'
import { createLeadership } from './leadership.ts'
import { LEASES } from './leases.ts'
import { createMembership, MEMBERS } from './members.ts'
import { createNatsRequests } from './requests.ts'
import { createShares } from './shares.ts'
import { openEventStream } from './stream.ts'
import { createSubjects, partitionOf } from './subjects.ts'

export interface NatsBusOptions {
  /** Shared by all processes; the bus keeps its outbox, leases and positions in the collections `bus_*`. It does not close it. */
  readonly store: Store
  readonly clock: Clock
  /** `nats://user:password@host:4222,host2:4222`; never logged. */
  readonly servers: string
  readonly connection?: Pick<NodeConnectionOptions, 'tls' | 'user' | 'pass' | 'token' | 'authenticator'>
  /** Keeps houses that share a NATS apart. Default `werenode`. */
  readonly prefix?: string
  /** Copies of each event; 3 in a cluster of three. Default 1. */
  readonly replicas?: number
  readonly log?: BusLog
  readonly onMetric?: (metric: BusMetric) => void
  readonly retentionDays?: number
  readonly retry?: Partial<Retry>
  readonly closeTimeoutMs?: number
  /** A process without a sign of life for so long loses its shares. Default 5,000. */
  readonly deadAfterMs?: number
  /** How long a commit waits for the stream; after it its events are numbered 0 and follow later. Default 2,000. */
  readonly numberWithinMs?: number
}

export type NatsBus = Bus & {
  stats(): { readonly horizon: number; readonly groups: readonly GroupStats[]; readonly requests: number }
  /** Deletes what retention allows, now; otherwise once an hour. Returns how many events. */
  prune(): Promise<number>
  /** This process among the others. */
  readonly self: string
  /**
   * Runs something in one process at a time: `run` begins it and tells how to end it. When the process that leads dies, another one
   * begins within seconds; one that is cut off from the store ends by itself before that.
   */
  lead(name: string, run: () => Promise<() => Promise<void>>): () => Promise<void>
  /** Events that are stored and that the stream does not have yet, of this process. */
  outboxLength(): number
}

const DEFAULT_CONCURRENCY = 8
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/**
 * The bus among any number of processes that share one store. Requests go by NATS to whoever has an interest in their subject;
 * events are written into the store with what they report and travel by JetStream. When NATS is away, commits go on into the store
 * and their events follow when it is back; requests fail.
 *
 *   const bus = await openNatsBus({ store, clock, servers: 'nats://localhost:4222' })
 */
export const openNatsBus = async (options: NatsBusOptions): Promise<NatsBus> => {
  const { store, clock, closeTimeoutMs = 5_000, deadAfterMs = 5_000, retentionDays = 30 } = options
  const observer = createObserver(options.log, options.onMetric)
  const retry: Retry = { firstPauseMs: 100, longestPauseMs: 30_000, ...options.retry }
  const subjects = createSubjects(options.prefix ?? 'werenode')
  const self = randomUUID()
  const taps = new Set<{ matches: Matches; after: number; handler: (event: EventEnvelope) => void }>()
  const idlers = createIdlers()
  let state: 'open' | 'closing' | 'closed' = 'open'
  /** The newest number that a commit of this process was answered with. */
  let answered = 0
  const onProgress = (): void => {
    idlers.look()
  }
  // Beats and the events of others come while the bus is still being opened: nothing is shared out, and nobody listens, until then.
  let onBeat = (): void => undefined
  let publish = (_events: readonly EventEnvelope[], _horizon: number): void => undefined

  let nc: NatsConnection
  try {
    nc = await connect({
      ...options.connection,
      servers: options.servers.split(',').map((server) => server.trim()),
      name: `werenode ${self}`,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      timeout: 5_000,
      pingInterval: 5_000,
      maxPingOut: 2,
    })
  } catch (cause) {
    throw new WerenodeError('store-unavailable', 'The NATS servers cannot be reached', {
      hint: 'Check that they run, and the address, user and certificates.',
      cause,
    })
  }

  const opened = await (async () => {
    try {
      await store.define([
        { name: GROUPS },
        { name: PARKED, indexes: [{ fields: ['group'] }] },
        { name: MEMBERS },
        { name: LEASES },
      ])
      const stream = await openEventStream(nc, subjects, options.replicas ?? 1)
      const membership = createMembership({
        store,
        self,
        beatMs: deadAfterMs / 5,
        deadAfterMs,
        observer,
        onBeat: () => onBeat(),
      })
      const log = await openSharedLog({
        store,
        stream,
        membership,
        clock,
        observer,
        numberWithinMs: options.numberWithinMs ?? 2_000,
        publish: (events, horizon) => publish(events, horizon),
      })
      await membership.beat()
      return { membership, log }
    } catch (error) {
      await nc.close()
      throw error
    }
  })()
  const { membership, log } = opened
  const requests = createNatsRequests(
    nc,
    subjects,
    observer,
    (values) => {
      const made = headers()
      for (const [name, value] of Object.entries(values)) made.set(name, value)
      return made
    },
    onProgress,
  )
  const shares = createShares({ store, log, membership, retry, observer, onProgress })
  const leadership = createLeadership({ store, membership, observer })

  publish = (events, horizon) => {
    const byPartition = new Map<number, EventEnvelope[]>()
    for (const event of events) {
      const partition = partitionOf(event.subject)
      byPartition.set(partition, [...(byPartition.get(partition) ?? []), event])
      for (const tap of taps) {
        if (event.seq <= tap.after || !tap.matches(event.type)) continue
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
    shares.publish(byPartition, horizon)
    onProgress()
  }

  let settling: Promise<void> | undefined
  onBeat = (): void => {
    if (state !== 'open' || settling !== undefined) return
    settling = Promise.all([shares.settle(), log.outbox.sweep(), leadership.settle()])
      .then(() => undefined)
      .catch((error: unknown) => {
        observer.log.warn(failureFields(error), 'The bus could not share the work with the others and will try again')
      })
      .finally(() => {
        settling = undefined
      })
  }

  const prune = async (): Promise<number> => {
    const events = await log.prune(new Date(clock().getTime() - retentionDays * DAY_MS), await shares.acknowledged())
    if (events > 0) observer.log.info({ events }, 'Old events were deleted')
    return events
  }
  // By a clock of its own: a store that does not answer holds up beats and all that waits for them.
  const watching = setInterval(leadership.watch, deadAfterMs / 10)
  const pruning = setInterval(
    () =>
      prune().catch((error: unknown) => observer.log.error(failureFields(error), 'Old events could not be deleted')),
    HOUR_MS,
  )
  pruning.unref()

  const ensureOpen = (): void => {
    if (state !== 'open') throw new WerenodeError('store-unavailable', 'The bus is closed')
  }

  const consume: Bus['consume'] = async (
    { group, types, from = 'now', concurrency = DEFAULT_CONCURRENCY },
    handler,
  ) => {
    const name = checkName(group, 'Group', 64)
    if (/[ #]/.test(name) || !Number.isInteger(concurrency) || concurrency < 1)
      throw new WerenodeError(
        'invalid-input',
        `Group ${name}: a group has no spaces and no # in its name and a concurrency of 1 or more`,
      )
    matchAny(types)
    ensureOpen()
    return shares.join(name, types, from, { handler, concurrency })
  }

  const replay: Bus['replay'] = async ({ afterSeq, types, subject, limit = 100 }) => {
    const matches = matchAny(types)
    if (!Number.isSafeInteger(limit) || limit < 1 || limit > 10_000)
      throw new WerenodeError('invalid-input', `A limit of ${limit} is not from 1 to 10,000`)
    if (!Number.isFinite(afterSeq))
      throw new WerenodeError('invalid-input', `${afterSeq} is not the number of an event`)
    const found: EventEnvelope[] = []
    const to = await log.last()
    for (let after = Math.max(0, Math.floor(afterSeq)); found.length < limit && after < to; ) {
      const page = await log.page({ after, to, types, ...(subject === undefined ? {} : { subject }) })
      for (const event of page) {
        if (subject !== undefined && event.subject !== subject) continue
        if (matches(event.type) && found.length < limit) found.push(event)
      }
      after = page.length === 0 ? to : page.at(-1)!.seq
    }
    return found
  }

  const idle: Bus['idle'] = async (timeoutMs) => {
    const startedAt = performance.now()
    let last = 0
    const undelivered = (): string[] => [
      ...(log.pending() > 0 ? [`${log.pending()} events on their way to the stream`] : []),
      ...(log.horizon() < last ? [`${last - log.horizon()} events on their way from the stream`] : []),
      ...shares.undelivered(),
    ]
    for (;;) {
      last = await log.last()
      const left = timeoutMs - (performance.now() - startedAt)
      if (left > 0 && (await idlers.waitFor(() => undelivered().length === 0, left))) {
        // A handler of another process, or of this one, may have committed meanwhile.
        const left = await log.outbox.left()
        if (left === 0 && (await log.last()) === last && undelivered().length === 0) return
        await new Promise((resolve) => setTimeout(resolve, left > 0 ? 50 : 0))
        continue
      }
      throw new WerenodeError(
        'timeout',
        `Events are still undelivered after ${timeoutMs} ms: ${undelivered().join('; ')}`,
      )
    }
  }

  const close = async (): Promise<void> => {
    if (state !== 'open') return
    state = 'closing'
    clearInterval(pruning)
    clearInterval(watching)
    await leadership.close()
    shares.halt()
    const quiet = (): boolean => requests.active() === 0 && log.pending() === 0 && shares.active() === 0
    if (!(await idlers.waitFor(quiet, closeTimeoutMs)))
      observer.log.warn({}, 'The bus closed before all handlers were done; their events will be delivered again')
    await settling
    try {
      await shares.close()
      await log.outbox.flush()
    } catch (error) {
      observer.log.error(
        failureFields(error),
        'The last acknowledgements could not be stored; their events will be delivered again',
      )
    }
    state = 'closed'
    requests.close()
    taps.clear()
    await log.stop()
    await membership.stop().catch((error: unknown) => {
      observer.log.warn(failureFields(error), 'The bus could not sign off; the others will notice by themselves')
    })
    await nc.close()
  }

  return {
    self,
    lead: leadership.lead,
    outboxLength: () => log.pending(),
    request: requests.request,
    serve: requests.serve,
    commit: async (ops, events) => {
      if (state === 'closed') ensureOpen()
      const done = await log.commit(ops, events)
      for (const { seq } of done.events) answered = Math.max(answered, seq)
      return done
    },
    consume,
    tap: (types, handler) => {
      // What was committed before is not heard, though it may still be on its way.
      const entry = { matches: matchAny(types), after: Math.max(answered, log.horizon()), handler }
      taps.add(entry)
      return async () => {
        taps.delete(entry)
      }
    },
    replay,
    idle,
    close,
    stats: () => ({ horizon: log.horizon(), groups: shares.stats(), requests: requests.active() }),
    prune,
  }
}
