import type { Clock, Store } from '@werenode/core'
import type { Logger } from 'pino'
import type { StationLink } from '../stations/station.ts'
import type { TransactionBook } from './book.ts'
import { endedOnEstimate } from './end.ts'
import type { Transaction } from './transaction.ts'

/**
 * Transactions that may have died without a word. A boot, a free connector or a newer start makes one doubtful; a sign of life
 * clears the doubt; when the grace is over it is closed on its last reading and marked as estimated. Stations exist that boot on
 * every reconnect in the middle of a charge, and ones that report `Available` a moment before their StopTransaction.
 */
export interface Zombies {
  /** After a boot: all that run. */
  booted(stationId: string): Promise<void>
  /** The connector says nobody is there, at `at` by the station's clock. */
  connectorFree(stationId: string, evse: number, at: Date): Promise<void>
  /** The connector says it charges, or pauses. */
  alive(stationId: string, evse: number): Promise<void>
  /** A newer start on the connector: whatever ran there is over. */
  superseded(stationId: string, evse: number, by: { startKey: string; at: Date }): Promise<void>
  /** Closes what is overdue on stations that are connected; an absent station may still hold the true end. */
  sweep(): Promise<void>
}

export const createZombies = ({
  store,
  book,
  clock,
  log,
  graceMs,
  bootGraceMs,
}: {
  store: Store
  book: TransactionBook
  clock: Clock
  log: Logger
  /** After a free connector. */
  graceMs: number
  /** After a boot. */
  bootGraceMs: number
}): Zombies => {
  const doubt = (transaction: Transaction, why: string, ms: number): Promise<unknown> =>
    book.change(transaction.stationId, transaction.transactionId, (current) =>
      current.state !== 'open' || current.doubt === why
        ? undefined
        : {
            row: { ...current, doubt: why, closeAfter: new Date(clock().getTime() + ms).toISOString() },
            events: [],
          },
    )

  const close = async (transaction: Transaction, reason: string): Promise<void> => {
    log.warn(
      { stationId: transaction.stationId, transactionId: transaction.transactionId, doubt: transaction.doubt },
      'A transaction without an end is closed on its last reading',
    )
    await book.change(transaction.stationId, transaction.transactionId, async (current) =>
      current.state === 'open'
        ? endedOnEstimate(current, await book.lastReading(current), { receivedAt: clock(), reason })
        : undefined,
    )
  }

  return {
    booted: async (stationId) => {
      for (const transaction of await book.openOn(stationId)) await doubt(transaction, 'boot', bootGraceMs)
    },
    connectorFree: async (stationId, evse, at) => {
      for (const transaction of await book.openOn(stationId))
        if (transaction.evse === evse && new Date(transaction.startedAt) <= at)
          await doubt(transaction, 'connector-free', graceMs)
    },
    alive: async (stationId, evse) => {
      for (const transaction of await book.openOn(stationId))
        if (transaction.evse === evse && transaction.doubt !== undefined)
          await book.change(stationId, transaction.transactionId, ({ doubt, closeAfter, ...row }) =>
            doubt === undefined ? undefined : { row, events: [] },
          )
    },
    superseded: async (stationId, evse, { startKey, at }) => {
      for (const transaction of await book.openOn(stationId))
        if (transaction.evse === evse && transaction.startKey !== startKey && new Date(transaction.startedAt) <= at)
          await close(transaction, 'Other')
    },
    sweep: async () => {
      const now = clock().toISOString()
      const { items } = await store.find<Transaction>(
        'ocpp_transactions',
        { state: 'open', closeAfter: { $lte: now } },
        { limit: 500 },
      )
      for (const transaction of items) {
        const link = await store.get<StationLink>('ocpp_links', transaction.stationId)
        if (link?.connected) await close(transaction, transaction.doubt === 'boot' ? 'PowerLoss' : 'Other')
      }
    },
  }
}
