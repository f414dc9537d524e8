import type { Handler } from '../link/handler.ts'
import type { StationRecords } from '../stations/records.ts'
import type { createMeterValues } from '../transactions/meter-values.ts'
import { type MeterValue, meterGroups } from './meter-value.ts'

/** OCPP 1.6 §6.31. */
interface Request {
  readonly connectorId?: number
  readonly transactionId?: number
  readonly meterValue?: readonly MeterValue[]
}

export const createMeterValues16 =
  ({
    meterValues,
    records,
  }: {
    meterValues: ReturnType<typeof createMeterValues>
    records: StationRecords
  }): Handler<Request, Record<string, never>> =>
  async (request, call) => {
    await meterValues({
      stationId: call.stationId,
      evse: Math.max(0, request.connectorId ?? 0),
      transactionId: request.transactionId === undefined ? undefined : String(request.transactionId),
      groups: meterGroups(request.meterValue, call.receivedAt),
      receivedAt: call.receivedAt,
      connectedAt: call.connectedAt,
      maxPowerW: records.knownMaxPowerW(call.stationId) ?? (await records.maxPowerW(call.stationId)),
    })
    return {}
  }
