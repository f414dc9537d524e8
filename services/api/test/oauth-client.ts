import { createHash, randomBytes } from 'node:crypto'
import type { Api } from '../src/api.ts'
import { type Browser, createBrowser } from './browser.ts'
import { origin } from './world.ts'

export const password = 'four words of mine'

/** An account with e-mail and password, its letter opened. */
export const signUp = async (
  world: { api: Api; store: import('@werenode/core').Store },
  email: string,
): Promise<void> => {
  const { api, store } = world
  await api.inject({ method: 'POST', url: '/auth/email/signup', payload: { email, password, locale: 'en' } })
  const { items } = await store.find<{ _id: string; to: string; text: string }>(
    'api_mails',
    { to: email },
    { limit: 10 },
  )
  const token = /token=([\w-]+)/.exec(items.at(-1)!.text)![1]!
  const answer = await api.inject({ method: 'POST', url: '/auth/email/verify', payload: { token } })
  if (answer.statusCode !== 201) throw new Error(answer.body)
}

export interface Tokens {
  readonly access_token: string
  readonly refresh_token: string
  readonly id_token: string
  readonly scope: string
  readonly expires_in: number
}

export const driverScope = 'openid catalogue:read sessions:read sessions:write'

export const authorizeUrl = (params: Record<string, string | undefined> = {}) => {
  const verifier = randomBytes(32).toString('base64url')
  const search: Record<string, string | undefined> = {
    client_id: 'portal',
    redirect_uri: `${origin}/callback`,
    response_type: 'code',
    scope: driverScope,
    state: 'the-state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...params,
  }
  const query = new URLSearchParams(
    Object.entries(search).filter(([, value]) => value !== undefined) as [string, string][],
  )
  return { verifier, url: `/auth/authorize?${query}` }
}

export const token = async (api: Api, form: Record<string, string>, headers: Record<string, string> = {}) => {
  const answer = await api.inject({
    method: 'POST',
    url: '/auth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(form).toString(),
  })
  return { status: answer.statusCode, body: answer.json<Tokens & { error?: string }>() }
}

export const codeOf = (url: string): string => new URL(url).searchParams.get('code') ?? ''

/** The whole code flow by password, as the portal does it. */
export const signInByOAuth = async (
  api: Api,
  email: string,
  params: Record<string, string | undefined> = {},
): Promise<{ tokens: Tokens; browser: Browser; code: string; verifier: string }> => {
  const browser = createBrowser(api)
  const { url, verifier } = authorizeUrl(params)
  await browser.go(url)
  const { url: back } = await browser.submit('/password', { email, password })
  const code = codeOf(back)
  const { status, body } = await token(api, {
    grant_type: 'authorization_code',
    client_id: params.client_id ?? 'portal',
    code,
    redirect_uri: params.redirect_uri ?? `${origin}/callback`,
    code_verifier: verifier,
  })
  if (status !== 200) throw new Error(JSON.stringify(body))
  return { tokens: body, browser, code, verifier }
}
