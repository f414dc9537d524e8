import { createLocalJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBrowser } from './browser.ts'
import { authorizeUrl, codeOf, driverScope, password, signInByOAuth, signUp, token } from './oauth-client.ts'
import { openWorld, origin, siweMessage, type World } from './world.ts'

let world: World
const email = 'anna@example.org'
beforeAll(async () => {
  world = await openWorld({
    oauthApps: [
      {
        clientId: 'trips',
        name: 'Trips & Co',
        redirectUris: ['https://trips.example/cb'],
        scopes: ['sessions:read', 'offline_access'],
      },
    ],
  })
  await signUp(world, email)
})
afterAll(() => world.close())

const account = async (accessToken: string) =>
  world.api.inject({ url: '/v1/account', headers: { authorization: `Bearer ${accessToken}` } })

test('discovery names our own origin whatever host the request claims', async () => {
  for (const url of ['/auth/.well-known/openid-configuration', '/.well-known/oauth-authorization-server/auth']) {
    const answer = await world.api.inject({
      url,
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    })
    expect(answer.statusCode).toBe(200)
    expect(answer.body).not.toContain('evil')
    expect(answer.json()).toMatchObject({
      issuer: `${origin}/auth`,
      authorization_endpoint: `${origin}/auth/authorize`,
      token_endpoint: `${origin}/auth/token`,
      jwks_uri: `${origin}/auth/jwks`,
      device_authorization_endpoint: `${origin}/auth/device_authorization`,
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code', 'none'],
    })
  }
})

test('an app signs a person in by code and PKCE, without JavaScript, and its token opens the API', async () => {
  const browser = createBrowser(world.api)
  const { url, verifier } = authorizeUrl()
  const page = await browser.go(url)
  expect(page.status).toBe(200)
  expect(page.body).toContain('Sign in')
  expect(page.headers['content-security-policy']).toContain("default-src 'none'")
  expect(page.headers['content-security-policy']).not.toContain('unsafe-inline')
  expect(page.headers['content-security-policy']).toContain(`form-action 'self' ${origin}`)

  const refused = await browser.submit('/password', { email, password: 'not the password' })
  expect(refused.status).toBe(401)
  expect(refused.body).toContain('did not work')
  const back = await browser.submit('/password', { email, password })
  expect(back.url.startsWith(`${origin}/callback?`)).toBe(true)
  const params = new URL(back.url).searchParams
  expect(params.get('state')).toBe('the-state')
  expect(params.get('iss')).toBe(`${origin}/auth`)

  const { status, body } = await token(world.api, {
    grant_type: 'authorization_code',
    client_id: 'portal',
    code: codeOf(back.url),
    redirect_uri: `${origin}/callback`,
    code_verifier: verifier,
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({ expires_in: 900, token_type: 'Bearer' })
  const me = await account(body.access_token)
  expect(me.statusCode).toBe(200)
  expect(me.json().scopes.toSorted()).toEqual(['catalogue:read', 'sessions:read', 'sessions:write'])

  const jwks = (await world.api.inject({ url: '/auth/jwks' })).json()
  expect(JSON.stringify(jwks)).not.toContain('"d":')
  const { payload } = await jwtVerify(body.id_token, createLocalJWKSet(jwks), {
    issuer: `${origin}/auth`,
    audience: 'portal',
  })
  expect(payload.sub).toBe(me.json().accountId)
})

test('the page speaks French to who prefers it', async () => {
  const page = await createBrowser(world.api, { language: 'fr-FR,fr;q=0.9' }).go(authorizeUrl().url)
  expect(page.body).toContain('<html lang="fr">')
  expect(page.body).toContain('Connexion')
})

test('a wallet signs in on the page', async () => {
  const { generatePrivateKey, privateKeyToAccount } = await import('viem/accounts')
  const wallet = privateKeyToAccount(generatePrivateKey())
  const browser = createBrowser(world.api)
  const { url, verifier } = authorizeUrl()
  await browser.go(url)
  const message = await siweMessage(world.api, wallet.address, world.clock())
  const back = await browser.submit('/wallet', { message, signature: await wallet.signMessage({ message }) })
  const { body } = await token(world.api, {
    grant_type: 'authorization_code',
    client_id: 'portal',
    code: codeOf(back.url),
    redirect_uri: `${origin}/callback`,
    code_verifier: verifier,
  })
  expect((await account(body.access_token)).json().address).toBe(wallet.address.toLowerCase())
})

test.each([
  ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }],
  ['plain PKCE', { code_challenge_method: 'plain' }],
  ['the implicit flow', { response_type: 'token' }],
  [
    'a scope the app does not have',
    { client_id: 'trips', redirect_uri: 'https://trips.example/cb', scope: 'openid sessions:write' },
  ],
])('%s is refused at the app', async (_what, params) => {
  const { url } = await createBrowser(world.api).go(authorizeUrl(params).url)
  const { searchParams, hash } = new URL(url)
  expect(searchParams.get('error') ?? new URLSearchParams(hash.slice(1)).get('error')).toMatch(
    /^(invalid_request|unsupported_response_type|unauthorized_client|invalid_scope)$/,
  )
})

