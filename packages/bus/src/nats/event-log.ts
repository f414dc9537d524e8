import {
  type Bus,
  type Clock,
  type EventEnvelope,
  isWerenodeError,
  type Store,
  WerenodeError,
  type WriteOp,
} from '@werenode/core'
import { checkEvent, copyEvent, type Draft, EVENTS, type EventLog, PAGE_LENGTH } from '../event-log.ts'
import type { Observer } from '../observe.ts'
import type { Membership } from './members.ts'
import { createOutbox, eventOf, type Outbox, type OutboxDoc } from './outbox.ts'
import { type EventStream, envelopeOf, type StreamEvent } from './stream.ts'
import { partitionOf } from './subjects.ts'

const STREAM = 'bus_stream'

/** Which stream holds the events, and what earlier ones (or the bus inside one process) counted before it. */
interface StreamDoc {
  readonly _id: 'stream'
  readonly created: string
  readonly offset: number
}

export interface SharedLog {
  readonly commit: Bus['commit']
  readonly outbox: Outbox
  /** Every event up to here has been delivered to this process. */
  horizon(): number
  /** Number of the newest event anywhere. */
  last(): Promise<number>
  /** Resolves when the horizon is there. */
  reached(seq: number): Promise<void>
  /** Events with after < seq <= to, in order; of one partition, or of one subject, or all. */
  page(query: {
    after: number
    to: number
    partition?: number
    types?: readonly string[]
    subject?: string
    limit?: number
  }): Promise<EventEnvelope[]>
  readonly prune: EventLog['prune']
  /** Commits whose events the stream does not have yet. */
  pending(): number
  stop(): Promise<void>
}

const newestIn = async (store: Store): Promise<number> => {
  const { items } = await store.find<OutboxDoc>(EVENTS, { seq: { $exists: true } }, { sort: [['seq', -1]], limit: 1 })
  return items[0]?.seq ?? 0
}

/** A stream that is new to this store counts on from what the store has seen. */
const offsetOf = async (store: Store, stream: EventStream): Promise<number> => {
  for (;;) {
    const known = await store.get<StreamDoc>(STREAM, 'stream')
    if (known?.created === stream.created) return known.offset
    const doc: StreamDoc = { _id: 'stream', created: stream.created, offset: await newestIn(store) }
    const op: WriteOp =
      known === undefined ? { op: 'insert', in: STREAM, doc } : { op: 'replace', in: STREAM, doc, rev: known._rev }
    try {
      await store.write([op])
      return doc.offset
    } catch (error) {
      if (!isWerenodeError(error) || error.code !== 'conflict') throw error
    }
  }
}

const isRepeat = (error: unknown): boolean =>
  isWerenodeError(error) && error.code === 'conflict' && error.data.in === EVENTS && error.data.index === undefined

/**
 * The log that many processes share. An event is written into the store with the write it reports, and published to the stream
 * right after; the stream numbers it, so numbers rise in the order in which events become visible to everybody.
 */
