import { type Address, type Principal, type Scope, WerenodeError } from '@werenode/core'
import type { FastifyRequest } from 'fastify'
import { anonymous } from './anonymous.ts'
import type { ApiKeys } from './api-keys.ts'
import type { Logins } from './logins.ts'
import type { Parties } from './parties.ts'

/**
 * Who is asking. Without an Authorization header: nobody in particular. A header that is not good is refused, never taken for nobody:
 * a client whose login ended must learn it.
 */
export const createAuthenticate = ({
  logins,
  parties,
  apiKeys,
  admins,
}: {
  logins: Logins
  parties: Pick<Parties, 'rightsOf'>
  apiKeys: Pick<ApiKeys, 'principalOf'>
  /** Wallets of those who run this node. */
  admins: readonly Address[]
}) => {
  const isAdmin = new Set(admins.map((address) => address.toLowerCase()))

  return async (request: FastifyRequest): Promise<Principal> => {
    const header = request.headers.authorization
    if (header === undefined) return anonymous
    const match = /^Bearer +([A-Za-z0-9._~+/=-]{1,512})$/i.exec(header)
    if (!match)
      throw new WerenodeError('not-authenticated', 'The Authorization header is not a bearer token', {
        hint: 'Send "Authorization: Bearer <access token>".',
      })
    const token = match[1]!
    if (token.startsWith('wnk_')) return apiKeys.principalOf(token)
    const login = await logins.ofAccessToken(token)
    request.loginId = login._id
    const { accountId, address, party } = login
    // Looked up each time: a right that was taken away is gone at the next request.
    const rights = party === undefined ? undefined : await parties.rightsOf(party, accountId)
    const scopes: readonly Scope[] = [
      ...login.scopes,
      ...(rights ?? []),
      ...(address !== undefined && isAdmin.has(address) ? (['admin'] as const) : []),
    ]
    return {
      accountId,
      scopes,
      ...(address === undefined ? {} : { address }),
      ...(party !== undefined && rights ? { party } : {}),
    }
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The login behind the access token. */
    loginId?: string
  }
}
