import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { driverScope, signInByOAuth, signUp, type Tokens, token } from './oauth-client.ts'
import { openWorld, origin, type World } from './world.ts'

const dayMs = 24 * 3_600_000
const email = 'kim@example.org'
let world: World
beforeAll(async () => {
  world = await openWorld({ secret: 's'.repeat(43) })
  await signUp(world, email)
})
afterAll(() => world.close())

const published = async () => (await world.api.inject({ url: '/auth/jwks' })).json<JSONWebKeySet>()
const kids = async () => (await published()).keys.map(({ kid }) => kid)
/** Time passes, and the node looks after its keys as it does every ten minutes. */
const later = async (days: number): Promise<void> => {
  world.clock.advance(days * dayMs)
  await world.api.ready()
}
const signedBy = async (idToken: string): Promise<string | undefined> => {
  const { protectedHeader } = await jwtVerify(idToken, createLocalJWKSet(await published()), {
    issuer: `${origin}/auth`,
    audience: 'portal',
  })
  return protectedHeader.kid
}
const mayAsk = async ({ access_token }: Tokens) =>
  (await world.api.inject({ url: '/v1/account', headers: { authorization: `Bearer ${access_token}` } })).statusCode

test('keys rotate by the clock: published a day before they sign, kept two days after, and nobody is signed out', async () => {
  const before = await signInByOAuth(world.api, email)
  const [first] = await kids()
  expect(await kids()).toHaveLength(1)
  expect(await signedBy(before.tokens.id_token)).toBe(first)

  // The day before: everybody can already fetch the next key, and nothing is signed with it.
  await later(89)
  const [still, next] = await kids()
  expect([still, next !== undefined && next !== first]).toEqual([first, true])
  const eve = await signInByOAuth(world.api, email)
  expect(await signedBy(eve.tokens.id_token)).toBe(first)

  // The day: the next one signs; what the old one signed is good as long as it lives.
  world.clock.advance(dayMs - 60_000)
  const soon = await signInByOAuth(world.api, email)
  await later(60_000 / dayMs)
  expect(await kids()).toEqual([next, first])
  const today = await signInByOAuth(world.api, email)
  expect(await signedBy(today.tokens.id_token)).toBe(next)
  expect(await signedBy(soon.tokens.id_token)).toBe(first)
  expect(await mayAsk(soon.tokens)).toBe(200)
  const refreshed = await token(world.api, {
    grant_type: 'refresh_token',
    client_id: 'portal',
    refresh_token: soon.tokens.refresh_token,
    scope: driverScope,
  })
  expect(refreshed.status).toBe(200)
  expect(await mayAsk(refreshed.body)).toBe(200)

  // Access tokens end by the clock, key or no key.
  world.clock.advance(16 * 60_000)
  expect(await mayAsk(soon.tokens)).toBe(401)
  expect(await mayAsk(refreshed.body)).toBe(401)

  // Two days on, the old key is gone, from the document and from the store.
  await later(2.1)
  expect(await kids()).toEqual([next])
  await expect(signedBy(soon.tokens.id_token)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' })
  expect(await world.store.count('api_oauth_keys', {})).toBe(1)
})

test('another process of this node signs with the same keys, and one with another secret cannot read them', async () => {
  const twin = await openWorld({ secret: 's'.repeat(43), store: world.store })
  const theirs = (await twin.api.inject({ url: '/auth/jwks' })).json<JSONWebKeySet>()
  // Its clock is its own: it begins where the first began.
  expect(theirs.keys.map(({ kid }) => kid)).toEqual(await kids())
  await expect(openWorld({ secret: 'x'.repeat(43), store: world.store })).rejects.toThrow('not sealed with this node')
  expect(JSON.stringify((await world.store.find('api_oauth_keys', {}, { limit: 10 })).items)).not.toContain('"d"')
})
