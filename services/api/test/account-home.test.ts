import getPort from 'get-port'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Browser, createBrowser } from './browser.ts'
import { password, signInByOAuth, signUp } from './oauth-client.ts'
import { openWorld, origin, siweMessage, type World } from './world.ts'

/** Two nodes: `theirs` is an identity provider of `ours`. */
let theirs: World
let ours: World
let idp: string

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
  ours = await openWorld({
    identityProviders: [{ id: 'acme', name: 'Acme', issuer: `${idp}/auth`, clientId: 'werenode' }],
  })
})
afterAll(async () => {
  await ours.close()
  await theirs.close()
})

let people = 0
/** Somebody with an account here, on the account page. */
const atHome = async (language = 'en'): Promise<{ email: string; browser: Browser }> => {
  people += 1
  const email = `person${people}@example.org`
  await signUp(ours, email)
  const browser = createBrowser(ours.api, { language })
  await browser.go('/auth/account')
  const { status, url } = await browser.submit('/password', { email, password })
  expect([status, new URL(url).pathname]).toEqual([200, '/auth/account'])
  return { email, browser }
}
const csrfOf = (browser: Browser): string => /name="csrf" value="([^"]+)"/.exec(browser.page().body)![1]!
/** The account page's form of removal for one thing. */
const remove = (browser: Browser, kind: string, id: string) =>
  browser.post('/auth/account/remove', { csrf: csrfOf(browser), kind, id })
const lettersTo = async (to: string) =>
  (await ours.store.find<{ _id: string; to: string; text: string }>('api_mails', { to }, { limit: 20 })).items
const tokenIn = (text: string): string => /token=([\w-]+)/.exec(text)![1]!

/** Signs in over there as `email`, and comes back with the provider's answer. */
const overThere = async (away: string, email: string): Promise<string> => {
  const there = createBrowser(theirs.api, { at: idp })
  await there.go(away)
  await there.submit('/password', { email, password })
  return (await there.submit('/consent')).url
}

test('whoever is not signed in signs in first, and gets no token by that', async () => {
  const { browser, email } = await atHome()
  expect(browser.page().body).toContain(email)
  expect(browser.page().url).not.toContain('code=')
  const away = createBrowser(ours.api)
  await away.go('/auth/account')
  const cancelled = await away.submit('/abort')
  expect(cancelled.body).toContain('You are not signed in.')
})

test('the page is whole without JavaScript, says what is not, and has no inline script or foreign form', async () => {
  const { browser } = await atHome('fr')
  const { body, headers } = browser.page()
  expect(body).toContain('<html lang="fr">')
  expect(body).toMatch(/<noscript><p>[^<]*JavaScript/)
  expect(body).not.toMatch(/ on\w+=|<script>|javascript:/i)
  expect(String(headers['content-security-policy'])).toContain("form-action 'self'")
  // Every visible field has its label.
  const fields = [...body.matchAll(/<(?:input|select) id="([\w-]+)"/g)].map((match) => match[1])
  expect(fields.length).toBeGreaterThan(5)
  for (const id of fields) expect(body).toContain(`<label for="${id}">`)
})

test('an address is added by letter, the password changed by who knows it, and the last way in stays', async () => {
  const { browser, email } = await atHome()
  expect((await remove(browser, 'email', email)).status).toBe(409)
  expect(browser.page().body).toContain('your only way to sign in')
  const second = `second-${email}`
  expect((await browser.submit('/emails', { email: second, password: 'not the password' })).status).toBe(409)
  expect((await browser.submit('/emails', { email: second, password })).body).toContain('A letter is on its way')
  await ours.api.inject({
    method: 'POST',
    url: '/auth/email/verify',
    payload: { token: tokenIn((await lettersTo(second))[0]!.text) },
  })
  expect((await browser.go('/auth/account')).body).toContain(second)
  expect((await remove(browser, 'email', email)).status).toBe(200)
  expect(browser.page().body).not.toContain(`value="${email}"`)

  const next = 'five other words of mine'
  expect((await browser.submit('/account/password', { current: 'wrong wrong', password: next })).status).toBe(400)
  expect((await browser.submit('/account/password', { current: password, password: next })).body).toContain(
    'Your password was changed',
  )
  expect((await lettersTo(second)).some(({ text }) => text.includes('/auth/reset?token='))).toBe(true)
  const signIn = (word: string) =>
    ours.api.inject({ method: 'POST', url: '/auth/email', payload: { email: second, password: word } })
  expect((await signIn(password)).statusCode).toBe(401)
  expect((await signIn(next)).statusCode).toBe(201)
  expect((await browser.go('/auth/account')).url).toContain('/auth/interaction/')
})

