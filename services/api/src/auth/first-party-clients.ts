import { type Scope, scopes } from '@werenode/core'
import type { AdapterPayload } from 'oidc-provider'

/** What an app may ask for beside the house's own scopes. */
export const openIdScopes = ['openid', 'offline_access', 'email', 'wallet'] as const
export const houseScopes = Object.keys(scopes) as readonly Scope[]
const everything = [...openIdScopes, ...houseScopes].join(' ')

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

/** An app of somebody else, registered by the operator of the node. */
export interface AppRegistration {
  readonly clientId: string
  readonly name: string
  readonly redirectUris: readonly string[]
  readonly scopes: readonly string[]
  /** Runs in browsers (default) or is installed on devices. */
  readonly native?: boolean
}

const publicClient = {
  token_endpoint_auth_method: 'none',
  response_types: ['code'],
  id_token_signed_response_alg: 'ES256',
} as const

/** The house's own apps. They hold no secret: PKCE proves them, and where they may be sent back to is fixed here. */
export const firstPartyClients = (origin: string): readonly AdapterPayload[] => [
  {
    ...publicClient,
    client_id: 'portal',
    client_name: 'Werenode Portal',
    application_type: 'web',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [`${origin}/console/callback`, `${origin}/callback`],
    post_logout_redirect_uris: [`${origin}/`],
    scope: everything,
  },
  {
    ...publicClient,
    client_id: 'member',
    client_name: 'Werenode Member',
    application_type: 'web',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [`${origin}/member/callback`],
    post_logout_redirect_uris: [`${origin}/member/`],
    scope: everything,
  },
  {
    ...publicClient,
    client_id: 'mobile',
    client_name: 'Werenode',
    application_type: 'native',
    grant_types: ['authorization_code', 'refresh_token', deviceGrant],
    redirect_uris: [
      'app.werenode://callback',
      ...(isLoopback(origin) || isHttps(origin) ? [`${origin}/app/callback`] : []),
    ],
    post_logout_redirect_uris: ['app.werenode://signed-out'],
    scope: everything,
  },
  {
    ...publicClient,
    client_id: 'cli',
    client_name: 'werenode (command line)',
    application_type: 'native',
    grant_types: ['authorization_code', 'refresh_token', deviceGrant],
    // RFC 8252 §7.3: any port of the loopback address.
    redirect_uris: ['http://127.0.0.1/callback'],
    scope: everything,
  },
  {
    // The page of one's own account: signing in there gives the browser its session, and no app anything.
    ...publicClient,
    client_id: 'account',
    client_name: 'Werenode',
    application_type: 'web',
    grant_types: [],
    response_types: ['none'],
    redirect_uris: [`${origin}/auth/account`],
    scope: 'openid',
  },
]

export const firstPartyIds: ReadonlySet<string> = new Set(['portal', 'member', 'mobile', 'cli', 'account'])

export const appClient = (app: AppRegistration): AdapterPayload => ({
  ...publicClient,
  client_id: app.clientId,
  client_name: app.name,
  application_type: app.native ? 'native' : 'web',
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: [...app.redirectUris],
  scope: ['openid', ...app.scopes].join(' '),
})

const isHttps = (origin: string): boolean => origin.startsWith('https:')
const isLoopback = (origin: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname)
