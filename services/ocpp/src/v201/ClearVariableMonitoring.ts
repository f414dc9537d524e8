import type { Outgoing } from '../link/outgoing.ts'

interface Answer {
  readonly clearMonitoringResult?: readonly { readonly status?: string; readonly id?: number }[]
}

/** OCPP 2.0.1 N06. */
export const ClearVariableMonitoring: Outgoing<unknown, Answer> = {
  action: 'ClearVariableMonitoring',
  settle: ({ dossier, stationId, answer }) =>
    dossier.remove(
      stationId,
      'monitor',
      (answer.clearMonitoringResult ?? [])
        .filter(({ status, id }) => id !== undefined && (status === 'Accepted' || status === 'NotFound'))
        .map(({ id }) => String(id)),
    ),
}
