import type { ChargeReceipt, ChargeTerms, SessionId } from '@werenode/core'
import {
  createWerenode,
  memoryStorage,
  privateKeyWallet,
  type SessionEvent,
  type Werenode,
  type WerenodeOptions,
} from '@werenode/sdk'
import { generatePrivateKey } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { putDemo } from './demo/put-demo.ts'
import { signingManager } from './signing-manager.ts'
import { openWorld, type World } from './world.ts'

let world: World
let manager: ReturnType<typeof signingManager>
let baseUrl: string
beforeAll(async () => {
  world = await openWorld({ origin: 'http://localhost:8080', streams: { heartbeatMs: 50, perListener: 100 } })
  manager = signingManager(world.bus, world.clock)
  await putDemo(world.catalogue)
  ;({ url: baseUrl } = await world.api.start({ port: 0 }))
})
afterAll(() => world.close())
afterEach(() => {
  manager.lieInTerms((terms) => terms)
  manager.lieInQuote((quote) => quote)
})

const client = (options: Partial<WerenodeOptions> = {}): Werenode =>
  createWerenode({ baseUrl, wallet: privateKeyWallet(generatePrivateKey()), clock: world.clock, ...options })
const evse = { evseId: 'FR*WRN*E000001' }
const start = new Date('2026-11-22T12:00:00.000Z')
const after = (seconds: number): Date => new Date(start.getTime() + seconds * 1000)

