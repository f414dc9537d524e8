import { z } from 'zod'
import type { Contract } from './contract.ts'
import { email, login } from './identity.ts'
import { isoTime, party } from './schemas/primitives.ts'

const uid = z
  .string()
  .regex(/^[A-Za-z0-9_-]{10,64}$/)
  .meta({ description: 'The sign-in, as the authorization server named it.' })
const idpId = z.string().regex(/^[a-z0-9-]{1,40}$/)
const csrf = z.string().min(1).max(100)
const page = (words: string) => ({ status: 200, words, page: true }) as const
const step = { tag: 'identity', errors: ['gone', 'conflict', 'not-found'] } as const

/** A browser's answer of WebAuthn, checked by its own rules (identity/passkeys.ts). */
const credential = z
  .record(z.string(), z.unknown())
  .meta({ description: 'PublicKeyCredential.toJSON() of the browser.' })
const passkeyOptions = z
  .record(z.string(), z.unknown())
  .meta({ description: 'For PublicKeyCredential.parseCreationOptionsFromJSON or parseRequestOptionsFromJSON.' })
const passkeyId = z.string().regex(/^[A-Za-z0-9_-]{1,1400}$/)
const passkey = z
  .object({ passkeyId: z.string(), name: z.string(), createdAt: isoTime, usedAt: z.exactOptional(isoTime) })
  .meta({ id: 'Passkey' })

const systemScopes = z.enum(['catalogue:read', 'catalogue:write', 'stations:read', 'stations:write'])
const systemClient = z
  .object({ clientId: z.string(), name: z.string(), scopes: z.array(systemScopes), createdAt: isoTime })
  .meta({ id: 'SystemClient' })
const clientId = z.string().min(1).max(64)

