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
} from '@werenode/core'
import * as oidc from 'openid-client'
import { hashSecret } from './token.ts'

/** A place people may come from with the account they have there: any OpenID Connect provider. */
export interface IdentityProvider {
  /** In addresses: `acme`. */
  readonly id: string
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret?: string
  readonly scope?: string
}

/** An account elsewhere that signs in here. `_id` is `<provider> <hash of issuer and subject>`. */
export interface IdentityDoc extends Doc {
  readonly accountId: string
  readonly providerId: string
  readonly createdAt: string
}

/** A visit to a provider. `_id` is the hash of its state; good once, within ten minutes, in the browser that began it. */
interface VisitDoc extends Doc {
  readonly providerId: string
  readonly uid: string
  readonly nonce: string
  readonly verifier: string
  readonly expiresAt: string
  /** The account that the one over there is to be added to; without it the visit signs somebody in. */
  readonly linkTo?: string
}

export const identityProviderCollections: readonly CollectionSpec[] = [
  { name: 'api_identities', indexes: [{ fields: ['accountId'] }] },
  { name: 'api_idp_visits', indexes: [{ fields: ['expiresAt'] }] },
]

const visitMs = 10 * 60_000

export interface IdentityProviders {
  readonly all: readonly { readonly id: string; readonly name: string }[]
  /** Where to send the browser of a sign-in; with `linkTo`, the browser session `uid` adds the account over there to this one. */
  begin(providerId: string, uid: string, linkTo?: string): Promise<string>
  /** What a provider's answer belongs to. */
  visitOf(providerId: string, state: string): Promise<{ uid: string; isLink: boolean }>
  /** The account behind the answer, made when it is new. `uid` is the sign-in of the browser that brought it. */
  finish(providerId: string, uid: string, answer: URLSearchParams): Promise<{ accountId: string }>
  /**
   * Adds the account behind the answer to `who`, in the browser session that began it, for the account that began it. Throws `conflict`
   * for one that signs in to another account here: nothing is ever moved from one account to another.
   */
  link(providerId: string, who: { uid: string; accountId: string }, answer: URLSearchParams): Promise<void>
  list(accountId: string): Promise<readonly Stored<IdentityDoc>[]>
  /** Takes one off; throws `conflict` for the last way to sign in. */
  unlink(accountId: string, identityId: string): Promise<void>
  sweep(): Promise<void>
}

