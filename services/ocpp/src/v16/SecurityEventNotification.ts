import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'
import { parseStationTime } from '../wire/station-time.ts'

/** OCPP 1.6 security white paper §5.11, OCPP 2.0.1 A04. */
interface Request {
  readonly type?: string
  readonly timestamp?: string
  readonly techInfo?: string
}

export const createSecurityEventNotification =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ type = 'Unknown', timestamp, techInfo }, { stationId, receivedAt }) => {
    const at = (parseStationTime(timestamp) ?? receivedAt).toISOString()
    const value = { type, at, receivedAt: receivedAt.toISOString(), ...(techInfo === undefined ? {} : { techInfo }) }
    // The same event told again is the same entry.
    await dossier.put(stationId, 'security', [{ key: `${at} ${type}`, value }])
    return {}
  }
