import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.0.1 K15, K17: how the car itself means to charge. */
interface Request {
  readonly timeBase?: string
  readonly evseId?: number
  readonly chargingSchedule?: unknown
}

export const createNotifyEVChargingSchedule =
  ({ dossier }: { dossier: Dossier }): Handler<Request, { readonly status: 'Accepted' }> =>
  async ({ timeBase, evseId = 0, chargingSchedule }, { stationId, receivedAt }) => {
    const value = { start: timeBase ?? receivedAt.toISOString(), schedule: chargingSchedule ?? null }
    await dossier.put(stationId, 'schedule', [{ key: `ev/${evseId}`, value }])
    return { status: 'Accepted' }
  }
