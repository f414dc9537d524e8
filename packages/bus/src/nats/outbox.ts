import { type Doc, type EventEnvelope, isWerenodeError, type NewEvent, type Store, type Stored } from '@werenode/core'
import { EVENTS } from '../event-log.ts'
import { failureFields, type Observer } from '../observe.ts'
import type { Membership } from './members.ts'
import { DEDUP_WINDOW_MS, type EventStream } from './stream.ts'

/** An event in the store: `pending` until the stream has it, then with its number. */
export interface OutboxDoc extends Doc {
  readonly seq?: number
  readonly pending?: true
  /** Who wrote it, and its place among what he wrote. */
  readonly node: string
  readonly order: number
  readonly storedAt: string
  readonly type: EventEnvelope['type']
  readonly v: 1
  readonly at: string
  readonly subject: string
  readonly data: unknown
}

const MARK_MS = 100
const MOST_MARKS = 500
const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 2_000
const PUBLISH_MS = 2_000

export const eventOf = ({ _id, type, v, at, subject, data }: OutboxDoc): NewEvent =>
  ({ id: _id, type, v, at, subject, data }) as unknown as NewEvent

/**
 * Brings events from the store to the stream: of one subject one after the other, for as long as it takes, whoever wrote them.
 * What a process left behind that died is published by the others.
 */
export interface Outbox {
  /** Publishes in the order given, behind what of the same subject is on its way. Resolves with the stream's numbers. */
  publish(docs: readonly OutboxDoc[]): Promise<readonly number[]>
  /** What others wrote on these subjects and have not published yet: it happened before, so it goes first. */
  overtake(subjects: readonly string[]): Promise<void>
  /** Publishes what the dead left. */
  sweep(): Promise<void>
  pending(): number
  /** Events in the store that the stream may not have, whoever wrote them. */
  left(): Promise<number>
  /** Stores the numbers given so far. */
  flush(): Promise<void>
  stop(): void
}

export const createOutbox = (options: {
  store: Store
  stream: EventStream
  membership: Membership
  observer: Observer
  /** Adds what earlier streams counted. */
  numberOf: (streamSeq: number) => number
  clock: () => Date
}): Outbox => {
  const { store, stream, membership, observer, numberOf, clock } = options
  const lanes = new Map<string, Promise<unknown>>()
  const marks = new Map<string, OutboxDoc>()
  let timer: NodeJS.Timeout | undefined
  let marking: Promise<void> = Promise.resolve()
  let pending = 0
  let stopped = false

  const writeMarks = async (): Promise<void> => {
    while (marks.size > 0) {
      const batch = [...marks.values()].slice(0, MOST_MARKS)
      await store.write(batch.map((doc) => ({ op: 'put', in: EVENTS, doc }) as const))
      for (const doc of batch) if (marks.get(doc._id) === doc) marks.delete(doc._id)
    }
  }
  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    marking = marking.catch(() => undefined).then(writeMarks)
    return marking
  }
  const mark = (doc: OutboxDoc, streamSeq: number): void => {
    const { pending: _, ...rest } = doc
    marks.set(doc._id, { ...rest, seq: numberOf(streamSeq) })
    timer ??= setTimeout(() => {
      flush().catch((error: unknown) => {
        // They stay pending: publishing them again is recognised by their ids.
        observer.log.warn(failureFields(error), 'The numbers of published events could not be stored and will be again')
        timer ??= setTimeout(() => void flush().catch(() => undefined), LONGEST_PAUSE_MS)
      })
    }, MARK_MS)
  }

  /** Where an old event already lies in the stream, though its number was never stored. */
  const already = async (doc: OutboxDoc): Promise<number | undefined> => {
    const age = clock().getTime() - Date.parse(doc.storedAt)
    if (Math.abs(age) < DEDUP_WINDOW_MS / 2) return undefined
    const { subject, type } = doc
    for (let after = 0; ; ) {
      const page = await stream.read({ after, subject, types: [type], limit: 500 })
      const found = page.find(({ event }) => event.id === doc._id)
      if (found !== undefined) return found.streamSeq
      if (page.length < 500) return undefined
      after = page.at(-1)!.streamSeq
    }
  }

  const publishOne = async (doc: OutboxDoc): Promise<number> => {
    for (let attempt = 1; ; attempt++) {
      try {
        const seq = (await already(doc)) ?? (await stream.publish(eventOf(doc), PUBLISH_MS))
        mark(doc, seq)
        return seq
      } catch (error) {
        if (stopped || (isWerenodeError(error) && error.code === 'too-large')) throw error
        if (attempt % 10 === 3)
          observer.log.warn(
            { event: doc._id, attempt, ...failureFields(error) },
            'An event waits in the outbox: the stream does not take it',
          )
        const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt, 8))
        await new Promise((resolve) => setTimeout(resolve, pause))
        if (stopped) throw error
      }
    }
  }

  const inLane = <T>(subject: string, run: () => Promise<T>): Promise<T> => {
    const before = lanes.get(subject) ?? Promise.resolve()
    const turn = before.catch(() => undefined).then(run)
    lanes.set(subject, turn)
    const done = (): void => {
      if (lanes.get(subject) === turn) lanes.delete(subject)
    }
    turn.then(done, done)
    return turn
  }

  const publish: Outbox['publish'] = async (docs) => {
    pending += docs.length
    try {
      return await Promise.all(docs.map((doc) => inLane(doc.subject, () => publishOne(doc))))
    } finally {
      pending -= docs.length
    }
  }

  const byOrder = (a: OutboxDoc, b: OutboxDoc): number => a.order - b.order

  const overtake: Outbox['overtake'] = async (subjects) => {
    if (!membership.others()) return
    const { items } = await store.find<Stored<OutboxDoc>>(
      EVENTS,
      { pending: true, subject: { $in: [...new Set(subjects)] }, node: { $ne: membership.self } },
      { limit: 1_000 },
    )
    if (items.length > 0) await publish(items.toSorted(byOrder))
  }

  const sweep: Outbox['sweep'] = async () => {
    const { items } = await store.find<Stored<OutboxDoc>>(EVENTS, { pending: true }, { limit: 2_000 })
    const left = items.filter(
      ({ node, _id }) => !marks.has(_id) && node !== membership.self && !membership.isAlive(node),
    )
    if (left.length === 0) return
    observer.log.info({ events: left.length }, 'Publishing what another process left in the outbox')
    await publish(left.toSorted(byOrder))
  }

  return {
    publish,
    overtake,
    sweep,
    pending: () => pending,
    left: async () => {
      await flush()
      return store.count(EVENTS, { pending: true })
    },
    flush,
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
