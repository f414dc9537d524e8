import type { Address } from '@werenode/core'
import { hashMessage, recoverAddress } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { accessTokenMs, refreshTokenMs } from '../src/identity/logins.ts'
import { openWorld, origin, siweMessage, type World } from './world.ts'

/** The chain's word on contract wallets: this one says yes to a signature of its owner (EIP-1271). */
const owner = privateKeyToAccount(generatePrivateKey())
const contractWallet = `0x${'c0'.repeat(20)}` as Address
const verifyMessage = vi.fn(async ({ address, message, signature }) => {
  if (address !== contractWallet) return false
  const signer = await recoverAddress({ hash: hashMessage(message), signature: signature.slice(0, 132) })
  return signer === owner.address
})

let world: World
beforeAll(async () => {
  world = await openWorld({ publicClient: { verifyMessage } as never })
})
afterAll(() => world.close())
beforeEach(() => {
  verifyMessage.mockClear()
})

const signIn = (message: string, signature: string) =>
  world.api.inject({ method: 'POST', url: '/auth/siwe', payload: { message, signature } })
const me = (accessToken: string) =>
  world.api.inject({ url: '/v1/account', headers: { authorization: `Bearer ${accessToken}` } })
const refresh = (refreshToken: string) =>
  world.api.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })

test('a wallet signs in and is known by its address', async () => {
  const { accessToken, address } = await world.driver()
  const answer = await me(accessToken)
  expect(answer.json()).toEqual({
    accountId: expect.stringMatching(/^acc_/),
    address,
    scopes: ['catalogue:read', 'sessions:read', 'sessions:write'],
    parties: [],
    wallets: [address],
    emails: [],
  })
  expect(verifyMessage).not.toHaveBeenCalled()
})

test('the same wallet is the same account next time', async () => {
  const account = privateKeyToAccount(generatePrivateKey())
  const logins = await Promise.all([world.driver(account), world.driver(account), world.driver(account)])
  const accounts = await Promise.all(logins.map(async ({ accessToken }) => (await me(accessToken)).json().accountId))
  expect(new Set(accounts).size).toBe(1)
})

test('a contract wallet signs in by EIP-1271', async () => {
  const message = await siweMessage(world.api, contractWallet, world.clock())
  const signature = await owner.signMessage({ message })
  expect((await signIn(message, `${signature}00`)).json()).toMatchObject({ address: contractWallet })
})

test('a nonce is good once', async () => {
  const account = privateKeyToAccount(generatePrivateKey())
  const message = await siweMessage(world.api, account.address, world.clock())
  const signature = await account.signMessage({ message })
  const answers = await Promise.all([
    signIn(message, signature),
    signIn(message, signature),
    signIn(message, signature),
  ])
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 401, 401])
})

test('a nonce is forgotten after ten minutes, and one we never gave is refused', async () => {
  const account = privateKeyToAccount(generatePrivateKey())
  const late = await siweMessage(world.api, account.address, world.clock())
  world.clock.advance(601_000)
  expect((await signIn(late, await account.signMessage({ message: late }))).statusCode).toBe(401)
  const never = await siweMessage(world.api, account.address, world.clock(), { nonce: 'a'.repeat(32) })
  expect((await signIn(never, await account.signMessage({ message: never }))).statusCode).toBe(401)
})

test.each([
  ['another domain', { domain: 'evil.example' }],
  ['another address', { uri: 'https://evil.example' }],
  ['another chain', { chainId: 1 }],
  ['a time that is over', { expirationTime: new Date(0) }],
  ['a time to come', { notBefore: new Date('2999-01-01') }],
])('a message for %s is refused', async (_words, change) => {
  const account = privateKeyToAccount(generatePrivateKey())
  const message = await siweMessage(world.api, account.address, world.clock(), change)
  const answer = await signIn(message, await account.signMessage({ message }))
  expect(answer.statusCode).toBe(400)
  expect(answer.json().code).toBe('invalid-input')
})

test('a message that is no sign-in message, and the signature of somebody else, are refused', async () => {
  const account = privateKeyToAccount(generatePrivateKey())
  const other = privateKeyToAccount(generatePrivateKey())
  expect((await signIn('hello', await account.signMessage({ message: 'hello' }))).statusCode).toBe(400)
  const message = await siweMessage(world.api, account.address, world.clock())
  const answer = await signIn(message, await other.signMessage({ message }))
  expect(answer.statusCode).toBe(422)
  expect(answer.json().code).toBe('signature-invalid')
})