export const openSharedLog = async (options: {
  store: Store
  stream: EventStream
  membership: Membership
  clock: Clock
  observer: Observer
  /** How long a commit waits for its numbers; without them its events have the number 0, and follow when the stream is back. */
  numberWithinMs: number
  publish: (events: readonly EventEnvelope[], horizon: number) => void
}): Promise<SharedLog> => {
  const { store, stream, membership, clock, observer, numberWithinMs, publish } = options
  await store.define([
    { name: STREAM },
    {
      name: EVENTS,
      indexes: [
        { fields: ['seq'], unique: true },
        { fields: ['subject', 'seq'] },
        { fields: ['subject'], where: { pending: true } },
      ],
    },
  ])
  const offset = await offsetOf(store, stream)
  const numberOf = (streamSeq: number): number => offset + streamSeq
  const outbox = createOutbox({ store, stream, membership, observer, numberOf, clock })
  let order = 0
  let horizon = numberOf(await stream.last())
  const waiting = new Set<{ seq: number; resolve: () => void }>()

  const heard = ({ streamSeq, event }: StreamEvent): EventEnvelope => envelopeOf(event, numberOf(streamSeq))
  const unfollow = await stream.follow(horizon - offset, (events) => {
    horizon = numberOf(events.at(-1)!.streamSeq)
    publish(events.map(heard), horizon)
    for (const each of waiting) {
      if (each.seq > horizon) continue
      waiting.delete(each)
      each.resolve()
    }
  })

  const reached: SharedLog['reached'] = (seq) =>
    seq <= horizon ? Promise.resolve() : new Promise((resolve) => void waiting.add({ seq, resolve }))

  const docOf = ({ given, own }: Draft, first: boolean): OutboxDoc => {
    const { id, type, v, at, subject, data } = first ? given : own
    const storedAt = clock().toISOString()
    return { _id: id, node: membership.self, order: ++order, storedAt, pending: true, type, v, at, subject, data }
  }

  /** Those of the events that the store has, whoever committed them. */
  const stored = async (ids: readonly string[]): Promise<Map<string, OutboxDoc>> =>
    new Map((await store.getMany<OutboxDoc>(EVENTS, ids)).map(({ _rev, ...doc }) => [doc._id, doc]))

  /** The write, with those events that the store has not yet. */
  const write = async (ops: readonly WriteOp[], drafts: ReadonlyMap<string, Draft>) => {
    let known = new Map<string, OutboxDoc>()
    for (let first = true; ; first = false) {
      const fresh = [...drafts.values()].filter(({ own }) => !known.has(own.id))
      const docs = fresh.map((draft) => docOf(draft, first))
      try {
        const inserts = docs.map((doc) => ({ op: 'insert', in: EVENTS, doc }) as const)
        const revs = await store.write([...ops, ...inserts])
        const mine = docs.map((doc, i): OutboxDoc => ({ ...doc, data: fresh[i]!.own.data }))
        return { revs: revs.slice(0, ops.length), known, mine }
      } catch (error) {
        if (!isRepeat(error)) throw error
        const before = known.size
        known = await stored([...drafts.keys()])
        if (known.size === before) throw error
      }
    }
  }

  const numbers = async (mine: readonly OutboxDoc[], known: ReadonlyMap<string, OutboxDoc>) => {
    // A repeat of what nobody has published yet is published here, and recognised if its author does so too.
    const unnumbered = [...known.values()].filter((doc) => doc.seq === undefined)
    const docs = [...unnumbered, ...mine]
    await outbox.overtake(docs.map(({ subject }) => subject))
    const seqs = await outbox.publish(docs)
    // Whoever committed has heard it: his own listeners too.
    await reached(numberOf(Math.max(0, ...seqs)))
    return new Map(docs.map((doc, i) => [doc._id, numberOf(seqs[i]!)]))
  }

  const within = async <T>(work: Promise<T>, ms: number): Promise<T | undefined> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), ms)
    })
    try {
      return await Promise.race([work, late])
    } finally {
      clearTimeout(timer)
    }
  }

  let pending = 0
  const commit: Bus['commit'] = async (ops, events) => {
    const startedAt = performance.now()
    if (ops.some((op) => 'in' in op && op.in.startsWith('bus_')))
      throw new WerenodeError('invalid-input', 'The collections bus_* are written by the bus alone')
    const drafts = new Map<string, Draft>()
    for (const event of events) {
      checkEvent(event)
      if (!drafts.has(event.id)) drafts.set(event.id, { given: event, own: copyEvent(event) })
    }
    if (drafts.size === 0) return { revs: await store.write(ops), events: [] }
    let ok = false
    pending++
    try {
      const { revs, known, mine } = await write(ops, drafts)
      ok = true
      const numbering = numbers(mine, known)
      // The events are in the store: whatever happens to the stream now, they will be published.
      numbering.catch(() => undefined)
      const given = await within(
        numbering.catch(() => undefined),
        numberWithinMs,
      )
      const told = new Map<string, EventEnvelope>()
      for (const doc of [...known.values(), ...mine])
        told.set(doc._id, envelopeOf(eventOf(doc), doc.seq ?? given?.get(doc._id) ?? 0))
      return { revs, events: events.map(({ id }) => told.get(id)!) }
    } finally {
      pending--
      observer.metric({ kind: 'commit', events: events.length, durationMs: performance.now() - startedAt, ok })
    }
  }

  /** What was counted before this stream lies in the store alone. */
  const before = async ({
    after,
    to,
    partition,
    subject,
    limit,
  }: Parameters<SharedLog['page']>[0] & { limit: number }) => {
    const found: EventEnvelope[] = []
    for (let from = after; found.length < limit && from < Math.min(to, offset); ) {
      const filter = { seq: { $gt: from, $lte: Math.min(to, offset) }, ...(subject === undefined ? {} : { subject }) }
      const { items } = await store.find<OutboxDoc>(EVENTS, filter, { sort: [['seq', 1]], limit: PAGE_LENGTH })
      for (const doc of items) {
        if (partition !== undefined && partitionOf(doc.subject) !== partition) continue
        if (found.length < limit) found.push(envelopeOf(eventOf(doc), doc.seq!))
      }
      from = items.length < PAGE_LENGTH ? offset : items.at(-1)!.seq!
    }
    return found
  }

  const page: SharedLog['page'] = async (query) => {
    const limit = query.limit ?? PAGE_LENGTH
    if (query.to <= query.after) return []
    const old = query.after < offset ? await before({ ...query, limit }) : []
    if (old.length === limit || query.to <= offset) return old
    const { to, limit: _, ...what } = query
    const read = await stream.read({
      ...what,
      after: Math.max(query.after, offset) - offset,
      to: to - offset,
      limit: limit - old.length,
    })
    return [...old, ...read.map(heard)]
  }

  const prune: SharedLog['prune'] = async (until, to) => {
    let pruned = 0
    const last = Math.min(to, horizon - 1)
    for (;;) {
      const { items } = await store.find<OutboxDoc>(
        EVENTS,
        { seq: { $lte: last } },
        { sort: [['seq', 1]], limit: PAGE_LENGTH },
      )
      const cut = items.findIndex((doc) => doc.storedAt >= until.toISOString())
      const old = cut === -1 ? items : items.slice(0, cut)
      if (old.length === 0) return pruned
      const upTo = old.at(-1)!.seq!
      if (upTo > offset) await stream.purge(upTo - offset)
      await store.write(old.map(({ _id }) => ({ op: 'delete', in: EVENTS, id: _id }) as const))
      pruned += old.length
      if (cut !== -1 || items.length < PAGE_LENGTH) return pruned
    }
  }

  return {
    commit,
    outbox,
    horizon: () => horizon,
    last: async () => numberOf(await stream.last()),
    reached: (seq) =>
      seq <= horizon ? Promise.resolve() : new Promise((resolve) => void waiting.add({ seq, resolve })),
    page,
    prune,
    pending: () => pending + outbox.pending(),
    stop: async () => {
      outbox.stop()
      await unfollow()
    },
  }
}