test('devices are listed and signed out, one or all', async () => {
  const { browser, email } = await atHome()
  const { tokens } = await signInByOAuth(ours.api, email)
  const me = () => ours.api.inject({ url: '/v1/account', headers: { authorization: `Bearer ${tokens.access_token}` } })
  expect((await me()).statusCode).toBe(200)
  await browser.go('/auth/account')
  const portal = browser
    .page()
    .body.split('<li>')
    .find((row) => row.includes('Werenode Portal'))!
  const login = /name="id" value="([^"]+)"/.exec(portal)![1]!
  expect((await remove(browser, 'login', login)).body).toContain('Signed out there.')
  ours.clock.advance(3_000)
  expect((await me()).statusCode).toBe(401)
  expect((await browser.submit('/account/signout')).body).toContain('You are not signed in.')
  expect((await browser.go('/auth/account')).url).toContain('/auth/interaction/')
})

test('a wallet is added by its signature, and one of another account is not', async () => {
  const { browser } = await atHome()
  const wallet = privateKeyToAccount(generatePrivateKey())
  const message = await siweMessage(ours.api, wallet.address, ours.clock())
  const signature = await wallet.signMessage({ message })
  expect((await browser.submit('/account/wallets', { message, signature })).body).toContain('Added.')
  const other = await ours.driver()
  const theirsMessage = await siweMessage(ours.api, other.account.address, ours.clock())
  const taken = await browser.submit('/account/wallets', {
    message: theirsMessage,
    signature: await other.account.signMessage({ message: theirsMessage }),
  })
  expect([taken.status, taken.body.includes('another account')]).toEqual([409, true])
  expect((await remove(browser, 'wallet', wallet.address.toLowerCase())).body).toContain('Removed.')
})

test('the language that was chosen goes before the browser’s, on every page and for letters', async () => {
  const { browser, email } = await atHome('en')
  const french = await browser.submit('/account/language', { language: 'fr' })
  expect(french.body).toContain('Mon compte')
  expect((await browser.go('/auth/forgot')).body).toContain('<html lang="fr">')
  expect((await ours.store.get<{ _id: string; locale: string }>('api_emails', email))?.locale).toBe('fr')
  await browser.go('/auth/account')
  expect((await browser.submit('/account/language', { language: '' })).body).toContain('My account')
})

test('my data come as a document without secrets, and the account goes when its owner says so', async () => {
  const { browser, email } = await atHome()
  const data = await browser.submit('/account/export')
  expect(data.headers['content-disposition']).toContain('my-data.json')
  expect(JSON.parse(data.body).records.emails[0]._id).toBe(email)
  expect(data.body).not.toMatch(/argon2|"hash"/)
  await browser.go('/auth/account')
  expect((await browser.submit('/account/erase', { sure: 'yes' })).status).toBe(400)
  expect((await browser.submit('/account/erase', { sure: 'DELETE' })).body).toContain('Your account was deleted.')
  expect(await ours.store.get('api_emails', email)).toBeUndefined()
  expect((await browser.go('/auth/account')).url).toContain('/auth/interaction/')
})

