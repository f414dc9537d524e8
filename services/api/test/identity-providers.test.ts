import getPort from 'get-port'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBrowser } from './browser.ts'
import { authorizeUrl, codeOf, password, signUp, token } from './oauth-client.ts'
import { openWorld, origin, type World } from './world.ts'

/** Two nodes: one is the identity provider of the other. */
let theirs: World
let ours: World
let idp: string
const email = 'dora@idp.example'

beforeAll(async () => {
  const port = await getPort({ host: '127.0.0.1' })
  idp = `http://localhost:${port}`
  theirs = await openWorld({
    origin: idp,
    oauthApps: [
      { clientId: 'werenode', name: 'Werenode', redirectUris: [`${origin}/auth/idp/acme/callback`], scopes: ['email'] },
    ],
  })
  await theirs.api.start({ port, host: 'localhost' })
  await signUp(theirs, email)
  ours = await openWorld({
    identityProviders: [
      { id: 'acme', name: 'Acme', issuer: `${idp}/auth`, clientId: 'werenode' },
      { id: 'gone', name: 'Gone', issuer: 'http://localhost:9/', clientId: 'x' },
    ],
  })
})
afterAll(async () => {
  await ours.close()
  await theirs.close()
})

/** From an app here, over to the provider, and back with its answer. */
const visit = async () => {
  const here = createBrowser(ours.api)
  const there = createBrowser(theirs.api, { at: idp })
  const { url, verifier } = authorizeUrl()
  await here.go(url)
  const { url: away } = await here.submit('/idp/acme')
  await there.go(away)
  await there.submit('/password', { email, password })
  const { url: back } = await there.submit('/consent')
  return { here, back, verifier }
}

const accountOf = async (code: string, code_verifier: string) => {
  const { body } = await token(ours.api, {
    grant_type: 'authorization_code',
    client_id: 'portal',
    code,
    redirect_uri: `${origin}/callback`,
    code_verifier,
  })
  const me = await ours.api.inject({ url: '/v1/account', headers: { authorization: `Bearer ${body.access_token}` } })
  return me.json<{ accountId: string }>().accountId
}

test('somebody signs in with the account they have elsewhere, and is the same person the next time', async () => {
  const seen = new Set<string>()
  for (let times = 0; times < 2; times += 1) {
    const { here, back, verifier } = await visit()
    expect(back.startsWith(`${origin}/auth/idp/acme/callback?`)).toBe(true)
    const done = await here.go(back)
    seen.add(await accountOf(codeOf(done.url), verifier))
  }
  expect(seen.size).toBe(1)
})

test('the answer is good once, and only in the browser that asked for it', async () => {
  const { here, back } = await visit()
  const other = createBrowser(ours.api)
  await other.go(authorizeUrl().url)
  expect((await other.go(back)).status).toBe(410)
  expect((await here.go(back)).url).toContain('/callback?code=')
  expect((await here.go(back)).status).toBe(410)
})

test('a provider that is away, or that we do not know, is said in words', async () => {
  const browser = createBrowser(ours.api)
  await browser.go(authorizeUrl().url)
  const csrf = /name="csrf" value="([^"]+)"/.exec(browser.page().body)![1]!
  const uid = /interaction\/([\w-]+)/.exec(browser.page().url)![1]!
  expect((await browser.post(`/auth/interaction/${uid}/idp/gone`, { csrf })).status).toBe(503)
  expect((await browser.post(`/auth/interaction/${uid}/idp/nobody`, { csrf })).status).toBe(404)
})
