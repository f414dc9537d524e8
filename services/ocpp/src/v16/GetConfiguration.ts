import { keepSettings } from '../keep/settings.ts'
import type { Outgoing } from '../link/outgoing.ts'

interface Answer {
  readonly configurationKey?: readonly { readonly key: string; readonly readonly?: boolean; readonly value?: string }[]
}

/** OCPP 1.6 §5.8. */
export const GetConfiguration: Outgoing<unknown, Answer> = {
  action: 'GetConfiguration',
  settle: ({ dossier, stationId, answer }) =>
    keepSettings(
      dossier,
      stationId,
      (answer.configurationKey ?? []).map(({ key, value, readonly }) => ({ key, value, readonly })),
    ),
}
