import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.0.1 K12: a building or a grid operator limits the station. */
interface Request {
  readonly evseId?: number
  readonly chargingLimit?: { readonly chargingLimitSource?: string; readonly isGridCritical?: boolean }
  readonly chargingSchedule?: readonly unknown[]
}

export const createNotifyChargingLimit =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ evseId, chargingLimit = {}, chargingSchedule = [] }, { stationId, receivedAt }) => {
    const value = {
      source: chargingLimit.chargingLimitSource ?? 'Other',
      evse: evseId ?? 0,
      gridCritical: chargingLimit.isGridCritical ?? false,
      schedule: chargingSchedule,
      receivedAt: receivedAt.toISOString(),
    }
    await dossier.put(stationId, 'limit', [{ key: limitKey(chargingLimit.chargingLimitSource, evseId), value }])
    return {}
  }

export const limitKey = (source: string | undefined, evseId: number | undefined): string =>
  `${source ?? 'Other'}/${evseId ?? 0}`
