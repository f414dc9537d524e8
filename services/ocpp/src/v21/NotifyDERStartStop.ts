import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'
import { parseStationTime } from '../wire/station-time.ts'
import { markSuperseded } from './SetDERControl.ts'

/** OCPP 2.1 R: a scheduled control began or ended. */
interface Request {
  readonly controlId?: string
  readonly started?: boolean
  readonly timestamp?: string
  readonly supersededIds?: readonly string[]
}

export const createNotifyDERStartStop =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ controlId = '', started = false, timestamp, supersededIds = [] }, { stationId, receivedAt }) => {
    const key = `control/${controlId}`
    const known = (await dossier.get(stationId, 'der', key))?.value as Record<string, unknown> | undefined
    const at = (parseStationTime(timestamp) ?? receivedAt).toISOString()
    await dossier.put(stationId, 'der', [{ key, value: { ...known, started, changedAt: at } }])
    await markSuperseded(dossier, stationId, supersededIds)
    return {}
  }