test('an access token lasts fifteen minutes, a refresh gives new ones', async () => {
  const { accessToken, refreshToken } = await world.driver()
  world.clock.advance(accessTokenMs + 1)
  const expired = await me(accessToken)
  expect(expired.statusCode).toBe(401)
  expect(expired.json().data).toEqual({ expired: true })
  const fresh = await refresh(refreshToken)
  expect(fresh.statusCode).toBe(200)
  expect((await me(fresh.json().accessToken)).statusCode).toBe(200)
})

test('a refresh token used twice ends the login, because somebody copied it', async () => {
  const { refreshToken } = await world.driver()
  const { accessToken, refreshToken: next } = (await refresh(refreshToken)).json()
  expect((await refresh(refreshToken)).statusCode).toBe(401)
  expect((await me(accessToken)).statusCode).toBe(401)
  expect((await refresh(next)).statusCode).toBe(401)
})

test('guessing at a refresh token does not end a login', async () => {
  const { accessToken, refreshToken } = await world.driver()
  const guess = refreshToken.slice(0, -43) + 'A'.repeat(43)
  expect((await refresh(guess)).statusCode).toBe(401)
  expect((await me(accessToken)).statusCode).toBe(200)
})

test('a refresh token lasts thirty days', async () => {
  const { refreshToken } = await world.driver()
  world.clock.advance(refreshTokenMs + 1)
  expect((await refresh(refreshToken)).statusCode).toBe(401)
})

test('signing out voids both tokens at once', async () => {
  const { headers, accessToken, refreshToken } = await world.driver()
  expect((await world.api.inject({ method: 'POST', url: '/auth/signout', headers })).statusCode).toBe(204)
  expect((await me(accessToken)).statusCode).toBe(401)
  expect((await refresh(refreshToken)).statusCode).toBe(401)
})

test('an account sees its devices and signs one out, never those of another', async () => {
  const account = privateKeyToAccount(generatePrivateKey())
  const phone = await world.driver(account)
  world.clock.advance(1000)
  const laptop = await world.driver(account)
  const stranger = await world.driver()
  const { items } = (await world.api.inject({ url: '/v1/account/logins', headers: phone.headers })).json()
  expect(items.map(({ current }: { current: boolean }) => current)).toEqual([false, true])
  const remove = (headers: Record<string, string>) =>
    world.api.inject({ method: 'DELETE', url: `/v1/account/logins/${items[0].loginId}`, headers })
  expect((await remove({ ...stranger.headers })).statusCode).toBe(404)
  expect((await remove({ ...phone.headers })).statusCode).toBe(204)
  expect((await me(laptop.accessToken)).statusCode).toBe(401)
  expect((await me(phone.accessToken)).statusCode).toBe(200)
})

test('tokens are kept as hashes only', async () => {
  const { accessToken, refreshToken } = await world.driver()
  const kept = JSON.stringify((await world.store.find('api_logins', {}, { limit: 1000 })).items)
  for (const token of [accessToken, refreshToken]) expect(kept).not.toContain(token.slice(-43))
})

test.each([
  ['basic', 'Basic YTpi'],
  ['an unknown token', `Bearer wna_${'A'.repeat(22)}_${'A'.repeat(43)}`],
  ['a refresh token', 'refresh'],
  [
    'a JWT without a signature',
    `Bearer ${[{ alg: 'none' }, { sub: 'admin', scopes: ['admin'] }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`,
  ],
  ['an empty token', 'Bearer '],
  ['a token with a null byte', 'Bearer wna_%00'],
  ['an account id', 'Bearer anonymous'],
])('%s in place of an access token is refused, even where nobody must be known', async (_words, authorization) => {
  const { refreshToken } = await world.driver()
  const header = authorization === 'refresh' ? `Bearer ${refreshToken}` : authorization
  for (const url of ['/v1/account', '/v1/locations', '/v1', '/openapi.json']) {
    const answer = await world.api.inject({ url, headers: { authorization: header } })
    expect(answer.statusCode).toBe(401)
    expect(answer.json().code).toBe('not-authenticated')
  }
})

test('discovery tells where to sign in', async () => {
  const { signIn: how, openapi } = (await world.api.inject({ url: '/v1' })).json()
  expect(how).toEqual({
    siwe: { nonce: `${origin}/auth/siwe/nonce`, domain: 'localhost:8080', chainId: 31_337 },
    refresh: `${origin}/auth/refresh`,
  })
  expect(openapi).toBe(`${origin}/openapi.json`)
})
