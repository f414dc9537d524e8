import { listVersionKey } from '../keep/local-list.ts'
import type { Outgoing } from '../link/outgoing.ts'

/** OCPP 2.0.1 D02: 0 means the station keeps no list. */
export const GetLocalListVersion: Outgoing<unknown, { versionNumber?: number }> = {
  action: 'GetLocalListVersion',
  settle: ({ dossier, stationId, answer }) =>
    dossier.put(stationId, 'localList', [
      { key: listVersionKey, value: { version: answer.versionNumber ?? 0, confirmed: true } },
    ]),
}
