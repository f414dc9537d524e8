import { type Clock, isoTime, type Party, type Scope, type Store, type Stored, WerenodeError } from '@werenode/core'
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import Provider, { type AdapterPayload, errors } from 'oidc-provider'
import type { LoginDoc } from '../identity/collections.ts'
import type { EmailAccounts } from '../identity/email.ts'
import type { Logins } from '../identity/logins.ts'
import { hashSecret } from '../identity/token.ts'
import type { Wallets } from '../identity/wallets.ts'
import { type AuthDoc, authCollection, createAdapter, forget } from './adapter.ts'
import { type AppRegistration, appClient, firstPartyClients, houseScopes } from './first-party-clients.ts'
import { createKeyRing } from './key-ring.ts'
import { createProvider, sessionCookie } from './provider.ts'
import type { SystemClients } from './system-clients.ts'

/** Who an access token of the authorization server speaks for. */
export type TokenBearer =
  | { readonly kind: 'person'; readonly login: Stored<LoginDoc>; readonly scopes: readonly Scope[] }
  | { readonly kind: 'system'; readonly clientId: string; readonly party: Party; readonly scopes: readonly Scope[] }

/** A browser in which somebody signed in. */
export interface BrowserSession {
  readonly accountId: string
  readonly uid: string
  readonly signedInAt: Date
}

export interface AuthServer {
  /** The provider with the keys of the day. */
  provider(): Provider
  /** Throws `not-authenticated`. */
  bearerOf(accessToken: string): Promise<TokenBearer>
  /** Reads the keys, makes new ones when due. Before the first request and now and then. */
  refreshKeys(): Promise<void>
  /** Whether a browser's cookies name a session that is still there. */
  hasSession(cookies: string | undefined): Promise<boolean>
  /** Who is signed in in this browser, by its signed cookie; nobody for one that has ended. */
  browserOf(request: FastifyRequest, reply: FastifyReply): Promise<BrowserSession | undefined>
  /** Proves that a form was written for this sign-in. */
  readonly cookieKeys: readonly string[]
  sweep(): Promise<void>
}

/** A token read a moment ago is trusted this long. */
const cacheMs = 2_000

