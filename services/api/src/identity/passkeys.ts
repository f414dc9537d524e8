import { randomBytes } from 'node:crypto'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import {
  type Clock,
  type CollectionSpec,
  type Doc,
  isoTime,
  isWerenodeError,
  type Store,
  type Stored,
  WerenodeError,
} from '@werenode/core'

/** A passkey of an account. `_id` is the credential's own id. */
export interface PasskeyDoc extends Doc {
  readonly accountId: string
  readonly name: string
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
  readonly createdAt: string
  readonly usedAt?: string
}

/** `_id` is the challenge; good once, for five minutes, for the account it was made for (if any). */
interface ChallengeDoc extends Doc {
  readonly accountId?: string
  readonly expiresAt: string
}

export const passkeyCollections: readonly CollectionSpec[] = [
  { name: 'api_passkeys', indexes: [{ fields: ['accountId', 'createdAt'] }] },
  { name: 'api_passkey_challenges', indexes: [{ fields: ['expiresAt'] }] },
]

const challengeMs = 5 * 60_000
const mostPasskeys = 20

export interface Passkeys {
  /** What `navigator.credentials.create` wants. */
  registration(accountId: string): Promise<object>
  register(accountId: string, input: { name: string; response: unknown }): Promise<Stored<PasskeyDoc> | PasskeyDoc>
  /** What `navigator.credentials.get` wants: any passkey of this node the person has. */
  challenge(): Promise<object>
  /** The account behind a signed challenge; throws `not-authenticated`. */
  signIn(response: unknown): Promise<{ accountId: string }>
  list(accountId: string): Promise<readonly Stored<PasskeyDoc>[]>
  /** Takes a passkey off; `isOnlyWay` says whether anything else lets the person in. */
  remove(accountId: string, passkeyId: string): Promise<void>
  sweep(): Promise<void>
}

/** Passkeys (WebAuthn level 3), bound to this node's origin. */
export const createPasskeys = (deps: {
  store: Store
  clock: Clock
  origin: string
  /** Throws `conflict` when this is the last way into the account. */
  mustLeaveAWay: (accountId: string, without: { passkey: string }) => Promise<void>
}): Passkeys => {
  const { store, clock, origin } = deps
  const rpID = new URL(origin).hostname

  const newChallenge = async (accountId?: string): Promise<string> => {
    const doc: ChallengeDoc = {
      _id: randomBytes(32).toString('base64url'),
      expiresAt: isoTime(new Date(clock().getTime() + challengeMs)),
      ...(accountId === undefined ? {} : { accountId }),
    }
    await store.write([{ op: 'insert', in: 'api_passkey_challenges', doc }])
    return doc._id
  }
  /** The challenge an authenticator signed, spent: it is good once, whatever comes of it. */
  const spend = async (response: unknown, accountId?: string): Promise<string> => {
    const challenge = challengeIn(response)
    const doc = challenge === undefined ? undefined : await store.get<ChallengeDoc>('api_passkey_challenges', challenge)
    if (!doc || doc.expiresAt <= isoTime(clock()) || doc.accountId !== accountId) throw refused()
    try {
      await store.write([{ op: 'delete', in: 'api_passkey_challenges', id: doc._id, rev: doc._rev }])
    } catch (error) {
      if (isWerenodeError(error) && error.code === 'conflict') throw refused()
      throw error
    }
    return doc._id
  }
  const list = async (accountId: string) =>
    (await store.find<PasskeyDoc>('api_passkeys', { accountId }, { sort: [['createdAt', 1]], limit: 100 })).items

  return {
    list,

    async registration(accountId) {
      const known = await list(accountId)
      return generateRegistrationOptions({
        rpName: 'Werenode',
        rpID,
        userName: 'Werenode',
        userID: new Uint8Array(Buffer.from(accountId)),
        challenge: new Uint8Array(Buffer.from(await newChallenge(accountId), 'base64url')),
        attestationType: 'none',
        excludeCredentials: known.map(({ _id, transports }) => ({ id: _id, transports: [...transports] })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
    },

    async register(accountId, { name, response }) {
      const expectedChallenge = await spend(response, accountId)
      if ((await list(accountId)).length >= mostPasskeys)
        throw new WerenodeError('conflict', `An account has at most ${mostPasskeys} passkeys`, {
          hint: 'Remove one first.',
        })
      const { registrationInfo } = await verifyRegistrationResponse({
        response: response as RegistrationResponseJSON,
        expectedChallenge,
        expectedOrigin: origin,
        expectedRPID: rpID,
      }).catch((cause: unknown) => {
        throw refused(cause)
      })
      if (!registrationInfo) throw refused()
      const { credential } = registrationInfo
      const doc: PasskeyDoc = {
        _id: credential.id,
        accountId,
        name,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        transports: (credential.transports ?? []).slice(0, 8).map((one) => String(one).slice(0, 20)),
        createdAt: isoTime(clock()),
      }
      await store.write([{ op: 'insert', in: 'api_passkeys', doc }])
      return doc
    },

    async challenge() {
      return generateAuthenticationOptions({
        rpID,
        challenge: new Uint8Array(Buffer.from(await newChallenge(), 'base64url')),
        userVerification: 'required',
      })
    },

    async signIn(response) {
      const expectedChallenge = await spend(response)
      const { id } = response as AuthenticationResponseJSON
      const passkey = typeof id === 'string' ? await store.get<PasskeyDoc>('api_passkeys', id) : undefined
      if (!passkey) throw refused()
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: response as AuthenticationResponseJSON,
        expectedChallenge,
        expectedOrigin: origin,
        expectedRPID: rpID,
        credential: {
          id: passkey._id,
          publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
          counter: passkey.counter,
        },
      }).catch((cause: unknown) => {
        throw refused(cause)
      })
      if (!verified) throw refused()
      const { _rev, ...doc } = passkey
      const used: PasskeyDoc = {
        ...(doc as PasskeyDoc),
        counter: authenticationInfo.newCounter,
        usedAt: isoTime(clock()),
      }
      await store.write([{ op: 'replace', in: 'api_passkeys', doc: used, rev: _rev }])
      return { accountId: passkey.accountId }
    },

    async remove(accountId, passkeyId) {
      const doc = await store.get<PasskeyDoc>('api_passkeys', passkeyId)
      if (doc?.accountId !== accountId) throw new WerenodeError('not-found', 'This account has no such passkey')
      await deps.mustLeaveAWay(accountId, { passkey: passkeyId })
      await store.write([{ op: 'delete', in: 'api_passkeys', id: passkeyId, rev: doc._rev }])
    },

    async sweep() {
      for (;;) {
        const { items } = await store.find(
          'api_passkey_challenges',
          { expiresAt: { $lte: isoTime(clock()) } },
          { limit: 500 },
        )
        if (items.length === 0) return
        await store.write(items.map(({ _id }) => ({ op: 'delete', in: 'api_passkey_challenges', id: _id })))
      }
    },
  }
}

/** The challenge inside the data the browser had signed. */
const challengeIn = (response: unknown): string | undefined => {
  try {
    const { clientDataJSON } = (response as { response: { clientDataJSON: string } }).response
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as {
      challenge?: unknown
    }
    return typeof challenge === 'string' && /^[A-Za-z0-9_-]{43}$/.test(challenge) ? challenge : undefined
  } catch {
    // Not what a browser sends: it names no challenge, and is refused for that.
    return undefined
  }
}

const refused = (cause?: unknown): WerenodeError =>
  new WerenodeError('not-authenticated', 'The passkey’s answer is not good', {
    hint: 'Ask for a new challenge and try again.',
    ...(cause === undefined ? {} : { cause }),
  })