/** Pages of signing in to an app, passkeys, and the clients of parties' systems. */
export const signInContracts = {
  showSignIn: {
    ...step,
    summary: 'Page: sign in, or let an app in',
    params: z.strictObject({ uid }),
    answer: page('A page with a form for each way to sign in.'),
  },
  signInOnPageByPassword: {
    ...step,
    summary: 'Page: signed in with e-mail and password',
    params: z.strictObject({ uid }),
    form: true,
    body: z.strictObject({ csrf, email: z.string().max(254), password: z.string().max(256) }),
    answer: page('Leads on, or the page again with the reason.'),
  },
  signInOnPageByWallet: {
    ...step,
    summary: 'Page: signed in with a wallet',
    params: z.strictObject({ uid }),
    form: true,
    body: z.strictObject({ csrf, message: z.string().max(4096), signature: z.string().max(8400) }),
    answer: page('Leads on, or the page again with the reason.'),
  },
  signInOnPageByPasskey: {
    ...step,
    summary: 'Page: signed in with a passkey',
    params: z.strictObject({ uid }),
    form: true,
    body: z.strictObject({ csrf, response: z.string().max(20_000) }),
    answer: page('Leads on, or the page again with the reason.'),
  },
  signInOnPageByIdp: {
    ...step,
    summary: 'Page: on to another identity provider',
    params: z.strictObject({ uid, idpId }),
    form: true,
    body: z.strictObject({ csrf }),
    answer: page('Leads to the provider.'),
  },
  returnFromIdp: {
    ...step,
    summary: 'Page: back from another identity provider',
    params: z.strictObject({ idpId }),
    query: z.looseObject({ state: z.string().min(1).max(500) }),
    answer: page('Leads to the sign-in this belongs to.'),
  },
  finishIdp: {
    ...step,
    summary: 'Page: signed in by another identity provider',
    params: z.strictObject({ uid, idpId }),
    query: z.looseObject({ state: z.string().min(1).max(500) }),
    answer: page('Leads on, or the page again with the reason.'),
  },
  consentOnPage: {
    ...step,
    summary: 'Page: an app was let in',
    params: z.strictObject({ uid }),
    form: true,
    body: z.strictObject({ csrf }),
    answer: page('Leads back to the app.'),
  },
  abortSignIn: {
    ...step,
    summary: 'Page: the sign-in was cancelled',
    params: z.strictObject({ uid }),
    form: true,
    body: z.strictObject({ csrf }),
    answer: page('Leads back to the app.'),
  },
  getSignInScript: {
    summary: 'The script of the sign-in page',
    tag: 'identity',
    answer: { status: 200, words: 'JavaScript.', text: 'text/javascript', etag: true },
    errors: [],
  },
  showSignUp: { summary: 'Page: make an account', tag: 'identity', answer: page('A page with a form.'), errors: [] },
  submitSignUp: {
    summary: 'Page: a letter is on its way',
    tag: 'identity',
    form: true,
    body: z.strictObject({ email: z.string().max(254), password: z.string().max(256) }),
    answer: page('A page.'),
    errors: [],
  },
  showForgot: {
    summary: 'Page: forgot the password',
    tag: 'identity',
    answer: page('A page with a form.'),
    errors: [],
  },
  submitForgot: {
    summary: 'Page: a letter is on its way, if the address is known',
    tag: 'identity',
    form: true,
    body: z.strictObject({ email: z.string().max(254) }),
    answer: page('A page.'),
    errors: [],
  },

  createPasskeyChallenge: {
    summary: 'Get a challenge to sign in with a passkey',
    description: 'Good once, for five minutes.',
    tag: 'identity',
    answer: { status: 201, words: 'Options for navigator.credentials.get.', schema: passkeyOptions },
    errors: [],
  },
  signInWithPasskey: {
    summary: 'Sign in with a passkey',
    tag: 'identity',
    body: z.strictObject({ response: credential }),
    answer: { status: 201, words: 'Signed in.', schema: login },
    errors: ['conflict'],
  },
  createPasskeyRegistration: {
    summary: 'Get a challenge to add a passkey',
    tag: 'identity',
    answer: { status: 201, words: 'Options for navigator.credentials.create.', schema: passkeyOptions },
    errors: [],
  },
  addPasskey: {
    summary: 'Add a passkey to my account',
    tag: 'identity',
    body: z.strictObject({ name: z.string().trim().min(1).max(80), response: credential }),
    answer: { status: 201, words: 'Added.', schema: passkey },
    errors: ['conflict'],
  },
  listPasskeys: {
    summary: 'List my passkeys',
    tag: 'identity',
    answer: { status: 200, words: 'Oldest first.', schema: z.object({ items: z.array(passkey) }) },
    errors: [],
  },
  removePasskey: {
    summary: 'Remove a passkey',
    description: 'Not the last way to sign in.',
    tag: 'identity',
    params: z.strictObject({ passkeyId }),
    answer: { status: 204, words: 'It can no longer sign in here.' },
    errors: ['not-found', 'conflict'],
  },
  addEmail: {
    summary: 'Add an e-mail address and password to my account',
    description:
      'It signs in once the link in the letter was opened. The answer is the same whether the address is known or not.',
    tag: 'identity',
    body: z.strictObject({ email, password: z.string().min(1).max(256), locale: z.enum(['en', 'fr']).default('en') }),
    answer: { status: 204, words: 'A letter is on its way.' },
    errors: ['conflict'],
  },

  createSystemClient: {
    summary: 'Make an OAuth client for a system of the party',
    description: 'It gets access tokens at POST /auth/token by client credentials. The secret is shown once.',
    tag: 'parties',
    params: z.strictObject({ party }),
    body: z.strictObject({ name: z.string().trim().min(1).max(80), scopes: z.array(systemScopes).min(1).max(4) }),
    answer: {
      status: 201,
      words: 'Made.',
      schema: systemClient.extend({ clientSecret: z.string() }).meta({ id: 'NewSystemClient' }),
    },
    errors: ['not-found'],
  },
  listSystemClients: {
    summary: 'List the OAuth clients of the party',
    tag: 'parties',
    params: z.strictObject({ party }),
    answer: { status: 200, words: 'Newest first; no secrets.', schema: z.object({ items: z.array(systemClient) }) },
    errors: ['not-found'],
  },
  revokeSystemClient: {
    summary: 'Remove an OAuth client; its tokens end with it',
    tag: 'parties',
    params: z.strictObject({ party, clientId }),
    answer: { status: 204, words: 'Removed.' },
    errors: ['not-found'],
  },
} as const satisfies Record<string, Contract>
