import { WerenodeError } from '@werenode/core'
import type { Handlers } from '../http/handler.ts'
import type { Logins } from '../identity/logins.ts'
import type { Parties } from '../identity/parties.ts'
import type { Siwe } from '../identity/siwe.ts'

type Operations =
  | 'createSiweNonce'
  | 'signInWithWallet'
  | 'refreshLogin'
  | 'signOut'
  | 'getAccount'
  | 'listLogins'
  | 'revokeLogin'
  | 'actForParty'

export const identityRoutes = (deps: {
  siwe: Siwe
  logins: Logins
  parties: Parties
  domain: string
  origin: string
  chainId: number
}): Pick<Handlers, Operations> => {
  const { siwe, logins, parties, domain, origin, chainId } = deps
  return {
    createSiweNonce: async () => ({ ...(await siwe.nonce()), domain, uri: origin, chainId }),

    signInWithWallet: async ({ body, request }) => {
      const device = request.headers['user-agent']
      const login = await siwe.signIn({ ...body, ...(device === undefined ? {} : { device }) })
      return { ...login, scopes: [...login.scopes] }
    },

    refreshLogin: async ({ body }) => {
      const login = await logins.refresh(body.refreshToken)
      return { ...login, scopes: [...login.scopes] }
    },

    signOut: async ({ principal, request }) => {
      if (request.loginId === undefined) throw keyHasNoLogin()
      await logins.revoke(principal.accountId, request.loginId)
      return undefined
    },

    getAccount: async ({ principal: { accountId, address, party, scopes } }) => ({
      accountId,
      scopes: [...scopes],
      ...(address === undefined ? {} : { address }),
      ...(party === undefined ? {} : { party }),
      parties: (await parties.ofAccount(accountId)).map(({ _id, name, scopes: rights }) => ({
        party: _id,
        name,
        scopes: rights,
      })),
    }),

    actForParty: async ({ principal, body: { party }, request }) => {
      if (request.loginId === undefined) throw keyHasNoLogin()
      if (party !== null && (await parties.rightsOf(party, principal.accountId)) === undefined)
        throw new WerenodeError('not-found', `You do not work for party ${party}`, {
          hint: 'GET /v1/account lists the parties you work for.',
        })
      await logins.actFor(request.loginId, party ?? undefined)
      return undefined
    },

    listLogins: async ({ principal, request }) => ({
      items: (await logins.list(principal.accountId)).map(
        ({ _id, createdAt, refreshedAt, refreshExpiresAt, device }) => ({
          loginId: _id,
          createdAt,
          refreshedAt,
          expiresAt: refreshExpiresAt,
          ...(device === undefined ? {} : { device }),
          current: _id === request.loginId,
        }),
      ),
    }),

    revokeLogin: async ({ principal, params }) => {
      await logins.revoke(principal.accountId, params.loginId)
      return undefined
    },
  }
}

const keyHasNoLogin = (): WerenodeError =>
  new WerenodeError('not-allowed', 'An API key acts for its own party only and is not a login', {
    hint: 'Sign in as a person.',
  })
