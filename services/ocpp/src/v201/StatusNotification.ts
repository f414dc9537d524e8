import type { ConnectorStatus } from '@werenode/core'
import type { Handler } from '../link/handler.ts'
import type { StatusFlow } from '../status/flow.ts'
import type { TransactionBook } from '../transactions/book.ts'
import { statusIn } from '../transactions/event2.ts'
import { parseStationTime } from '../wire/station-time.ts'

/** OCPP 2.0.1 §1.61. */
interface Request {
  readonly timestamp?: string
  readonly connectorStatus?: ConnectorStatus
  readonly evseId?: number
  readonly connectorId?: number
}

/** `Occupied` says less than 1.6's words; where a transaction runs, its charging state says the rest. */
export const createStatusNotification201 =
  ({ statusFlow, book }: { statusFlow: StatusFlow; book: TransactionBook }): Handler<Request, Record<string, never>> =>
  async (request, call) => {
    const { stationId, epoch, receivedAt } = call
    const evse = request.evseId ?? 0
    const told = request.connectorStatus ?? 'Unavailable'
    const running = told === 'Occupied' ? (await book.openOn(stationId)).find((open) => open.evse === evse) : undefined
    await statusFlow({
      stationId,
      epoch,
      evse,
      connector: evse === 0 ? 0 : (request.connectorId ?? 1),
      status: statusIn(running?.chargingState) ?? told,
      at: parseStationTime(request.timestamp),
      receivedAt,
    })
    return {}
  }
