import { randomUUID } from 'node:crypto'
import { type Clock, type Doc, isWerenodeError, type Store, type WriteOp } from '@werenode/core'
import { collections } from './rows.ts'

interface LeaseRow extends Doc {
  readonly holder: string
  readonly untilMs: number
}

const leaseMs = 6_000

/**
 * Which of several processes on one store works. Only to spare them each other's way: every write of a turn is compare-and-set, and
 * what is sent is stored before, so two that both believe to hold the lease still do nothing twice.
 */
export const createLease = (store: Store, clock: Clock) => {
  const holder = randomUUID()
  let mineUntilMs = 0
  /** Another's lease as it was first seen, by our own steady clock: a clock that jumped must not keep it for hours. */
  let others = { row: '', sinceMs: 0 }
  const isStale = ({ holder: other, untilMs }: LeaseRow): boolean => {
    const row = `${other} ${untilMs}`
    if (others.row !== row) others = { row, sinceMs: performance.now() }
    return performance.now() - others.sinceMs > leaseMs
  }
  const write = async (op: WriteOp): Promise<boolean> => {
    try {
      await store.write([op])
      return true
    } catch (error) {
      if (isWerenodeError(error) && error.code === 'conflict') return false
      throw error
    }
  }
  return {
    /** True while this process may work; takes or renews the lease when it can. */
    held: async (): Promise<boolean> => {
      const nowMs = clock().getTime()
      const leftMs = mineUntilMs - nowMs
      if (leftMs > leaseMs / 2 && leftMs <= leaseMs) return true
      const row = await store.get<LeaseRow>(collections.state, 'lease')
      if (row && row.holder !== holder && row.untilMs > nowMs && !isStale(row)) return false
      const doc: LeaseRow = { _id: 'lease', holder, untilMs: nowMs + leaseMs }
      const took = await write(
        row
          ? { op: 'replace', in: collections.state, doc, rev: row._rev }
          : { op: 'insert', in: collections.state, doc },
      )
      mineUntilMs = took ? doc.untilMs : 0
      return took
    },
    /** Lets another process go on at once. */
    release: async (): Promise<void> => {
      const row = await store.get<LeaseRow>(collections.state, 'lease')
      if (row?.holder === holder) await write({ op: 'delete', in: collections.state, id: 'lease', rev: row._rev })
      mineUntilMs = 0
    },
  }
}