test.each([
  'https://evil.example/',
  `${origin}.evil.example/callback`,
  `${origin}/callback/../../evil`,
  `${origin}/callback#x`,
  'javascript:alert(1)',
])('nobody is sent to %s (open redirects)', async (redirect_uri) => {
  const page = await createBrowser(world.api).go(authorizeUrl({ redirect_uri }).url)
  expect(page.status).toBe(400)
  expect(page.body).toContain('invalid_redirect_uri')
  expect(page.headers.location).toBeUndefined()
})

test('a code is good once; used twice, everything it gave ends', async () => {
  const { tokens, code, verifier } = await signInByOAuth(world.api, email)
  const again = await token(world.api, {
    grant_type: 'authorization_code',
    client_id: 'portal',
    code,
    redirect_uri: `${origin}/callback`,
    code_verifier: verifier,
  })
  expect([again.status, again.body.error]).toEqual([400, 'invalid_grant'])
  world.clock.advance(3_000)
  expect(
    (await token(world.api, { grant_type: 'refresh_token', client_id: 'portal', refresh_token: tokens.refresh_token }))
      .status,
  ).toBe(400)
})

test('a code without its verifier, or for another app, is worth nothing', async () => {
  for (const change of [
    { code_verifier: 'x'.repeat(43) },
    { client_id: 'member' },
    { redirect_uri: `${origin}/console/callback` },
  ]) {
    const browser = createBrowser(world.api)
    const { url, verifier } = authorizeUrl()
    await browser.go(url)
    const { url: back } = await browser.submit('/password', { email, password })
    const { status } = await token(world.api, {
      grant_type: 'authorization_code',
      client_id: 'portal',
      code: codeOf(back),
      redirect_uri: `${origin}/callback`,
      code_verifier: verifier,
      ...change,
    })
    expect(status).toBe(400)
  }
})

test('refresh tokens rotate; an old one met again ends the login', async () => {
  const { tokens } = await signInByOAuth(world.api, email)
  const refresh = (refresh_token: string) =>
    token(world.api, { grant_type: 'refresh_token', client_id: 'portal', refresh_token })
  const second = await refresh(tokens.refresh_token)
  expect(second.status).toBe(200)
  expect(second.body.refresh_token).not.toBe(tokens.refresh_token)
  expect((await account(second.body.access_token)).statusCode).toBe(200)

  const reused = await refresh(tokens.refresh_token)
  expect([reused.status, reused.body.error]).toEqual([400, 'invalid_grant'])
  expect((await refresh(second.body.refresh_token)).status).toBe(400)
  const status = async () => {
    world.clock.advance(3_000)
    return (await account(second.body.access_token)).statusCode
  }
  await expect.poll(status, { timeout: 10_000 }).toBe(401)
})

test('of two refreshes at one moment, one gets an answer', async () => {
  const { tokens } = await signInByOAuth(world.api, email)
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() =>
      token(world.api, { grant_type: 'refresh_token', client_id: 'portal', refresh_token: tokens.refresh_token }),
    ),
  )
  expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
  expect(answers.every(({ status }) => status < 500)).toBe(true)
})

