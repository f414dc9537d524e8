import { type Call, isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 1.6 §5.1. A rejection means the station holds no such reservation: it is gone either way. */
export const CancelReservation: Outgoing<{ reservationId: number }, unknown> = {
  action: 'CancelReservation',
  settle: ({ dossier, stationId, request }) =>
    dossier.remove(stationId, 'reservation', [String(request.reservationId)]),
}

export const cancelReservation = async (call: Call, reservationId: number): Promise<boolean> =>
  isAccepted(await call(CancelReservation.action, { reservationId }))
