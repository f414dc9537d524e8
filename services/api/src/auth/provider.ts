import Provider, { type Configuration, errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { hashSecret, sameHash } from '../identity/token.ts'
import { contentSecurityPolicy } from '../pages/layout.ts'
import { signInPages } from '../pages/sign-in-pages.ts'
import type { createAdapter } from './adapter.ts'
import { firstPartyIds, houseScopes, openIdScopes } from './first-party-clients.ts'
import type { Jwk } from './key-ring.ts'

export const accessTokenSeconds = 15 * 60
const refreshTokenSeconds = 30 * 24 * 3600
const daySeconds = 24 * 3600

export interface Person {
  readonly email?: string
  readonly emailVerified?: boolean
  readonly wallet?: string
}

export const sessionCookie = 'werenode_session'

/** Paths under `/auth`; the same in mount.ts, which says who may knock how often. */
export const oauthPaths = {
  authorization: '/authorize',
  token: '/token',
  userinfo: '/userinfo',
  jwks: '/jwks',
  device_authorization: '/device_authorization',
  code_verification: '/device',
  end_session: '/logout',
  revocation: '/revoke',
  pushed_authorization_request: '/par',
} as const

/** The authorization server (OAuth 2.1's rules: PKCE for everybody, rotation, no implicit flow), with our store behind and our pages in front. */
export const createProvider = (deps: {
  origin: string
  adapter: ReturnType<typeof createAdapter>
  jwks: readonly Jwk[]
  cookieKeys: readonly string[]
  /** Undefined for an account that is no more. */
  personOf: (accountId: string) => Promise<Person | undefined>
  /** Origins whose pages may call the token endpoint. */
  mayCall: (origin: string, client: { readonly redirectUris?: readonly string[] | undefined }) => boolean
  onError: (error: unknown) => void
}): Provider => {
  const { origin } = deps
  const apiResource = `${origin}/v1`
  const secure = origin.startsWith('https:')

  const provider = new Provider(`${origin}/auth`, {
    adapter: deps.adapter,
    jwks: { keys: deps.jwks as never },
    routes: oauthPaths,
    cookies: {
      keys: [...deps.cookieKeys],
      long: { signed: true, httpOnly: true, sameSite: 'lax', secure, path: '/auth' },
      short: { signed: true, httpOnly: true, sameSite: 'lax', secure },
      names: { session: sessionCookie, interaction: 'werenode_sign_in', resume: 'werenode_resume' },
    },
    scopes: [...openIdScopes, ...houseScopes],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], wallet: ['wallet_address'] },
    conformIdTokenClaims: false,
    // `none` signs a browser in and hands out nothing.
    responseTypes: ['code', 'none'],
    pkce: { required: () => true },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    ttl: {
      AccessToken: accessTokenSeconds,
      ClientCredentials: accessTokenSeconds,
      AuthorizationCode: 60,
      DeviceCode: 600,
      IdToken: 3600,
      RefreshToken: refreshTokenSeconds,
      Interaction: 3600,
      Session: 14 * daySeconds,
      // However often a login is refreshed: once a year one signs in again.
      Grant: 365 * daySeconds,
    },
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, client, code) =>
      client.grantTypeAllowed('refresh_token') &&
      (firstPartyIds.has(client.clientId) || code.scopes.has('offline_access')),
    expiresWithSession: async () => false,
    clientBasedCORS: (_ctx, from, client) => deps.mayCall(from, client),
    interactions: {
      policy: askingPolicy(),
      url: (_ctx, interaction) => `/auth/interaction/${interaction.uid}`,
    },
    findAccount: async (_ctx, accountId) => {
      const person = await deps.personOf(accountId)
      return (
        person && {
          accountId,
          claims: async () => ({
            sub: accountId,
            ...(person.email === undefined ? {} : { email: person.email, email_verified: person.emailVerified }),
            ...(person.wallet === undefined ? {} : { wallet_address: person.wallet }),
          }),
        }
      )
    },
    loadExistingGrant,
    renderError: async (ctx, out) => sendPage(ctx, (pages) => pages.error(out.error)),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      userinfo: { enabled: true },
      dPoP: { enabled: false },
      resourceIndicators: {
        enabled: true,
        // What asks for anything of the house's gets a token for the house's API; "openid email" alone, one for /auth/userinfo.
        defaultResource: async (ctx, _client, oneOf) =>
          oneOf ?? (asksTheHouse(ctx.oidc.params?.scope) ? apiResource : (undefined as unknown as string)),
        useGrantedResource: async () => true,
        getResourceServerInfo: async (_ctx, resource) => {
          if (resource !== apiResource) throw new errors.InvalidTarget(`only ${apiResource} is served here`)
          return {
            scope: houseScopes.join(' '),
            audience: apiResource,
            accessTokenFormat: 'opaque',
            accessTokenTTL: accessTokenSeconds,
          }
        },
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) =>
          sendPage(ctx, (pages) => pages.askSignOut({ action: actionOf(form), xsrf: xsrfOf(form) })),
        postLogoutSuccessSource: async (ctx) => sendPage(ctx, (pages) => pages.signedOut()),
      },
      deviceFlow: {
        enabled: true,
        charset: 'base-20',
        mask: '****-****',
        userCodeInputSource: async (ctx, form, _out, error) => {
          const wrong = error && ('userCode' in error || error.name === 'NoCodeError')
          const code = String(ctx.query.user_code ?? '').slice(0, 20)
          sendPage(ctx, (pages) =>
            pages.deviceCode({
              action: actionOf(form),
              xsrf: xsrfOf(form),
              code,
              ...(error ? { problem: wrong ? ('wrong' as const) : ('stopped' as const) } : {}),
            }),
          )
        },
        userCodeConfirmSource: async (ctx, form, client, _device, code) =>
          sendPage(ctx, (pages) =>
            pages.deviceConfirm({
              action: actionOf(form),
              xsrf: xsrfOf(form),
              code,
              app: client.clientName ?? client.clientId,
            }),
          ),
        successSource: async (ctx) => sendPage(ctx, (pages) => pages.deviceDone()),
      },
    },
  } satisfies Configuration)

  // Its links are built from our own origin (mount.ts sets these headers), never from what a request claims.
  provider.proxy = true
  const { prototype } = provider.Client as unknown as { prototype: { compareClientSecret(actual: string): boolean } }
  prototype.compareClientSecret = function (this: { clientSecret?: string }, actual) {
    return this.clientSecret !== undefined && sameHash(hashSecret(String(actual)), this.clientSecret)
  }
  provider.on('server_error', (_ctx, error) => deps.onError(error))
  return provider
}

