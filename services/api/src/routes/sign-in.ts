import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Clock, type Hex, isWerenodeError, WerenodeError } from '@werenode/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { errors, type InteractionResults } from 'oidc-provider'
import type { AuthServer } from '../auth/server.ts'
import type { Onward, Page } from '../contract/contract.ts'
import { email as emailSchema } from '../contract/identity.ts'
import type { Handlers } from '../http/handler.ts'
import type { RateLimiter } from '../http/rate-limit.ts'
import { type EmailAccounts, emailKey } from '../identity/email.ts'
import type { IdentityProviders } from '../identity/identity-providers.ts'
import type { Passkeys } from '../identity/passkeys.ts'
import type { Siwe } from '../identity/siwe.ts'
import { sameHash } from '../identity/token.ts'
import { placeOf } from '../pages/layout.ts'
import { localeOf } from '../pages/page-words.ts'
import { type SignInView, signInPages } from '../pages/sign-in-pages.ts'

type Operations =
  | 'showSignIn'
  | 'signInOnPageByPassword'
  | 'signInOnPageByWallet'
  | 'signInOnPageByPasskey'
  | 'signInOnPageByIdp'
  | 'returnFromIdp'
  | 'finishIdp'
  | 'consentOnPage'
  | 'abortSignIn'
  | 'getSignInScript'
  | 'showSignUp'
  | 'submitSignUp'
  | 'showForgot'
  | 'submitForgot'

const script = readFileSync(new URL('../pages/sign-in.client.js', import.meta.url), 'utf8')

interface Visit {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly uid: string
}
type Interaction = Awaited<ReturnType<ReturnType<AuthServer['provider']>['interactionDetails']>>

/**
 * The pages between an app's request and its answer. Each step belongs to one sign-in of one browser: its cookie, its uid in the path and
 * the form's own mark must agree.
 */
