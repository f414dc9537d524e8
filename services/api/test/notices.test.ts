import { createDecipheriv, createECDH, createHmac, randomBytes } from 'node:crypto'
import { newEvent, type SessionStateName, type SessionView } from '@werenode/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openReceiver, type Received } from './receiver.ts'
import { chargeKeeper, signedCharge } from './signed-charge.ts'
import { type Driver, openWorld, type World } from './world.ts'

let world: World
let driver: Driver
let other: Driver
let accountId: string
let receiver: Awaited<ReturnType<typeof openReceiver>>
let view: SessionView
let events = 0
beforeAll(async () => {
  receiver = await openReceiver()
  world = await openWorld({ postInward: true, expoPushUrl: `${receiver.url}/expo` })
  chargeKeeper(world.bus)
  await world.api.start({ port: 0 })
  driver = await world.driver()
  other = await world.driver()
  accountId = (await get('/v1/account', driver)).json().accountId
  const charge = await signedCharge({ driver: driver.account, startAt: world.clock(), energyWh: 10_000 })
  view = { ...charge.view, state: 'charging' }
})
afterAll(async () => {
  await world.close()
  await receiver.close()
})

const get = (url: string, who: Driver) => world.api.inject({ url, headers: { ...who.headers } })
const send = (method: 'PUT' | 'POST' | 'DELETE', url: string, who: Driver, payload?: object) =>
  world.api.inject({ method, url, headers: { ...who.headers }, ...(payload === undefined ? {} : { payload }) })
const kinds = async (who = driver): Promise<string[]> =>
  (await get('/v1/account/notices', who)).json().items.map(({ kind }: { kind: string }) => kind)

const base = () => {
  events += 1
  return { id: `notice:${events}`, at: world.clock(), subject: `session.${view.id}` }
}
const move = async (from: SessionStateName, to: SessionStateName, change: Partial<SessionView> = {}) => {
  await world.bus.commit(
    [],
    [
      newEvent({
        ...base(),
        type: 'session.state',
        data: { sessionId: view.id, from, to, view: { ...view, state: to, ...change } },
      }),
    ],
  )
  await world.bus.idle(10_000)
}
const warn = async (code: 'deposit-80' | 'idle' | 'meter-flagged') => {
  await world.bus.commit(
    [],
    [newEvent({ ...base(), type: 'session.warning', data: { sessionId: view.id, code, message: 'x' } })],
  )
  await world.bus.idle(10_000)
}
const meter = async (suspended: 'no' | 'EV', energyWh: number) => {
  await world.bus.commit(
    [],
    [
      newEvent({
        ...base(),
        type: 'session.meter',
        data: {
          sessionId: view.id,
          energyWh,
          powerW: 0,
          socPercent: null,
          costMicro: '3900000',
          limitMicro: '25000000',
          suspended,
          meterAt: world.clock().toISOString(),
        },
      }),
    ],
  )
  await world.bus.idle(10_000)
}

/** A browser's side of Web Push: RFC 8291 and 8188 with one record. */
const browser = createECDH('prime256v1')
browser.generateKeys()
const auth = randomBytes(16)
const decrypt = ({ body }: Received): Record<string, unknown> => {
  const salt = body.subarray(0, 16)
  const server = body.subarray(21, 21 + body[20]!)
  const cipher = body.subarray(21 + body[20]!)
  const hmac = (key: Buffer, data: Buffer) => createHmac('sha256', key).update(data).digest()
  const expand = (key: Buffer, info: Buffer, length: number) =>
    hmac(key, Buffer.concat([info, Buffer.of(1)])).subarray(0, length)
  const shared = browser.computeSecret(server)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), server])
  const keying = expand(hmac(auth, shared), info, 32)
  const pseudo = hmac(salt, keying)
  const key = expand(pseudo, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = expand(pseudo, Buffer.from('Content-Encoding: nonce\0'), 12)
  const open = createDecipheriv('aes-128-gcm', key, nonce)
  open.setAuthTag(cipher.subarray(-16))
  const text = Buffer.concat([open.update(cipher.subarray(0, -16)), open.final()])
  return JSON.parse(text.subarray(0, text.lastIndexOf(2)).toString())
}

