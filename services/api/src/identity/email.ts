import { randomBytes } from 'node:crypto'
import {
  type Clock,
  type CollectionSpec,
  type Doc,
  isoTime,
  isWerenodeError,
  type Store,
  type Stored,
  WerenodeError,
  type WriteOp,
} from '@werenode/core'
import type { MailQueue } from '../mail/mail-queue.ts'
import { type Letter, letter } from './mail-words.ts'
import { checkPassword, hashPassword, verifyPassword } from './password.ts'
import { hashSecret } from './token.ts'

/** An e-mail address of an account. `_id` is the address as it is compared. */
export interface EmailDoc extends Doc {
  readonly accountId: string
  readonly createdAt: string
  readonly verifiedAt?: string
  readonly locale: Locale
}

/** `_id` is the account. */
export interface PasswordDoc extends Doc {
  readonly hash: string
  readonly changedAt: string
}

/** A link in a letter. `_id` is the hash of its secret. */
export interface MailTokenDoc extends Doc {
  readonly purpose: 'verify' | 'reset'
  readonly accountId: string
  readonly email: string
  readonly expiresAt: string
  /** An address being added to an account that is there already: nothing is written of it before its owner opens the letter. */
  readonly adds?: { readonly locale: Locale; readonly hash?: string }
}

type Locale = 'en' | 'fr'

export const emailCollections: readonly CollectionSpec[] = [
  { name: 'api_emails', indexes: [{ fields: ['accountId'] }] },
  { name: 'api_passwords' },
  { name: 'api_mail_tokens', indexes: [{ fields: ['accountId'] }, { fields: ['expiresAt'] }] },
]

const verifyMs = 24 * 3_600_000
const resetMs = 3_600_000

/** How addresses are compared: trimmed, in lower case. What stands before the @ is otherwise the mail server's business. */
export const emailKey = (text: string): string => text.trim().normalize('NFC').toLowerCase()

export interface EmailAccounts {
  /** Always says the same to whoever asks; the address itself is told by letter what happened. */
  signUp(input: { email: string; password: string; locale: Locale }): Promise<void>
  /** Adds an address (and a password, when the account has none) to an account; by letter, like signing up. */
  add(input: { accountId: string; email: string; password: string; locale: Locale }): Promise<void>
  /** Good once, for a day. */
  verify(token: string): Promise<{ accountId: string }>
  /** The account behind address and password; throws `not-authenticated` without saying which of both was wrong. */
  signIn(input: { email: string; password: string }): Promise<{ accountId: string }>
  forgot(input: { email: string; locale: Locale }): Promise<void>
  /** Good once, for an hour. Also proves the address. Ends all logins of the account. */
  reset(input: { token: string; password: string }): Promise<{ accountId: string }>
  /** Another password for who knows the one the account has. Ends all logins of the account and tells every address. */
  changePassword(input: { accountId: string; current: string; password: string }): Promise<void>
  /** Takes an address off; throws `conflict` for the last way to sign in. */
  remove(accountId: string, email: string): Promise<void>
  /** The language of letters to this account. */
  speak(accountId: string, locale: Locale): Promise<void>
  emailsOf(accountId: string): Promise<readonly Stored<EmailDoc>[]>
  hasPassword(accountId: string): Promise<boolean>
  sweep(): Promise<void>
}

