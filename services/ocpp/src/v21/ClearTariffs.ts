import type { Outgoing } from '../link/outgoing.ts'

interface Answer {
  readonly clearTariffsResult?: readonly { readonly tariffId?: string; readonly status?: string }[]
}

/** OCPP 2.1 I. */
export const ClearTariffs: Outgoing<unknown, Answer> = {
  action: 'ClearTariffs',
  settle: ({ dossier, stationId, answer }) =>
    dossier.remove(
      stationId,
      'tariff',
      (answer.clearTariffsResult ?? [])
        .filter(({ status, tariffId }) => tariffId !== undefined && (status === 'Accepted' || status === 'NoTariff'))
        .flatMap(({ tariffId }) => [`default/${tariffId}`, `reported/${tariffId}`]),
    ),
}
