import { WerenodeError } from '@werenode/core'
import type { FastifyRequest } from 'fastify'
import type { Handlers } from '../http/handler.ts'
import type { RateLimiter } from '../http/rate-limit.ts'
import { type EmailAccounts, emailKey } from '../identity/email.ts'
import type { Logins } from '../identity/logins.ts'
import type { Parties } from '../identity/parties.ts'
import { driverScopes, type Siwe } from '../identity/siwe.ts'
import type { Wallets } from '../identity/wallets.ts'

type Operations =
  | 'createSiweNonce'
  | 'signInWithWallet'
  | 'refreshLogin'
  | 'signOut'
  | 'getAccount'
  | 'listLogins'
  | 'revokeLogin'
  | 'actForParty'
  | 'signUpByEmail'
  | 'verifyEmail'
  | 'signInByEmail'
  | 'forgotPassword'
  | 'resetPassword'
  | 'linkWallet'
  | 'unlinkWallet'

export const identityRoutes = (deps: {
  siwe: Siwe
  logins: Logins
  parties: Parties
  emails: EmailAccounts
  wallets: Wallets
  rateLimiter: RateLimiter
  domain: string
  origin: string
  chainId: number
}): Pick<Handlers, Operations> => {
  const { siwe, logins, parties, emails, wallets, rateLimiter, domain, origin, chainId } = deps

  /** A login for an account that has just proved itself; it charges with the account's first wallet, if there is one. */
  const issue = async ({ accountId }: { accountId: string }, request: FastifyRequest) => {
    const [address] = await wallets.of(accountId)
    const device = request.headers['user-agent']?.slice(0, 200)
    const login = await logins.open({
      accountId,
      scopes: driverScopes,
      ...(address === undefined ? {} : { address }),
      ...(device === undefined ? {} : { device }),
    })
    return login
  }

  return {
    createSiweNonce: async () => ({ ...(await siwe.nonce()), domain, uri: origin, chainId }),

    signInWithWallet: async ({ body, request }) => {
      const device = request.headers['user-agent']
      return siwe.signIn({ ...body, ...(device === undefined ? {} : { device }) })
    },

    signUpByEmail: async ({ body }) => {
      await emails.signUp(body)
      return undefined
    },

    verifyEmail: async ({ body, request }) => issue(await emails.verify(body.token), request),

    signInByEmail: async ({ body, request }) => {
      // By address as well: many computers guessing at one password are one guesser.
      rateLimiter.take('password', `email ${emailKey(body.email)}`)
      return issue(await emails.signIn(body), request)
    },

    forgotPassword: async ({ body }) => {
      rateLimiter.take('password', `email ${emailKey(body.email)}`)
      await emails.forgot(body)
      return undefined
    },

    resetPassword: async ({ body, request }) => issue(await emails.reset(body), request),

    linkWallet: async ({ principal, body, request }) => {
      if (request.loginId === undefined) throw keyHasNoLogin()
      return { address: await siwe.link(principal.accountId, body) }
    },

    unlinkWallet: async ({ principal, params: { address } }) => {
      await wallets.unlink(principal.accountId, address)
      await logins.revokeAll(principal.accountId, address)
      return undefined
    },

    refreshLogin: async ({ body }) => logins.refresh(body.refreshToken),

    signOut: async ({ principal, request }) => {
      if (request.loginId === undefined) throw keyHasNoLogin()
      await logins.revoke(principal.accountId, request.loginId)
      return undefined
    },

    getAccount: async ({ principal: { accountId, address, party, scopes } }) => ({
      accountId,
      scopes: [...scopes],
      wallets: await wallets.of(accountId),
      emails: (await emails.emailsOf(accountId)).map(({ _id, verifiedAt }) => ({
        email: _id,
        verified: verifiedAt !== undefined,
      })),
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
