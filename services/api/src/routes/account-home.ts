import { createHmac } from 'node:crypto'
import { type Address, type Clock, type Hex, isWerenodeError, WerenodeError } from '@werenode/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { createPersonalData } from '../account/personal-data.ts'
import type { AuthServer, BrowserSession } from '../auth/server.ts'
import type { Onward, Page } from '../contract/contract.ts'
import { email as emailSchema } from '../contract/identity.ts'
import type { Handlers } from '../http/handler.ts'
import type { RateLimiter } from '../http/rate-limit.ts'
import type { Audit } from '../identity/audit.ts'
import type { EmailAccounts } from '../identity/email.ts'
import type { IdentityProviders } from '../identity/identity-providers.ts'
import type { Logins } from '../identity/logins.ts'
import type { Passkeys } from '../identity/passkeys.ts'
import type { Siwe } from '../identity/siwe.ts'
import { sameHash } from '../identity/token.ts'
import type { Wallets } from '../identity/wallets.ts'
import { type AccountView, accountHomePages } from '../pages/account-home.ts'
import { chosenLanguage, languageCookie } from '../pages/chosen-language.ts'
import { localeOf } from '../pages/page-words.ts'

export interface AccountHomeDeps {
  readonly auth: AuthServer
  readonly clock: Clock
  readonly origin: string
  readonly audit: Audit
  readonly siwe: Siwe
  readonly passkeys: Passkeys
  readonly emails: EmailAccounts
  readonly wallets: Wallets
  readonly logins: Logins
  readonly identityProviders: IdentityProviders
  readonly rateLimiter: RateLimiter
  readonly personal: ReturnType<typeof createPersonalData>
}

type Operations =
  | 'showAccount'
  | 'linkWalletOnPage'
  | 'createPasskeyOnPage'
  | 'addPasskeyOnPage'
  | 'addEmailOnPage'
  | 'changePasswordOnPage'
  | 'linkIdpOnPage'
  | 'finishLinkIdp'
  | 'removeOnPage'
  | 'signOutEverywhere'
  | 'chooseLanguage'
  | 'exportOnPage'
  | 'eraseOnPage'

interface Visit {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}
type Told = NonNullable<AccountView['told']>['word']

/** What changes who may come in, or gives everything away, is done by somebody who signed in a moment ago. */
const freshMs = 15 * 60_000

