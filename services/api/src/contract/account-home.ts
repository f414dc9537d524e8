import { z } from 'zod'
import type { Contract } from './contract.ts'
import { isoTime } from './schemas/primitives.ts'

const csrf = z.string().min(1).max(100)
const idpId = z.string().regex(/^[a-z0-9-]{1,40}$/)
const page = (words: string) => ({ status: 200, words, page: true }) as const
const form = { tag: 'identity', form: true, errors: ['gone', 'conflict', 'not-found'] } as const
const again = page('The page again, with what came of it; or on to signing in.')

const identity = z
  .object({ identityId: z.string(), provider: z.string(), createdAt: isoTime })
  .meta({ id: 'LinkedIdentity', description: 'An account elsewhere that signs in here.' })

/** The page of one's own account: it knows its visitor by the browser session of signing in, and every form by its mark. */
export const accountHomeContracts = {
  showAccount: {
    summary: 'Page: my account',
    description: 'Ways to sign in, devices, language, my data. Who is not signed in is led to signing in first.',
    tag: 'identity',
    query: z.looseObject({}),
    answer: page('A page with a form for each thing that can be done.'),
    errors: [],
  },
  linkWalletOnPage: {
    ...form,
    summary: 'Page: a wallet was added',
    body: z.strictObject({ csrf, message: z.string().max(4096), signature: z.string().max(8400) }),
    answer: again,
  },
  createPasskeyOnPage: {
    ...form,
    summary: 'Get a challenge to add a passkey, from the account page',
    body: z.strictObject({ csrf }),
    answer: {
      status: 201,
      words: 'Options for navigator.credentials.create.',
      schema: z.record(z.string(), z.unknown()),
    },
  },
  addPasskeyOnPage: {
    ...form,
    summary: 'Page: a passkey was added',
    body: z.strictObject({ csrf, name: z.string().trim().min(1).max(80), response: z.string().max(20_000) }),
    answer: again,
  },
  addEmailOnPage: {
    ...form,
    summary: 'Page: an address was added; a letter is on its way',
    body: z.strictObject({ csrf, email: z.string().max(254), password: z.string().max(256) }),
    answer: again,
  },
  changePasswordOnPage: {
    ...form,
    summary: 'Page: the password was changed',
    body: z.strictObject({ csrf, current: z.string().max(256), password: z.string().max(256) }),
    answer: again,
  },
  linkIdpOnPage: {
    ...form,
    summary: 'Page: on to another identity provider, to add the account there',
    params: z.strictObject({ idpId }),
    body: z.strictObject({ csrf }),
    answer: page('Leads to the provider.'),
  },
  finishLinkIdp: {
    tag: 'identity',
    errors: ['gone', 'conflict', 'not-found'],
    summary: 'Page: back from the provider whose account is added',
    params: z.strictObject({ idpId }),
    query: z.looseObject({ state: z.string().min(1).max(500) }),
    answer: again,
  },
  removeOnPage: {
    ...form,
    summary: 'Page: a way to sign in was removed, or a device signed out',
    body: z.strictObject({
      csrf,
      kind: z.enum(['wallet', 'passkey', 'email', 'identity', 'login']),
      id: z.string().min(1).max(1_400),
    }),
    answer: again,
  },
  signOutEverywhere: {
    ...form,
    summary: 'Page: signed out on every device',
    body: z.strictObject({ csrf }),
    answer: again,
  },
  chooseLanguage: {
    ...form,
    summary: 'Page: another language for pages and letters',
    body: z.strictObject({ csrf, language: z.enum(['en', 'fr', '']) }),
    answer: again,
  },
  exportOnPage: {
    ...form,
    summary: 'Everything this node knows of me, from the account page',
    body: z.strictObject({ csrf }),
    answer: { status: 200, words: 'A JSON document.', schema: z.record(z.string(), z.unknown()) },
  },
  eraseOnPage: {
    ...form,
    summary: 'Page: the account was erased',
    body: z.strictObject({ csrf, sure: z.string().max(10) }),
    answer: again,
  },

  listIdentities: {
    summary: 'List the accounts elsewhere that sign me in here',
    description: 'One is added on the page /auth/account, because that needs the browser.',
    tag: 'identity',
    answer: { status: 200, words: 'All of them.', schema: z.object({ items: z.array(identity) }) },
    errors: [],
  },
  removeIdentity: {
    summary: 'Stop an account elsewhere from signing me in here',
    description: 'Not the last way to sign in.',
    tag: 'identity',
    params: z.strictObject({ identityId: z.string().regex(/^[a-z0-9-]{1,40}\.[A-Za-z0-9_-]{43}$/) }),
    answer: { status: 204, words: 'It can no longer sign in here.' },
    errors: ['not-found', 'conflict'],
  },
} as const satisfies Record<string, Contract>
