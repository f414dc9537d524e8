import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.1 N12. What was streamed stays. */
export const createClosePeriodicEventStream =
  ({ dossier }: { dossier: Dossier }): Handler<{ readonly id?: number }, Record<string, never>> =>
  async ({ id = 0 }, { stationId, receivedAt }) => {
    const known = (await dossier.get(stationId, 'stream', String(id)))?.value as Record<string, unknown> | undefined
    const value = { ...known, open: false, closedAt: receivedAt.toISOString() }
    await dossier.put(stationId, 'stream', [{ key: String(id), value }])
    return {}
  }
