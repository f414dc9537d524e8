import { type Bus, isWerenodeError, type NewEvent, type WriteOp } from '@werenode/core'

/** What one message adds; nothing in it can be in conflict with what is there. */
interface Entry {
  readonly ops: readonly WriteOp[]
  readonly events: readonly NewEvent[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Writes down what only adds: readings and what tells of them. Resolves when it is durable. */
export type Pen = (ops: readonly WriteOp[], events: readonly NewEvent[]) => Promise<void>

/** Bounds how long the first message of a commit waits for the last. */
const mostTogether = 256

/**
 * One commit for all stations that spoke in the same turn of the loop or while commits before were under way: a commit costs the
 * same, whoever is in it.
 */
export const createPen = (bus: Bus): Pen => {
  const waiting: Entry[] = []
  let isWriting = false

  const alone = ({ ops, events, resolve, reject }: Entry): Promise<void> =>
    bus.commit(ops, events).then(() => resolve(), reject)

  const together = async (entries: readonly Entry[]): Promise<void> => {
    if (entries.length === 1) return alone(entries[0]!)
    const ops: WriteOp[] = []
    const events: NewEvent[] = []
    for (const entry of entries) {
      for (const op of entry.ops) ops.push(op)
      for (const event of entry.events) events.push(event)
    }
    try {
      await bus.commit(ops, events)
    } catch (error) {
      // No storage is the same for all; what one of them alone brought about must not befall the others.
      const isForAll = isWerenodeError(error) && error.code === 'store-unavailable'
      if (!isForAll) return void (await Promise.all(entries.map(alone)))
      for (const { reject } of entries) reject(error)
      return
    }
    for (const { resolve } of entries) resolve()
  }

  /** One is at the disk; what comes meanwhile goes together, alone in its transaction, which the store does at the least cost. */
  const flush = (): void => {
    if (isWriting || waiting.length === 0) return
    isWriting = true
    void together(waiting.splice(0, mostTogether)).finally(() => {
      isWriting = false
      flush()
    })
  }

  return (ops, events) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ ops, events, resolve, reject })
    })
}
