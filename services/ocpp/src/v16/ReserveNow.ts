import { type Call, statusOf } from '../link/outgoing.ts'

/** OCPP 1.6 §5.13: Accepted, Faulted, Occupied, Rejected or Unavailable. */
export const reserveNow = async (
  call: Call,
  request: { connectorId: number; expiryDate: string; idTag: string; reservationId: number },
): Promise<string> => statusOf(await call('ReserveNow', request))
