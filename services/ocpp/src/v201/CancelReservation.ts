import { type Call, isAccepted } from '../link/outgoing.ts'

/** OCPP 2.0.1 H02. */
export const cancelReservation201 = async (call: Call, reservationId: number): Promise<boolean> =>
  isAccepted(await call('CancelReservation', { reservationId }))
