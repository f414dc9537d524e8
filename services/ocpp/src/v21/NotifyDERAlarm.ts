import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'
import { parseStationTime } from '../wire/station-time.ts'

/** OCPP 2.1 R: the grid leaves its bounds, or is back within them. */
interface Request {
  readonly controlType?: string
  readonly gridEventFault?: string
  readonly alarmEnded?: boolean
  readonly timestamp?: string
  readonly extraInfo?: string
}

export const createNotifyDERAlarm =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ controlType = '', timestamp, alarmEnded = false, ...rest }, { stationId, receivedAt }) => {
    const at = (parseStationTime(timestamp) ?? receivedAt).toISOString()
    await dossier.put(stationId, 'der', [{ key: `alarm/${controlType}`, value: { at, ended: alarmEnded, ...rest } }])
    return {}
  }