/**
 * RFC 8252 §8.6: an app on a device could be a false one, so it is not let in silently by a browser that happens to be signed in. A person
 * who has just signed in for it, or has just confirmed a device's code, was not silent.
 */
const askingPolicy = () => {
  const policy = interactionPolicy.base()
  const consent = policy.get('consent')!
  consent.checks.remove('native_client_prompt')
  consent.checks.add(
    new interactionPolicy.Check(
      'native_client_prompt',
      'an app on a device needs a person',
      'interaction_required',
      ({ oidc }) => {
        const silent = oidc.result === undefined || !('consent' in oidc.result || 'login' in oidc.result)
        const isDevice = oidc.entities.DeviceCode !== undefined
        return oidc.client!.applicationType === 'native' && silent && !isDevice
      },
    ),
  )
  return policy
}

const asksTheHouse = (scope: unknown): boolean =>
  typeof scope === 'string' && scope.split(' ').some((one) => (houseScopes as readonly string[]).includes(one))

/** Our own apps are not asked for consent: whoever signs in to them means it. A device gets a login of its own each time. */
const loadExistingGrant: NonNullable<Configuration['loadExistingGrant']> = async (ctx) => {
  const { client, session, provider, result } = ctx.oidc
  const known = result?.consent?.grantId ?? session?.grantIdFor(client!.clientId)
  const isDevice = ctx.oidc.entities.DeviceCode !== undefined
  if (known !== undefined && !isDevice) {
    const grant = await provider.Grant.find(known)
    if (grant && (!firstPartyIds.has(client!.clientId) || session?.accountId === grant.accountId))
      return widened(ctx, grant)
  }
  if (!firstPartyIds.has(client!.clientId) || session?.accountId === undefined) return undefined
  const grant = new provider.Grant({ clientId: client!.clientId, accountId: session.accountId })
  return widened(ctx, grant)
}

const widened = async (ctx: KoaContextWithOIDC, grant: InstanceType<Provider['Grant']>) => {
  if (!firstPartyIds.has(ctx.oidc.client!.clientId)) return grant
  const asked = String(ctx.oidc.params?.scope ?? '')
  grant.addOIDCScope(asked)
  for (const resource of Object.keys(ctx.oidc.resourceServers ?? {})) grant.addResourceScope(resource, asked)
  await grant.save()
  return grant
}

const sendPage = (ctx: KoaContextWithOIDC, write: (pages: ReturnType<typeof signInPages>) => string): void => {
  ctx.type = 'html'
  ctx.set({ 'content-security-policy': contentSecurityPolicy(), 'cache-control': 'no-store' })
  ctx.body = write(signInPages(ctx.get('accept-language')))
}

const xsrfOf = (form: string): string => /name="xsrf" value="([^"]+)"/.exec(form)?.[1] ?? ''
const actionOf = (form: string): string => /action="([^"]+)"/.exec(form)?.[1] ?? ''
