import type { Store, WriteOp } from '@werenode/core'
import { failureFields, type Observer } from './observe.ts'

export const GROUPS = 'bus_groups'
export const PARKED = 'bus_parked'

/** Every event up to `position` is acknowledged by the group, except those of its parked subjects. */
export interface GroupDoc {
  readonly _id: string
  readonly position: number
}
/** A subject that the group has moved on without: its first unacknowledged event. */
export interface ParkedDoc {
  readonly _id: string
  readonly group: string
  readonly subject: string
  readonly next: number
  readonly attempts: number
}
const FLUSH_MS = 50
const RETRY_MS = 1_000

/** Somebody with positions to store: `collect` hands over what changed, `restore` takes it back when it could not be written. */
export interface PositionSource {
  collect(): readonly WriteOp[]
  restore(ops: readonly WriteOp[]): void
}

/**
 * Acknowledgements reach the store in batches: all groups together, one write at a time, at most 20 a second. A crash loses the
 * last of them, and their events are delivered again, which at-least-once allows.
 */
export interface Positions {
  mark(source: PositionSource): void
  /** Writes everything marked, now. Rejects when the store does; nothing is forgotten then. */
  flush(): Promise<void>
}

export const createPositions = (store: Pick<Store, 'write'>, observer: Observer, flushMs = FLUSH_MS): Positions => {
  const marked = new Set<PositionSource>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  const writeMarked = async (): Promise<void> => {
    const collected = [...marked].map((source) => ({ source, ops: source.collect() }))
    marked.clear()
    const ops = collected.flatMap((each) => each.ops)
    if (ops.length === 0) return
    try {
      await store.write(ops)
    } catch (error) {
      for (const each of collected) {
        each.source.restore(each.ops)
        marked.add(each.source)
      }
      throw error
    }
  }
  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    // One after the other, else an older position could overtake a newer one. A failure is told to whoever asked for that write.
    writing = writing.catch(() => {}).then(writeMarked)
    return writing
  }
  const schedule = (delayMs: number): void => {
    timer ??= setTimeout(() => {
      flush().catch((error: unknown) => {
        observer.log.error(failureFields(error), 'The bus could not store acknowledgements and will try again')
        schedule(RETRY_MS)
      })
    }, delayMs)
  }
  return {
    mark: (source) => {
      marked.add(source)
      schedule(flushMs)
    },
    flush,
  }
}