export const signInRoutes = (deps: {
  auth: AuthServer
  clock: Clock
  emails: EmailAccounts
  siwe: Siwe
  passkeys: Passkeys
  identityProviders: IdentityProviders
  rateLimiter: RateLimiter
}): Pick<Handlers, Operations> => {
  const { auth, emails, siwe, passkeys, identityProviders, rateLimiter } = deps
  const csrfOf = (uid: string): string =>
    createHmac('sha256', auth.cookieKeys[0]!).update(`form ${uid}`).digest('base64url')
  const pagesFor = ({ headers }: FastifyRequest) => signInPages(headers['accept-language'])

  /** The sign-in of this browser, or a page that says it is over. */
  const within = async (
    visit: Visit,
    work: (interaction: Interaction) => Promise<Page | Onward>,
  ): Promise<Page | Onward> => {
    try {
      const interaction = await auth.provider().interactionDetails(visit.request.raw, visit.reply.raw)
      if (interaction.uid === visit.uid) return await work(interaction)
    } catch (error) {
      if (!(error instanceof errors.SessionNotFound)) throw error
    }
    return { status: 410, html: pagesFor(visit.request).tooOld() }
  }
  const appOf = async (interaction: Interaction): Promise<string> => {
    const clientId = String(interaction.params.client_id)
    const client = await auth.provider().Client.find(clientId)
    return client?.clientName ?? clientId
  }
  /** The form's way back leads to the app: the policy of the page must let it. */
  const policyOf = (interaction: Interaction) => {
    const place = placeOf(String(interaction.params.redirect_uri ?? ''))
    return { script: true, formAction: place === undefined ? [] : [place] }
  }
  const signInPage = async (
    visit: Visit,
    interaction: Interaction,
    again: { status?: number } & Pick<SignInView, 'email' | 'problem'> = {},
  ): Promise<Page> => {
    const { status, ...view } = again
    const html = pagesFor(visit.request).signIn({
      uid: visit.uid,
      csrf: csrfOf(visit.uid),
      app: await appOf(interaction),
      identityProviders: identityProviders.all,
      ...view,
    })
    return { ...(status === undefined ? {} : { status }), html, policy: policyOf(interaction) }
  }
  const onward = async ({ request, reply }: Visit, result: InteractionResults): Promise<Onward> => ({
    location: await auth
      .provider()
      .interactionResult(request.raw, reply.raw, result, { mergeWithLastSubmission: true }),
  })
  const mustBeOurForm = ({ request, uid }: Visit, csrf: string): void => {
    const site = request.headers['sec-fetch-site']
    if (sameHash(csrf, csrfOf(uid)) && (site === undefined || site === 'same-origin')) return
    throw new WerenodeError('not-allowed', 'This form was not written by this page', {
      hint: 'Go back to the app and begin again.',
    })
  }
  /** Somebody proved who they are: back to the app. Otherwise the page again, with a word why. */
  const signedIn = (visit: Visit, amr: string, prove: () => Promise<{ accountId: string }>, email?: string) =>
    within(visit, async (interaction) => {
      if (interaction.prompt.name !== 'login') return { location: `/auth/interaction/${visit.uid}` }
      try {
        const { accountId } = await prove()
        const ts = Math.floor(deps.clock().getTime() / 1000)
        return await onward(visit, { login: { accountId, amr: [amr], remember: true, ts } })
      } catch (error) {
        if (!isWerenodeError(error) || !refusals.has(error.code)) throw error
        const tooOften = error.code === 'rate-limited'
        return signInPage(visit, interaction, {
          status: tooOften ? 429 : 401,
          problem: tooOften ? 'tooOften' : 'refused',
          ...(email === undefined ? {} : { email }),
        })
      }
    })

  return {
    showSignIn: async ({ params: { uid }, request, reply }) => {
      const visit = { request, reply, uid }
      return within(visit, async (interaction) => {
        if (interaction.prompt.name === 'login') return signInPage(visit, interaction)
        const html = pagesFor(request).consent({
          uid,
          csrf: csrfOf(uid),
          app: await appOf(interaction),
          scopes: String(interaction.params.scope ?? '')
            .split(' ')
            .filter(Boolean),
        })
        return { html, policy: policyOf(interaction) }
      })
    },

    signInOnPageByPassword: async ({ params: { uid }, body, request, reply }) => {
      const visit = { request, reply, uid }
      mustBeOurForm(visit, body.csrf)
      return signedIn(
        visit,
        'pwd',
        async () => {
          rateLimiter.take('password', `email ${emailKey(body.email)}`)
          return emails.signIn(body)
        },
        body.email,
      )
    },

    signInOnPageByWallet: async ({ params: { uid }, body: { csrf, message, signature }, request, reply }) => {
      const visit = { request, reply, uid }
      mustBeOurForm(visit, csrf)
      return signedIn(visit, 'wallet', async () => {
        if (!/^0x([0-9a-fA-F]{2}){64,4096}$/.test(signature))
          throw new WerenodeError('signature-invalid', 'This is no signature')
        return siwe.identify({ message, signature: signature.toLowerCase() as Hex })
      })
    },

    signInOnPageByPasskey: async ({ params: { uid }, body: { csrf, response }, request, reply }) => {
      const visit = { request, reply, uid }
      mustBeOurForm(visit, csrf)
      return signedIn(visit, 'passkey', () => passkeys.signIn(parsed(response)))
    },

    signInOnPageByIdp: async ({ params: { uid, idpId }, body: { csrf }, request, reply }) => {
      const visit = { request, reply, uid }
      mustBeOurForm(visit, csrf)
      return within(visit, async () => ({ location: await identityProviders.begin(idpId, uid) }))
    },

    returnFromIdp: async ({ params: { idpId }, query, request }) => {
      const { uid, isLink } = await identityProviders.visitOf(idpId, query.state)
      // On to where the browser sends the cookie of its sign-in, or of its session.
      const place = isLink ? '/auth/account' : `/auth/interaction/${uid}`
      return { location: `${place}/idp/${idpId}?${new URL(request.url, 'http://x').searchParams}` }
    },

    finishIdp: async ({ params: { uid, idpId }, request, reply }) =>
      signedIn({ request, reply, uid }, 'idp', () =>
        identityProviders.finish(idpId, uid, new URL(request.url, 'http://x').searchParams),
      ),

    consentOnPage: async ({ params: { uid }, body: { csrf }, request, reply }) => {
      const visit = { request, reply, uid }
      mustBeOurForm(visit, csrf)
      return within(visit, async (interaction) => {
        const { prompt, params, session } = interaction
        if (prompt.name !== 'consent' || session?.accountId === undefined)
          return { location: `/auth/interaction/${uid}` }
        const { Grant } = auth.provider()
        const before = interaction.grantId === undefined ? undefined : await Grant.find(interaction.grantId)
        const grant = before ?? new Grant({ accountId: session.accountId, clientId: String(params.client_id) })
        const { missingOIDCScope, missingResourceScopes } = prompt.details as {
          missingOIDCScope?: readonly string[]
          missingResourceScopes?: Readonly<Record<string, readonly string[]>>
        }
        if (missingOIDCScope) grant.addOIDCScope(missingOIDCScope.join(' '))
        for (const [resource, scopes] of Object.entries(missingResourceScopes ?? {}))
          grant.addResourceScope(resource, scopes.join(' '))
        return onward(visit, { consent: { grantId: await grant.save() } })
      })
    },

    abortSignIn: async ({ params: { uid }, body: { csrf }, request, reply }) => {
      const visit = { request, reply, uid }
      mustBeOurForm(visit, csrf)
      return within(visit, () => onward(visit, { error: 'access_denied', error_description: 'the person cancelled' }))
    },

    getSignInScript: async () => script,

    showSignUp: async ({ request }) => ({ html: pagesFor(request).askSignUp() }),
    submitSignUp: async ({ body: { email, password }, request }) => {
      try {
        await emails.signUp({
          email: emailOrRefuse(email),
          password,
          locale: localeOf(request.headers['accept-language']),
        })
        return { html: pagesFor(request).signedUp() }
      } catch (error) {
        if (!isWerenodeError(error) || error.code !== 'invalid-input') throw error
        return { status: 400, html: pagesFor(request).askSignUp({ email, refused: true }) }
      }
    },
    showForgot: async ({ request }) => ({ html: pagesFor(request).askForgot() }),
    submitForgot: async ({ body: { email }, request }) => {
      rateLimiter.take('password', `email ${emailKey(email)}`)
      await emails.forgot({ email, locale: localeOf(request.headers['accept-language']) })
      return { html: pagesFor(request).forgotten() }
    },
  }
}

/** What a person can do something about. */
const refusals: ReadonlySet<string> = new Set([
  'not-authenticated',
  'signature-invalid',
  'invalid-input',
  'rate-limited',
  'conflict',
  'gone',
  'no-responder',
])

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // What is no JSON is no answer of an authenticator; that is said where answers are checked.
    return undefined
  }
}

const emailOrRefuse = (text: string): string => {
  const { success, data } = emailSchema.safeParse(text.trim())
  if (success) return data
  throw new WerenodeError('invalid-input', 'This is not an e-mail address')
}
