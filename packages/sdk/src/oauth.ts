import { WerenodeError } from '@werenode/core'
import type { Login, LoginHttp, TokenAnswer } from './login.ts'
import { pause } from './pause.ts'
import { challengeOf, randomText } from './pkce.ts'
import { jsonIn, type Storage } from './storage.ts'

export interface OAuthWish {
  /** As registered with the node: `portal`, `member`, `mobile`, `cli`, or an app of one's own. */
  readonly clientId: string
  /** Default: what a driver's app needs. */
  readonly scopes?: readonly string[]
}

export interface DeviceCode {
  /** To be typed at `verificationUri`. */
  readonly userCode: string
  readonly verificationUri: string
  /** The same with the code filled in, for a QR code. */
  readonly verificationUriComplete: string
  readonly expiresAt: Date
}

/** Signing in on the node's own page (OAuth 2.1, OpenID Connect): password, passkey, wallet or another identity provider. */
export interface OAuth {
  /**
   * The address to open in a browser. What proves the app afterwards (PKCE) is kept in the storage, so the app may be gone meanwhile.
   *
   * @example
   * const address = await werenode.oauth.begin({ clientId: 'portal', redirectUri: `${location.origin}/callback` })
   * console.log(address)
   */
  begin(wish: OAuthWish & { readonly redirectUri: string; readonly locale?: 'en' | 'fr' }): Promise<string>
  /**
   * Ends what `begin` began, with the address the browser was sent back to. Throws `not-authenticated` when the person cancelled, or when
   * this app did not begin it.
   *
   * @example
   * const finish = async () => werenode.oauth.finish(location.href)
   * console.log(finish.name)
   */
  finish(address: string): Promise<Login>
  /**
   * Signs in a device without a browser: the person types a code elsewhere. Resolves when they did.
   *
   * @example
   * const signIn = () =>
   *   werenode.oauth.device({ clientId: 'cli' }, ({ userCode, verificationUri }) => console.log(`${verificationUri}: ${userCode}`))
   * console.log(signIn.name)
   */
  device(wish: OAuthWish, show: (code: DeviceCode) => void, options?: { readonly signal?: AbortSignal }): Promise<Login>
}

interface Begun {
  readonly clientId: string
  readonly redirectUri: string
  readonly state: string
  readonly verifier: string
}

const driverScopes = ['openid', 'catalogue:read', 'sessions:read', 'sessions:write']

export const createOAuth = (deps: { http: LoginHttp; storage: Storage; baseUrl: string; clock: () => Date }): OAuth => {
  const { http, baseUrl } = deps
  const begun = jsonIn<Begun>(deps.storage, `werenode:oauth:${baseUrl}`)
  const scopeOf = ({ scopes = driverScopes }: OAuthWish): string => [...new Set(['openid', ...scopes])].join(' ')

  return {
    async begin({ clientId, redirectUri, locale, ...wish }) {
      const now: Begun = { clientId, redirectUri, state: randomText(), verifier: randomText() }
      await begun.set(now)
      const url = new URL('/auth/authorize', baseUrl)
      const query = {
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: scopeOf({ clientId, ...wish }),
        state: now.state,
        code_challenge: challengeOf(now.verifier),
        code_challenge_method: 'S256',
        ...(locale === undefined ? {} : { ui_locales: locale }),
      }
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      return url.href
    },

    async finish(address) {
      const answer = new URL(address).searchParams
      const known = await begun.get()
      await begun.delete()
      // RFC 9700 §4.4: the answer is of the sign-in this app began, and of the node it began it with.
      if (
        !known ||
        answer.get('state') !== known.state ||
        (answer.get('iss') ?? `${baseUrl}/auth`) !== `${baseUrl}/auth`
      )
        throw new WerenodeError('not-authenticated', 'This answer belongs to no sign-in that this app began', {
          hint: 'Begin again.',
        })
      const code = answer.get('code')
      if (code === null)
        throw new WerenodeError('not-authenticated', `Nobody was signed in (${answer.get('error') ?? 'no code'})`, {
          hint: 'Begin again when you want to sign in.',
        })
      const tokens = await http.token({
        grant_type: 'authorization_code',
        client_id: known.clientId,
        code,
        redirect_uri: known.redirectUri,
        code_verifier: known.verifier,
      })
      return http.keep(known.clientId, good(tokens))
    },

    async device(wish, show, { signal } = {}) {
      const started = await http.form<{
        device_code: string
        user_code: string
        verification_uri: string
        verification_uri_complete: string
        expires_in: number
        interval?: number
      }>('/auth/device_authorization', { client_id: wish.clientId, scope: scopeOf(wish) })
      const endsAt = deps.clock().getTime() + started.expires_in * 1000
      show({
        userCode: started.user_code,
        verificationUri: started.verification_uri,
        verificationUriComplete: started.verification_uri_complete,
        expiresAt: new Date(endsAt),
      })
      let everyMs = (started.interval ?? 5) * 1000
      for (;;) {
        await pause(everyMs, signal)
        const tokens = await http.token({
          grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
          client_id: wish.clientId,
          device_code: started.device_code,
        })
        // RFC 8628 §3.5.
        if (tokens.error === 'authorization_pending') continue
        if (tokens.error === 'slow_down') everyMs += 5_000
        else return http.keep(wish.clientId, good(tokens))
      }
    },
  }
}

const good = (tokens: TokenAnswer) => {
  if (tokens.access_token !== undefined && tokens.expires_in !== undefined)
    return { ...tokens, access_token: tokens.access_token, expires_in: tokens.expires_in }
  throw new WerenodeError('not-authenticated', `Nobody was signed in (${tokens.error ?? 'no token'})`, {
    hint: 'Begin again.',
  })
}
