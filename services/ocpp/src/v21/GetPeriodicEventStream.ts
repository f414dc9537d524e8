import type { Outgoing } from '../link/outgoing.ts'

interface Answer {
  readonly constantStreamData?: readonly { readonly id?: number; readonly [member: string]: unknown }[]
}

/** OCPP 2.1 N13: the streams that are open. */
export const GetPeriodicEventStream: Outgoing<unknown, Answer> = {
  action: 'GetPeriodicEventStream',
  settle: ({ dossier, stationId, answer }) =>
    dossier.put(
      stationId,
      'stream',
      (answer.constantStreamData ?? []).map(({ id = 0, ...stream }) => ({
        key: String(id),
        value: { ...stream, open: true },
      })),
    ),
}