export const createEmailAccounts = (deps: {
  store: Store
  clock: Clock
  mail: MailQueue
  origin: string
  /** Ends every login of an account, when its password changed. */
  endLogins: (accountId: string) => Promise<void>
  /** Throws `conflict` when this is the last way into the account. */
  mustLeaveAWay: (accountId: string, without: { email: string }) => Promise<void>
}): EmailAccounts => {
  const { store, clock, mail, origin } = deps

  const link = (path: string, token: string): string => `${origin}/auth/${path}?token=${token}`
  const post = (kind: Letter, locale: Locale, email: string, url: string): WriteOp =>
    mail.post(letter(kind, locale, { email, link: url }))

  const newToken = (
    purpose: MailTokenDoc['purpose'],
    accountId: string,
    email: string,
    adds?: MailTokenDoc['adds'],
  ): { token: string; op: WriteOp } => {
    const token = randomBytes(32).toString('base64url')
    const lifeMs = purpose === 'verify' ? verifyMs : resetMs
    const doc: MailTokenDoc = {
      _id: hashSecret(token),
      purpose,
      accountId,
      email,
      expiresAt: isoTime(new Date(clock().getTime() + lifeMs)),
      ...(adds === undefined ? {} : { adds }),
    }
    return { token, op: { op: 'insert', in: 'api_mail_tokens', doc } }
  }

  const goodToken = async (purpose: MailTokenDoc['purpose'], token: string): Promise<Stored<MailTokenDoc>> => {
    const doc = await store.get<MailTokenDoc>('api_mail_tokens', hashSecret(token))
    if (doc?.purpose === purpose && doc.expiresAt > isoTime(clock())) return doc
    throw new WerenodeError('gone', 'This link is not good any more', {
      hint: 'Ask for a new one; each is good once and for a while.',
    })
  }

  const emailsOf = async (accountId: string) =>
    (await store.find<EmailDoc>('api_emails', { accountId }, { limit: 100 })).items

  return {
    async signUp({ email, password, locale }) {
      const key = emailKey(email)
      checkPassword(password, key)
      // Hashed in any case, so that the answer takes as long for an address that is known.
      const hash = await hashPassword(password)
      const at = isoTime(clock())
      const known = await store.get<EmailDoc>('api_emails', key)
      if (known?.verifiedAt !== undefined) {
        const { token, op } = newToken('reset', known.accountId, key)
        await store.write([op, post('known', locale, key, link('reset', token))])
        return
      }
      // An address nobody proved belongs to whoever proves it: the last one to sign up sets the password it will have.
      const accountId = known?.accountId ?? `acc_${randomBytes(12).toString('base64url')}`
      const address: EmailDoc = { _id: key, accountId, createdAt: at, locale }
      const secret: PasswordDoc = { _id: accountId, hash, changedAt: at }
      const { token, op } = newToken('verify', accountId, key)
      const older = await tokensOf(store, accountId)
      await store
        .write([
          ...(known
            ? [{ op: 'replace', in: 'api_emails', doc: address, rev: known._rev } as const]
            : [
                { op: 'insert', in: 'api_accounts', doc: { _id: accountId, createdAt: at } as Doc } as const,
                { op: 'insert', in: 'api_emails', doc: address } as const,
              ]),
          { op: 'put', in: 'api_passwords', doc: secret },
          ...older,
          op,
          post('verify', locale, key, link('verify', token)),
        ])
        .catch((error: unknown) => {
          // Two sign-ups at the same moment: one of them has written its letter.
          if (!isWerenodeError(error) || error.code !== 'conflict') throw error
        })
    },

    async add({ accountId, email, password, locale }) {
      const key = emailKey(email)
      const before = await store.get<PasswordDoc>('api_passwords', accountId)
      // Whoever holds an access token for a moment must not give the account another password.
      if (before && !(await verifyPassword(password, before.hash)))
        throw new WerenodeError('conflict', 'The account has another password', {
          hint: 'Send the password the account has; it will go for this address as well.',
        })
      if (!before) checkPassword(password, key)
      const hash = before ? undefined : await hashPassword(password)
      const known = await store.get<EmailDoc>('api_emails', key)
      if (known?.verifiedAt !== undefined) {
        const { token, op } = newToken('reset', known.accountId, key)
        await store.write([op, post('known', locale, key, link('reset', token))])
        return
      }
      const { token, op } = newToken('verify', accountId, key, { locale, ...(hash === undefined ? {} : { hash }) })
      await store.write([op, post('verify', locale, key, link('verify', token))])
    },

    async verify(token) {
      const { _id, _rev, email, accountId, adds } = await goodToken('verify', token)
      const address = await store.get<EmailDoc>('api_emails', email)
      if (adds) {
        if (address?.verifiedAt !== undefined) throw new WerenodeError('gone', 'This link is not good any more')
        const at = isoTime(clock())
        const doc: EmailDoc = { _id: email, accountId, createdAt: at, verifiedAt: at, locale: adds.locale }
        const password = await store.get<PasswordDoc>('api_passwords', accountId)
        await store.write([
          { op: 'delete', in: 'api_mail_tokens', id: _id, rev: _rev },
          address
            ? { op: 'replace', in: 'api_emails', doc, rev: address._rev }
            : { op: 'insert', in: 'api_emails', doc },
          ...(adds.hash !== undefined && !password
            ? [
                {
                  op: 'insert',
                  in: 'api_passwords',
                  doc: { _id: accountId, hash: adds.hash, changedAt: at } as PasswordDoc,
                } as const,
              ]
            : []),
        ])
        return { accountId }
      }
      if (address?.accountId !== accountId) throw new WerenodeError('gone', 'This link is not good any more')
      const { _rev: rev, ...doc } = address
      await store.write([
        { op: 'delete', in: 'api_mail_tokens', id: _id, rev: _rev },
        {
          op: 'replace',
          in: 'api_emails',
          doc: { ...doc, verifiedAt: doc.verifiedAt ?? isoTime(clock()) } as EmailDoc,
          rev,
        },
      ])
      return { accountId }
    },

    async signIn({ email, password }) {
      const address = await store.get<EmailDoc>('api_emails', emailKey(email))
      const verified = address?.verifiedAt === undefined ? undefined : address
      const secret = verified && (await store.get<PasswordDoc>('api_passwords', verified.accountId))
      const good = await verifyPassword(password, secret?.hash)
      if (verified && good) return { accountId: verified.accountId }
      throw new WerenodeError(
        'not-authenticated',
        'Address and password do not go together, or the address is not confirmed',
        {
          hint: 'Try again, open the link in our letter, or choose a new password.',
        },
      )
    },

    async forgot({ email, locale }) {
      const address = await store.get<EmailDoc>('api_emails', emailKey(email))
      if (!address) return
      const { token, op } = newToken('reset', address.accountId, address._id)
      await store.write([op, post('reset', locale, address._id, link('reset', token))])
    },

    async reset({ token, password }) {
      const good = await goodToken('reset', token)
      checkPassword(password, good.email)
      const hash = await hashPassword(password)
      const address = await store.get<EmailDoc>('api_emails', good.email)
      if (address?.accountId !== good.accountId) throw new WerenodeError('gone', 'This link is not good any more')
      const { _rev, ...doc } = address
      const at = isoTime(clock())
      const secret: PasswordDoc = { _id: good.accountId, hash, changedAt: at }
      const others = (await tokensOf(store, good.accountId)).filter(({ id }) => id !== good._id)
      const next = newToken('reset', good.accountId, good.email)
      await store.write([
        { op: 'delete', in: 'api_mail_tokens', id: good._id, rev: good._rev },
        ...others,
        { op: 'put', in: 'api_passwords', doc: secret },
        { op: 'replace', in: 'api_emails', doc: { ...doc, verifiedAt: doc.verifiedAt ?? at } as EmailDoc, rev: _rev },
        next.op,
        post('changed', address.locale, good.email, link('reset', next.token)),
      ])
      await deps.endLogins(good.accountId)
      return { accountId: good.accountId }
    },

    async changePassword({ accountId, current, password }) {
      const before = await store.get<PasswordDoc>('api_passwords', accountId)
      if (!(await verifyPassword(current, before?.hash)) || !before)
        throw new WerenodeError('not-authenticated', 'That is not the password of this account', {
          hint: 'Try again, or have a letter sent for a new one.',
        })
      const addresses = (await emailsOf(accountId)).filter(({ verifiedAt }) => verifiedAt !== undefined)
      for (const { _id } of addresses) checkPassword(password, _id)
      const doc: PasswordDoc = { _id: accountId, hash: await hashPassword(password), changedAt: isoTime(clock()) }
      const letters = addresses.flatMap(({ _id, locale }) => {
        const { token, op } = newToken('reset', accountId, _id)
        return [op, post('changed', locale, _id, link('reset', token))]
      })
      await store.write([
        { op: 'replace', in: 'api_passwords', doc, rev: before._rev },
        ...(await tokensOf(store, accountId)),
        ...letters,
      ])
      await deps.endLogins(accountId)
    },

    async remove(accountId, email) {
      const doc = await store.get<EmailDoc>('api_emails', emailKey(email))
      if (doc?.accountId !== accountId) throw new WerenodeError('not-found', 'This account has no such address')
      await deps.mustLeaveAWay(accountId, { email: doc._id })
      const letters = (await store.find<MailTokenDoc>('api_mail_tokens', { accountId }, { limit: 1_000 })).items
      await store.write([
        { op: 'delete', in: 'api_emails', id: doc._id, rev: doc._rev },
        // A link in a letter to an address that is no longer the account's opens it no more.
        ...letters
          .filter((one) => one.email === doc._id)
          .map(({ _id }) => ({ op: 'delete', in: 'api_mail_tokens', id: _id }) as const),
      ])
    },

    async speak(accountId, locale) {
      const docs = (await emailsOf(accountId)).filter((doc) => doc.locale !== locale)
      if (docs.length > 0)
        await store.write(
          docs.map(({ _rev, ...doc }) => ({
            op: 'replace',
            in: 'api_emails',
            doc: { ...doc, locale } as EmailDoc,
            rev: _rev,
          })),
        )
    },

    emailsOf,
    hasPassword: async (accountId) => (await store.get('api_passwords', accountId)) !== undefined,

    async sweep() {
      for (;;) {
        const { items } = await store.find('api_mail_tokens', { expiresAt: { $lte: isoTime(clock()) } }, { limit: 500 })
        if (items.length === 0) return
        await store.write(items.map(({ _id }) => ({ op: 'delete', in: 'api_mail_tokens', id: _id })))
      }
    },
  }
}

const tokensOf = async (store: Store, accountId: string) =>
  (await store.find('api_mail_tokens', { accountId }, { limit: 1_000 })).items.map(
    ({ _id }) => ({ op: 'delete', in: 'api_mail_tokens', id: _id }) as const,
  )
