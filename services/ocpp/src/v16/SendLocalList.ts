import { keepLocalList } from '../keep/local-list.ts'
import { isAccepted, type Outgoing } from '../link/outgoing.ts'

interface Request {
  readonly listVersion: number
  readonly updateType: 'Full' | 'Differential'
  readonly localAuthorizationList?: readonly { readonly idTag: string; readonly idTagInfo?: unknown }[]
}

/** OCPP 1.6 §5.15. */
export const SendLocalList: Outgoing<Request, unknown> = {
  action: 'SendLocalList',
  settle: async ({ dossier, stationId, request, answer }) => {
    if (isAccepted(answer))
      await keepLocalList(dossier, stationId, {
        version: request.listVersion,
        type: request.updateType,
        entries: (request.localAuthorizationList ?? []).map(({ idTag, idTagInfo }) => ({ id: idTag, info: idTagInfo })),
      })
  },
}
