import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.0.1 H04: Expired, Removed, or (2.1) NoTransaction; the plug is free again in every case. */
interface Request {
  readonly reservationId?: number
  readonly reservationUpdateStatus?: string
}

export const createReservationStatusUpdate =
  ({ dossier }: { dossier: Dossier }): Handler<Request, Record<string, never>> =>
  async ({ reservationId }, { stationId }) => {
    if (reservationId !== undefined) await dossier.remove(stationId, 'reservation', [String(reservationId)])
    return {}
  }
