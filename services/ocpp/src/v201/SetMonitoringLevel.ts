import { isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 2.0.1 N05: events less severe than this are not told. */
export const SetMonitoringLevel: Outgoing<{ severity: number }, unknown> = {
  action: 'SetMonitoringLevel',
  settle: async ({ dossier, stationId, request, answer }) => {
    if (isAccepted(answer))
      await dossier.put(stationId, 'monitor', [{ key: 'level', value: { severity: request.severity } }])
  },
}
