import type { Bus } from '@werenode/core'
import type { TransactionBook } from '../transactions/book.ts'
import { meterEvent } from '../transactions/transaction.ts'
import type { StatusReport, Suspended } from './connectors.ts'

/** Tells the rest of the house that a running transaction paused or went on; 1.6 says so by the connector's status alone. */
export const createPauses =
  ({ bus, book }: { bus: Bus; book: TransactionBook }) =>
  async (report: StatusReport): Promise<void> => {
    const { stationId, evse, receivedAt } = report
    const running = (await book.openOn(stationId)).filter(
      (transaction) => transaction.evse === evse && transaction.version === 'ocpp1.6',
    )
    const suspended: Suspended =
      report.status === 'SuspendedEV' ? 'EV' : report.status === 'SuspendedEVSE' ? 'EVSE' : 'no'
    const reading = { at: report.at ?? receivedAt, flags: [] }
    if (running.length > 0)
      await bus.commit(
        [],
        running.map((transaction) => meterEvent(transaction, reading, { receivedAt, offline: false, suspended })),
      )
  }
