import { type Call, type Outgoing, statusOf } from '../link/outgoing.ts'

interface Request {
  readonly operationalStatus: string
  readonly evse?: { readonly id: number; readonly connectorId?: number }
}

/** OCPP 2.0.1 G03, G04: without an EVSE it is the whole station. */
export const ChangeAvailability: Outgoing<Request, unknown> = {
  action: 'ChangeAvailability',
  settle: async ({ dossier, stationId, request: { operationalStatus, evse }, answer }) => {
    const status = statusOf(answer)
    if (status !== 'Accepted' && status !== 'Scheduled') return
    const key = `${evse?.id ?? 0}${evse?.connectorId === undefined ? '' : `-${evse.connectorId}`}`
    const value = { operative: operationalStatus === 'Operative', scheduled: status === 'Scheduled' }
    await dossier.put(stationId, 'availability', [{ key, value }])
  },
}

export const changeAvailability201 = async (call: Call, evse: number, operative: boolean): Promise<string> =>
  statusOf(
    await call(ChangeAvailability.action, {
      operationalStatus: operative ? 'Operative' : 'Inoperative',
      ...(evse === 0 ? {} : { evse: { id: evse } }),
    }),
  )
