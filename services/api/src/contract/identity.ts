import { z } from 'zod'
import type { Contract } from './contract.ts'
import { address, isoTime, party, signature } from './schemas/primitives.ts'

const token = (prefix: string, words: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[A-Za-z0-9_-]{22}_[A-Za-z0-9_-]{43}$`))
    .meta({ description: words })

/** What signing in gives: both tokens are shown once and kept here as hashes. */
export const login = z
  .object({
    accessToken: token('wna', 'Bearer token of the Authorization header.'),
    accessExpiresAt: isoTime,
    refreshToken: token('wnr', 'Gives new tokens once; using it twice ends the login.'),
    refreshExpiresAt: isoTime,
    loginId: z.string(),
    accountId: z.string(),
    address: z.exactOptional(address),
    scopes: z.array(z.string()),
  })
  .meta({ id: 'Login', description: 'A signed-in device.' })

export const email = z
  .string()
  .max(254)
  .regex(/^[^\s@<>"(),:;\\[\]]{1,64}@[^\s@<>"(),:;\\[\]]+\.[^\s@<>"(),:;\\[\].]{2,}$/, {
    error: 'is not an e-mail address',
  })
const password = z.string().min(1).max(256)
const locale = z.enum(['en', 'fr']).default('en').meta({ description: 'Language of the letter.' })
const mailToken = z.string().min(1).max(200).meta({ description: 'From the link in the letter.' })

export const identityContracts = {
  createSiweNonce: {
    summary: 'Get a nonce to sign in with',
    description: 'Good for one sign-in within ten minutes.',
    tag: 'identity',
    answer: {
      status: 201,
      words: 'The nonce, and the values the EIP-4361 message must carry.',
      schema: z
        .object({ nonce: z.string(), expiresAt: isoTime, domain: z.string(), uri: z.string(), chainId: z.int() })
        .meta({ id: 'SiweNonce' }),
    },
    errors: [],
  },
  signInWithWallet: {
    summary: 'Sign in with a wallet (EIP-4361)',
    description: 'Externally owned accounts and contract wallets (EIP-1271, EIP-6492).',
    tag: 'identity',
    body: z.strictObject({ message: z.string().min(1).max(4096), signature }),
    answer: { status: 201, words: 'Signed in.', schema: login },
    errors: ['signature-invalid', 'chain-unavailable'],
  },
  signUpByEmail: {
    summary: 'Sign up with e-mail and password',
    description: 'The answer is the same whether the address is known or not; the letter tells its owner which.',
    tag: 'identity',
    body: z.strictObject({ email, password, locale }),
    answer: { status: 204, words: 'A letter is on its way.' },
    errors: [],
  },
  verifyEmail: {
    summary: 'Confirm an address with the link from the letter',
    tag: 'identity',
    body: z.strictObject({ token: mailToken }),
    answer: { status: 201, words: 'Confirmed and signed in.', schema: login },
    errors: ['gone', 'conflict'],
  },
  signInByEmail: {
    summary: 'Sign in with e-mail and password',
    tag: 'identity',
    body: z.strictObject({ email, password }),
    answer: { status: 201, words: 'Signed in.', schema: login },
    errors: [],
  },
  forgotPassword: {
    summary: 'Ask for a letter to choose a new password',
    tag: 'identity',
    body: z.strictObject({ email, locale }),
    answer: { status: 204, words: 'If the address is known, a letter is on its way.' },
    errors: [],
  },
  resetPassword: {
    summary: 'Choose a new password with the link from the letter',
    description: 'Signs every device out, and this one in.',
    tag: 'identity',
    body: z.strictObject({ token: mailToken, password }),
    answer: { status: 201, words: 'Changed and signed in.', schema: login },
    errors: ['gone', 'conflict'],
  },
  showVerifyEmail: {
    summary: 'Page: confirm an address',
    tag: 'identity',
    query: z.strictObject({ token: mailToken }),
    answer: { status: 200, words: 'A page with one button, so that mail scanners confirm nothing.', page: true },
    errors: [],
  },
  submitVerifyEmail: {
    summary: 'Page: the address was confirmed',
    tag: 'identity',
    form: true,
    body: z.strictObject({ token: mailToken }),
    answer: { status: 200, words: 'A page.', page: true },
    errors: ['gone', 'conflict'],
  },
  showResetPassword: {
    summary: 'Page: choose a new password',
    tag: 'identity',
    query: z.strictObject({ token: mailToken }),
    answer: { status: 200, words: 'A page with a form.', page: true },
    errors: [],
  },
  submitResetPassword: {
    summary: 'Page: the password was changed',
    tag: 'identity',
    form: true,
    body: z.strictObject({ token: mailToken, password: z.string().max(256) }),
    answer: { status: 200, words: 'A page.', page: true },
    errors: ['gone', 'conflict'],
  },
  linkWallet: {
    summary: 'Add a wallet to my account (EIP-4361)',
    tag: 'identity',
    body: z.strictObject({ message: z.string().min(1).max(4096), signature }),
    answer: { status: 201, words: 'Linked.', schema: z.object({ address }) },
    errors: ['signature-invalid', 'conflict', 'chain-unavailable'],
  },
  unlinkWallet: {
    summary: 'Take a wallet off my account',
    description: 'Not the last way to sign in.',
    tag: 'identity',
    params: z.strictObject({ address }),
    answer: { status: 204, words: 'It can no longer sign in here.' },
    errors: ['not-found', 'conflict'],
  },
  refreshLogin: {
    summary: 'Exchange a refresh token for new tokens',
    description:
      'Tokens rotate. A refresh token that was used before ends its login, because somebody else may hold it.',
    tag: 'identity',
    body: z.strictObject({ refreshToken: z.string().min(1).max(200) }),
    answer: { status: 200, words: 'New tokens.', schema: login },
    errors: [],
  },
  signOut: {
    summary: 'End this login',
    tag: 'identity',
    answer: { status: 204, words: 'Both tokens of this login are void.' },
    errors: [],
  },
  getAccount: {
    summary: 'Who am I',
    tag: 'identity',
    answer: {
      status: 200,
      words: 'The account behind the access token.',
      schema: z
        .object({
          accountId: z.string(),
          address: z.exactOptional(address),
          party: z.exactOptional(party),
          scopes: z.array(z.string()),
          wallets: z.array(address),
          emails: z.array(z.object({ email: z.string(), verified: z.boolean() })),
          parties: z
            .array(z.object({ party, name: z.string(), scopes: z.array(z.string()) }).meta({ id: 'PartyOfAccount' }))
            .describe('Parties this account works for, and what it may do there.'),
        })
        .meta({ id: 'Account' }),
    },
    errors: [],
  },
  listLogins: {
    summary: 'List my signed-in devices',
    tag: 'identity',
    answer: {
      status: 200,
      words: 'Logins that are still good, newest first.',
      schema: z.object({
        items: z.array(
          z
            .object({
              loginId: z.string(),
              createdAt: isoTime,
              refreshedAt: isoTime,
              expiresAt: isoTime,
              device: z.exactOptional(z.string()),
              current: z.boolean(),
            })
            .meta({ id: 'LoginInfo' }),
        ),
      }),
    },
    errors: [],
  },
  actForParty: {
    summary: 'Choose the party this login acts for',
    description: 'Its rights join those of the driver until the login chooses another, or none (`null`).',
    tag: 'identity',
    body: z.strictObject({ party: party.nullable() }),
    answer: { status: 204, words: 'Chosen.' },
    errors: ['not-found'],
  },
  revokeLogin: {
    summary: 'Sign a device out',
    tag: 'identity',
    params: z.strictObject({ loginId: z.string().min(1).max(64) }),
    answer: { status: 204, words: 'That login is void.' },
    errors: ['not-found'],
  },
} as const satisfies Record<string, Contract>
