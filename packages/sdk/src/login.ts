import { type Address, isWerenodeError, type Wallet, WerenodeError } from '@werenode/core'
import { getAddress } from 'viem'
import { createSiweMessage } from 'viem/siwe'
import { type Ask, createHttp, type Http } from './http.ts'
import { jsonIn, type Storage } from './storage.ts'

/** A signed-in device, as far as its owner needs to know. */
export interface Login {
  readonly accountId: string
  readonly address: Address
  readonly scopes: readonly string[]
  readonly loginId: string
}

interface KeptLogin extends Login {
  readonly accessToken: string
  readonly accessExpiresAt: string
  readonly refreshToken: string
}

/** HTTP that carries the login: tokens are refreshed before they end, and asked for when there are none. */
export interface LoginHttp extends Http {
  /** Signs in with the wallet (one signature), whatever login there was. */
  signIn(): Promise<Login>
  signOut(): Promise<void>
  /** The login that is kept, if any; asks nobody. */
  current(): Promise<Login | undefined>
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

  const signIn = async (): Promise<KeptLogin> => {
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
      statement: 'Sign in to Werenode.',
      issuedAt: clock(),
    })
    const signature = await wallet.signMessage(message)
    const login = await open.json<KeptLogin>('/auth/siwe', { method: 'POST', body: { message, signature } })
    await kept.set(login)
    return login
  }

  const renew = async (login: KeptLogin): Promise<KeptLogin> => {
    try {
      const fresh = await open.json<KeptLogin>('/auth/refresh', {
        method: 'POST',
        body: { refreshToken: login.refreshToken },
      })
      await kept.set(fresh)
      return fresh
    } catch (error) {
      if (!isWerenodeError(error) || error.code !== 'not-authenticated') throw error
      await kept.delete()
      if (deps.autoSignIn) return signIn()
      throw error
    }
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

  return {
    open,
    async json<T>(path: string, ask?: Ask) {
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
    },
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
  address,
  scopes,
  loginId,
})
