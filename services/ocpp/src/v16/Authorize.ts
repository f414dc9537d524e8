import type { Handler } from '../link/handler.ts'
import type { Authorize } from '../transactions/authorize.ts'
import { type IdTagInfo, idTagInfo } from './id-tag-info.ts'

/** OCPP 1.6 §6.1. */
interface Request {
  readonly idTag?: string
}

export const createAuthorize16 =
  ({ authorize }: { authorize: Authorize }): Handler<Request, { readonly idTagInfo: IdTagInfo }> =>
  async (request, call) => ({
    idTagInfo: idTagInfo(await authorize({ stationId: call.stationId, idTag: request.idTag ?? '' })),
  })