test('a login made by an app is listed with the others, and ends when it is revoked', async () => {
  const { tokens, browser } = await signInByOAuth(world.api, email)
  const headers = { authorization: `Bearer ${tokens.access_token}` }
  const { items } = (await world.api.inject({ url: '/v1/account/logins', headers })).json<{
    items: { loginId: string; current: boolean; device?: string }[]
  }>()
  const current = items.find((one) => one.current)!
  expect(current.device).toContain('Werenode Portal')
  expect(
    (await world.api.inject({ method: 'DELETE', url: `/v1/account/logins/${current.loginId}`, headers })).statusCode,
  ).toBe(204)
  expect((await account(tokens.access_token)).statusCode).toBe(401)
  expect(
    (await token(world.api, { grant_type: 'refresh_token', client_id: 'portal', refresh_token: tokens.refresh_token }))
      .status,
  ).toBe(400)
  // The browser it came from must not sign the app in again by itself.
  expect((await browser.go(authorizeUrl().url)).body).toContain('password')
})

test('a browser that is signed in goes straight through, and signs out when asked', async () => {
  const { browser } = await signInByOAuth(world.api, email)
  expect((await browser.go(authorizeUrl().url)).url).toContain('/callback?')
  const page = await browser.go('/auth/logout')
  expect(page.body).toContain('Sign out')
  expect((await browser.submit('/confirm', { logout: 'yes' })).body).toContain('signed out')
  expect((await browser.go(authorizeUrl().url)).body).toContain('/password"')
})

test('a new password ends what apps hold', async () => {
  await signUp(world, 'ben@example.org')
  const { tokens, browser } = await signInByOAuth(world.api, 'ben@example.org')
  await world.api.inject({ method: 'POST', url: '/auth/email/forgot', payload: { email: 'ben@example.org' } })
  const { items } = await world.store.find<{ _id: string; text: string }>(
    'api_mails',
    { to: 'ben@example.org' },
    { sort: [['createdAt', -1]], limit: 20 },
  )
  const reset = items.map(({ text }) => /reset\?token=([\w-]+)/.exec(text)?.[1]).find((one) => one !== undefined)!
  await world.api.inject({
    method: 'POST',
    url: '/auth/email/reset',
    payload: { token: reset, password: 'another four words' },
  })
  expect((await account(tokens.access_token)).statusCode).toBe(401)
  expect(
    (await token(world.api, { grant_type: 'refresh_token', client_id: 'portal', refresh_token: tokens.refresh_token }))
      .status,
  ).toBe(400)
  expect((await browser.go(authorizeUrl().url)).body).toContain('/password"')
})

test('an app of somebody else asks first, gets what was allowed and no more', async () => {
  const browser = createBrowser(world.api)
  const { url, verifier } = authorizeUrl({
    client_id: 'trips',
    redirect_uri: 'https://trips.example/cb',
    scope: 'openid sessions:read',
  })
  await browser.go(url)
  const consent = await browser.submit('/password', { email, password })
  expect(consent.body).toContain('Trips &#38; Co')
  expect(consent.body).toContain('see your charging sessions')
  const back = await browser.submit('/consent')
  expect(back.url.startsWith('https://trips.example/cb?')).toBe(true)
  const { body } = await token(world.api, {
    grant_type: 'authorization_code',
    client_id: 'trips',
    code: codeOf(back.url),
    redirect_uri: 'https://trips.example/cb',
    code_verifier: verifier,
  })
  expect((await account(body.access_token)).json().scopes).toEqual(['sessions:read'])
  const headers = { authorization: `Bearer ${body.access_token}` }
  expect(
    (await world.api.inject({ method: 'POST', url: '/v1/faucet', headers, payload: { amountMicro: '1' } })).statusCode,
  ).toBe(403)
})

test('an app on a device is not let in silently by a browser that is signed in (RFC 8252)', async () => {
  const { browser } = await signInByOAuth(world.api, email)
  const native = { client_id: 'cli', redirect_uri: 'http://127.0.0.1:51234/callback' }
  expect((await browser.go(authorizeUrl(native).url)).body).toContain('Let werenode (command line) in?')
  expect((await browser.submit('/consent')).url.startsWith('http://127.0.0.1:51234/callback?code=')).toBe(true)
})

