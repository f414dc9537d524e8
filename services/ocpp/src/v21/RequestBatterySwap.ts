import { isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 2.1 S: lets somebody swap; BatterySwap tells what came of it. */
export const RequestBatterySwap: Outgoing<{ requestId: number; idToken: { idToken?: string } }, unknown> = {
  action: 'RequestBatterySwap',
  settle: async ({ dossier, stationId, request: { requestId, idToken }, answer, at }) => {
    if (!isAccepted(answer)) return
    const value = { idTag: idToken.idToken ?? '', requestedAt: at.toISOString() }
    await dossier.put(stationId, 'battery', [{ key: `${requestId}/requested`, value }])
  },
}
