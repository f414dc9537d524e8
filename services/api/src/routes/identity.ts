import type { Handlers } from '../http/handler.ts'
import type { Logins } from '../identity/logins.ts'
import type { Siwe } from '../identity/siwe.ts'

type Operations =
  | 'createSiweNonce'
  | 'signInWithWallet'
  | 'refreshLogin'
  | 'signOut'
  | 'getAccount'
  | 'listLogins'
  | 'revokeLogin'

export const identityRoutes = (deps: {
  siwe: Siwe
  logins: Logins
  domain: string
  origin: string
  chainId: number
}): Pick<Handlers, Operations> => {
  const { siwe, logins, domain, origin, chainId } = deps
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
      await logins.revoke(principal.accountId, request.loginId ?? '')
      return undefined
    },

    getAccount: async ({ principal: { accountId, address, party, scopes } }) => ({
      accountId,
      scopes: [...scopes],
      ...(address === undefined ? {} : { address }),
      ...(party === undefined ? {} : { party }),
    }),

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
