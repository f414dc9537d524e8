import type { Address, Party } from '@werenode/core'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oauthDoors } from '../src/auth/mount.ts'
import { access, type OperationId, operationIds } from '../src/contract/access.ts'
import { memberScopes } from '../src/identity/parties.ts'
import { bodiesOf, operations, resolved, type Schema } from './arbitrary.ts'
import { createAuthenticator } from './authenticator.ts'
import { putDemo } from './demo/put-demo.ts'
import { someSession, standInManager } from './manager.ts'
import { token } from './oauth-client.ts'
import { type Driver, openWorld, type World } from './world.ts'

/** The OWASP API Security Top 10 (2023), generated from the table of routes: a route that is added is tried as well. */

const ours = 'FR*AAA' as Party
const theirs = 'FR*BBB' as Party
const admin = privateKeyToAccount(generatePrivateKey())

interface Caller {
  readonly headers: Readonly<Record<string, string>>
}
let world: World
let victim: Driver
let operator: Driver
let attackers: readonly (readonly [string, Caller])[]
/** An id of the victim's for each parameter a path may have. */
let ids: Readonly<Record<string, string>>

const send = (method: string, url: string, { headers }: Caller, payload?: unknown) =>
  world.api.inject({
    method: method as 'GET',
    url,
    headers: { ...headers, ...(payload === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
  })
const made = async <T>(method: string, url: string, who: Caller, payload?: unknown): Promise<T> => {
  const answer = await send(method, url, who, payload)
  if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.body}`)
  return (answer.body === '' ? undefined : answer.json()) as T
}

beforeAll(async () => {
  world = await openWorld({ admins: [admin.address.toLowerCase() as Address] })
  await putDemo(world.catalogue)
  const manager = standInManager(world.bus)
  const boss = await world.driver(admin)
  const member = async (party: Party): Promise<Driver> => {
    const who = await world.driver()
    await made('POST', '/v1/parties', boss, { party, name: party })
    await made('PUT', `/v1/parties/${party}/members/${who.address}`, boss, { scopes: memberScopes })
    await made('PUT', '/v1/account/party', who, { party })
    return who
  }
  victim = await world.driver()
  operator = await member(ours)
  const rival = await member(theirs)
  world.clock.advance(3_000)

  const scopes = ['catalogue:read', 'catalogue:write', 'stations:read', 'stations:write']
  const key = async (party: Party, who: Caller) =>
    made<{ keyId: string; key: string }>('POST', `/v1/parties/${party}/keys`, who, { name: 'k', scopes })
  const client = async (party: Party, who: Caller) =>
    made<{ clientId: string; clientSecret: string }>('POST', `/v1/parties/${party}/clients`, who, { name: 'c', scopes })
  const rivalKey = await key(theirs, rival)
  const rivalClient = await client(theirs, rival)
  const basic = Buffer.from(`${rivalClient.clientId}:${rivalClient.clientSecret}`).toString('base64')
  const { body } = await token(
    world.api,
    { grant_type: 'client_credentials', scope: scopes.join(' ') },
    { authorization: `Basic ${basic}` },
  )
  attackers = [
    ['another driver', await world.driver()],
    ['another operator', rival],
    ['another operator’s key', { headers: { authorization: `Bearer ${rivalKey.key}` } }],
    ['another operator’s system', { headers: { authorization: `Bearer ${body.access_token}` } }],
  ]

  const passkey = createAuthenticator()
  const options = await made<{ challenge: string }>('POST', '/v1/account/passkeys/options', victim)
  await made('POST', '/v1/account/passkeys', victim, { name: 'p', response: passkey.create(options) })
  const logins = await made<{ items: { loginId: string }[] }>('GET', '/v1/account/logins', victim)
  const vehicle = operations.find(({ operation }) => operation.operationId === 'addVehicle')
  const vehicleId = vehicle ? await firstId('/v1/account/vehicles', vehicle.operation, 'vehicleId') : 'x'
  ids = {
    party: ours,
    address: victim.address,
    sessionId: manager.put(someSession(victim.address)).id,
    withdrawalId: manager.putWithdrawal({
      id: `0x${'7'.repeat(64)}`,
      account: victim.address,
      to: victim.address,
      amountMicro: '12500000',
      state: 'paid',
      at: '2026-11-22T12:00:00.000Z',
    }).id,
    loginId: logins.items[0]!.loginId,
    passkeyId: passkey.id,
    identityId: `acme.${'f'.repeat(43)}`,
    keyId: (await key(ours, operator)).keyId,
    clientId: (await client(ours, operator)).clientId,
    vehicleId,
    locationId: 'wrn-lyon',
    evseId: 'FR*WRN*E000001',
    tariffId: 'AC',
    photoId: 'f'.repeat(64),
    sha256: 'f'.repeat(64),
    partnerId: 'partner',
    plugId: 'GARAGE',
    family: 'garage',
    cardId: 'f'.repeat(64),
    freeUserId: 'free',
    voucherId: 'voucher',
    webhookId: 'webhook',
    deliveryId: 'delivery',
    notificationId: 'notification',
    subscriptionId: 'subscription',
    recordingId: 'recording',
    deviceId: 'device',
    stationId: 'STATION',
    commandId: '0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f',
    fileId: '0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f',
    transactionId: '42',
    kind: 'profile',
    firmwareId: 'v2.bin',
    campaignId: 'v2',
    siteId: 'site',
    terminalId: 'terminal',
    requestId: 'request',
    bookableId: 'bookable',
  }
})
afterAll(() => world.close())

/** Makes a thing of the victim's with the first body that is taken. */
const firstId = async (
  url: string,
  operation: (typeof operations)[number]['operation'],
  name: string,
): Promise<string> => {
  for (const body of bodiesOf(operation, 30)) {
    const answer = await send('POST', url, victim, body)
    if (answer.statusCode < 300) return String(answer.json()[name] ?? answer.json().id)
  }
  throw new Error(`no body was taken at ${url}`)
}

const isOpen = (id: OperationId): boolean => access[id].access === 'anyone' || access[id].access === 'catalogue:read'
const urlOf = (path: string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(ids[name]!))
const doorOf = (id: OperationId) => operations.find(({ operation }) => operation.operationId === id)!
const isStream = (id: OperationId): boolean => id.startsWith('stream')

describe('API1 broken object level authorization', () => {
  /** Ids of things everybody may name: one's own mark on a public place. */
  const public_: ReadonlySet<string> = new Set(['putFavourite', 'removeFavourite'])
  const guarded = operationIds.filter((id) => access[id].path.includes('{') && !isOpen(id) && !public_.has(id))

  test('an owner is known for every id that a path may hold', () => {
    const names = new Set(
      guarded.flatMap((id) => [...access[id].path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)),
    )
    expect([...names].filter((name) => ids[name] === undefined)).toEqual([])
    expect(guarded.length).toBeGreaterThan(40)
  })

  test('the owners see what is theirs', async () => {
    for (const [url, who] of [
      [`/v1/sessions/${ids.sessionId}`, victim],
      [`/v1/credit/withdrawals/${ids.withdrawalId}`, victim],
      [`/v1/parties/${ours}/members`, operator],
      [`/v1/parties/${ours}/keys`, operator],
      [`/v1/parties/${ours}/clients`, operator],
    ] as const)
      expect([url, (await send('GET', url, who)).statusCode]).toEqual([url, 200])
  })

  test.each(guarded)('%s gives nothing of another’s away', async (id) => {
    const { method, path } = access[id]
    const { operation } = doorOf(id)
    for (const [who, caller] of attackers)
      for (const body of bodiesOf(operation, 2)) {
        const answer = await send(method, urlOf(path), caller, body)
        expect([id, who, answer.statusCode, answer.statusCode < 300 ? answer.body : '']).toEqual([
          id,
          who,
          expect.toSatisfy((status: number) => status >= 400 && status < 500),
          '',
        ])
      }
  })

  test('after all that, everything of the victims is as it was', async () => {
    expect((await send('GET', '/v1/account/logins', victim)).json().items[0].loginId).toBe(ids.loginId)
    expect((await send('GET', '/v1/account/passkeys', victim)).json().items).toHaveLength(1)
    expect((await send('GET', '/v1/account', victim)).json().wallets).toEqual([victim.address])
    expect((await send('GET', `/v1/sessions/${ids.sessionId}`, victim)).json().state).toBe('charging')
    const keys = (await send('GET', `/v1/parties/${ours}/keys`, operator)).json().items
    expect(keys.map(({ keyId }: { keyId: string }) => keyId)).toEqual([ids.keyId])
    const clients = (await send('GET', `/v1/parties/${ours}/clients`, operator)).json().items
    expect(clients.map(({ clientId }: { clientId: string }) => clientId)).toEqual([ids.clientId])
    const members = (await send('GET', `/v1/parties/${ours}/members`, operator)).json().items
    expect(members.map(({ address }: { address: string }) => address)).toEqual([operator.address])
  })
})

describe('API2 broken authentication', () => {
  test('a token anywhere but in the header is none', async () => {
    const { accessToken } = victim
    for (const wish of [
      { url: `/v1/account?access_token=${accessToken}` },
      { url: '/v1/account', headers: { cookie: `access_token=${accessToken}; werenode_session=${accessToken}` } },
      { url: '/v1/account', headers: { 'x-access-token': accessToken } },
    ])
      expect([400, 401]).toContain((await world.api.inject(wish)).statusCode)
  })

  test.each([
    'Bearer',
    'Bearer ',
    'Basic eDp5',
    'Bearer a b',
    'bearer wna_x_y',
    `Bearer ${'x'.repeat(600)}`,
    'Bearer wnk_',
    'Bearer null',
  ])('a header "%s" is refused, never taken for nobody', async (authorization) => {
    for (const url of ['/v1/locations', '/v1/account'])
      expect((await world.api.inject({ url, headers: { authorization } })).statusCode).toBe(401)
  })

  test('tokens are told apart by kind: a refresh token is no access token, a key no login', async () => {
    expect(
      (await send('GET', '/v1/account', { headers: { authorization: `Bearer ${victim.refreshToken}` } })).statusCode,
    ).toBe(401)
    const answer = await send('POST', '/auth/refresh', { headers: {} }, { refreshToken: victim.accessToken })
    expect(answer.statusCode).toBe(401)
  })
})

describe('API3 broken object property level authorization', () => {
  const extras = {
    accountId: 'acc_x',
    scopes_: ['admin'],
    admin: true,
    isAdmin: true,
    _id: 'x',
    _rev: 1,
    role: 'admin',
    owner: 'x',
  }
  /** Bodies that hold somebody else's format on purpose. */
  const foreign: ReadonlySet<string> = new Set(['putTariff', 'getPriceCurve', 'putPlugFamily', 'putOwnPlugFamily'])
  const taking = operations.filter(({ operation }) => {
    const schema = operation.requestBody?.content['application/json']?.schema
    return schema !== undefined && resolved(schema).type === 'object' && !foreign.has(operation.operationId)
  })

  test.each(taking.map((one) => [one.operation.operationId, one] as const))(
    '%s takes no field it did not ask for',
    async (_id, { path, method, operation }) => {
      const schema = resolved(operation.requestBody!.content['application/json']!.schema) as Schema
      expect(schema.additionalProperties).toBe(false)
      const caller = path.startsWith('/v1/parties') ? operator : victim
      for (const body of bodiesOf(operation, 1)) {
        const answer = await send(method, urlOf(path), caller, { ...(body as object), ...extras })
        expect([400, 401, 403, 404, 429]).toContain(answer.statusCode)
        if (answer.statusCode === 400) expect(answer.json().code).toBe('invalid-input')
      }
    },
  )

  test('lists show no secret of what they list', async () => {
    for (const url of [`/v1/parties/${ours}/keys`, `/v1/parties/${ours}/clients`, `/v1/parties/${ours}/audit`])
      expect((await send('GET', url, operator)).body).not.toMatch(/hash|secret|wnk_/i)
    for (const url of ['/v1/account/logins', '/v1/account/passkeys'])
      expect((await send('GET', url, victim)).body).not.toMatch(/hash|secret|publicKey|wna_|wnr_/i)
  })
})

describe('API4 unrestricted resource consumption', () => {
  test('every route has its limit, and says when to come back', async () => {
    const tight = { perMinute: 1, burst: 1 }
    const small = await openWorld({
      limits: Object.fromEntries(Object.values(access).map(({ limit }) => [limit, tight])),
    })
    for (const id of operationIds.filter((one) => !isStream(one))) {
      small.clock.advance(10 * 60_000)
      const { method, path } = access[id]
      const ask = () => small.api.inject({ method, url: path.replaceAll(/\{\w+\}/g, 'x') })
      await ask()
      const second = await ask()
      expect([id, second.statusCode]).toEqual([id, 429])
      expect(Number(second.headers['retry-after'])).toBeGreaterThan(0)
    }
    for (const { methods, path } of oauthDoors.filter(({ methods }) => methods.includes('POST'))) {
      small.clock.advance(10 * 60_000)
      const ask = () =>
        small.api.inject({
          method: 'POST',
          url: `/auth${path}`,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          payload: 'x=y',
        })
      expect(methods).toContain('POST')
      await ask()
      expect([path, (await ask()).statusCode]).toEqual([path, 429])
    }
    await small.close()
  }, 60_000)

  test('pages have a size, bodies an end', async () => {
    for (const { path, operation } of operations.filter(({ operation }) =>
      operation.parameters.some(({ name }) => name === 'limit'),
    ))
      if (!isOpen(operation.operationId as OperationId) || path === '/v1/locations') {
        const caller = path.startsWith('/v1/parties') ? operator : victim
        expect([path, (await send('GET', `${urlOf(path)}?limit=9999`, caller)).statusCode]).toEqual([path, 400])
      }
    const huge = await send('POST', '/v1/quotes', victim, { evseId: 'x'.repeat(100_000) })
    expect(huge.statusCode).toBe(413)
  })
})

describe('API5 broken function level authorization', () => {
  test('what is the node’s is refused to everybody but its admin', async () => {
    const forAdmins = operationIds.filter((id) => access[id].access === 'admin')
    expect(forAdmins.length).toBeGreaterThan(0)
    for (const id of forAdmins)
      for (const caller of [victim, operator, ...attackers.map(([, one]) => one)]) {
        const { method, path } = access[id]
        expect([
          id,
          (await send(method, urlOf(path), caller, bodiesOf(doorOf(id).operation, 1)[0])).statusCode,
        ]).toEqual([id, 403])
      }
  })
  // The whole table of routes and roles, cell by cell: parties.test.ts.
})

describe('API6 unrestricted access to sensitive business flows', () => {
  test('money from the faucet, quotes, sign-ups and guesses are counted by address and by account', async () => {
    for (const [id, limit] of [
      ['requestTestEuro', 'faucet'],
      ['withdrawCredit', 'faucet'],
      ['createQuote', 'quote'],
      ['signUpByEmail', 'password'],
      ['signInByEmail', 'password'],
      ['signInOnPageByPassword', 'password'],
    ] as const)
      expect(access[id].limit).toBe(limit)
  })

  test('many computers guessing at one password are one guesser', async () => {
    const { 'sign-in': _a, ...rest } = { 'sign-in': 0, password: { perMinute: 1, burst: 5 } }
    const guarded = await openWorld({ limits: rest, trustProxy: true })
    const codes: number[] = []
    for (let n = 0; n < 8; n += 1)
      codes.push(
        (
          await guarded.api.inject({
            method: 'POST',
            url: '/auth/email',
            headers: { 'x-forwarded-for': `10.0.0.${n}` },
            payload: { email: 'anna@example.org', password: 'a guess of ten' },
          })
        ).statusCode,
      )
    expect(codes).toEqual([401, 401, 401, 401, 401, 429, 429, 429])
    await guarded.close()
  })
})

describe('API8 security misconfiguration', () => {
  test('every answer carries the headers of the house, and no error shows our inside', async () => {
    for (const id of operationIds.filter((one) => !isStream(one))) {
      const { method, path } = access[id]
      const answer = await send(method, path.replaceAll(/\{\w+\}/g, '%00'), { headers: {} })
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
      expect(answer.headers['referrer-policy']).toBe('no-referrer')
      expect(answer.headers['x-powered-by']).toBeUndefined()
      expect(answer.body).not.toMatch(/\.ts:\d+|node_modules|SQLITE|at Object\./)
      if (answer.headers['access-control-allow-credentials'] !== undefined) throw new Error(`${id} allows credentials`)
    }
  })

  test('pages let nothing in: no inline script or style, no frame, no form of elsewhere', async () => {
    for (const url of [
      '/auth/signup',
      '/auth/forgot',
      '/auth/verify?token=x',
      '/auth/reset?token=x',
      '/auth/device',
      '/auth/logout/success',
    ]) {
      const answer = await world.api.inject({ url, headers: { accept: 'text/html' } })
      const policy = String(answer.headers['content-security-policy'])
      expect([url, policy]).toEqual([url, expect.stringContaining("default-src 'none'")])
      expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*/)
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain("form-action 'self'")
      expect(answer.body).not.toMatch(/ on\w+=|<script>|javascript:/i)
    }
  })

  test('what a page repeats of its reader is escaped (XSS)', async () => {
    const answer = await world.api.inject({
      method: 'POST',
      url: '/auth/signup',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ email: '"><script>alert(1)</script>', password: 'x' }).toString(),
    })
    expect(answer.statusCode).toBe(400)
    expect(answer.body).not.toContain('<script>alert')
  })
})

describe('API9 improper inventory management', () => {
  test('the OpenAPI document lists exactly the routes of the table', () => {
    expect(operations.map(({ operation }) => operation.operationId).toSorted()).toEqual([...operationIds].toSorted())
  })
  test.each([
    '/v0',
    '/v2',
    '/api',
    '/debug',
    '/graphiql',
    '/altair',
    '/auth/reg',
    '/auth/token/introspection',
    '/auth/interaction',
    '/admin',
    '/.git/config',
    '/metrics',
    '/livez',
  ])('there is nothing at %s', async (url) => {
    for (const method of ['GET', 'POST'] as const)
      expect((await world.api.inject({ method, url })).statusCode).toBe(404)
  })
})

describe('injection', () => {
  const operators = ['[$ne]=x', '[$gt]=', '[$regex]=.*', '[]=x', '[__proto__]=x', '[$where]=1']
  test.each(
    operations
      .filter(({ operation, method }) => method === 'GET' && operation.parameters.some((one) => one.in === 'query'))
      .map((one) => [one.operation.operationId, one] as const),
  )('%s takes no operator of the store', async (id, { path, operation }) => {
    if (isStream(id as OperationId)) return
    const caller = path.startsWith('/v1/parties') ? operator : victim
    for (const { name } of operation.parameters.filter((one) => one.in === 'query'))
      for (const suffix of operators) {
        const answer = await send('GET', `${urlOf(path)}?${name}${suffix}`, caller)
        expect([id, name + suffix, answer.statusCode]).toEqual([
          id,
          name + suffix,
          expect.toSatisfy((status: number) => (status >= 400 && status < 500) || /returnFromIdp|finishIdp/.test(id)),
        ])
      }
  })

  test('an operator in a body is no value', async () => {
    for (const [url, payload] of [
      ['/auth/email', { email: { $gt: '' }, password: { $gt: '' } }],
      ['/auth/refresh', { refreshToken: { $ne: null } }],
      ['/auth/siwe', { message: { $gt: '' }, signature: { $gt: '' } }],
    ] as const)
      expect((await send('POST', url, { headers: {} }, payload)).statusCode).toBe(400)
  })
})
