import { type Address, scopes as allScopes, type Scope } from '@werenode/core'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { access, operationIds } from '../src/contract/access.ts'
import { keyScopes } from '../src/identity/api-keys.ts'
import { memberScopes } from '../src/identity/parties.ts'
import { type Driver, openWorld, type World } from './world.ts'

const adminAccount = privateKeyToAccount(generatePrivateKey())
let world: World
let admin: Driver
beforeAll(async () => {
  world = await openWorld({ admins: [adminAccount.address] })
  admin = await world.driver(adminAccount)
  await send('POST', '/v1/parties', admin, { party: 'FR*WRN', name: 'Werenode demo' })
  await send('POST', '/v1/parties', admin, { party: 'FR*OTH', name: 'Other' })
})
afterAll(() => world.close())

interface Caller {
  readonly headers: Readonly<Record<string, string>>
}
const nobody: Caller = { headers: {} }
const send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, { headers }: Caller, payload?: object) =>
  world.api.inject({ method, url, headers: { ...headers }, ...(payload === undefined ? {} : { payload }) })

/** A member of a party, acting for it. */
const member = async (rights: readonly Scope[], party = 'FR*WRN'): Promise<Driver> => {
  const driver = await world.driver()
  expect(
    (await send('PUT', `/v1/parties/${party}/members/${driver.address}`, admin, { scopes: rights })).statusCode,
  ).toBe(200)
  expect((await send('PUT', '/v1/account/party', driver, { party })).statusCode).toBe(204)
  world.clock.advance(3_000)
  return driver
}
const keyOf = async (rights: readonly Scope[], party = 'FR*WRN'): Promise<Caller & { keyId: string; key: string }> => {
  const { keyId, key } = (
    await send('POST', `/v1/parties/${party}/keys`, admin, { name: 'billing', scopes: rights })
  ).json()
  return { keyId, key, headers: { authorization: `Bearer ${key}` } }
}

test('the table of routes and roles holds cell by cell', async () => {
  const roles: readonly (readonly [string, Caller, readonly Scope[] | undefined])[] = [
    ['nobody', nobody, undefined],
    ['driver', await world.driver(), ['catalogue:read', 'sessions:read', 'sessions:write']],
    ['member without rights', await member([]), ['catalogue:read', 'sessions:read', 'sessions:write']],
    ['member', await member(memberScopes), ['catalogue:read', 'sessions:read', 'sessions:write', ...memberScopes]],
    ['key', await keyOf(keyScopes), keyScopes],
    ['admin', admin, Object.keys(allScopes) as Scope[]],
  ]
  const table: Record<string, Record<string, string>> = {}
  for (const id of operationIds) {
    // Streams stay open, and signing out would end the role.
    if (id.startsWith('stream') || id === 'signOut') continue
    const { method, path, access: needs } = access[id]
    const url = path
      .replace('{party}', 'FR*WRN')
      .replace('{sessionId}', `0x${'0'.repeat(64)}`)
      .replace('{address}', `0x${'0'.repeat(40)}`)
      .replace(/\{\w+\}/, 'x')
    for (const [role, caller, holds] of roles) {
      const { statusCode } = await world.api.inject({ method, url, headers: { ...caller.headers } })
      const may =
        needs === 'anyone' ||
        (holds === undefined
          ? needs === 'catalogue:read'
          : needs === 'person'
            ? role !== 'key'
            : needs === 'signed-in' || holds.includes(needs))
      const got = statusCode === 401 ? 'who?' : statusCode === 403 ? 'no' : 'yes'
      // What is a wallet's is refused to who has none, by name.
      const wallet = new Set(['listSessions', 'getCredit', 'listCreditMoves', 'getWithdrawal'])
      const expected = may ? (role === 'key' && wallet.has(id) ? got : 'yes') : holds === undefined ? 'who?' : 'no'
      table[id] = { ...table[id], [role]: got }
      expect([id, role, got]).toEqual([id, role, expected])
    }
  }
  expect(Object.keys(table)).toHaveLength(operationIds.filter((id) => !id.startsWith('stream')).length - 1)
})

test('a member sees and does for their own party only', async () => {
  const ours = await member(memberScopes)
  for (const [method, path] of [
    ['GET', 'members'],
    ['GET', 'keys'],
    ['GET', 'audit'],
    ['DELETE', 'keys/x'],
    ['DELETE', `members/${ours.address}`],
  ] as const)
    expect((await send(method, `/v1/parties/FR*OTH/${path}`, ours)).statusCode).toBe(404)
  expect(
    (await send('POST', '/v1/parties/FR*OTH/keys', ours, { name: 'x', scopes: ['catalogue:write'] })).statusCode,
  ).toBe(404)
  expect((await send('PUT', '/v1/account/party', ours, { party: 'FR*OTH' })).statusCode).toBe(404)
  expect((await send('GET', '/v1/parties', ours)).json().items.map(({ party }: { party: string }) => party)).toEqual([
    'FR*WRN',
  ])
  const theirKey = await keyOf(keyScopes, 'FR*OTH')
  expect((await send('DELETE', `/v1/parties/FR*WRN/keys/${theirKey.keyId}`, ours)).statusCode).toBe(404)
})

