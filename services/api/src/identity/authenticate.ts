import { type Address, type Party, type Principal, type Scope, WerenodeError } from '@werenode/core'
import type { FastifyRequest } from 'fastify'
import type { AuthServer } from '../auth/server.ts'
import { anonymous } from './anonymous.ts'
import type { ApiKeys } from './api-keys.ts'
import type { Logins } from './logins.ts'
import type { Parties } from './parties.ts'
import { driverScopes } from './siwe.ts'

/**
 * Who is asking. Without an Authorization header: nobody in particular. A header that is not good is refused, never taken for nobody:
 * a client whose login ended must learn it.
 */
export const createAuthenticate = ({
  logins,
  parties,
  apiKeys,
  auth,
  admins,
}: {
  logins: Pick<Logins, 'ofAccessToken'>
  /** Knows the access tokens of OAuth. */
  auth: Pick<AuthServer, 'bearerOf'>
  parties: Pick<Parties, 'rightsOf'>
  apiKeys: Pick<ApiKeys, 'principalOf'>
  /** Wallets of those who run this node. */
  admins: readonly Address[]
}) => {
  const isAdmin = new Set(admins.map((address) => address.toLowerCase()))

  /** What a person may do beside a driver's own things. Looked up each time: a right that was taken away is gone at the next request. */
  const rightsOf = async (who: { accountId: string; address: Address | undefined; party: Party | undefined }) => {
    const member = who.party === undefined ? undefined : await parties.rightsOf(who.party, who.accountId)
    const admin = who.address !== undefined && isAdmin.has(who.address)
    const scopes: readonly Scope[] = [...(member ?? []), ...(admin ? (['admin'] as const) : [])]
    return { scopes, isMember: member !== undefined }
  }

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
    const bearer = token.startsWith('wna_') ? undefined : await auth.bearerOf(token)
    if (bearer?.kind === 'system')
      return { accountId: `client_${bearer.clientId}`, party: bearer.party, scopes: bearer.scopes }
    const login = bearer?.login ?? (await logins.ofAccessToken(token))
    request.loginId = login._id
    const { accountId, address, party } = login
    const rights = await rightsOf({ accountId, address, party })
    // An app of OAuth may do what its person may and its token says, no more.
    const scopes = bearer
      ? [...driverScopes, ...rights.scopes].filter((scope) => bearer.scopes.includes(scope))
      : [...login.scopes, ...rights.scopes]
    return {
      accountId,
      scopes,
      ...(address === undefined ? {} : { address }),
      ...(party !== undefined && rights.isMember ? { party } : {}),
    }
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The login behind the access token. */
    loginId?: string
  }
}
