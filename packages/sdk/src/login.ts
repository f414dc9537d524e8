import { type Address, type Hex, isWerenodeError, type Wallet, WerenodeError } from '@werenode/core'
import { getAddress } from 'viem'
import { createSiweMessage } from 'viem/siwe'
import { type Ask, createHttp, type Http } from './http.ts'
import { errorOf } from './problem.ts'
import { jsonIn, type Storage } from './storage.ts'

/** A signed-in device, as far as its owner needs to know. */
export interface Login {
  readonly accountId: string
  /** Absent for an account without a wallet. */
  readonly address?: Address
  readonly scopes: readonly string[]
  readonly loginId: string
}

interface KeptLogin extends Login {
  readonly accessToken: string
  readonly accessExpiresAt: string
  /** Absent where an app was not let stay signed in. */
  readonly refreshToken?: string
  /** The OAuth client whose tokens these are; absent for the node's own logins. */
  readonly clientId?: string
}

/** What a token endpoint says (RFC 6749 §5). */
export interface TokenAnswer {
  readonly access_token?: string
  readonly refresh_token?: string
  readonly expires_in?: number
  readonly scope?: string
  readonly error?: string
}

/** HTTP that carries the login: tokens are refreshed before they end, and asked for when there are none. */
export interface LoginHttp extends Http {
  /** Signs in with the wallet (one signature), whatever login there was. */
  signIn(): Promise<Login>
  /** Adds a wallet to the account that is signed in: one signature. Default: the client's own wallet. */
  linkWallet(wallet?: Wallet): Promise<Address>
  signOut(): Promise<void>
  /** The login that is kept, if any; asks nobody. */
  current(): Promise<Login | undefined>
  /** Signs in with an address and its password. */
  signInWithPassword(email: string, password: string): Promise<Login>
  /** Signs in with a passkey; `ask` is the platform's: `navigator.credentials.get` and its JSON. */
  signInWithPasskey(ask: (options: object) => Promise<object>): Promise<Login>
  /** A form of OAuth, answered in JSON. */
  form<T>(path: string, fields: Readonly<Record<string, string>>): Promise<T>
  /** The token endpoint; what it refuses is in the answer. */
  token(fields: Readonly<Record<string, string>>): Promise<TokenAnswer>
  /** Keeps the tokens of an OAuth client as this device's login. */
  keep(clientId: string, tokens: TokenAnswer & { access_token: string; expires_in: number }): Promise<Login>
  /** Without a login. */
  readonly open: Http
}

/** A token this close to its end is refreshed first, so that it does not end on the way. */
const marginMs = 30_000