/** The page of one's own account. Its visitor is whoever signed in in this browser; an access token opens it to nobody. */
export const accountHomeRoutes = (deps: AccountHomeDeps): Pick<Handlers, Operations> => {
  const { auth, emails, identityProviders, logins, passkeys, siwe, wallets, personal } = deps
  const csrfOf = (uid: string): string =>
    createHmac('sha256', auth.cookieKeys[0]!).update(`account ${uid}`).digest('base64url')
  const pagesFor = ({ headers }: FastifyRequest) => accountHomePages(headers['accept-language'])

  const toSignIn = (anew: boolean): Onward => ({
    location: `/auth/authorize?${new URLSearchParams({
      client_id: 'account',
      response_type: 'none',
      redirect_uri: `${deps.origin}/auth/account`,
      scope: 'openid',
      ...(anew ? { prompt: 'login' } : {}),
    })}`,
  })
  const isFresh = ({ signedInAt }: BrowserSession): boolean => deps.clock().getTime() - signedInAt.getTime() < freshMs
  const mustBeOurForm = ({ request }: Visit, { uid }: BrowserSession, csrf: string): void => {
    const site = request.headers['sec-fetch-site']
    if (sameHash(csrf, csrfOf(uid)) && (site === undefined || site === 'same-origin')) return
    throw new WerenodeError('not-allowed', 'This form was not written by this page', {
      hint: 'Open /auth/account and try again.',
    })
  }

  const homePage = async (
    { request }: Visit,
    { accountId, uid, signedInAt }: BrowserSession,
    told?: { word: Told; status?: number },
  ): Promise<Page> => {
    const nameOf = new Map(identityProviders.all.map(({ id, name }) => [id, name]))
    const html = pagesFor(request).home({
      csrf: csrfOf(uid),
      signedInAt,
      wallets: await wallets.of(accountId),
      passkeys: (await passkeys.list(accountId)).map(({ _id, name }) => ({ id: _id, name })),
      emails: (await emails.emailsOf(accountId)).map(({ _id, verifiedAt }) => ({
        email: _id,
        verified: verifiedAt !== undefined,
      })),
      hasPassword: await emails.hasPassword(accountId),
      identities: (await identityProviders.list(accountId)).map(({ _id, providerId, createdAt }) => ({
        id: _id,
        provider: nameOf.get(providerId) ?? providerId,
        since: createdAt,
      })),
      identityProviders: identityProviders.all,
      logins: (await logins.list(accountId)).map(({ _id, device, createdAt }) => ({
        id: _id,
        device,
        since: createdAt,
      })),
      language: chosenLanguage(request.headers.cookie) ?? '',
      ...(told ? { told: { word: told.word, isProblem: told.status !== undefined } } : {}),
    })
    return { html, policy: { script: true }, ...(told?.status === undefined ? {} : { status: told.status }) }
  }

  /** A form of the page: signed in, ours, and fresh where it must be; a refusal is the page again with a word. */
  const act = async (
    visit: Visit,
    csrf: string,
    work: (session: BrowserSession) => Promise<Told | Page | Onward>,
    { fresh = true, conflict = 'account.problem.only' as Told } = {},
  ): Promise<Page | Onward> => {
    const session = await auth.browserOf(visit.request, visit.reply)
    if (!session) return toSignIn(false)
    mustBeOurForm(visit, session, csrf)
    if (fresh && !isFresh(session)) return toSignIn(true)
    return orWord(visit, session, () => work(session), conflict)
  }
  const orWord = async (
    visit: Visit,
    session: BrowserSession,
    work: () => Promise<Told | Page | Onward>,
    conflict: Told,
  ): Promise<Page | Onward> => {
    try {
      const done = await work()
      return typeof done === 'string' ? await homePage(visit, session, { word: done }) : done
    } catch (error) {
      if (!isWerenodeError(error)) throw error
      const word = error.code === 'conflict' ? conflict : problems[error.code]
      if (word === undefined) throw error
      const status = { 'rate-limited': 429, conflict: 409, gone: 410, 'not-found': 404 }[error.code as string] ?? 400
      return homePage(visit, session, { word, status })
    }
  }
  const principalOf = async ({ accountId }: BrowserSession) => {
    const [address] = await wallets.of(accountId)
    return { accountId, scopes: [], ...(address === undefined ? {} : { address }) }
  }
  /** For what answers no page: refuses in problem details instead of leading on. */
  const mustBeHere = async (visit: Visit, csrf: string): Promise<BrowserSession> => {
    const session = await auth.browserOf(visit.request, visit.reply)
    if (!session || !isFresh(session))
      throw new WerenodeError('not-authenticated', 'This needs a person who signed in a moment ago', {
        hint: 'Open /auth/account and sign in.',
      })
    mustBeOurForm(visit, session, csrf)
    return session
  }

  const removals: Readonly<Record<string, (accountId: string, id: string) => Promise<void>>> = {
    wallet: async (accountId, address) => {
      await wallets.unlink(accountId, address as Address)
      await logins.revokeAll(accountId, address as Address)
    },
    passkey: (accountId, id) => passkeys.remove(accountId, id),
    email: (accountId, email) => emails.remove(accountId, email),
    identity: (accountId, id) => identityProviders.unlink(accountId, id),
    login: (accountId, id) => logins.revoke(accountId, id),
  }

  return {
    showAccount: async ({ request, reply, query }) => {
      const session = await auth.browserOf(request, reply)
      if (session) return homePage({ request, reply }, session)
      // Whoever turned back from signing in is not sent there again.
      if ('error' in query) return { html: pagesFor(request).left('account.signedOut') }
      return toSignIn(false)
    },

    linkWalletOnPage: async ({ body: { csrf, message, signature }, request, reply }) =>
      act(
        { request, reply },
        csrf,
        async ({ accountId }) => {
          if (!/^0x([0-9a-fA-F]{2}){64,4096}$/.test(signature))
            throw new WerenodeError('signature-invalid', 'This is no signature')
          await siwe.link(accountId, { message, signature: signature.toLowerCase() as Hex })
          return 'account.done.added'
        },
        { conflict: 'account.problem.taken' },
      ),

    createPasskeyOnPage: async ({ body: { csrf }, request, reply }) => {
      const { accountId } = await mustBeHere({ request, reply }, csrf)
      return { ...(await passkeys.registration(accountId)) }
    },

    addPasskeyOnPage: async ({ body: { csrf, name, response }, request, reply }) =>
      act({ request, reply }, csrf, async ({ accountId }) => {
        await passkeys.register(accountId, { name, response: parsed(response) })
        return 'account.done.added'
      }),

    addEmailOnPage: async ({ body: { csrf, email, password }, request, reply }) =>
      act(
        { request, reply },
        csrf,
        async ({ accountId }) => {
          deps.rateLimiter.take('password', `account ${accountId}`)
          const address = emailSchema.safeParse(email.trim())
          if (!address.success) throw new WerenodeError('invalid-input', 'This is not an e-mail address')
          const locale = localeOf(request.headers['accept-language'])
          await emails.add({ accountId, email: address.data, password, locale })
          return 'account.done.letter'
        },
        { conflict: 'account.problem.refused' },
      ),

    changePasswordOnPage: async ({ body: { csrf, current, password }, request, reply }) =>
      act(
        { request, reply },
        csrf,
        async ({ accountId }) => {
          deps.rateLimiter.take('password', `account ${accountId}`)
          await emails.changePassword({ accountId, current, password })
          return { html: pagesFor(request).left('account.changed') }
        },
        // The password now is asked for by the form itself.
        { fresh: false, conflict: 'account.problem.refused' },
      ),

    linkIdpOnPage: async ({ params: { idpId }, body: { csrf }, request, reply }) =>
      act({ request, reply }, csrf, async ({ uid, accountId }) => ({
        location: await identityProviders.begin(idpId, uid, accountId),
      })),

    finishLinkIdp: async ({ params: { idpId }, request, reply }) => {
      const visit = { request, reply }
      const session = await auth.browserOf(request, reply)
      if (!session) return toSignIn(false)
      const work = async (): Promise<Told> => {
        await identityProviders.link(idpId, session, new URL(request.url, 'http://x').searchParams)
        return 'account.done.added'
      }
      return orWord(visit, session, work, 'account.problem.taken')
    },

    removeOnPage: async ({ body: { csrf, kind, id }, request, reply }) =>
      act(
        { request, reply },
        csrf,
        async ({ accountId }) => {
          await removals[kind]!(accountId, id)
          return kind === 'login' ? 'account.done.ended' : 'account.done.removed'
        },
        { fresh: kind !== 'login' },
      ),

    signOutEverywhere: async ({ body: { csrf }, request, reply }) =>
      act(
        { request, reply },
        csrf,
        async ({ accountId }) => {
          await logins.revokeAll(accountId)
          return { html: pagesFor(request).left('account.signedOut') }
        },
        { fresh: false },
      ),

    chooseLanguage: async ({ body: { csrf, language }, request, reply }) =>
      act(
        { request, reply },
        csrf,
        async ({ accountId }) => {
          reply.header('set-cookie', languageCookie(language, deps.origin.startsWith('https:')))
          if (language !== '') await emails.speak(accountId, language)
          return { location: '/auth/account' }
        },
        { fresh: false },
      ),

    exportOnPage: async ({ body: { csrf }, request, reply }) => {
      const { accountId } = await mustBeHere({ request, reply }, csrf)
      reply.header('content-disposition', 'attachment; filename="my-data.json"')
      return personal.export(accountId)
    },

    eraseOnPage: async ({ body: { csrf, sure }, request, reply }) =>
      act(
        { request, reply },
        csrf,
        async (session) => {
          if (sure !== 'DELETE') throw new WerenodeError('invalid-input', 'The word to confirm is missing')
          const principal = await principalOf(session)
          await personal.erase(
            principal,
            deps.audit.note({ principal, act: 'eraseAccount', subject: principal.accountId }),
          )
          return { html: pagesFor(request).left('account.erased') }
        },
        { conflict: 'account.problem.busy' },
      ),
  }
}

const problems: Readonly<Record<string, Told>> = {
  'not-authenticated': 'account.problem.refused',
  'signature-invalid': 'account.problem.refused',
  'invalid-input': 'account.problem.refused',
  'not-found': 'account.problem.refused',
  'rate-limited': 'account.problem.tooOften',
  gone: 'account.problem.gone',
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // What is no JSON is no answer of an authenticator; that is said where answers are checked.
    return undefined
  }
}
