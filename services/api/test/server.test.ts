import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { access, operationIds } from '../src/contract/access.ts'
import { openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const json = { 'content-type': 'application/json' }

test('every route of the table answers, and asks for what the table says', async () => {
  for (const id of operationIds) {
    const { method, path, access: needs } = access[id]
    if (path.endsWith('/live') && needs === 'catalogue:read') continue
    const answer = await world.api.inject({
      method,
      url: path.replace('{sessionId}', `0x${'0'.repeat(64)}`).replace(/\{\w+\}/, 'x'),
    })
    const isOpen = needs === 'anyone' || needs === 'catalogue:read'
    if (isOpen) expect([id, answer.statusCode]).not.toEqual([id, 401])
    else expect([id, answer.statusCode]).toEqual([id, 401])
  }
})

test('there is no route besides the table', async () => {
  const before = await openWorld({ pages: async (app) => void app.get('/', async () => 'home') })
  expect((await before.api.inject({ url: '/' })).body).toBe('home')
  await before.close()
  for (const url of ['/', '/admin', '/metrics', '/livez', '/v2', '/auth', '/.env', '/v1/../etc/passwd']) {
    const answer = await world.api.inject({ url })
    expect([url, answer.statusCode]).toEqual([url, 404])
    expect(answer.json().code).toBe('not-found')
  }
})

test('a scope that a login lacks is refused by name', async () => {
  const { address, headers } = await world.driver()
  const { items } = await world.store.find<{ _id: string; address: string }>('api_logins', { address })
  await world.store.write([{ op: 'put', in: 'api_logins', doc: { ...items[0]!, scopes: ['catalogue:read'] } as never }])
  world.clock.advance(3_000)
  const answer = await world.api.inject({ url: '/v1/sessions', headers })
  expect(answer.statusCode).toBe(403)
  expect(answer.json()).toMatchObject({ code: 'not-allowed', hint: expect.stringContaining('sessions:read') })
})

test.each([
  ['no JSON', '{', 400],
  ['__proto__', '{"__proto__":{"admin":true}}', 400],
  ['a constructor', '{"constructor":{"prototype":{"admin":true}}}', 400],
  ['an array', '[]', 400],
  ['null', 'null', 400],
  ['a number', '1', 400],
  ['a deep nest', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 400],
  ['too much', JSON.stringify({ message: 'x'.repeat(70_000) }), 413],
])('a body with %s is refused', async (_words, payload, status) => {
  const answer = await world.api.inject({ method: 'POST', url: '/auth/siwe', headers: json, payload })
  expect(answer.statusCode).toBe(status)
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
})

test('a body that is not JSON is refused', async () => {
  for (const type of [
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
  ]) {
    const answer = await world.api.inject({
      method: 'POST',
      url: '/auth/siwe',
      headers: { 'content-type': type },
      payload: 'a=1',
    })
    expect(answer.statusCode).toBe(400)
  }
})

test('too many requests of one address are told when to come back', async () => {
  const tight = await openWorld({ limits: { browse: { perMinute: 60, burst: 3 } } })
  const ask = (remoteAddress: string) => tight.api.inject({ url: '/v1', remoteAddress })
  const statuses = []
  for (let turn = 0; turn < 4; turn += 1) statuses.push((await ask('192.0.2.1')).statusCode)
  expect(statuses).toEqual([200, 200, 200, 429])
  const refused = await ask('192.0.2.1')
  expect(refused.headers['retry-after']).toBe('1')
  expect(refused.json()).toMatchObject({ code: 'rate-limited', data: { retryAfterS: 1 } })
  expect((await ask('192.0.2.2')).statusCode).toBe(200)
  tight.clock.advance(1_000)
  expect((await ask('192.0.2.1')).statusCode).toBe(200)
  // One IPv6 subscriber is one caller.
  const v6 = []
  for (let host = 1; host <= 4; host += 1) v6.push((await ask(`2001:db8:0:1::${host}`)).statusCode)
  expect(v6).toEqual([200, 200, 200, 429])
  await tight.close()
})

test('an account is limited wherever it calls from', async () => {
  const tight = await openWorld({ limits: { read: { perMinute: 60, burst: 2 } } })
  const { headers } = await tight.driver()
  const statuses = []
  for (let turn = 1; turn <= 3; turn += 1)
    statuses.push(
      (await tight.api.inject({ url: '/v1/account', headers, remoteAddress: `192.0.2.${turn}` })).statusCode,
    )
  expect(statuses).toEqual([200, 200, 429])
  await tight.close()
})

test('X-Forwarded-For counts only behind a trusted proxy', async () => {
  for (const [trustProxy, last] of [
    [false, 429],
    [true, 200],
  ] as const) {
    const tight = await openWorld({ trustProxy, limits: { browse: { perMinute: 60, burst: 1 } } })
    const ask = (forwarded: string) => tight.api.inject({ url: '/v1', headers: { 'x-forwarded-for': forwarded } })
    await ask('198.51.100.1')
    expect((await ask('198.51.100.2')).statusCode).toBe(last)
    await tight.close()
  }
})

test('answers carry security headers, and pages of any origin may read them', async () => {
  const answer = await world.api.inject({ url: '/v1', headers: { origin: 'https://app.example' } })
  expect(answer.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'access-control-allow-origin': '*',
    'cache-control': 'no-store',
  })
  expect(answer.headers['access-control-allow-credentials']).toBeUndefined()
  const preflight = await world.api.inject({
    method: 'OPTIONS',
    url: '/v1/sessions',
    headers: { origin: 'https://app.example' },
  })
  expect(preflight.statusCode).toBe(204)
  expect(preflight.headers['access-control-allow-methods']).toBe('POST, GET')
  expect(preflight.headers['access-control-allow-headers']).toContain('Authorization')
})