/** OAuth 2 and OpenID Connect for this node: provider, keys, and what its tokens mean here. */
export const createAuthServer = (deps: {
  store: Store
  clock: Clock
  log: FastifyBaseLogger
  origin: string
  secret: string | Buffer
  apps: readonly AppRegistration[]
  logins: Logins
  wallets: Pick<Wallets, 'of'>
  emails: Pick<EmailAccounts, 'emailsOf'>
  systemClients: SystemClients
  corsOrigins: readonly string[]
}): AuthServer => {
  const { store, clock, origin, logins, systemClients } = deps
  const ring = createKeyRing({ store, clock, secret: deps.secret })
  const clients = new Map<string, AdapterPayload>(
    [...firstPartyClients(origin), ...deps.apps.map(appClient)].map((client) => [String(client.client_id), client]),
  )
  const cache = new Map<string, { doc: AuthDoc; at: number }>()
  let built: { provider: Provider; kids: string } | undefined

  const adapter = createAdapter({
    store,
    clock,
    clientOf: async (clientId) => clients.get(clientId) ?? (await systemClients.metadata(clientId)),
    isLoginOpen: async (grantId) => (await logins.byId(grantId)) !== undefined,
    onToken: async ({ grantId, accountId, clientId, gty, expiresAt }) => {
      const [address] = await deps.wallets.of(accountId)
      const agent = Provider.ctx?.get('user-agent').slice(0, 150)
      const known = await logins.seen({
        loginId: grantId,
        accountId,
        clientId,
        device: [String(clients.get(clientId)?.client_name ?? clientId), agent].filter(Boolean).join(' · '),
        expiresAt,
        isNew: !gty.includes('refresh_token'),
        ...(address === undefined ? {} : { address }),
      })
      // Between reading the refresh token and writing the next one, the person ended this login.
      if (!known) throw new errors.InvalidGrant('this login has ended')
    },
  })

  const read = async (token: string): Promise<AuthDoc | undefined> => {
    const now = clock().getTime()
    const kept = cache.get(token)
    if (kept && now - kept.at < cacheMs) return kept.doc
    cache.delete(token)
    const hash = hashSecret(token)
    const [doc] = await store.getMany<AuthDoc>(authCollection, [`AccessToken ${hash}`, `ClientCredentials ${hash}`])
    if (!doc) return undefined
    cache.set(token, { doc, at: now })
    if (cache.size > 10_000) cache.delete(cache.keys().next().value!)
    return doc
  }

  return {
    cookieKeys: ring.cookieKeys,
    provider: () => {
      if (!built)
        throw new WerenodeError('store-unavailable', 'Signing in is not ready yet', { hint: 'Try again in a moment.' })
      return built.provider
    },

    async refreshKeys() {
      const jwks = await ring.current()
      const kids = jwks.map(({ kid }) => kid).join(' ')
      if (built?.kids === kids) return
      const provider = createProvider({
        origin,
        adapter,
        jwks,
        cookieKeys: ring.cookieKeys,
        personOf: async (accountId) => {
          if (!(await store.get('api_accounts', accountId))) return undefined
          const [email] = await deps.emails.emailsOf(accountId)
          const [wallet] = await deps.wallets.of(accountId)
          return {
            ...(email === undefined ? {} : { email: email._id, emailVerified: email.verifiedAt !== undefined }),
            ...(wallet === undefined ? {} : { wallet }),
          }
        },
        mayCall: (from, { redirectUris = [] }) =>
          deps.corsOrigins.includes(from) ||
          redirectUris.some((uri) => URL.canParse(uri) && new URL(uri).origin === from),
        onError: (error) => deps.log.error({ err: error }, 'the authorization server failed'),
      })
      // Somebody used a refresh token twice, or gave one back: the whole login ends.
      provider.on('grant.revoked', (_ctx, grantId) => {
        logins.end(grantId).catch((error: unknown) => deps.log.warn({ err: error }, 'could not end a login'))
      })
      built = { provider, kids }
    },

    async bearerOf(token) {
      const doc = await read(token)
      const { aud, scope = '', clientId, grantId } = doc?.payload ?? {}
      if (!doc || clientId === undefined) throw unknown()
      if (doc.expiresAt <= isoTime(clock()))
        throw new WerenodeError('not-authenticated', 'The access token has expired', {
          hint: 'Exchange the refresh token at POST /auth/token.',
          data: { expired: true },
        })
      if (aud !== `${origin}/v1`)
        throw new WerenodeError('not-authenticated', 'This access token is not for this API', {
          hint: `Ask for scopes of the API, or for the resource ${origin}/v1.`,
        })
      const scopes = String(scope).split(' ').filter(isHouseScope)
      if (doc.model === 'ClientCredentials') {
        const client = await systemClients.get(clientId)
        if (!client) throw unknown()
        return {
          kind: 'system',
          clientId,
          party: client.party,
          scopes: scopes.filter((one) => client.scopes.includes(one)),
        }
      }
      const login = grantId === undefined ? undefined : await logins.byId(grantId)
      if (!login) throw unknown()
      return { kind: 'person', login, scopes }
    },

    async hasSession(cookies) {
      const id = new RegExp(`(?:^|; )${sessionCookie}=([^;]+)`).exec(cookies ?? '')?.[1]
      return id !== undefined && (await store.get(authCollection, `Session ${hashSecret(id)}`)) !== undefined
    },

    async browserOf(request, reply) {
      const provider = this.provider()
      const { accountId, uid, loginTs } = await provider.Session.get(provider.createContext(request.raw, reply.raw))
      if (accountId === undefined || loginTs === undefined) return undefined
      return { accountId, uid, signedInAt: new Date(loginTs * 1000) }
    },

    async sweep() {
      await this.refreshKeys()
      await forget(store, { expiresAt: { $lte: isoTime(clock()) } })
    },
  }
}

const isHouseScope = (text: string): text is Scope => (houseScopes as readonly string[]).includes(text)

const unknown = (): WerenodeError =>
  new WerenodeError('not-authenticated', 'The access token is not known', { hint: 'Sign in again.' })
