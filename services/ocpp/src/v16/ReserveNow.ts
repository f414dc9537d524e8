import { type Call, isAccepted, type Outgoing, statusOf } from '../link/outgoing.ts'

interface Request {
  readonly connectorId: number
  readonly expiryDate: string
  readonly idTag: string
  readonly reservationId: number
  readonly parentIdTag?: string
}

/** OCPP 1.6 §5.13: Accepted, Faulted, Occupied, Rejected or Unavailable. */
export const ReserveNow: Outgoing<Request, unknown> = {
  action: 'ReserveNow',
  settle: async ({ dossier, stationId, request, answer }) => {
    if (!isAccepted(answer)) return
    const { reservationId, connectorId, idTag, expiryDate, parentIdTag } = request
    const value = { evse: connectorId, idTag, until: expiryDate, ...(parentIdTag ? { groupId: parentIdTag } : {}) }
    await dossier.put(stationId, 'reservation', [{ key: String(reservationId), value }])
  },
}

export const reserveNow = async (call: Call, request: Request): Promise<string> =>
  statusOf(await call(ReserveNow.action, request))