test('origins can be named', async () => {
  const named = await openWorld({ corsOrigins: ['https://app.example'] })
  const ask = async (origin: string) => (await named.api.inject({ url: '/v1', headers: { origin } })).headers
  expect((await ask('https://app.example'))['access-control-allow-origin']).toBe('https://app.example')
  expect((await ask('https://evil.example'))['access-control-allow-origin']).toBeUndefined()
  expect((await ask('https://evil.example')).vary).toBe('Origin')
  await named.close()
})

test('what breaks inside shows nothing of itself', async () => {
  const broken = await openWorld()
  const { headers } = await broken.driver()
  await broken.bus.serve('manager.sessions', async () => {
    throw new TypeError('password=hunter2 at /srv/secret.ts')
  })
  const answer = await broken.api.inject({ url: '/v1/sessions', headers })
  expect(answer.statusCode).toBeGreaterThanOrEqual(500)
  expect(answer.body).not.toContain('hunter2')
  await broken.close()
})

test('the admin port answers on loopback: live, ready, metrics by operation', async () => {
  const node = await openWorld({ adminPort: 0 })
  const { adminUrl } = await node.api.start({ port: 0 })
  await node.api.inject({ url: '/v1/locations' })
  await node.api.inject({ url: '/v1/locations/none' })
  const admin = async (path: string) => {
    const answer = await fetch(`${adminUrl}${path}`)
    return { status: answer.status, text: await answer.text() }
  }
  expect(new URL(adminUrl!).hostname).toBe('127.0.0.1')
  expect(await admin('/livez')).toEqual({ status: 200, text: 'ok\n' })
  expect(JSON.parse((await admin('/readyz')).text)).toEqual({ ready: true, checks: { store: 'ok', draining: 'no' } })
  const { text } = await admin('/metrics')
  expect(text).toContain('werenode_api_request_seconds_count{operation="listLocations",status="200"} 1')
  expect(text).toContain('werenode_api_problems_total{operation="getLocation",status="404"} 1')
  await node.store.close()
  expect((await admin('/readyz')).status).toBe(503)
  await node.api.stop()
})

test('a malformed request does no harm', async () => {
  const node = await openWorld()
  const { url } = await node.api.start({ port: 0 })
  const { port } = new URL(url)
  const garbage = connect(Number(port))
  const answer = await new Promise<string>((resolve) => {
    garbage.setEncoding('utf8').on('data', resolve)
    garbage.write('HELLO WORLD\r\n\r\n')
  })
  expect(answer).toContain('400')
  garbage.destroy()
  expect((await fetch(`${url}/v1`)).status).toBe(200)
  await node.close()
})
