import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.1 K: the driver asked at the station to be charged first, or no longer. */
interface Request {
  readonly transactionId?: string
  readonly activated?: boolean
}

export const createNotifyPriorityCharging =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ transactionId = '', activated = false }, { stationId, receivedAt }) => {
    const value = { activated, by: 'station', at: receivedAt.toISOString() }
    await dossier.put(stationId, 'needs', [{ key: `priority/${transactionId}`, value }])
    return {}
  }
