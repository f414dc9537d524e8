import type { Handler } from '../link/handler.ts'
import type { StationRecords } from '../stations/records.ts'
import type { createMeterValues } from '../transactions/meter-values.ts'
import { type MeterValue2, meterGroups2 } from './meter-value.ts'

/** OCPP 2.0.1 §1.34, J01: values outside a transaction; stations send them during one, too. */
interface Request {
  readonly evseId?: number
  readonly meterValue?: readonly MeterValue2[]
}

export const createMeterValues201 =
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
      evse: request.evseId ?? 0,
      transactionId: undefined,
      groups: meterGroups2(request.meterValue, call.receivedAt),
      receivedAt: call.receivedAt,
      connectedAt: call.connectedAt,
      maxPowerW: await records.maxPowerW(call.stationId),
    })
    return {}
  }
