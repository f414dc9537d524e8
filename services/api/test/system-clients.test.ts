import type { Party } from '@werenode/core'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { token } from './oauth-client.ts'
import { type Driver, openWorld, type World } from './world.ts'

const party = 'FR*ABC' as Party
const admin = privateKeyToAccount(generatePrivateKey())
let world: World
let operator: Driver
beforeAll(async () => {
  world = await openWorld({ admins: [admin.address.toLowerCase() as `0x${string}`] })
  const boss = await world.driver(admin)
  operator = await world.driver()
  const call = (method: 'POST' | 'PUT', url: string, payload: object, headers: Record<string, string>) =>
    world.api.inject({ method, url, payload, headers })
  await call('POST', '/v1/parties', { party, name: 'ABC' }, boss.headers)
  await call(
    'PUT',
    `/v1/parties/${party}/members/${operator.address}`,
    { scopes: ['party:write', 'stations:read'] },
    boss.headers,
  )
  await call('PUT', '/v1/account/party', { party }, operator.headers)
  world.clock.advance(3_000)
})
afterAll(() => world.close())

const made = async (scopes = ['stations:read']) => {
  const answer = await world.api.inject({
    method: 'POST',
    url: `/v1/parties/${party}/clients`,
    headers: operator.headers,
    payload: { name: 'Back office', scopes },
  })
  return { status: answer.statusCode, ...answer.json<{ clientId: string; clientSecret: string }>() }
}
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
})
const grant = (id: string, secret: string, scope = 'stations:read') =>
  token(world.api, { grant_type: 'client_credentials', scope }, basic(id, secret))

test("a party's system gets a token by client credentials, for the party and its scopes alone", async () => {
  const { status, clientId, clientSecret } = await made()
  expect(status).toBe(201)
  const { body } = await grant(clientId, clientSecret)
  const headers = { authorization: `Bearer ${body.access_token}` }
  const me = (await world.api.inject({ url: '/v1/account', headers })).json()
  expect(me).toMatchObject({ accountId: `client_${clientId}`, party, scopes: ['stations:read'] })
  expect((await world.api.inject({ url: `/v1/parties/${party}/clients`, headers })).statusCode).toBe(403)
  expect((await world.api.inject({ url: '/v1/sessions', headers })).statusCode).toBe(403)
  expect((await grant(clientId, clientSecret, 'admin')).status).toBe(400)
  expect((await grant(clientId, `${clientSecret}x`)).status).toBe(401)
  expect((await grant('nobody', clientSecret)).status).toBe(401)
})

test('it is no person: it has no login, no passkey, no wallet', async () => {
  const { clientId, clientSecret } = await made()
  const { body } = await grant(clientId, clientSecret)
  const headers = { authorization: `Bearer ${body.access_token}` }
  for (const url of ['/v1/account/passkeys/options', '/auth/signout'])
    expect((await world.api.inject({ method: 'POST', url, headers })).statusCode).toBe(403)
})

test('nobody gives a system what they may not themselves; what is removed ends', async () => {
  expect((await made(['catalogue:write'])).status).toBe(403)
  const { clientId, clientSecret } = await made()
  const { body } = await grant(clientId, clientSecret)
  const url = `/v1/parties/${party}/clients/${clientId}`
  expect((await world.api.inject({ method: 'DELETE', url, headers: operator.headers })).statusCode).toBe(204)
  const headers = { authorization: `Bearer ${body.access_token}` }
  expect((await world.api.inject({ url: '/v1/account', headers })).statusCode).toBe(401)
  expect((await grant(clientId, clientSecret)).status).toBe(401)
  const notes = (await world.api.inject({ url: `/v1/parties/${party}/audit`, headers: operator.headers })).json().items
  expect(notes.map(({ act }: { act: string }) => act)).toContain('revokeSystemClient')
})
