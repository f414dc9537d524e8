import { type Call, isAccepted } from '../link/outgoing.ts'

/** OCPP 1.6 §5.1. */
export const cancelReservation = async (call: Call, reservationId: number): Promise<boolean> =>
  isAccepted(await call('CancelReservation', { reservationId }))
