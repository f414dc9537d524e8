import type { EventEnvelope, NewEvent } from '../events.ts'
import type { WriteOp } from './store.ts'

/**
 * The bus port: request-reply between services, and durable events. At-least-once, deduplicated by event id,
 * in order per subject within a consumer group. Subjects are dotted (`station.AB12.command`); a pattern may use `*` for one part
 * and `>` for the rest.
 */
export interface Bus {
  /**
   * Asks whoever serves the subject. Throws `no-responder` at once when nobody does, `timeout` after `timeoutMs` (default 5,000),
   * and whatever WerenodeError the server threw. Payloads are plain JSON.
   */
  request<R>(subject: string, payload: unknown, options?: { timeoutMs?: number }): Promise<R>
  /** Serves a subject or pattern; several servers of one subject share the requests. Returns how to stop. */
  serve(subject: string, handler: (payload: unknown, subject: string) => Promise<unknown>): Unsubscribe
  /**
   * Writes the operations and the events as one atomic store write, then delivers the events: an event exists exactly when the
   * write happened. Resolves when durable, with the new revisions of `ops` and the events as stored (with `seq`).
   */
  commit(
    ops: readonly WriteOp[],
    events: readonly NewEvent[],
  ): Promise<{ readonly revs: readonly number[]; readonly events: readonly EventEnvelope[] }>
  /**
   * Durable consumer. `group` names it: its position survives restarts, and each event goes to one member of the group.
   * Resolving acknowledges; a throw redelivers after a growing pause (100 ms to 30 s), holding back later events of the same
   * subject only. A new group begins at `from` (default `now`).
   */
  consume(
    options: { group: string; types: readonly string[]; from?: 'start' | 'now'; concurrency?: number },
    handler: (event: EventEnvelope) => Promise<void>,
  ): Promise<Unsubscribe>
  /** Not durable: every event from now on whose type matches, for live streams. */
  tap(types: readonly string[], handler: (event: EventEnvelope) => void): Unsubscribe
  /** Stored events after `seq` in order, for streams that resume (Last-Event-ID). */
  replay(query: {
    afterSeq: number
    types: readonly string[]
    subject?: string
    limit?: number
  }): Promise<readonly EventEnvelope[]>
  /** Resolves when nothing is undelivered, or rejects with `timeout`: for orderly shutdown and for tests. */
  idle(timeoutMs: number): Promise<void>
  close(): Promise<void>
}

export type Unsubscribe = () => Promise<void>
