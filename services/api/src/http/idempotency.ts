import { createHash } from 'node:crypto'
import { type Clock, type CollectionSpec, type Doc, isWerenodeError, type Store, WerenodeError } from '@werenode/core'

const collection = 'api_idempotency'
export const idempotencyCollection: CollectionSpec = { name: collection, indexes: [{ fields: ['expiresAt'] }] }

interface KeptAnswer extends Doc {
  readonly fingerprint: string
  /** Until then the first request may still be at work. */
  readonly busyUntil: string
  readonly expiresAt: string
  readonly answer?: unknown
}

const busyMs = 60_000
const keepMs = 24 * 3_600_000

export interface Idempotency {
  /** Runs `work` once for a key; a repeat with the same body gets the first answer, with another body a `conflict`. */
  once<T>(
    call: { accountId: string; operation: string; key: string; body: unknown },
    work: () => Promise<T>,
  ): Promise<{ answer: T; repeated: boolean }>
  /** Forgets what is older than a day. */
  sweep(): Promise<void>
}

/**
 * Idempotency-Key over the store. Only success is kept: an error may be tried again under the same key. A process that dies
 * between its work and its note lets the same key run again after a minute, so the work itself must be idempotent by its own id
 * where money moves (sessions are: their id is the hash of the terms).
 */
export const createIdempotency = ({ store, clock }: { store: Store; clock: Clock }): Idempotency => {
  /** The revision of our own fresh claim, or what was kept. */
  const claim = async (note: KeptAnswer, nowMs: number): Promise<number | { answer: unknown }> => {
    try {
      const [rev] = await store.write([{ op: 'insert', in: collection, doc: note }])
      return rev!
    } catch (error) {
      if (!isWerenodeError(error) || error.code !== 'conflict') throw error
    }
    const kept = await store.get<KeptAnswer>(collection, note._id)
    if (kept && kept.expiresAt > new Date(nowMs).toISOString()) {
      if (kept.fingerprint !== note.fingerprint)
        throw new WerenodeError('conflict', 'This Idempotency-Key was used for another request', {
          hint: 'Use a fresh key for each new intent.',
        })
      if ('answer' in kept) return { answer: kept.answer }
      if (kept.busyUntil > new Date(nowMs).toISOString()) throw stillRunning()
    }
    try {
      const [rev] = await store.write([
        kept
          ? { op: 'replace', in: collection, doc: note, rev: kept._rev }
          : { op: 'insert', in: collection, doc: note },
      ])
      return rev!
    } catch (error) {
      if (isWerenodeError(error) && error.code === 'conflict') throw stillRunning()
      throw error
    }
  }

  return {
    async once(call, work) {
      if (!/^[\x21-\x7e]{1,255}$/.test(call.key))
        throw new WerenodeError('invalid-input', 'The Idempotency-Key is not 1 to 255 visible ASCII characters', {
          hint: 'Use a fresh UUID for each new intent.',
        })
      const _id = sha256(`${call.accountId}\n${call.operation}\n${call.key}`)
      const fingerprint = sha256(JSON.stringify(call.body ?? null))
      const at = clock().getTime()
      const note: KeptAnswer = {
        _id,
        fingerprint,
        busyUntil: new Date(at + busyMs).toISOString(),
        expiresAt: new Date(at + keepMs).toISOString(),
      }
      const rev = await claim(note, at)
      if (typeof rev !== 'number') return { answer: rev.answer as never, repeated: true }
      try {
        const answer = await work()
        await store.write([{ op: 'replace', in: collection, doc: { ...note, answer } as KeptAnswer, rev }])
        return { answer, repeated: false }
      } catch (error) {
        // What went wrong is what is told; a note that could not be taken back is swept when it is old.
        await store.write([{ op: 'delete', in: collection, id: _id, rev }]).catch(() => undefined)
        throw error
      }
    },

    async sweep() {
      for (;;) {
        const { items } = await store.find<KeptAnswer>(
          collection,
          { expiresAt: { $lt: clock().toISOString() } },
          { limit: 500 },
        )
        if (items.length === 0) return
        await store.write(items.map(({ _id }) => ({ op: 'delete', in: collection, id: _id })))
      }
    },
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

const stillRunning = (): WerenodeError =>
  new WerenodeError('conflict', 'The first request with this Idempotency-Key is still at work', {
    hint: 'Wait a second and try again.',
    data: { retryAfterS: 1 },
  })
