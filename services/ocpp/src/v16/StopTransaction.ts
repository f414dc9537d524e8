import type { Handler } from '../link/handler.ts'
import type { StationRecords } from '../stations/records.ts'
import type { Authorize } from '../transactions/authorize.ts'
import type { createStop16 } from '../transactions/stop16.ts'
import { parseStationTime } from '../wire/station-time.ts'
import { type IdTagInfo, idTagInfo } from './id-tag-info.ts'
import { type MeterValue, meterGroups } from './meter-value.ts'

/** OCPP 1.6 §6.49. */
interface Request {
  readonly transactionId?: number
  readonly idTag?: string
  readonly meterStop?: number
  readonly timestamp?: string
  readonly reason?: string
  readonly transactionData?: readonly MeterValue[]
}

/**
 * Always answered, whatever the transaction: an error here blocks the station's queue for good. `idTagInfo` only where an id was
 * given.
 */
export const createStopTransaction =
  ({
    stop,
    authorize,
    records,
  }: {
    stop: ReturnType<typeof createStop16>
    authorize: Authorize
    records: StationRecords
  }): Handler<Request, { readonly idTagInfo?: IdTagInfo }> =>
  async (request, call) => {
    const { receivedAt } = call
    await stop({
      stationId: call.stationId,
      transactionId: request.transactionId,
      idTag: request.idTag,
      meterStopWh: request.meterStop,
      at: parseStationTime(request.timestamp),
      // §7.36: a missing reason means the driver stopped it in the regular way.
      reason: request.reason ?? 'Local',
      transactionData: meterGroups(request.transactionData, receivedAt),
      receivedAt,
      connectedAt: call.connectedAt,
      maxPowerW: await records.maxPowerW(call.stationId),
      raw: request,
    })
    if (request.idTag === undefined) return {}
    return { idTagInfo: idTagInfo(await authorize({ stationId: call.stationId, idTag: request.idTag })) }
  }
