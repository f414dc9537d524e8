import {
  type Bus,
  type Clock,
  type EventEnvelope,
  type Filter,
  isWerenodeError,
  type NewEvent,
  type Store,
  type Stored,
  WerenodeError,
  type WriteOp,
} from '@werenode/core'
import { checkName, isLiteral } from './names.ts'
import type { Observer } from './observe.ts'
import { deepFreeze, jsonCopy } from './plain-copy.ts'

export const EVENTS = 'bus_events'
/** Events read at once. */
export const PAGE_LENGTH = 500

/** An event as it lies in the store; `_id` is the event's id, which makes a repeat impossible. */
interface EventDoc {
  readonly _id: string
  readonly seq: number
  readonly storedAt: string
  readonly type: EventEnvelope['type']
  readonly v: 1
  readonly at: string
  readonly subject: string
  readonly data: unknown
}

export interface EventLog {
  readonly commit: Bus['commit']
  /** Up to this `seq` everything is either durable and published, or will never exist. */
  readonly horizon: () => number
  /** Commits under way. */
  readonly pending: () => number
  /** Stored events with after < seq <= to, in order, at most 500; with `types` only those that can match. */
  page(query: {
    after: number
    to: number
    types?: readonly string[]
    subject?: string
    limit?: number
  }): Promise<EventEnvelope[]>
  /** Deletes events stored before `before` with seq <= `to`, never the newest. Returns how many. */
  prune(before: Date, to: number): Promise<number>
}

const envelope = ({ _id, type, v, at, subject, seq, data }: EventDoc): EventEnvelope =>
  deepFreeze({ id: _id, type, v, at, subject, seq, data } as EventEnvelope)

/** The envelope of our own copy, whose data are frozen. */
const numbered = ({ id, type, v, at, subject, data }: NewEvent, seq: number): EventEnvelope =>
  Object.freeze({ id, type, v, at, subject, seq, data } as EventEnvelope)

/** Many events happen in the same millisecond: what was read as a time last need not be read again. */
let lastTime = ''
const isTime = (at: unknown): boolean => {
  if (at === lastTime) return true
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return false
  lastTime = at
  return true
}

export const checkEvent = (event: NewEvent): void => {
  checkName(event.id, 'Event id', 500)
  checkName(event.type, 'Event type')
  checkName(event.subject, 'Subject')
  if (event.v !== 1 || !isTime(event.at)) {
    throw new WerenodeError('invalid-input', `Event ${event.id}: v must be 1 and at a time`, {
      hint: 'Build it with newEvent().',
    })
  }
}

/** The event as given, which the store judges, and our own copy: what the caller changes later must not change the event. */
export interface Draft {
  readonly given: NewEvent
  readonly own: NewEvent
}

export const copyEvent = (event: NewEvent): NewEvent => {
  try {
    return jsonCopy(event, { freeze: true }) as NewEvent
  } catch (cause) {
    throw new WerenodeError('invalid-input', `Event ${event.id} is not plain JSON`, { cause })
  }
}

const foreignBus = (cause: unknown): WerenodeError =>
  new WerenodeError('store-unavailable', 'Another bus writes events into this store', {
    hint: 'The bus inside one process needs a store of its own; use a broker to share one.',
    cause,
  })

/** A run of numbers given to one commit; published in this order, when everything before it is settled. */
interface Ticket {
  readonly lastSeq: number
  settled?: readonly EventEnvelope[]
}

/**
 * The log of events in the store. `seq` is given when a commit is handed to the store, and events are published in that order only,
 * so nobody who has seen n ever meets a smaller one later. A commit that fails leaves a gap behind; a gap means nothing.
 */
