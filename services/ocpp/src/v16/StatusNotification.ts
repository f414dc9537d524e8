import type { ConnectorStatus } from '@werenode/core'
import type { Handler } from '../link/handler.ts'
import type { StatusFlow } from '../status/flow.ts'
import { parseStationTime } from '../wire/station-time.ts'

/** OCPP 1.6 §6.47. Connector 0 is the station as a whole. */
interface Request {
  readonly connectorId?: number
  readonly errorCode?: string
  readonly status?: ConnectorStatus
  readonly info?: string
  readonly timestamp?: string
  readonly vendorErrorCode?: string
}

export const createStatusNotification =
  ({ statusFlow }: { statusFlow: StatusFlow }): Handler<Request, Record<string, never>> =>
  async (request, call) => {
    const evse = Math.max(0, request.connectorId ?? 0)
    await statusFlow({
      stationId: call.stationId,
      epoch: call.epoch,
      evse,
      connector: evse === 0 ? 0 : 1,
      status: request.status ?? 'Unavailable',
      errorCode: request.errorCode,
      info: request.info,
      vendorErrorCode: request.vendorErrorCode,
      at: parseStationTime(request.timestamp),
      receivedAt: call.receivedAt,
    })
    return {}
  }
