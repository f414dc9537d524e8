import { isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 2.0.1 O01, O02. */
export const SetDisplayMessage: Outgoing<{ message: { id: number } }, unknown> = {
  action: 'SetDisplayMessage',
  settle: async ({ dossier, stationId, request: { message }, answer }) => {
    if (isAccepted(answer)) await dossier.put(stationId, 'display', [{ key: String(message.id), value: message }])
  },
}
