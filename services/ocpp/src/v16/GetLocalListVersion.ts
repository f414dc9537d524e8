import { listVersionKey } from '../keep/local-list.ts'
import type { Outgoing } from '../link/outgoing.ts'

/** OCPP 1.6 §5.10: -1 means the station keeps no list. */
export const GetLocalListVersion: Outgoing<unknown, { listVersion?: number }> = {
  action: 'GetLocalListVersion',
  settle: ({ dossier, stationId, answer }) =>
    dossier.put(stationId, 'localList', [
      { key: listVersionKey, value: { version: answer.listVersion ?? -1, confirmed: true } },
    ]),
}
