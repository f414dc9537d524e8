import { type Call, statusOf } from '../link/outgoing.ts'

/** OCPP 2.0.1 H01. */
export const reserveNow201 = async (
  call: Call,
  request: { id: number; expiryDateTime: string; idTag: string; evseId: number },
): Promise<string> =>
  statusOf(
    await call('ReserveNow', {
      id: request.id,
      expiryDateTime: request.expiryDateTime,
      idToken: { idToken: request.idTag, type: 'Central' },
      evseId: request.evseId,
    }),
  )
