import type { Handler } from '../link/handler.ts'
import type { createStart16 } from '../transactions/start16.ts'
import { parseStationTime } from '../wire/station-time.ts'
import { type IdTagInfo, idTagInfo } from './id-tag-info.ts'

/** OCPP 1.6 §6.45. */
interface Request {
  readonly connectorId?: number
  readonly idTag?: string
  readonly meterStart?: number
  readonly timestamp?: string
  readonly reservationId?: number
}

interface Answer {
  readonly idTagInfo: IdTagInfo
  readonly transactionId: number
}

/** Gives the transaction its number. The station must hear of it even when the card is refused (§4.8: it decides what follows). */
export const createStartTransaction =
  ({ start }: { start: ReturnType<typeof createStart16> }): Handler<Request, Answer> =>
  async (request, call) => {
    const { transactionId, authorization } = await start({
      stationId: call.stationId,
      evse: Math.max(1, request.connectorId ?? 1),
      idTag: request.idTag ?? '',
      meterStartWh: request.meterStart,
      at: parseStationTime(request.timestamp),
      receivedAt: call.receivedAt,
      connectedAt: call.connectedAt,
    })
    return { transactionId, idTagInfo: idTagInfo(authorization) }
  }
