import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Address, answer } from '@werenode/core'
import { pino } from 'pino'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterEach, expect, test } from 'vitest'
import { createAuthenticator } from './authenticator.ts'
import { password, signInByOAuth, signUp, token } from './oauth-client.ts'
import { openWorld, type World } from './world.ts'

let world: World | undefined
let collector: Server | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
  collector?.close()
  collector = undefined
})

test('nothing that opens a door gets into the log, at its most talkative and without redaction', async () => {
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const admin = privateKeyToAccount(generatePrivateKey())
  world = await openWorld({ log, admins: [admin.address.toLowerCase() as Address] })
  const { api } = world
  const boss = await world.driver(admin)
  const post = (url: string, payload: object, headers: object = boss.headers) =>
    api.inject({ method: 'POST', url, payload, headers: { ...headers } })

  await signUp(world, 'fay@example.org')
  const { tokens, code, verifier } = await signInByOAuth(api, 'fay@example.org')
  await token(api, { grant_type: 'refresh_token', client_id: 'portal', refresh_token: tokens.refresh_token })
  await token(api, { grant_type: 'refresh_token', client_id: 'portal', refresh_token: tokens.refresh_token })
  await post('/v1/parties', { party: 'FR*LOG', name: 'Log' })
  const { key } = (await post('/v1/parties/FR*LOG/keys', { name: 'k', scopes: ['stations:read'] })).json()
  const { clientSecret } = (await post('/v1/parties/FR*LOG/clients', { name: 'c', scopes: ['stations:read'] })).json()
  const options = (await post('/v1/account/passkeys/options', {})).json<{ challenge: string }>()
  await post('/v1/account/passkeys', { name: 'p', response: createAuthenticator().create(options) })
  // What fails is logged more than what goes well.
  await post('/auth/email', { email: 'fay@example.org', password: `${password}!` })
  await post('/auth/refresh', { refreshToken: `${boss.refreshToken}x` })
  await api.inject({ url: '/v1/account', headers: { authorization: `Bearer ${tokens.access_token}x` } })
  await api.inject({ url: `/v1/account?access_token=${boss.accessToken}` })

  const written = lines.join('\n')
  for (const secret of [
    password,
    boss.accessToken,
    boss.refreshToken,
    tokens.access_token,
    tokens.refresh_token,
    tokens.id_token,
    code,
    verifier,
    key,
    clientSecret,
  ])
    expect(written).not.toContain(secret)
})

test('a node that stops says so, lets what runs finish, and takes nothing new', async () => {
  world = await openWorld({ adminPort: 0, drainMs: 5_000 })
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let asked = false
  const unserve = await answer(world.bus, 'relayer.network', async () => {
    asked = true
    await held
    return { chainId: 1 } as never
  })
  const { url, adminUrl } = await world.api.start({ port: 0 })
  expect(await (await fetch(`${adminUrl}/readyz`)).json()).toMatchObject({ ready: true, checks: { store: 'ok' } })
  expect((await fetch(`${adminUrl}/livez`)).status).toBe(200)
  expect(await (await fetch(`${adminUrl}/metrics`)).text()).toContain('werenode_api_request_seconds')

  const running = fetch(`${url}/v1/network`)
  await expect.poll(() => asked).toBe(true)
  const stopping = world.api.stop()
  await expect.poll(async () => (await fetch(`${adminUrl}/readyz`)).status).toBe(503)
  expect((await fetch(`${adminUrl}/livez`)).status).toBe(200)
  const late = await fetch(`${url}/v1`).then(
    ({ status }) => status,
    () => 'refused',
  )
  expect([503, 'refused']).toContain(late)
  release()
  expect((await running).status).toBe(200)
  await stopping
  await expect(fetch(`${url}/v1`)).rejects.toThrow()
  await unserve()
})

test('requests are traced by OTLP when it is asked for, by route and never by address', async () => {
  const letters: string[] = []
  collector = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => {
      text += chunk
    })
    request.on('end', () => {
      letters.push(`${request.url} ${text}`)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => collector!.listen(0, '127.0.0.1', resolve))
  const { port } = collector.address() as AddressInfo
  world = await openWorld({ traces: { endpoint: `http://127.0.0.1:${port}`, share: 0 } })
  const parent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
  const followed = await world.api.inject({ url: '/v1/evses/FR*SEC*E1', headers: { traceparent: parent } })
  expect(followed.headers.traceparent).toMatch(new RegExp(`^00-${'a'.repeat(32)}-[0-9a-f]{16}-01$`))
  const left = await world.api.inject({ url: '/v1/locations' })
  expect(left.headers.traceparent).toBeUndefined()
  await expect.poll(() => letters.length, { timeout: 8_000 }).toBeGreaterThan(0)
  const [path, body] = [letters[0]!.slice(0, 10), JSON.parse(letters[0]!.slice(letters[0]!.indexOf('{')))]
  expect(path).toBe('/v1/traces')
  const { spans } = body.resourceSpans[0].scopeSpans[0]
  expect(spans).toHaveLength(1)
  expect(spans[0]).toMatchObject({
    traceId: 'a'.repeat(32),
    parentSpanId: 'b'.repeat(16),
    name: 'GET /v1/evses/:evseId',
    attributes: expect.arrayContaining([{ key: 'werenode.operation', value: { stringValue: 'getEvse' } }]),
  })
  expect(letters.join()).not.toContain('SEC')
})