export const openEventLog = async (options: {
  store: Store
  clock: Clock
  observer: Observer
  publish: (events: readonly EventEnvelope[], horizon: number) => void
}): Promise<EventLog> => {
  const { store, clock, observer, publish } = options
  await store.define([{ name: EVENTS, indexes: [{ fields: ['seq'], unique: true }, { fields: ['subject', 'seq'] }] }])
  const newest = await store.find<EventDoc>(EVENTS, {}, { sort: [['seq', -1]], limit: 1 })
  let lastSeq = newest.items[0]?.seq ?? 0
  let horizon = lastSeq
  const tickets: Ticket[] = []

  const settle = (ticket: Ticket, events: readonly EventEnvelope[]): void => {
    ticket.settled = events
    while (tickets[0]?.settled !== undefined) {
      const first = tickets.shift()!
      horizon = first.lastSeq
      publish(first.settled!, horizon)
    }
  }

  /** Which of these ids are stored already. */
  const stored = async (ids: readonly string[]): Promise<Map<string, EventEnvelope>> =>
    new Map((await store.getMany<EventDoc>(EVENTS, ids)).map((doc) => [doc._id, envelope(doc)]))

  const isRepeat = (error: unknown): boolean =>
    isWerenodeError(error) && error.code === 'conflict' && error.data.in === EVENTS && error.data.index === undefined

  const isForeign = (error: unknown): boolean =>
    isWerenodeError(error) && error.code === 'conflict' && error.data.in === EVENTS && error.data.index === 'seq'

  const attempt = async (ops: readonly WriteOp[], drafts: readonly Draft[], first: boolean) => {
    const storedAt = clock().toISOString()
    const base = lastSeq
    lastSeq += drafts.length
    const docs = (which: 'given' | 'own'): EventDoc[] =>
      drafts.map((draft, i) => {
        const { id, type, v, at, subject, data } = draft[which]
        return { _id: id, seq: base + 1 + i, storedAt, type, v, at, subject, data }
      })
    const ticket: Ticket = { lastSeq }
    tickets.push(ticket)
    try {
      const inserts = docs(first ? 'given' : 'own').map((doc) => ({ op: 'insert', in: EVENTS, doc }) as const)
      const revs = await store.write([...ops, ...inserts])
      const events = drafts.map(({ own }, i) => numbered(own, base + 1 + i))
      settle(ticket, events)
      return { revs: revs.slice(0, ops.length), events }
    } catch (error) {
      settle(ticket, [])
      throw error
    }
  }

  const commit = async (ops: readonly WriteOp[], events: readonly NewEvent[]): ReturnType<Bus['commit']> => {
    const startedAt = performance.now()
    if (ops.some((op) => 'in' in op && op.in.startsWith('bus_'))) {
      throw new WerenodeError('invalid-input', 'The collections bus_* are written by the bus alone')
    }
    const drafts = new Map<string, Draft>()
    for (const event of events) {
      checkEvent(event)
      if (!drafts.has(event.id)) drafts.set(event.id, { given: event, own: copyEvent(event) })
    }
    if (drafts.size === 0) return { revs: await store.write(ops), events: [] }
    const known = new Map<string, EventEnvelope>()
    let ok = false
    try {
      for (let first = true; ; first = false) {
        const fresh = [...drafts.values()].filter(({ own }) => !known.has(own.id))
        try {
          const done = await attempt(ops, fresh, first)
          for (const event of done.events) known.set(event.id, event)
          ok = true
          return { revs: done.revs, events: events.map(({ id }) => known.get(id)!) }
        } catch (error) {
          if (isForeign(error)) throw foreignBus(error)
          if (!isRepeat(error)) throw error
          // An event with this id happened already: it is told once, but what else the caller writes still counts.
          const before = known.size
          for (const [id, event] of await stored([...drafts.keys()])) known.set(id, event)
          if (known.size === before) throw error
        }
      }
    } finally {
      observer.metric({ kind: 'commit', events: events.length, durationMs: performance.now() - startedAt, ok })
    }
  }

  const page: EventLog['page'] = async ({ after, to, types, subject, limit }) => {
    if (to <= after) return []
    const filter: Filter = {
      seq: { $gt: after, $lte: to },
      ...(subject === undefined ? {} : { subject }),
      ...(types?.every(isLiteral) ? { type: { $in: types } } : {}),
    }
    const { items } = await store.find<EventDoc>(EVENTS, filter, { sort: [['seq', 1]], limit: limit ?? PAGE_LENGTH })
    return items.map(envelope)
  }

  const prune: EventLog['prune'] = async (before, to) => {
    // The newest stays, so that numbering goes on from it after a restart.
    const last = Math.min(to, horizon - 1)
    let pruned = 0
    for (;;) {
      const { items } = await store.find<EventDoc>(
        EVENTS,
        { seq: { $lte: last } },
        { sort: [['seq', 1]], limit: PAGE_LENGTH },
      )
      const cut = items.findIndex((doc: Stored<EventDoc>) => doc.storedAt >= before.toISOString())
      const old = cut === -1 ? items : items.slice(0, cut)
      if (old.length === 0) return pruned
      await store.write(old.map(({ _id }) => ({ op: 'delete', in: EVENTS, id: _id }) as const))
      pruned += old.length
      if (cut !== -1 || items.length < PAGE_LENGTH) return pruned
    }
  }

  return { commit, horizon: () => horizon, pending: () => tickets.length, page, prune }
}
