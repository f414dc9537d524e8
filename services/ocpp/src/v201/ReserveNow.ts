import { type Call, isAccepted, type Outgoing, statusOf } from '../link/outgoing.ts'
import type { IdToken } from './id-token.ts'

interface Request {
  readonly id: number
  readonly expiryDateTime: string
  readonly idToken: IdToken
  readonly evseId?: number
  readonly groupIdToken?: IdToken
}

/** OCPP 2.0.1 H01. Without an EVSE any of them is held. */
export const ReserveNow: Outgoing<Request, unknown> = {
  action: 'ReserveNow',
  settle: async ({ dossier, stationId, request, answer }) => {
    if (!isAccepted(answer)) return
    const { id, evseId, idToken, expiryDateTime, groupIdToken } = request
    const value = {
      evse: evseId ?? 0,
      idTag: idToken.idToken ?? '',
      until: expiryDateTime,
      ...(groupIdToken?.idToken === undefined ? {} : { groupId: groupIdToken.idToken }),
    }
    await dossier.put(stationId, 'reservation', [{ key: String(id), value }])
  },
}

export const reserveNow201 = async (
  call: Call,
  request: { id: number; expiryDateTime: string; idTag: string; evseId: number },
): Promise<string> => {
  const { idTag, ...rest } = request
  return statusOf(await call(ReserveNow.action, { ...rest, idToken: { idToken: idTag, type: 'Central' } }))
}
