import { keepLocalList } from '../keep/local-list.ts'
import { isAccepted, type Outgoing } from '../link/outgoing.ts'
import type { IdToken } from './id-token.ts'

interface Request {
  readonly versionNumber: number
  readonly updateType: 'Full' | 'Differential'
  readonly localAuthorizationList?: readonly { readonly idToken: IdToken; readonly idTokenInfo?: unknown }[]
}

/** OCPP 2.0.1 D01. */
export const SendLocalList: Outgoing<Request, unknown> = {
  action: 'SendLocalList',
  settle: async ({ dossier, stationId, request, answer }) => {
    if (isAccepted(answer))
      await keepLocalList(dossier, stationId, {
        version: request.versionNumber,
        type: request.updateType,
        entries: (request.localAuthorizationList ?? []).map(({ idToken, idTokenInfo }) => ({
          id: idToken.idToken ?? '',
          info: idTokenInfo,
        })),
      })
  },
}
