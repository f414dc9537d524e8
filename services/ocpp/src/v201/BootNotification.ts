import type { Handler } from '../link/handler.ts'
import type { StationRecords } from '../stations/records.ts'

/** OCPP 2.0.1 §1.5, use cases B01 to B04. */
interface Request {
  readonly reason?: string
  readonly chargingStation?: {
    readonly vendorName?: string
    readonly model?: string
    readonly serialNumber?: string
    readonly firmwareVersion?: string
    readonly modem?: { readonly iccid?: string; readonly imsi?: string }
  }
}

interface Answer {
  readonly status: 'Accepted' | 'Pending' | 'Rejected'
  readonly currentTime: string
  readonly interval: number
}

export const createBootNotification201 =
  ({
    records,
    heartbeatS,
    booted,
  }: {
    records: StationRecords
    heartbeatS: () => number
    booted: (stationId: string) => Promise<void>
  }): Handler<Request, Answer> =>
  async ({ reason, chargingStation = {} }, call) => {
    const { vendorName, model, serialNumber, firmwareVersion, modem } = chargingStation
    await records.booted(call.stationId, call.epoch, {
      at: call.receivedAt.toISOString(),
      vendor: vendorName ?? 'unknown',
      model: model ?? 'unknown',
      ...(serialNumber === undefined ? {} : { serial: serialNumber }),
      ...(firmwareVersion === undefined ? {} : { firmware: firmwareVersion }),
      ...(modem?.iccid === undefined ? {} : { iccid: modem.iccid }),
      ...(modem?.imsi === undefined ? {} : { imsi: modem.imsi }),
      ...(reason === undefined ? {} : { reason }),
    })
    // A triggered boot message tells nothing of the transactions; every other one may follow a power cut.
    if (reason !== 'Triggered') await booted(call.stationId)
    call.admit()
    return { status: 'Accepted', currentTime: call.now(), interval: heartbeatS() }
  }
