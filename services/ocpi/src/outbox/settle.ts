import { isWerenodeError, type Store, type Stored, type WriteOp } from '@werenode/core'
import type { OutboxDoc } from '../collections.ts'

/** What a push has changed of its row; `sent: null`: what the partner holds is no longer known. */
export type Settlement = Partial<Omit<OutboxDoc, 'sent'>> & { readonly sent?: OutboxDoc['sent'] | null }

interface Waiting {
  readonly row: Stored<OutboxDoc>
  readonly change: Settlement
  readonly done: () => void
  readonly failed: (error: unknown) => void
}
const mostSettled = 10_000
const mostAtOnce = 100

/**
 * Writes down what became of pushes: those that end while a write is under way share the next one. Where the object changed while
 * it was sent, the row stays owed for the newer state, but keeps what the partner holds now, or that this is not known.
 */
export const createSettler = ({ store, onOvertaken }: { store: Store; onOvertaken: () => void }) => {
  const waiting: Waiting[] = []
  let writing = false
  /** Newest revision of a row that is known to be past: what was read of it before would be paid twice, or against what is no longer so. */
  const pastOf = new Map<string, number>()
  const past = ({ _id, _rev }: Stored<OutboxDoc>): void => {
    if (pastOf.size >= mostSettled && !pastOf.has(_id)) pastOf.clear()
    pastOf.set(_id, Math.max(_rev, pastOf.get(_id) ?? 0))
  }

  const writeAll = async (batch: Waiting[]): Promise<void> => {
    while (batch.length > 0) {
      try {
        await store.write(
          batch.map(({ row: { lastTrouble, refused, ...row }, change }) => replacing(row, { ...row, ...change })),
        )
        for (const { row, done } of batch) {
          past(row)
          done()
        }
        return
      } catch (error) {
        const at = conflictAt(error)
        const [overtaken] = at === undefined ? [] : batch.splice(at, 1)
        if (overtaken === undefined) {
          for (const { failed } of batch) failed(error)
          return
        }
        await amend(overtaken).then(overtaken.done, overtaken.failed)
        onOvertaken()
      }
    }
  }

  /** Tries until it is written: a partner's state that is remembered wrongly would make the next push a wrong one. */
  const amend = async ({ row, change }: Waiting): Promise<void> => {
    past(row)
    if (change.sent === undefined) return
    for (;;) {
      const newer = await store.get<OutboxDoc>('ocpi_outbox', row._id)
      if (newer === undefined) return
      try {
        await store.write([replacing(newer, { ...newer, sent: change.sent })])
        return past(newer)
      } catch (error) {
        if (conflictAt(error) === undefined) throw error
      }
    }
  }

  const flush = async (): Promise<void> => {
    writing = true
    while (waiting.length > 0) await writeAll(waiting.splice(0, mostAtOnce))
    writing = false
  }

  return {
    settle: (row: Stored<OutboxDoc>, change: Settlement): Promise<void> =>
      new Promise((done, failed) => {
        waiting.push({ row, change, done, failed })
        if (!writing) void flush()
      }),
    isPast: ({ _id, _rev }: Stored<OutboxDoc>): boolean => (pastOf.get(_id) ?? -1) >= _rev,
  }
}

const replacing = (row: Stored<OutboxDoc>, next: Omit<OutboxDoc, 'sent'> & Settlement): WriteOp => {
  const { _rev, refused, sent, ...plain } = next
  const doc: OutboxDoc = { ...(plain as OutboxDoc), ...(refused ? { refused } : {}), ...(sent ? { sent } : {}) }
  return { op: 'replace', in: 'ocpi_outbox', doc, rev: row._rev }
}

/** Which of the operations met a newer revision; undefined for any other failure. */
const conflictAt = (error: unknown): number | undefined => {
  if (!isWerenodeError(error) || error.code !== 'conflict') return undefined
  const { op } = error.data as { op?: unknown }
  return typeof op === 'number' ? op : undefined
}
