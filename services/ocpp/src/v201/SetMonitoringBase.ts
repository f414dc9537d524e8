import { isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 2.0.1 N03. */
export const SetMonitoringBase: Outgoing<{ monitoringBase: string }, unknown> = {
  action: 'SetMonitoringBase',
  settle: async ({ dossier, stationId, request, answer }) => {
    if (isAccepted(answer))
      await dossier.put(stationId, 'monitor', [{ key: 'base', value: { base: request.monitoringBase } }])
  },
}
