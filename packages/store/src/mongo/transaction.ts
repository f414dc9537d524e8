import { setTimeout as pause } from 'node:timers/promises'
import { WerenodeError } from '@werenode/core'
import { type ClientSession, type MongoClient, MongoError } from 'mongodb'

const PATIENCE_MS = 15_000

const labelled = (error: unknown, label: string): boolean => error instanceof MongoError && error.hasErrorLabel(label)

/** A commit whose answer was lost is asked again; asking twice does no harm. */
const commit = async (session: ClientSession, startedAt: number): Promise<void> => {
  for (;;) {
    try {
      await session.commitTransaction()
      return
    } catch (error) {
      if (!labelled(error, 'UnknownTransactionCommitResult') || performance.now() - startedAt > PATIENCE_MS) throw error
      await pause(20)
    }
  }
}

/**
 * Runs the work in a transaction, durable on a majority when it resolves. Transactions that met another one are tried again for
 * 15 s: the work must have no effect outside of the database.
 */
export const inTransaction = async <T>(
  client: MongoClient,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> => {
  const startedAt = performance.now()
  const session = client.startSession({ causalConsistency: false })
  try {
    for (let attempt = 1; ; attempt++) {
      session.startTransaction({
        readConcern: { level: 'snapshot' },
        writeConcern: { w: 'majority', journal: true },
        readPreference: 'primary',
      })
      try {
        const done = await work(session)
        await commit(session, startedAt)
        return done
      } catch (error) {
        // The server ends a transaction that failed by itself; what aborting it again says is of no use.
        if (session.inTransaction()) await session.abortTransaction().catch(() => undefined)
        if (!labelled(error, 'TransientTransactionError')) throw error
        if (performance.now() - startedAt > PATIENCE_MS)
          throw new WerenodeError('store-unavailable', 'The store did not let a transaction through for 15 s', {
            hint: 'Look at the load of the server and for documents that everybody writes.',
            cause: error,
          })
        await pause(Math.random() * Math.min(100, 2 ** Math.min(attempt, 7)))
      }
    }
  } finally {
    await session.endSession()
  }
}