test('rights end at the next request after they were taken away', async () => {
  const driver = await member(memberScopes)
  expect((await send('GET', '/v1/parties/FR*WRN/members', driver)).statusCode).toBe(200)
  await send('PUT', `/v1/parties/FR*WRN/members/${driver.address}`, admin, { scopes: ['catalogue:write'] })
  expect((await send('GET', '/v1/parties/FR*WRN/members', driver)).statusCode).toBe(403)
  await send('DELETE', `/v1/parties/FR*WRN/members/${driver.address}`, admin)
  expect((await send('GET', '/v1/account', driver)).json()).toMatchObject({
    scopes: ['catalogue:read', 'sessions:read', 'sessions:write'],
    parties: [],
  })
  expect((await send('GET', '/v1/account', driver)).json().party).toBeUndefined()
})

test('somebody who was never here can be made a member, and is one when they come', async () => {
  const account = privateKeyToAccount(generatePrivateKey())
  await send('PUT', `/v1/parties/FR*WRN/members/${account.address}`, admin, { scopes: ['stations:read'] })
  const driver = await world.driver(account)
  expect((await send('GET', '/v1/account', driver)).json().parties).toEqual([
    { party: 'FR*WRN', name: 'Werenode demo', scopes: ['stations:read'] },
  ])
})

test('nobody gives themselves rights, gives away what they lack, or makes an admin', async () => {
  const driver = await member(['party:write'])
  const self = `/v1/parties/FR*WRN/members/${driver.address}`
  expect((await send('PUT', self, driver, { scopes: memberScopes })).statusCode).toBe(403)
  expect((await send('DELETE', self, driver)).statusCode).toBe(403)
  expect(
    (await send('POST', '/v1/parties/FR*WRN/keys', driver, { name: 'x', scopes: ['stations:write'] })).statusCode,
  ).toBe(403)
  const other = `/v1/parties/FR*WRN/members/0x${'7'.repeat(40)}`
  for (const scopes of [['admin'], ['sessions:write'], ['everything'], 'admin', null])
    expect((await send('PUT', other, driver, { scopes })).statusCode).toBe(400)
  expect((await send('PUT', other, driver, { scopes: [], party: 'FR*OTH' })).statusCode).toBe(400)
  expect((await send('POST', '/v1/parties', driver, { party: 'FR*NEW', name: 'x' })).statusCode).toBe(403)
})

test('a key works until it is revoked or ends, is shown once and kept as a hash', async () => {
  const { key, keyId, ...caller } = await keyOf(['catalogue:write'])
  expect((await send('GET', '/v1/account', caller)).json()).toMatchObject({
    accountId: `key_${keyId}`,
    party: 'FR*WRN',
    scopes: ['catalogue:write'],
  })
  expect((await send('GET', '/v1/parties/FR*WRN/keys', admin)).body).not.toContain(key.slice(-43))
  expect(JSON.stringify((await world.store.find('api_keys', {})).items)).not.toContain(key.slice(-43))
  expect((await send('POST', '/auth/signout', caller)).statusCode).toBe(403)
  expect((await send('DELETE', `/v1/parties/FR*WRN/keys/${keyId}`, admin)).statusCode).toBe(204)
  expect((await send('GET', '/v1/account', caller)).statusCode).toBe(401)

  const expiresAt = new Date(world.clock().getTime() + 60_000).toISOString()
  const short = (
    await send('POST', '/v1/parties/FR*WRN/keys', admin, { name: 'short', scopes: ['catalogue:read'], expiresAt })
  ).json()
  const shortly = { headers: { authorization: `Bearer ${short.key}` } }
  expect((await send('GET', '/v1/account', shortly)).statusCode).toBe(200)
  world.clock.advance(61_000)
  expect((await send('GET', '/v1/account', shortly)).statusCode).toBe(401)
  expect(
    (await send('POST', '/v1/parties/FR*WRN/keys', admin, { name: 'late', scopes: ['catalogue:read'], expiresAt }))
      .statusCode,
  ).toBe(400)
})

test('every privileged act is in the audit log, by page, without secrets', async () => {
  const boss = await member(memberScopes, 'FR*OTH')
  const { key } = await keyOf(['catalogue:read'], 'FR*OTH')
  const acts: string[] = []
  let cursor = ''
  do {
    const page = (await send('GET', `/v1/parties/FR*OTH/audit?limit=2${cursor}`, boss)).json()
    acts.push(...page.items.map(({ act }: { act: string }) => act))
    cursor = page.next === undefined ? '' : `&cursor=${encodeURIComponent(page.next)}`
    expect(JSON.stringify(page)).not.toContain(key.slice(-43))
  } while (cursor !== '')
  expect(acts.slice(0, 2)).toEqual(['createKey', 'putMember'])
  expect(acts.at(-1)).toBe('createParty')
})

test('a party exists once, and members of none are not made', async () => {
  expect((await send('POST', '/v1/parties', admin, { party: 'FR*WRN', name: 'Again' })).statusCode).toBe(409)
  const path = `/v1/parties/FR*NIL/members/0x${'1'.repeat(40)}`
  expect((await send('PUT', path, admin, { scopes: [] })).statusCode).toBe(404)
  expect(await world.store.get('api_wallets', `0x${'1'.repeat(40)}` as Address)).toBeUndefined()
})
