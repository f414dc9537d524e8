import { isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 2.1 K. */
export const UsePriorityCharging: Outgoing<{ transactionId: string; activate: boolean }, unknown> = {
  action: 'UsePriorityCharging',
  settle: async ({ dossier, stationId, request: { transactionId, activate }, answer, at }) => {
    if (!isAccepted(answer)) return
    const value = { activated: activate, by: 'server', at: at.toISOString() }
    await dossier.put(stationId, 'needs', [{ key: `priority/${transactionId}`, value }])
  },
}