test('a form of another page, another browser or another origin does nothing', async () => {
  const { browser } = await atHome()
  const other = await atHome()
  const csrf = csrfOf(other.browser)
  expect((await browser.post('/auth/account/signout', { csrf })).status).toBe(403)
  const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  await browser.go('/auth/account')
  const foreign = await ours.api.inject({
    method: 'POST',
    url: '/auth/account/signout',
    headers: { cookie, 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ csrf: csrfOf(browser) }).toString(),
  })
  expect(foreign.statusCode).toBe(403)
  expect((await browser.go('/auth/account')).url).toContain('/auth/account')
})

test('an access token opens the page to nobody, and a forged cookie neither', async () => {
  const driver = await ours.driver()
  const byToken = await ours.api.inject({ url: '/auth/account', headers: driver.headers })
  expect(byToken.statusCode).toBe(303)
  const { browser } = await atHome()
  const session = browser.cookies.get('werenode_session')!.value
  const forged = await ours.api.inject({ url: '/auth/account', headers: { cookie: `werenode_session=${session}` } })
  expect(forged.statusCode).toBe(303)
})

test('what changes who may come in asks for a sign-in of a moment ago', async () => {
  const { browser, email } = await atHome()
  ours.clock.advance(16 * 60_000)
  const asked = await browser.submit('/emails', { email: 'x@example.org', password })
  expect(asked.url).toContain('/auth/interaction/')
  expect(await lettersTo('x@example.org')).toHaveLength(0)
  await browser.submit('/password', { email, password })
  expect((await browser.submit('/emails', { email: 'x@example.org', password })).body).toContain('A letter')
})

test('an account elsewhere is added, signs in here from then on, and is taken off again', async () => {
  const there = 'linked@idp.example'
  await signUp(theirs, there)
  const { browser, email } = await atHome()
  const { url: away } = await browser.submit('/account/idp/acme')
  expect(new URL(away).searchParams.get('code_challenge_method')).toBe('S256')
  expect(new URL(away).searchParams.get('nonce')).toBeTruthy()
  expect((await browser.go(await overThere(away, there))).body).toContain('Added.')

  const elsewhere = createBrowser(ours.api)
  await elsewhere.go('/auth/account')
  const { url: again } = await elsewhere.submit('/idp/acme')
  expect((await elsewhere.go(await overThere(again, there))).body).toContain(email)

  await browser.go('/auth/account')
  const id = /name="kind" value="identity"><input type="hidden" name="id" value="([^"]+)"/.exec(
    browser.page().body,
  )![1]!
  expect((await remove(browser, 'identity', id)).body).toContain('Removed.')
})

test('nobody’s account is taken over by linking: not by a link sent to another, nor by one that is another’s', async () => {
  const there = 'taken@idp.example'
  await signUp(theirs, there)
  const victim = await atHome()
  const attacker = await atHome()
  // The attacker begins, signs in over there, and sends the answer to the victim's browser.
  const { url: away } = await attacker.browser.submit('/account/idp/acme')
  const answer = await overThere(away, there)
  expect((await victim.browser.go(answer)).status).toBe(410)
  expect((await victim.browser.go('/auth/account')).body).not.toContain('name="kind" value="identity"')
  // The other way: an answer of a linking visit signs nobody in.
  const stranger = createBrowser(ours.api)
  await stranger.go('/auth/account')
  expect((await stranger.go(answer)).url).toContain('/auth/interaction/')
  // The attacker's own browser may still finish; from then on it is theirs, and nobody else can take it.
  await attacker.browser.go('/auth/account')
  expect((await attacker.browser.go(answer)).body).toContain('Added.')
  await victim.browser.go('/auth/account')
  const { url: second } = await victim.browser.submit('/account/idp/acme')
  const taken = await victim.browser.go(await overThere(second, there))
  expect([taken.status, taken.body.includes('another account')]).toEqual([409, true])
  // Good once.
  expect((await attacker.browser.go(answer)).status).toBe(410)
})
