import { type Principal, WerenodeError } from '@werenode/core'
import type { FastifyRequest } from 'fastify'
import { anonymous } from './anonymous.ts'
import type { Logins } from './logins.ts'

/**
 * Who is asking. Without an Authorization header: nobody in particular. A header that is not good is refused, never taken for nobody:
 * a client whose login ended must learn it.
 */
export const createAuthenticate =
  ({ logins }: { logins: Logins }) =>
  async (request: FastifyRequest): Promise<Principal> => {
    const header = request.headers.authorization
    if (header === undefined) return anonymous
    const match = /^Bearer +([A-Za-z0-9._~+/=-]{1,512})$/i.exec(header)
    if (!match)
      throw new WerenodeError('not-authenticated', 'The Authorization header is not a bearer token', {
        hint: 'Send "Authorization: Bearer <access token>".',
      })
    const login = await logins.ofAccessToken(match[1]!)
    request.loginId = login._id
    return { accountId: login.accountId, address: login.address, scopes: login.scopes }
  }

declare module 'fastify' {
  interface FastifyRequest {
    /** The login behind the access token. */
    loginId?: string
  }
}