export const createLoginHttp = (deps: {
  baseUrl: string
  fetch: typeof globalThis.fetch
  storage: Storage
  wallet?: Wallet
  autoSignIn: boolean
  clock: () => Date
}): LoginHttp => {
  const { wallet, clock } = deps
  const open = createHttp(deps)
  const kept = jsonIn<KeptLogin>(deps.storage, `werenode:login:${deps.baseUrl}:${wallet?.address.toLowerCase() ?? ''}`)
  /** One refresh or sign-in at a time: a refresh token used twice ends the login. */
  let underway: Promise<KeptLogin> | undefined

  /** The wallet's word that it wants in here (EIP-4361): one signature. */
  const proofOf = async (
    wallet: Wallet | undefined,
    statement: string,
  ): Promise<{ message: string; signature: Hex }> => {
    if (!wallet)
      throw new WerenodeError('not-authenticated', 'Signing in needs a wallet', {
        hint: 'Give createWerenode a wallet.',
      })
    const nonce = await open.json<{ nonce: string; domain: string; uri: string; chainId: number }>('/auth/siwe/nonce', {
      method: 'POST',
    })
    if (new URL(nonce.uri).host !== nonce.domain || nonce.uri !== new URL(nonce.uri).origin)
      throw new WerenodeError('terms-refused', `The node wants a signature for ${nonce.domain} and ${nonce.uri}`, {
        hint: 'These should be one and the same place; do not sign in here.',
      })
    const message = createSiweMessage({
      address: getAddress(wallet.address),
      chainId: nonce.chainId,
      domain: nonce.domain,
      nonce: nonce.nonce,
      uri: nonce.uri,
      version: '1',
      statement,
      issuedAt: clock(),
    })
    return { message, signature: await wallet.signMessage(message) }
  }

  const signIn = async (): Promise<KeptLogin> => {
    const body = await proofOf(wallet, 'Sign in to Werenode.')
    const login = await open.json<KeptLogin>('/auth/siwe', { method: 'POST', body })
    await kept.set(login)
    return login
  }

  const form = async <T>(path: string, fields: Readonly<Record<string, string>>): Promise<T> => {
    const answer = await open.raw(path, {
      method: 'POST',
      media: 'application/x-www-form-urlencoded',
      body: new URLSearchParams(fields).toString(),
    })
    // OAuth says what it refuses in JSON of its own; anything else went wrong before it.
    if (answer.headers.get('content-type')?.startsWith('application/json')) return (await answer.json()) as T
    throw await errorOf(answer)
  }
  const token = (fields: Readonly<Record<string, string>>): Promise<TokenAnswer> => form('/auth/token', fields)

  const tokenFields = (tokens: { access_token: string; expires_in: number; refresh_token?: string }) => ({
    accessToken: tokens.access_token,
    accessExpiresAt: new Date(clock().getTime() + tokens.expires_in * 1000).toISOString(),
    ...(tokens.refresh_token === undefined ? {} : { refreshToken: tokens.refresh_token }),
  })

  const renewed = async (login: KeptLogin): Promise<KeptLogin> => {
    const { clientId, refreshToken } = login
    const over = new WerenodeError('not-authenticated', 'This login has ended', { hint: 'Sign in again.' })
    if (refreshToken === undefined) throw over
    if (clientId === undefined) return open.json<KeptLogin>('/auth/refresh', { method: 'POST', body: { refreshToken } })
    const tokens = await token({ grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken })
    if (tokens.access_token === undefined || tokens.expires_in === undefined) throw over
    return { ...login, ...tokenFields({ ...tokens, access_token: tokens.access_token, expires_in: tokens.expires_in }) }
  }

  const renew = async (login: KeptLogin): Promise<KeptLogin> => {
    try {
      const fresh = await renewed(login)
      await kept.set(fresh)
      return fresh
    } catch (error) {
      if (!isWerenodeError(error) || error.code !== 'not-authenticated') throw error
      await kept.delete()
      if (deps.autoSignIn && wallet) return signIn()
      throw error
    }
  }

  /** Whatever way somebody signed in: the login is this device's from now on. */
  const took = async (login: KeptLogin): Promise<Login> => {
    await kept.set(login)
    return publicPart(login)
  }

  const alone = (work: () => Promise<KeptLogin>): Promise<KeptLogin> => {
    underway ??= work().finally(() => {
      underway = undefined
    })
    return underway
  }

  const good = async (): Promise<KeptLogin> => {
    if (underway) return underway
    const login = await kept.get()
    if (!login) {
      if (deps.autoSignIn) return alone(signIn)
      throw new WerenodeError('not-authenticated', 'Nobody is signed in', { hint: 'Call signIn() first.' })
    }
    if (Date.parse(login.accessExpiresAt) - clock().getTime() > marginMs) return login
    return alone(() => renew(login))
  }

  const withToken = (ask: Ask | undefined, { accessToken }: KeptLogin): Ask => ({
    ...ask,
    headers: { ...ask?.headers, authorization: `Bearer ${accessToken}` },
  })

  const json = async <T>(path: string, ask?: Ask): Promise<T> => {
    const login = await good()
    try {
      return await open.json<T>(path, withToken(ask, login))
    } catch (error) {
      if (!isWerenodeError(error) || error.code !== 'not-authenticated') throw error
      // Ended elsewhere, or this device's clock is wrong: once more with new tokens.
      const now = await kept.get()
      const next = now && now.accessToken !== login.accessToken ? now : await alone(() => renew(now ?? login))
      return open.json<T>(path, withToken(ask, next))
    }
  }

  return {
    open,
    json,
    async raw(path, ask) {
      const answer = await open.raw(path, withToken(ask, await good()))
      if (answer.status !== 401) return answer
      await answer.body?.cancel()
      const login = await kept.get()
      const next = login ? await alone(() => renew(login)) : await good()
      return open.raw(path, withToken(ask, next))
    },
    async signIn() {
      return publicPart(await alone(signIn))
    },
    async linkWallet(linked = wallet) {
      const body = await proofOf(linked, 'Link this wallet to my Werenode account.')
      const { address } = await json<{ address: Address }>('/v1/account/wallets', { method: 'POST', body })
      const login = await kept.get()
      // The node charges with the first wallet of a login from now on.
      if (login && login.address === undefined) await kept.set({ ...login, address })
      return address
    },
    form,
    token,
    async signInWithPassword(email, password) {
      return took(await open.json<KeptLogin>('/auth/email', { method: 'POST', body: { email, password } }))
    },
    async signInWithPasskey(ask) {
      const options = await open.json<object>('/auth/passkeys/options', { method: 'POST' })
      return took(
        await open.json<KeptLogin>('/auth/passkeys', { method: 'POST', body: { response: await ask(options) } }),
      )
    },
    async keep(clientId, tokens) {
      const fields = tokenFields(tokens)
      const headers = { authorization: `Bearer ${tokens.access_token}` }
      const account = await open.json<Pick<Login, 'accountId' | 'address' | 'scopes'>>('/v1/account', { headers })
      const { items } = await open.json<{ items: readonly { loginId: string; current: boolean }[] }>(
        '/v1/account/logins',
        { headers },
      )
      const loginId = items.find(({ current }) => current)?.loginId ?? ''
      const { accountId, address, scopes } = account
      return took({ accountId, scopes, loginId, clientId, ...(address === undefined ? {} : { address }), ...fields })
    },
    async signOut() {
      const login = await kept.get()
      await kept.delete()
      if (!login) return
      await open.json('/auth/signout', { method: 'POST', ...withToken(undefined, login) }).catch((error: unknown) => {
        if (!isWerenodeError(error) || error.code !== 'not-authenticated') throw error
      })
    },
    async current() {
      const login = await kept.get()
      return login && publicPart(login)
    },
  }
}

const publicPart = ({ accountId, address, scopes, loginId }: KeptLogin): Login => ({
  accountId,
  ...(address === undefined ? {} : { address }),
  scopes,
  loginId,
})
