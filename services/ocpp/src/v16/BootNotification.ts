import type { Handler } from '../link/handler.ts'
import type { StationRecords } from '../stations/records.ts'

/** OCPP 1.6 §6.9. Everything may be missing: what matters is that the station is let in. */
interface Request {
  readonly chargePointVendor?: string
  readonly chargePointModel?: string
  readonly chargePointSerialNumber?: string
  readonly chargeBoxSerialNumber?: string
  readonly firmwareVersion?: string
  readonly iccid?: string
  readonly imsi?: string
  readonly meterType?: string
  readonly meterSerialNumber?: string
}

interface Answer {
  readonly status: 'Accepted' | 'Pending' | 'Rejected'
  readonly currentTime: string
  /** Seconds between heartbeats. */
  readonly interval: number
}

export const createBootNotification =
  ({
    records,
    heartbeatS,
    booted,
  }: {
    records: StationRecords
    heartbeatS: () => number
    /** Doubts what ran before the boot. */
    booted: (stationId: string) => Promise<void>
  }): Handler<Request, Answer> =>
  async (request, call) => {
    const serial = request.chargePointSerialNumber ?? request.chargeBoxSerialNumber
    await records.booted(call.stationId, call.epoch, {
      at: call.receivedAt.toISOString(),
      vendor: request.chargePointVendor ?? 'unknown',
      model: request.chargePointModel ?? 'unknown',
      ...(serial === undefined ? {} : { serial }),
      ...(request.firmwareVersion === undefined ? {} : { firmware: request.firmwareVersion }),
      ...(request.iccid === undefined ? {} : { iccid: request.iccid }),
      ...(request.imsi === undefined ? {} : { imsi: request.imsi }),
      ...(request.meterType === undefined ? {} : { meterType: request.meterType }),
      ...(request.meterSerialNumber === undefined ? {} : { meterSerial: request.meterSerialNumber }),
    })
    await booted(call.stationId)
    call.admit()
    return { status: 'Accepted', currentTime: call.now(), interval: heartbeatS() }
  }
