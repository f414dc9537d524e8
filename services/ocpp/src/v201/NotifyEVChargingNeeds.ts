import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.0.1 K15, K17: what a car asks for over ISO 15118. */
interface Request {
  readonly evseId?: number
  readonly maxScheduleTuples?: number
  readonly chargingNeeds?: unknown
}

/** `Processing`: a schedule may follow by SetChargingProfile, the car need not wait for it (K15.FR.07). */
export const createNotifyEVChargingNeeds =
  ({ dossier }: { dossier: Dossier }): Handler<Request, { readonly status: 'Processing' }> =>
  async ({ evseId = 0, maxScheduleTuples, chargingNeeds }, { stationId, receivedAt }) => {
    const value = {
      needs: chargingNeeds ?? null,
      ...(maxScheduleTuples === undefined ? {} : { maxScheduleTuples }),
      receivedAt: receivedAt.toISOString(),
    }
    await dossier.put(stationId, 'needs', [{ key: String(evseId), value }])
    return { status: 'Processing' }
  }
