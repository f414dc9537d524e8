import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAuthenticator } from './authenticator.ts'
import { createBrowser } from './browser.ts'
import { authorizeUrl, password } from './oauth-client.ts'
import { type Driver, openWorld, type World } from './world.ts'

let world: World
let driver: Driver
beforeAll(async () => {
  world = await openWorld()
  driver = await world.driver()
})
afterAll(() => world.close())

const post = (url: string, payload?: object, headers: Record<string, string> = {}) =>
  world.api.inject({ method: 'POST', url, headers, ...(payload ? { payload } : {}) })
const challenge = async () => (await post('/auth/passkeys/options')).json<{ challenge: string }>()
const registered = async (who: Driver) => {
  const authenticator = createAuthenticator()
  const options = (await post('/v1/account/passkeys/options', undefined, who.headers)).json<{ challenge: string }>()
  const answer = await post(
    '/v1/account/passkeys',
    { name: 'My laptop', response: authenticator.create(options) },
    who.headers,
  )
  expect(answer.statusCode).toBe(201)
  return authenticator
}
const signIn = async (response: object) => post('/auth/passkeys', { response })

test('a passkey is added to an account and signs in to it', async () => {
  const authenticator = await registered(driver)
  const answer = await signIn(authenticator.get(await challenge()))
  expect(answer.statusCode).toBe(201)
  const { accessToken, address } = answer.json()
  expect(address).toBe(driver.address)
  const list = await world.api.inject({
    url: '/v1/account/passkeys',
    headers: { authorization: `Bearer ${accessToken}` },
  })
  expect(list.json().items).toMatchObject([
    { passkeyId: authenticator.id, name: 'My laptop', usedAt: expect.any(String) },
  ])
})

test('it signs in on the page of an app', async () => {
  const authenticator = await registered(await world.driver())
  const browser = createBrowser(world.api)
  await browser.go(authorizeUrl().url)
  const wrong = await browser.submit('/passkey', { response: '{"id":"x"}' })
  expect(wrong.status).toBe(401)
  const back = await browser.submit('/passkey', { response: JSON.stringify(authenticator.get(await challenge())) })
  expect(back.url).toContain('/callback?code=')
})

test('a challenge is good once, for its purpose and for five minutes', async () => {
  const authenticator = await registered(await world.driver())
  const options = await challenge()
  expect((await signIn(authenticator.get(options))).statusCode).toBe(201)
  expect((await signIn(authenticator.get(options))).statusCode).toBe(401)

  const late = await challenge()
  world.clock.advance(6 * 60_000)
  expect((await signIn(authenticator.get(late))).statusCode).toBe(401)

  const fresh = await world.driver()
  const register = (await post('/v1/account/passkeys/options', undefined, fresh.headers)).json<{ challenge: string }>()
  expect((await signIn(authenticator.get(register))).statusCode).toBe(401)
  // Nor does somebody else's registration take it.
  const other = await world.driver()
  const again = (await post('/v1/account/passkeys/options', undefined, fresh.headers)).json<{ challenge: string }>()
  const stolen = await post(
    '/v1/account/passkeys',
    { name: 'x', response: createAuthenticator().create(again) },
    other.headers,
  )
  expect(stolen.statusCode).toBe(401)
})

test('the answer of another site, of nobody present, or of a clone is refused', async () => {
  const phished = createAuthenticator({ origin: 'https://werenode.evil.example' })
  const who = await world.driver()
  const options = (await post('/v1/account/passkeys/options', undefined, who.headers)).json<{ challenge: string }>()
  expect(
    (await post('/v1/account/passkeys', { name: 'x', response: phished.create(options) }, who.headers)).statusCode,
  ).toBe(401)

  const authenticator = await registered(who)
  expect((await signIn(authenticator.get(await challenge(), { verified: false }))).statusCode).toBe(401)
  expect((await signIn(authenticator.get(await challenge()))).statusCode).toBe(201)
  authenticator.rewind(2)
  expect((await signIn(authenticator.get(await challenge()))).statusCode).toBe(401)
})

test('another person’s passkey cannot be removed, nor the last way in', async () => {
  const mine = await world.driver()
  const authenticator = await registered(mine)
  const remove = (headers: Record<string, string>) =>
    world.api.inject({ method: 'DELETE', url: `/v1/account/passkeys/${authenticator.id}`, headers })
  expect((await remove((await world.driver()).headers)).statusCode).toBe(404)
  const unlink = await world.api.inject({
    method: 'DELETE',
    url: `/v1/account/wallets/${mine.address}`,
    headers: mine.headers,
  })
  expect(unlink.statusCode).toBe(204)
  const again = (await signIn(authenticator.get(await challenge()))).json<{ accessToken: string }>()
  expect((await remove({ authorization: `Bearer ${again.accessToken}` })).statusCode).toBe(409)
})

test('an e-mail address is added to an account with a wallet, once its owner opens the letter', async () => {
  const who = await world.driver()
  const email = 'claire@example.org'
  expect((await post('/v1/account/emails', { email, password, locale: 'fr' }, who.headers)).statusCode).toBe(204)
  expect((await post('/auth/email', { email, password })).statusCode).toBe(401)
  const { items } = await world.store.find<{ _id: string; text: string }>('api_mails', { to: email }, { limit: 1 })
  const token = /token=([\w-]+)/.exec(items[0]!.text)![1]!
  expect((await post('/auth/email/verify', { token })).json().address).toBe(who.address)
  expect((await post('/auth/email', { email, password })).json().address).toBe(who.address)
  // A token that was stolen for a moment does not change the password.
  const taken = await post(
    '/v1/account/emails',
    { email: 'thief@example.org', password: 'a thief of passwords' },
    who.headers,
  )
  expect(taken.statusCode).toBe(409)
})
