import { setTimeout as pause } from 'node:timers/promises'
import {
  AckPolicy,
  type ConsumerMessages,
  DeliverPolicy,
  DiscardPolicy,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { nanos } from '@nats-io/nats-core'
import type { EventEnvelope, NewEvent } from '@werenode/core'
import { WerenodeError } from '@werenode/core'
import { deepFreeze } from '../plain-copy.ts'
import type { Subjects } from './subjects.ts'
import { whenReady } from './when-ready.ts'

/** A repeated publication within this time is recognised by its id; beyond it the outbox looks before it publishes. */
export const DEDUP_WINDOW_MS = 2 * 3_600_000
const FETCH_MS = 3_000
/** Silence after which the stream is asked whether there is more. */
const QUIET_MS = 1_200

/** An event as it was read: the number is the stream's own. */
export interface StreamEvent {
  readonly streamSeq: number
  readonly event: NewEvent
}

export interface EventStream {
  /** When it was made: a stream that was lost and made anew is another one. */
  readonly created: string
  /** Durable on its replicas when it resolves, with its number; the same id again answers with the first one's. */
  publish(event: NewEvent, timeoutMs: number): Promise<number>
  /** Events with `streamSeq` > after, in order, at most `limit`; nothing beyond `to`. */
  read(query: {
    after: number
    to?: number
    partition?: number
    subject?: string
    types?: readonly string[]
    limit: number
    since?: Date
  }): Promise<StreamEvent[]>
  /** Number of the newest event. */
  last(): Promise<number>
  /** Forgets events up to this number. */
  purge(streamSeq: number): Promise<void>
  /** All events after a number as they come, for ever, through losses of the connection and of the leader. */
  follow(after: number, deliver: (events: readonly StreamEvent[]) => void): Promise<() => Promise<void>>
}

const parse = (message: JsMsg): StreamEvent => ({
  streamSeq: message.seq,
  event: deepFreeze(message.json<NewEvent>()),
})

const ensureStream = async (
  manager: JetStreamManager,
  subjects: Subjects,
  replicas: number,
): Promise<{ created: string }> => {
  const wanted = { subjects: [subjects.events], num_replicas: replicas, duplicate_window: nanos(DEDUP_WINDOW_MS) }
  try {
    const found = await manager.streams.info(subjects.stream)
    if (found.config.num_replicas < replicas) await manager.streams.update(subjects.stream, { num_replicas: replicas })
    return { created: found.created }
  } catch (error) {
    if (!/not found/i.test(error instanceof Error ? error.message : '')) throw error
  }
  // Made by several processes at once with the same settings, it is made once.
  const made = await manager.streams.add({
    name: subjects.stream,
    ...wanted,
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_age: 0,
  })
  return { created: made.created }
}

export const openEventStream = async (
  nc: NatsConnection,
  subjects: Subjects,
  replicas: number,
): Promise<EventStream> => {
  const client: JetStreamClient = jetstream(nc, { timeout: 5_000 })
  const manager: JetStreamManager = await whenReady(() => jetstreamManager(nc, { timeout: 5_000 }))
  const { created } = await whenReady(() => ensureStream(manager, subjects, replicas))
  const { stream } = subjects

  const publish: EventStream['publish'] = async (event, timeoutMs) => {
    const data = JSON.stringify(event)
    const most = nc.info?.max_payload ?? 1_048_576
    if (Buffer.byteLength(data) > most - 1_024)
      throw new WerenodeError('too-large', `Event ${event.id} is larger than NATS takes (${most} bytes)`, {
        hint: 'Raise max_payload in the configuration of the NATS servers.',
      })
    const ack = await client.publish(subjects.event(event.subject, event.type), data, {
      msgID: event.id,
      timeout: timeoutMs,
    })
    return ack.seq
  }

  const read: EventStream['read'] = async ({ after, to = Number.MAX_SAFE_INTEGER, limit, since, ...what }) => {
    if (to <= after) return []
    const start =
      since === undefined
        ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: after + 1 }
        : { deliver_policy: DeliverPolicy.StartTime, opt_start_time: since.toISOString() }
    const info = await manager.consumers.add(stream, {
      ...start,
      ack_policy: AckPolicy.None,
      filter_subject: subjects.filter(what),
      mem_storage: true,
      num_replicas: 1,
      inactive_threshold: nanos(10_000),
    })
    const found: StreamEvent[] = []
    try {
      const wanted = Math.min(limit, info.num_pending)
      const consumer = wanted === 0 ? undefined : await client.consumers.get(stream, info.name)
      while (consumer !== undefined && found.length < wanted) {
        const batch = await consumer.fetch({ max_messages: wanted - found.length, expires: FETCH_MS })
        const before = found.length
        for await (const message of batch) {
          if (message.seq > to) return found
          found.push(parse(message))
        }
        if (found.length === before)
          throw new WerenodeError('timeout', 'The stream of events did not deliver', {
            hint: 'Look at the NATS servers.',
          })
      }
      return found
    } finally {
      // What is not deleted now goes by itself after 10 s.
      await manager.consumers.delete(stream, info.name).catch(() => undefined)
    }
  }

  const follow: EventStream['follow'] = async (after, deliver) => {
    let stopped = false
    let last = after
    let waiting: StreamEvent[] = []
    let flushing = false
    let heardAt = performance.now()
    const flush = (): void => {
      flushing = false
      const events = waiting
      waiting = []
      if (!stopped && events.length > 0) deliver(events)
    }
    const take = (message: JsMsg): void => {
      if (stopped || message.seq <= last) return
      last = message.seq
      heardAt = performance.now()
      waiting.push(parse(message))
      if (flushing) return
      flushing = true
      setImmediate(flush)
    }
    /** Ends the consumer at work, so that the next one takes its place. */
    let renew = (): void => undefined
    const run = async (): Promise<void> => {
      while (!stopped) {
        const ended = Promise.withResolvers<void>()
        renew = ended.resolve
        let messages: ConsumerMessages | undefined
        const begin = async (): Promise<void> => {
          const consumer = await client.consumers.get(stream, {
            deliver_policy: DeliverPolicy.StartSequence,
            opt_start_seq: last + 1,
            filter_subjects: subjects.events,
          })
          const begun = await consumer.consume({
            max_messages: 500,
            idle_heartbeat: 2_000,
            expires: 10_000,
            callback: take,
          })
          messages = begun
          void begun.closed().then(() => ended.resolve())
          // Given up while it was being made.
          if (stopped || renew !== ended.resolve) begun.stop()
        }
        // Whatever ends it, the next one goes on after the last event that came.
        begin().catch(() => ended.resolve())
        await ended.promise
        messages?.stop()
        if (!stopped) await pause(100)
      }
    }
    /** A consumer lives on one server and may die with it unnoticed: when the stream has more than came, it is renewed. */
    const watch = async (): Promise<void> => {
      while (!stopped) {
        await pause(QUIET_MS / 3)
        if (stopped || performance.now() - heardAt < QUIET_MS) continue
        const before = last
        const newest = await manager.streams.info(stream).then(
          ({ state }) => state.last_seq,
          () => before,
        )
        if (newest <= last || last > before) continue
        heardAt = performance.now()
        renew()
      }
    }
    void run()
    void watch()
    return async () => {
      stopped = true
      renew()
    }
  }

  return {
    created,
    publish,
    read,
    follow,
    last: async () => (await manager.streams.info(stream)).state.last_seq,
    purge: async (streamSeq) => {
      await manager.streams.purge(stream, { seq: streamSeq + 1 })
    },
  }
}

export const envelopeOf = ({ id, type, v, at, subject, data }: NewEvent, seq: number): EventEnvelope =>
  Object.freeze({ id, type, v, at, subject, seq, data } as EventEnvelope)
