import { addProgress } from '../keep/progress.ts'
import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 1.6 security white paper §5.9, OCPP 2.0.1 N01. Without a number the station speaks of no upload of ours. */
interface Request {
  readonly status?: string
  readonly requestId?: number
}

export const createLogStatusNotification =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ status = 'Unknown', requestId }, { stationId, receivedAt }) => {
    const key = String(requestId ?? 'unnumbered')
    await addProgress(dossier, stationId, 'log', key, { status, at: receivedAt.toISOString() })
    return {}
  }
