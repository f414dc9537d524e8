import type { Handler } from '../link/handler.ts'
import type { Authorize } from '../transactions/authorize.ts'
import { type IdToken, type IdTokenInfo, idTokenInfo } from './id-token.ts'

/** OCPP 2.0.1 §1.1, C01 to C07. Contract certificates are checked where ISO 15118 is spoken (C07). */
interface Request {
  readonly idToken?: IdToken
}

export const createAuthorize201 =
  ({ authorize }: { authorize: Authorize }): Handler<Request, { readonly idTokenInfo: IdTokenInfo }> =>
  async ({ idToken }, call) => ({
    idTokenInfo: idTokenInfo(await authorize({ stationId: call.stationId, idTag: idToken?.idToken ?? '' })),
  })