/** Opens a session and follows it; `told` resolves when the client has heard that many events. */
const charge = async (werenode: Werenode, followed = true) => {
  const session = await werenode.open(await werenode.quote(evse))
  const id = session.id
  const heard: SessionEvent[] = []
  const stop = new AbortController()
  const following = followed
    ? (async () => {
        for await (const event of werenode.live(id, { signal: stop.signal })) heard.push(event)
      })()
    : Promise.resolve()
  const told = (count: number) => expect.poll(() => heard.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(count)
  if (followed) await told(1)
  return {
    id,
    heard,
    told,
    end: async () => {
      stop.abort()
      await following
    },
  }
}

test('a whole charge: quote, open, live, co-sign', async () => {
  const werenode = client()
  const quote = await werenode.quote(evse)
  expect(quote.price[0]).toMatchObject({ unit: 'kWh', inclVat: '0.39' })
  expect(quote).toMatchObject({ maxAmountMicro: 25_000_000n, free: false, locationName: 'Place Bellecour' })
  const session = await werenode.open(quote)
  expect(session).toMatchObject({ id: quote.sessionId, state: 'opening' })
  expect(manager.seen.driverSigned).toBe(true)
  expect((await werenode.open(quote)).id).toBe(session.id)

  const heard: SessionEvent[] = []
  const following = (async () => {
    for await (const event of werenode.live(session.id)) heard.push(event)
  })()
  await expect.poll(() => heard.length).toBe(1)
  await manager.move(session.id, 'charging')
  for (const minute of [1, 2, 3]) await manager.meter(session.id, minute * 200, after(minute * 60))
  await manager.receipt(session.id, start, after(200), 700)
  await expect.poll(() => heard.length).toBe(6)
  expect(await werenode.cosign(session.id)).toMatchObject({
    cosigned: true,
    verdict: { holds: true, recomputedMicro: 273_000n },
  })
  expect(manager.seen.cosigned).toBe(true)
  await manager.move(session.id, 'settled')
  await following
  expect(heard.map(({ type }) => type)).toEqual([
    'session.view',
    'session.state',
    'session.meter',
    'session.meter',
    'session.meter',
    'session.state',
    'session.state',
  ])
  expect((await werenode.sessions()).items.map(({ id }) => id)).toEqual([session.id])
})

const lies: readonly [string, (terms: ChargeTerms) => ChargeTerms][] = [
  ['another driver', (terms) => ({ ...terms, driver: `0x${'1'.repeat(40)}` })],
  ['another session key', (terms) => ({ ...terms, sessionKey: `0x${'2'.repeat(40)}` })],
  ['another token', (terms) => ({ ...terms, token: `0x${'3'.repeat(40)}` })],
  ['another payee', (terms) => ({ ...terms, payee: `0x${'4'.repeat(40)}` })],
  ['another operator', (terms) => ({ ...terms, operatorId: `0x${'5'.repeat(64)}` })],
  ['another EVSE', (terms) => ({ ...terms, evseIdHash: `0x${'6'.repeat(64)}` })],
  ['another connector', (terms) => ({ ...terms, connector: 2 })],
  ['another source', (terms) => ({ ...terms, source: 'Allowance' })],
  ['a higher deposit', (terms) => ({ ...terms, maxAmount: terms.maxAmount + 1n })],
  ['a higher price', (terms) => ({ ...terms, pricePerKWh: terms.pricePerKWh + 1n })],
  ['a start fee', (terms) => ({ ...terms, startFee: terms.startFee + 1_000_000n })],
  ['a price by the minute', (terms) => ({ ...terms, pricePerMinute: 100_000n })],
  ['another tariff', (terms) => ({ ...terms, tariffHash: `0x${'7'.repeat(64)}` })],
  ['a larger bond', (terms) => ({ ...terms, disputeBond: 3_000_000n })],
  ['a dispute window of a minute', (terms) => ({ ...terms, disputeWindow: 60 })],
  ['a year to settle', (terms) => ({ ...terms, settleBy: terms.settleBy + 365 * 86_400 })],
  ['a week to open', (terms) => ({ ...terms, openBy: terms.openBy + 7 * 86_400, startBy: terms.startBy + 7 * 86_400 })],
]
test.each(lies)('a node whose terms name %s is found out before anything is signed', async (_words, lie) => {
  manager.lieInTerms(lie)
  await expect(client().quote(evse)).rejects.toMatchObject({ code: 'terms-refused' })
})

test('a node that shows another tariff, or names another id, is found out', async () => {
  manager.lieInQuote((quote) => ({ ...quote, tariff: { ...(quote.tariff as object), id: 'CHEAPER' } }))
  await expect(client().quote(evse)).rejects.toMatchObject({ code: 'terms-refused' })
  manager.lieInQuote((quote) => ({ ...quote, sessionId: `0x${'8'.repeat(64)}` as SessionId }))
  await expect(client().quote(evse)).rejects.toMatchObject({ code: 'terms-refused' })
})

test('a quote that was changed after it was shown is not signed', async () => {
  const werenode = client()
  const quote = await werenode.quote(evse)
  const changed = { ...quote, terms: { ...quote.terms, maxAmount: quote.terms.maxAmount + 1n } }
  await expect(werenode.open(changed)).rejects.toMatchObject({ code: 'terms-refused' })
})

test('the registry’s word on the payee goes before the node’s', async () => {
  const honest = client({ payoutOf: async () => `0x${'9'.repeat(40)}` })
  await expect(honest.quote(evse)).rejects.toMatchObject({ code: 'terms-refused' })
})

test('a network other than the pinned one is refused', async () => {
  const pinned = {
    chainId: 31_337,
    escrow: `0x${'1'.repeat(40)}`,
    token: `0x${'1'.repeat(40)}`,
    operatorRegistry: `0x${'1'.repeat(40)}`,
  } as const
  await expect(client({ network: pinned }).quote(evse)).rejects.toMatchObject({ code: 'terms-refused' })
  const storage = memoryStorage()
  await client({ storage }).network()
  const kept = JSON.parse((await storage.get(`werenode:network:${baseUrl}`))!)
  await storage.set(`werenode:network:${baseUrl}`, JSON.stringify({ ...kept, escrow: `0x${'a'.repeat(40)}` }))
  await expect(client({ storage }).network()).rejects.toMatchObject({ code: 'terms-refused' })
})

const wrongs: readonly [string, (receipt: ChargeReceipt) => ChargeReceipt][] = [
  ['more money', (receipt) => ({ ...receipt, amount: receipt.amount + 50_000n })],
  [
    'more energy than seen',
    (receipt) => ({ ...receipt, endWh: receipt.endWh + 5_000n, amount: receipt.amount + 1_950_000n }),
  ],
  ['more time than passed', (receipt) => ({ ...receipt, chargingSeconds: 10_000 })],
  ['a meter that ran backwards', (receipt) => ({ ...receipt, startWh: receipt.endWh + 1n })],
  ['another session', (receipt) => ({ ...receipt, sessionId: `0x${'9'.repeat(64)}` })],
]
test.each(wrongs)('a receipt with %s is not co-signed', async (_words, wrong) => {
  const werenode = client()
  const { id, told, end } = await charge(werenode)
  for (const minute of [1, 2, 3]) await manager.meter(id, minute * 200, after(minute * 60))
  await told(4)
  await manager.receipt(id, start, after(200), 700, wrong)
  expect(await werenode.cosign(id)).toMatchObject({ cosigned: false, verdict: { holds: false } })
  await end()
})

test('a device that saw nothing does not confirm the energy, and one without the key cannot', async () => {
  const key = generatePrivateKey()
  const werenode = client({ wallet: privateKeyWallet(key) })
  const { id } = await charge(werenode, false)
  await manager.receipt(id, start, after(200), 700)
  expect(await werenode.cosign(id)).toMatchObject({ cosigned: false, why: expect.stringContaining('saw no reading') })
  const other = client({ wallet: privateKeyWallet(key) })
  expect(await other.cosign(id)).toMatchObject({ cosigned: false, why: expect.stringContaining('not on this device') })
})

test('what was seen before a restart still counts, and a later listener may hear it from the start', async () => {
  const wallet = privateKeyWallet(generatePrivateKey())
  const storage = memoryStorage()
  const before = client({ wallet, storage })
  const { id, told, end } = await charge(before)
  await manager.meter(id, 200, after(60))
  await told(2)
  await end()
  await manager.meter(id, 650, after(180))
  const restarted = client({ wallet, storage })
  const stop = new AbortController()
  for await (const event of restarted.live(id, { fromStart: true, signal: stop.signal }))
    if (event.type === 'session.meter' && event.data.energyWh === 650) break
  await manager.receipt(id, start, after(200), 700)
  expect(await restarted.cosign(id)).toMatchObject({ cosigned: true })
})

test('stop, top up, credit, faucet and the catalogue', async () => {
  const werenode = client()
  const { id } = await charge(werenode, false)
  expect((await werenode.stop(id)).state).toBe('stopping')
  expect((await werenode.topUp(id, 40_000_000n)).limitMicro).toBe('40000000')
  expect(await werenode.credit()).toMatchObject({ creditMicro: 50_000_000n, walletMicro: 7n })
  await werenode.faucet(1_000_000n)
  const nobody = createWerenode({ baseUrl })
  const names: string[] = []
  for await (const { id: location } of nobody.locations.all({ limit: 4, payable: true })) names.push(location)
  expect(names).toHaveLength(6)
  expect((await nobody.locations.search({ near: { lat: 45.7578, lon: 4.8322 } })).items[0]).toMatchObject({
    id: 'wrn-lyon',
    distanceM: 0,
  })
  expect(
    (
      await nobody.locations.search({
        box: { west: 1e-7, south: 40, east: 4.9, north: 46 },
        standards: ['IEC_62196_T2', 'CHADEMO'],
      })
    ).items.map((one) => one.id),
  ).toEqual(['wrn-lyon', 'wrn-toulouse'])
  expect(await nobody.locations.evse('FR*WRN*E000004*2')).toMatchObject({ connector: 2 })
  await expect(nobody.locations.get('nowhere')).rejects.toMatchObject({ code: 'not-found', hint: expect.any(String) })
  await expect(nobody.credit()).rejects.toMatchObject({ code: 'not-authenticated' })
})

test('credit is withdrawn by one signature, and only its owner sees what became of it', async () => {
  const wallet = privateKeyWallet(generatePrivateKey())
  const werenode = client({ wallet })
  const to = privateKeyWallet(generatePrivateKey()).address
  // The other side refuses whatever was not signed for exactly these fields.
  const made = await werenode.withdraw({ amountMicro: 12_500_000n, to })
  expect(made).toMatchObject({ to: to.toLowerCase(), amountMicro: '12500000', state: 'under-way' })
  expect(await werenode.withdrawal(made.id)).toMatchObject({ state: 'paid' })
  await expect(client().withdrawal(made.id)).rejects.toMatchObject({ code: 'not-found' })
  await expect(werenode.withdraw({ amountMicro: 1_000_000n, to: 'anna.eth' })).rejects.toMatchObject({
    code: 'invalid-input',
  })
  await expect(createWerenode({ baseUrl }).withdraw({ amountMicro: 1n, to })).rejects.toMatchObject({
    code: 'not-authenticated',
  })
  // Whose credit it is, is said by the login: no body can name another's.
  const body = { account: to, to, amountMicro: '1000000', nonce: '3', deadline: 2_000_000_000, signature: '0x' }
  for (const payload of [body, { ...body, signature: `0x${'11'.repeat(65)}` }]) {
    const { headers } = await world.driver()
    const { statusCode } = await world.api.inject({ method: 'POST', url: '/v1/credit/withdrawals', headers, payload })
    expect(statusCode).toBe(400)
  }
})

test('tokens are refreshed before they end, once for many calls, and asked for anew when all else fails', async () => {
  const storage = memoryStorage()
  const asked: string[] = []
  const werenode = client({
    storage,
    fetch: (input, init) => {
      asked.push(new URL(String(input)).pathname)
      return fetch(input, init)
    },
  })
  await werenode.signIn()
  world.clock.advance(15 * 60_000)
  asked.length = 0
  await Promise.all([werenode.credit(), werenode.credit(), werenode.sessions()])
  expect(asked.filter((path) => path === '/auth/refresh')).toHaveLength(1)
  world.clock.advance(31 * 24 * 3_600_000)
  await werenode.credit()
  expect(asked.filter((path) => path === '/auth/siwe')).toHaveLength(1)
  await werenode.signOut()
  expect(await werenode.login()).toBeUndefined()
})

test('a node that is away is said to be away, and without autoSignIn nobody is asked to sign', async () => {
  const away = createWerenode({ baseUrl: 'http://127.0.0.1:9' })
  await expect(away.network()).rejects.toMatchObject({ code: 'no-responder' })
  await expect(client({ autoSignIn: false }).credit()).rejects.toMatchObject({ code: 'not-authenticated' })
})

test('a live stream goes on after the server was away', async () => {
  const wallet = privateKeyWallet(generatePrivateKey())
  let cut: (() => void) | undefined
  const werenode = client({
    wallet,
    // The network of a car park: the connection breaks whenever the test says so.
    fetch: async (input, init) => {
      const breaking = new AbortController()
      init?.signal?.addEventListener('abort', () => breaking.abort(init.signal?.reason))
      if (String(input).includes('/live')) cut = () => breaking.abort()
      return fetch(input, { ...init, signal: breaking.signal })
    },
  })
  const { id, heard, told, end } = await charge(werenode)
  await manager.meter(id, 100, after(10))
  await told(2)
  cut!()
  for (const wh of [200, 300]) await manager.meter(id, wh, after(wh))
  await told(4)
  expect(heard.flatMap((event) => (event.type === 'session.meter' ? [event.data.energyWh] : []))).toEqual([
    100, 200, 300,
  ])
  await end()
})