test('cancelling goes back to the app, which is told', async () => {
  const browser = createBrowser(world.api)
  await browser.go(authorizeUrl().url)
  expect(new URL((await browser.submit('/abort')).url).searchParams.get('error')).toBe('access_denied')
})

test('a form of elsewhere, of another browser or for another sign-in does nothing (CSRF)', async () => {
  const mine = createBrowser(world.api)
  const theirs = createBrowser(world.api)
  await mine.go(authorizeUrl().url)
  await theirs.go(authorizeUrl().url)
  const action = /action="([^"]+\/password)"/.exec(mine.page().body)![1]!
  const csrf = /name="csrf" value="([^"]+)"/.exec(mine.page().body)![1]!
  expect((await mine.post(action, { csrf: 'guessed', email, password })).status).toBe(403)
  // With the right mark, in a browser whose cookie is of another sign-in.
  expect((await theirs.post(action, { csrf, email, password })).status).toBe(410)
  const cross = await world.api.inject({
    method: 'POST',
    url: action,
    headers: {
      'sec-fetch-site': 'cross-site',
      'content-type': 'application/x-www-form-urlencoded',
      cookie: [...mine.cookies].map(([name, { value }]) => `${name}=${value}`).join('; '),
    },
    payload: new URLSearchParams({ csrf, email, password }).toString(),
  })
  expect(cross.statusCode).toBe(403)
  expect((await createBrowser(world.api).go(new URL(action, origin).pathname.replace('/password', ''))).status).toBe(
    410,
  )
})

test('a device signs in by a code that is typed elsewhere', async () => {
  const start = (
    await world.api.inject({
      method: 'POST',
      url: '/auth/device_authorization',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ client_id: 'cli', scope: driverScope }).toString(),
    })
  ).json<{ device_code: string; user_code: string; verification_uri: string }>()
  expect(start.verification_uri).toBe(`${origin}/auth/device`)
  const poll = () =>
    token(world.api, {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: 'cli',
      device_code: start.device_code,
    })
  expect((await poll()).body.error).toBe('authorization_pending')

  const browser = createBrowser(world.api)
  await browser.go('/auth/device')
  expect((await browser.submit('/device', { user_code: 'WRON-GONE' })).body).toContain('not right')
  const confirm = await browser.submit('/device', { user_code: start.user_code })
  expect(confirm.body).toContain(start.user_code)
  expect(confirm.body).toContain('If you did not start this yourself')
  await browser.submit('/device', { confirm: 'yes' })
  const done = await browser.submit('/password', { email, password })
  expect(done.body).toContain('Done.')
  const { status, body } = await poll()
  expect(status).toBe(200)
  expect((await account(body.access_token)).statusCode).toBe(200)
  expect((await poll()).status).toBe(400)
})

test('an id token, a refresh token and a forged token open nothing (JWT confusion)', async () => {
  const { tokens } = await signInByOAuth(world.api, email)
  const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const { sub } = JSON.parse(Buffer.from(tokens.id_token.split('.')[1]!, 'base64url').toString())
  const claims = { iss: `${origin}/auth`, sub, aud: `${origin}/v1`, scope: 'admin', exp: 4_102_444_800 }
  const unsigned = `${b64({ alg: 'none' })}.${b64(claims)}.`
  const hmac = `${b64({ alg: 'HS256' })}.${b64(claims)}.${'A'.repeat(43)}`
  for (const bad of [tokens.id_token, tokens.refresh_token, unsigned, hmac])
    expect((await account(bad)).statusCode).toBe(401)
})

test('what the store holds signs nobody in, and no key of it is readable', async () => {
  const { tokens } = await signInByOAuth(world.api, email)
  const held = JSON.stringify([
    (await world.store.find('api_oauth', {}, { limit: 10_000 })).items,
    (await world.store.find('api_oauth_keys', {}, { limit: 100 })).items,
    (await world.store.find('api_logins', {}, { limit: 10_000 })).items,
  ])
  for (const secret of [tokens.access_token, tokens.refresh_token]) expect(held).not.toContain(secret)
  expect(held).not.toMatch(/"d":"/)
})
