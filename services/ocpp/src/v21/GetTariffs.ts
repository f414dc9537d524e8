import type { Outgoing } from '../link/outgoing.ts'

interface Answer {
  readonly tariffAssignments?: readonly { readonly tariffId?: string }[]
}

/** OCPP 2.1 I. */
export const GetTariffs: Outgoing<unknown, Answer> = {
  action: 'GetTariffs',
  settle: ({ dossier, stationId, answer }) =>
    dossier.put(
      stationId,
      'tariff',
      (answer.tariffAssignments ?? []).map((assignment) => ({
        key: `reported/${assignment.tariffId ?? ''}`,
        value: assignment,
      })),
    ),
}
