import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.1 N11: the station begins to stream a monitored variable. */
interface Request {
  readonly constantStreamData?: {
    readonly id?: number
    readonly variableMonitoringId?: number
    readonly params?: unknown
  }
}

export const createOpenPeriodicEventStream =
  ({ dossier }: { dossier: Dossier }): Handler<Request, { readonly status: 'Accepted' }> =>
  async ({ constantStreamData: { id = 0, ...stream } = {} }, { stationId, receivedAt }) => {
    const value = { ...stream, open: true, openedAt: receivedAt.toISOString() }
    await dossier.put(stationId, 'stream', [{ key: String(id), value }])
    return { status: 'Accepted' }
  }