/** External identity providers, by configuration: code flow with PKCE, state and nonce; the browser that ends it is the one that began it. */
export const createIdentityProviders = (deps: {
  store: Store
  clock: Clock
  origin: string
  providers: readonly IdentityProvider[]
  /** Throws `conflict` when this is the last way into the account. */
  mustLeaveAWay: (accountId: string, without: { identity: string }) => Promise<void>
}): IdentityProviders => {
  const { store, clock, origin } = deps
  const byId = new Map(deps.providers.map((one) => [one.id, one]))
  const discovered = new Map<string, oidc.Configuration>()

  const known = (providerId: string): IdentityProvider => {
    const provider = byId.get(providerId)
    if (!provider) throw new WerenodeError('not-found', 'This node knows no such identity provider')
    return provider
  }
  const configurationOf = async (provider: IdentityProvider): Promise<oidc.Configuration> => {
    const before = discovered.get(provider.id)
    if (before) return before
    const issuer = new URL(provider.issuer)
    try {
      const configuration = await oidc.discovery(issuer, provider.clientId, provider.clientSecret, undefined, {
        timeout: 10,
        // On one's own machine only; anywhere else it is https or nothing.
        ...(['localhost', '127.0.0.1'].includes(issuer.hostname) ? { execute: [oidc.allowInsecureRequests] } : {}),
      })
      discovered.set(provider.id, configuration)
      return configuration
    } catch (cause) {
      throw new WerenodeError('no-responder', `${provider.name} does not answer`, {
        hint: 'Choose another way to sign in, or try again later.',
        cause,
      })
    }
  }
  const callback = (providerId: string): string => `${origin}/auth/idp/${providerId}/callback`
  const gone = (): WerenodeError =>
    new WerenodeError('gone', 'This sign-in is too old, or was begun elsewhere', { hint: 'Begin again.' })
  const visitOf = async (providerId: string, state: string) => {
    const visit = await store.get<VisitDoc>('api_idp_visits', hashSecret(state))
    if (!visit || visit.providerId !== providerId || visit.expiresAt <= isoTime(clock())) throw gone()
    return visit
  }

  /** Who the provider says this is, for a visit that is spent with the question. */
  const askWho = async (providerId: string, visit: Stored<VisitDoc>, answer: URLSearchParams): Promise<string> => {
    const provider = known(providerId)
    await store.write([{ op: 'delete', in: 'api_idp_visits', id: visit._id, rev: visit._rev }])
    const url = new URL(callback(providerId))
    url.search = answer.toString()
    const tokens = await oidc
      .authorizationCodeGrant(await configurationOf(provider), url, {
        expectedState: answer.get('state') ?? '',
        expectedNonce: visit.nonce,
        pkceCodeVerifier: visit.verifier,
        idTokenExpected: true,
      })
      .catch((cause: unknown) => {
        throw new WerenodeError('not-authenticated', `${provider.name} did not say who you are`, {
          hint: 'Try again, or choose another way to sign in.',
          cause,
        })
      })
    const { iss, sub } = tokens.claims()!
    // The subject alone: an address somebody else vouches for opens no account that is here already.
    return `${providerId} ${hashSecret(`${iss} ${sub}`)}`
  }

  return {
    all: deps.providers.map(({ id, name }) => ({ id, name })),

    async begin(providerId, uid, linkTo) {
      const provider = known(providerId)
      const configuration = await configurationOf(provider)
      const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
      const doc: VisitDoc = {
        _id: hashSecret(state),
        providerId,
        uid,
        nonce,
        verifier,
        expiresAt: isoTime(new Date(clock().getTime() + visitMs)),
        ...(linkTo === undefined ? {} : { linkTo }),
      }
      await store.write([{ op: 'insert', in: 'api_idp_visits', doc }])
      return oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: callback(providerId),
        scope: provider.scope ?? 'openid',
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        // Whoever sits there chooses the account to add: one that is signed in over there by chance is not taken silently.
        ...(linkTo === undefined ? {} : { prompt: 'login' }),
      }).href
    },

    async visitOf(providerId, state) {
      const { uid, linkTo } = await visitOf(providerId, state)
      return { uid, isLink: linkTo !== undefined }
    },

    async finish(providerId, uid, answer) {
      const visit = await visitOf(providerId, answer.get('state') ?? '')
      if (visit.uid !== uid || visit.linkTo !== undefined) throw gone()
      const _id = await askWho(providerId, visit, answer)
      for (;;) {
        const before = await store.get<IdentityDoc>('api_identities', _id)
        if (before) return { accountId: before.accountId }
        const createdAt = isoTime(clock())
        const accountId = `acc_${randomBytes(12).toString('base64url')}`
        const identity: IdentityDoc = { _id, accountId, providerId, createdAt }
        try {
          await store.write([
            { op: 'insert', in: 'api_accounts', doc: { _id: accountId, createdAt } as Doc },
            { op: 'insert', in: 'api_identities', doc: identity },
          ])
          return { accountId }
        } catch (error) {
          if (!isWerenodeError(error) || error.code !== 'conflict') throw error
        }
      }
    },

    async link(providerId, { uid, accountId }, answer) {
      const visit = await visitOf(providerId, answer.get('state') ?? '')
      if (visit.uid !== uid || visit.linkTo !== accountId) throw gone()
      const _id = await askWho(providerId, visit, answer)
      const identity: IdentityDoc = { _id, accountId, providerId, createdAt: isoTime(clock()) }
      try {
        await store.write([{ op: 'insert', in: 'api_identities', doc: identity }])
      } catch (error) {
        if (!isWerenodeError(error) || error.code !== 'conflict') throw error
        const taken = await store.get<IdentityDoc>('api_identities', _id)
        if (taken?.accountId === accountId) return
        throw new WerenodeError(
          'conflict',
          `That account of ${known(providerId).name} signs in to another account here`,
          {
            hint: 'Sign in with it and remove it there first.',
          },
        )
      }
    },

    list: async (accountId) => (await store.find<IdentityDoc>('api_identities', { accountId }, { limit: 100 })).items,

    async unlink(accountId, identityId) {
      const doc = await store.get<IdentityDoc>('api_identities', identityId)
      if (doc?.accountId !== accountId) throw new WerenodeError('not-found', 'This account has no such identity')
      await deps.mustLeaveAWay(accountId, { identity: identityId })
      await store.write([{ op: 'delete', in: 'api_identities', id: identityId, rev: doc._rev }])
    },

    async sweep() {
      for (;;) {
        const { items } = await store.find('api_idp_visits', { expiresAt: { $lte: isoTime(clock()) } }, { limit: 500 })
        if (items.length === 0) return
        await store.write(items.map(({ _id }) => ({ op: 'delete', in: 'api_idp_visits', id: _id })))
      }
    },
  }
}
