import type { Handler } from '../link/handler.ts'
import type { StationRecords } from '../stations/records.ts'
import type { Connectors } from '../status/connectors.ts'
import type { TransactionBook } from '../transactions/book.ts'
import { type createEvent2, statusIn } from '../transactions/event2.ts'
import type { createMeterValues } from '../transactions/meter-values.ts'
import { parseStationTime } from '../wire/station-time.ts'
import { type IdToken, type IdTokenInfo, idTokenInfo } from './id-token.ts'
import { type MeterValue2, meterGroups2 } from './meter-value.ts'

/** OCPP 2.0.1 §1.60, E01 to E15. */
interface Request {
  readonly eventType?: 'Started' | 'Updated' | 'Ended'
  readonly timestamp?: string
  readonly triggerReason?: string
  readonly seqNo?: number
  readonly offline?: boolean
  readonly transactionInfo?: {
    readonly transactionId?: string
    readonly chargingState?: string
    readonly stoppedReason?: string
    readonly remoteStartId?: number
  }
  readonly evse?: { readonly id?: number; readonly connectorId?: number }
  readonly idToken?: IdToken
  readonly meterValue?: readonly MeterValue2[]
}

/** An event that names no transaction counts for the one that runs at its EVSE; where none does, only its readings can be kept. */
export const createTransactionEvent =
  ({
    take,
    book,
    meterValues,
    records,
    connectors,
  }: {
    take: ReturnType<typeof createEvent2>
    book: TransactionBook
    meterValues: ReturnType<typeof createMeterValues>
    records: StationRecords
    connectors: Connectors
  }): Handler<Request, { readonly idTokenInfo?: IdTokenInfo }> =>
  async (request, call) => {
    const { stationId, version, epoch, receivedAt } = call
    const { transactionInfo: info = {}, evse, idToken } = request
    const at = parseStationTime(request.timestamp) ?? receivedAt
    const offline = request.offline ?? false
    const groups = meterGroups2(request.meterValue, receivedAt)
    const maxPowerW = await records.maxPowerW(stationId)
    const transactionId =
      info.transactionId ?? (await book.openOn(stationId)).find((open) => open.evse === evse?.id)?.transactionId
    if (transactionId === undefined) {
      const { connectedAt } = call
      await meterValues({ stationId, evse: evse?.id ?? 0, transactionId, groups, receivedAt, connectedAt, maxPowerW })
      return {}
    }
    const authorization = await take({
      stationId,
      version,
      type: request.eventType ?? 'Updated',
      transactionId,
      seqNo: request.seqNo,
      at,
      offline,
      evse: evse?.id,
      connector: evse?.connectorId,
      idTag: idToken?.idToken,
      remoteStartId: info.remoteStartId,
      chargingState: info.chargingState,
      stoppedReason: info.stoppedReason,
      groups,
      receivedAt,
      maxPowerW,
    })
    const status = request.eventType === 'Ended' ? undefined : statusIn(info.chargingState)
    if (status && !offline && evse?.id !== undefined)
      await connectors.report({
        stationId,
        epoch,
        evse: evse.id,
        connector: evse.connectorId ?? 1,
        status,
        at,
        receivedAt,
      })
    return authorization ? { idTokenInfo: idTokenInfo(authorization) } : {}
  }