test('a driver chooses what comes how; devices are their own', async () => {
  expect((await get('/v1/account/notices/settings', driver)).json()).toMatchObject({
    locale: 'en',
    mail: ['refund', 'dispute'],
  })
  const wish = { locale: 'fr', push: ['started', 'full'], mail: ['refund'] }
  expect((await send('PUT', '/v1/account/notices/settings', driver, wish)).json()).toEqual(wish)
  expect((await send('PUT', '/v1/account/notices/settings', driver, { ...wish, push: ['weather'] })).statusCode).toBe(
    400,
  )
  const web = {
    kind: 'web',
    endpoint: `${receiver.url}/push/1`,
    keys: { p256dh: browser.getPublicKey('base64url'), auth: auth.toString('base64url') },
  }
  expect(
    (await send('POST', '/v1/account/devices', driver, { ...web, keys: { p256dh: 'AAAA', auth: 'AAAA' } })).statusCode,
  ).toBe(400)
  const { id } = (await send('POST', '/v1/account/devices', driver, web)).json()
  const expo = { kind: 'expo', token: 'ExponentPushToken[abcdefghij0123456789]' }
  expect((await send('POST', '/v1/account/devices', driver, expo)).statusCode).toBe(201)
  expect((await send('DELETE', `/v1/account/devices/${id}`, other)).statusCode).toBe(404)
  expect((await send('POST', '/v1/account/devices', other, web)).json().code).toBe('conflict')
  expect((await get('/v1/push/key', driver)).json().publicKey).toMatch(/^[A-Za-z0-9_-]{87}$/)
  await world.store.write([
    {
      op: 'insert',
      in: 'api_emails',
      doc: { _id: 'ada@example.org', accountId, createdAt: 'x', verifiedAt: 'x', locale: 'fr' } as never,
    },
  ])
})

test('the start of a charge reaches browser and phone, encrypted and in the driver’s language', async () => {
  receiver.answerWith(({ path }) =>
    path === '/expo' ? { status: 200, body: '{"data":{"status":"ok","id":"1"}}' } : { status: 201 },
  )
  await move('starting', 'charging')
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(2)
  const push = receiver.received.find(({ path }) => path === '/push/1')!
  expect(push.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '3600' })
  expect(push.headers.authorization).toMatch(/^vapid t=.+, k=.+/)
  expect(decrypt(push)).toMatchObject({
    kind: 'started',
    title: 'La recharge a commencé',
    body: expect.stringContaining('le courant passe.'),
  })
  const phone = JSON.parse(receiver.received.find(({ path }) => path === '/expo')!.body.toString())
  expect(phone).toMatchObject({
    to: 'ExponentPushToken[abcdefghij0123456789]',
    data: { kind: 'started', sessionId: view.id },
  })
})

test('what happens is told once, by its kind; what was not chosen stays in the app', async () => {
  receiver.received.length = 0
  await warn('deposit-80')
  await warn('meter-flagged')
  await meter('no', 5_000)
  await meter('EV', 9_000)
  await meter('EV', 9_000)
  await warn('idle')
  await move('charging', 'ended')
  expect((await kinds()).toSorted()).toEqual(['deposit-80', 'full', 'idle', 'started', 'stopped'])
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(2)
  expect(decrypt(receiver.received.find(({ path }) => path === '/push/1')!)).toMatchObject({
    kind: 'full',
    body: expect.stringContaining('9,00'),
  })
  expect(await kinds(other)).toEqual([])
})

test('a refund comes by letter; a device that is gone is forgotten', async () => {
  receiver.answerWith(({ path }) =>
    path === '/expo'
      ? { status: 200, body: '{"data":{"status":"error","details":{"error":"DeviceNotRegistered"}}}' }
      : { status: 410 },
  )
  await send('PUT', '/v1/account/notices/settings', driver, { locale: 'fr', push: ['refund'], mail: ['refund'] })
  await move('settling', 'settled', { returnedMicro: '21100000' })
  const letters = async () =>
    (await world.store.find<{ _id: string; to: string; subject: string; text: string }>('api_mails', {})).items
  await expect
    .poll(letters, { timeout: 5_000 })
    .toMatchObject([{ to: 'ada@example.org', subject: 'De l’argent est revenu sur votre crédit' }])
  expect((await letters())[0]!.text).toContain('21,10')
  await expect
    .poll(async () => (await get('/v1/account/devices', driver)).json().items, { timeout: 10_000 })
    .toEqual([])
})

test('what was read is read', async () => {
  expect((await get('/v1/account/notices', driver)).json().unread).toBe(6)
  await send('POST', '/v1/account/notices/read', driver, { until: world.clock().toISOString() })
  expect((await get('/v1/account/notices', driver)).json().unread).toBe(0)
})
