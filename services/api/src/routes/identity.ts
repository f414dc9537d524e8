import { WerenodeError } from '@werenode/core'
import type { Handlers } from '../http/handler.ts'
import type { RateLimiter } from '../http/rate-limit.ts'
import { type EmailAccounts, emailKey } from '../identity/email.ts'
import type { IssueLogin } from '../identity/issue-login.ts'
import type { Logins } from '../identity/logins.ts'
import type { Parties } from '../identity/parties.ts'
import type { Siwe } from '../identity/siwe.ts'
import type { Wallets } from '../identity/wallets.ts'
import { mustBePerson } from './must-be-person.ts'

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
  issue: IssueLogin
  domain: string
  origin: string
  chainId: number
}): Pick<Handlers, Operations> => {
  const { siwe, logins, parties, emails, wallets, rateLimiter, issue, domain, origin, chainId } = deps

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
      const loginId = mustBePerson(request)
      const address = await siwe.link(principal.accountId, body)
      // A login of an account that had no wallet charges with this one from now on.
      if (principal.address === undefined) await logins.chargeWith(loginId, address)
      return { address }
    },

    unlinkWallet: async ({ principal, params: { address } }) => {
      await wallets.unlink(principal.accountId, address)
      await logins.revokeAll(principal.accountId, address)
      return undefined
    },

    refreshLogin: async ({ body }) => logins.refresh(body.refreshToken),

    signOut: async ({ principal, request }) => {
      await logins.revoke(principal.accountId, mustBePerson(request))
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
      const loginId = mustBePerson(request)
      if (party !== null && (await parties.rightsOf(party, principal.accountId)) === undefined)
        throw new WerenodeError('not-found', `You do not work for party ${party}`, {
          hint: 'GET /v1/account lists the parties you work for.',
        })
      await logins.actFor(loginId, party ?? undefined)
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
