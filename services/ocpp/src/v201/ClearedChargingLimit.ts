import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'
import { limitKey } from './NotifyChargingLimit.ts'

/** OCPP 2.0.1 K13. */
interface Request {
  readonly chargingLimitSource?: string
  readonly evseId?: number
}

export const createClearedChargingLimit =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ chargingLimitSource, evseId }, { stationId }) => {
    await dossier.remove(stationId, 'limit', [limitKey(chargingLimitSource, evseId)])
    return {}
  }
