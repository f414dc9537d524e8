import { chargeEscrowAbi } from '@werenode/chain'
import { ask, type EvseId, newEvent } from '@werenode/core'
import { decodeFunctionData, erc20Abi, getAddress } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardHash } from '../src/account/things.ts'
import { putDemo } from './demo/put-demo.ts'
import { network, someSession, standInManager } from './manager.ts'
import { type Driver, openWorld, type World } from './world.ts'

const adminAccount = privateKeyToAccount(generatePrivateKey())
let world: World
let manager: ReturnType<typeof standInManager>
let driver: Driver
let other: Driver
let operator: Driver
let rival: Driver
beforeAll(async () => {
  world = await openWorld({ admins: [adminAccount.address] })
  await putDemo(world.catalogue)
  manager = standInManager(world.bus)
  await world.api.start({ port: 0 })
  driver = await world.driver()
  other = await world.driver()
  const admin = await world.driver(adminAccount)
  const join = async (party: string): Promise<Driver> => {
    const member = await world.driver()
    await send('POST', '/v1/parties', admin, { party, name: party })
    await send('PUT', `/v1/parties/${party}/members/${member.address}`, admin, { scopes: ['party:write'] })
    await send('PUT', '/v1/account/party', member, { party })
    return member
  }
  operator = await join('FR*WRN')
  rival = await join('FR*RIV')
  world.clock.advance(3_000)
})
afterAll(() => world.close())

const send = (method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, who: Driver, payload?: object) =>
  world.api.inject({ method, url, headers: { ...who.headers }, ...(payload === undefined ? {} : { payload }) })
const items = async (url: string, who: Driver) => (await send('GET', url, who)).json().items

test('a place becomes a favourite of one driver, and stops being one', async () => {
  expect((await send('PUT', '/v1/account/favourites/wrn-lyon', driver, { label: 'Work' })).statusCode).toBe(204)
  expect(await items('/v1/account/favourites', driver)).toMatchObject([{ label: 'Work', location: { id: 'wrn-lyon' } }])
  expect(await items('/v1/account/favourites', other)).toEqual([])
  expect((await send('PUT', '/v1/account/favourites/nowhere', driver, {})).statusCode).toBe(404)
  expect((await send('DELETE', '/v1/account/favourites/wrn-lyon', other)).statusCode).toBe(404)
  expect((await send('DELETE', '/v1/account/favourites/wrn-lyon', driver)).statusCode).toBe(204)
  expect(await items('/v1/account/favourites', driver)).toEqual([])
})

test('vehicles are seen and changed by their driver alone', async () => {
  const wish = { name: 'Zoé', batteryWh: 52_000, standards: ['IEC_62196_T2'], usual: true }
  const { id } = (await send('POST', '/v1/account/vehicles', driver, wish)).json()
  expect(await items('/v1/account/vehicles', driver)).toMatchObject([{ id, ...wish }])
  expect((await send('PUT', `/v1/account/vehicles/${id}`, other, wish)).statusCode).toBe(404)
  expect((await send('DELETE', `/v1/account/vehicles/${id}`, other)).statusCode).toBe(404)
  expect((await send('PUT', `/v1/account/vehicles/${id}`, driver, { ...wish, plate: 'AB-123-CD' })).json().plate).toBe(
    'AB-123-CD',
  )
  expect((await send('POST', '/v1/account/vehicles', driver, { ...wish, owner: 'me' })).statusCode).toBe(400)
  expect((await send('DELETE', `/v1/account/vehicles/${id}`, driver)).statusCode).toBe(204)
})

test('a driver says once which vehicle took a charge, of charges and vehicles of their own', async () => {
  const wish = { name: 'Zoé', standards: ['IEC_62196_T2'] }
  const { id: vehicleId } = (await send('POST', '/v1/account/vehicles', driver, wish)).json()
  const { id: theirs } = (await send('POST', '/v1/account/vehicles', other, wish)).json()
  const { id: sessionId } = manager.put(someSession(driver.address))
  const url = `/v1/account/vehicle-choices/${sessionId}`
  expect((await send('PUT', url, driver, { vehicleId })).statusCode).toBe(204)
  expect((await send('PUT', url, driver, { vehicleId })).statusCode).toBe(204)
  expect(await items('/v1/account/vehicle-choices', driver)).toEqual([{ sessionId, vehicleId }])
  expect(await items('/v1/account/vehicle-choices', other)).toEqual([])
  // Another's charge, another's vehicle, a charge that never was.
  expect((await send('PUT', url, other, { vehicleId: theirs })).statusCode).toBe(404)
  expect((await send('PUT', url, driver, { vehicleId: theirs })).statusCode).toBe(404)
  const nowhere = `/v1/account/vehicle-choices/0x${'9'.repeat(64)}`
  expect((await send('PUT', nowhere, driver, { vehicleId })).statusCode).toBe(404)
  expect((await send('PUT', url, driver, { vehicleId, accountId: 'x' })).statusCode).toBe(400)
})

test('vehicle choices come in pages', async () => {
  const { id: vehicleId } = (await send('POST', '/v1/account/vehicles', other, { name: 'Pages', standards: [] })).json()
  const sessions = Array.from({ length: 5 }, (_, n) => manager.put(someSession(other.address, 10 + n)).id)
  for (const sessionId of sessions) await send('PUT', `/v1/account/vehicle-choices/${sessionId}`, other, { vehicleId })
  const seen: string[] = []
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const after: string = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page = (await send('GET', `/v1/account/vehicle-choices?limit=2${after}`, other)).json()
    seen.push(...page.items.map(({ sessionId }: { sessionId: string }) => sessionId))
    cursor = page.next
  }
  expect(seen.sort()).toEqual([...sessions].sort())
})

test('a card is kept as a hash, belongs to one account, and its number is nowhere', async () => {
  const added = await send('POST', '/v1/account/cards', driver, { uid: '04A1B2C3D4', label: 'Blue' })
  expect(added.json()).toMatchObject({ label: 'Blue', lastSigns: '…C3D4' })
  expect((await send('POST', '/v1/account/cards', other, { uid: '04a1b2c3d4', label: 'Mine' })).json().code).toBe(
    'conflict',
  )
  const { items: docs } = await world.store.find('api_cards', {})
  expect(JSON.stringify(docs)).not.toMatch(/04A1B2C3D4/i)
  expect((await send('DELETE', `/v1/account/cards/${added.json().id}`, other)).statusCode).toBe(404)
  expect((await send('DELETE', `/v1/account/cards/${added.json().id}`, driver)).statusCode).toBe(204)
})

test('who is on a party’s list charges for nothing at its plugs, until then and nowhere else', async () => {
  const free = (question: object) =>
    ask(world.bus, 'catalogue.freeUser', { stationId: 'WRN-LYON-1', ...question }).then((answer) => answer.free)
  expect(await free({ cardHash: cardHash('CAFE01') })).toBe(false)
  const put = (who: Driver, body: object) => send('POST', '/v1/parties/FR*WRN/free-users', who, body)
  const { id } = (await put(operator, { card: 'CAFE01', label: 'Concierge' })).json()
  expect(await free({ cardHash: cardHash('cafe01') })).toBe(true)
  expect(await free({ cardHash: cardHash('CAFE02') })).toBe(false)
  expect(await ask(world.bus, 'catalogue.freeUser', { stationId: 'ELSE', cardHash: cardHash('CAFE01') })).toEqual({
    free: false,
  })
  const until = new Date(world.clock().getTime() + 60_000).toISOString()
  await put(operator, { driver: driver.address, label: 'Guest', until })
  expect(await free({ driver: driver.address })).toBe(true)
  world.clock.advance(61_000)
  expect(await free({ driver: driver.address })).toBe(false)
  expect(await items('/v1/parties/FR*WRN/free-users', operator)).toHaveLength(2)

  expect((await put(rival, { card: 'CAFE03', label: 'x' })).statusCode).toBe(404)
  expect((await put(operator, { card: 'CAFE03', driver: driver.address, label: 'x' })).statusCode).toBe(400)
  expect((await send('DELETE', `/v1/parties/FR*WRN/free-users/${id}`, rival)).statusCode).toBe(404)
  expect((await send('DELETE', `/v1/parties/FR*WRN/free-users/${id}`, operator)).statusCode).toBe(204)
  expect(await free({ cardHash: cardHash('CAFE01') })).toBe(false)
})

test('a voucher is worth its credit once per driver, and as often as it says', async () => {
  const make = (who: Driver) =>
    send('POST', '/v1/parties/FR*WRN/vouchers', who, { label: 'Fair', amountMicro: '5000000', uses: 1 })
  expect((await make(rival)).statusCode).toBe(404)
  const { code } = (await make(operator)).json()
  expect(code).toMatch(/^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/)
  const redeem = (who: Driver, text: string) => send('POST', '/v1/account/vouchers', who, { code: text })
  expect((await redeem(driver, 'NONE-SUCH-CODE')).statusCode).toBe(404)
  manager.forget()
  const [one, two] = await Promise.all([redeem(driver, code.toLowerCase()), redeem(other, code)])
  expect([one.statusCode, two.statusCode].toSorted()).toEqual([200, 410])
  const winner = one.statusCode === 200 ? driver : other
  expect(manager.asked.filter(({ subject }) => subject === 'relayer.faucet')).toMatchObject([
    { payload: { account: winner.address, amountMicro: '5000000' } },
  ])
  expect((await redeem(winner, code)).statusCode).toBe(409)
  const listed = async () => (await send('GET', '/v1/parties/FR*WRN/vouchers', operator)).json()
  expect(await listed()).toMatchObject({
    items: [{ used: 1, uses: 1 }],
    redemptions: [{ beneficiary: winner.address, state: 'due' }],
  })
  expect(JSON.stringify(await listed())).not.toContain(code)
  const { calls, totalMicro } = (await send('POST', '/v1/parties/FR*WRN/vouchers/deposits', operator, {})).json()
  expect((await send('POST', '/v1/parties/FR*WRN/vouchers/deposits', rival, {})).statusCode).toBe(404)
  expect([totalMicro, calls.map(({ to }: { to: string }) => to)]).toEqual(['5000000', [network.token, network.escrow]])
  expect(decodeFunctionData({ abi: erc20Abi, data: calls[0].data })).toMatchObject({
    functionName: 'approve',
    args: [getAddress(network.escrow), 5_000_000n],
  })
  expect(decodeFunctionData({ abi: chargeEscrowAbi, data: calls[1].data })).toMatchObject({
    functionName: 'deposit',
    args: [getAddress(network.token), 5_000_000n, getAddress(winner.address)],
  })

  // Paid is what the chain says: not a driver's own deposit, not another amount, and no longer after a reorganisation.
  const states = async () => (await listed()).redemptions.map(({ state }: { state: string }) => state)
  await deposited({ account: winner.address, from: winner.address, amount: '5000000' }, 10)
  await deposited({ account: winner.address, from: network.payee, amount: '4999999' }, 11)
  await deposited({ account: winner.address, from: network.payee, amount: '5000000' }, 12)
  await expect.poll(states, { timeout: 10_000 }).toEqual(['paid'])
  expect((await send('POST', '/v1/parties/FR*WRN/vouchers/deposits', operator, {})).json().calls).toEqual([])
  await world.bus.commit(
    [],
    [
      newEvent({
        id: 'rolled-back',
        type: 'chain.rolledBack',
        at: world.clock(),
        subject: 'chain',
        data: { toBlock: '11', sessionIds: [] },
      }),
    ],
  )
  await expect.poll(states, { timeout: 10_000 }).toEqual(['due'])
})

/** The chain tells of a deposit. */
const deposited = (args: { account: string; from: string; amount: string }, block: number) =>
  world.bus.commit(
    [],
    [
      newEvent({
        id: `deposited:${block}`,
        type: 'chain.log',
        at: world.clock(),
        subject: 'chain',
        data: {
          contract: 'ChargeEscrow',
          name: 'CreditDeposited',
          args: { ...args, token: network.token },
          blockNumber: String(block),
          blockHash: `0x${String(block).padStart(64, 'b')}`,
          txHash: `0x${String(block).padStart(64, '0')}`,
          logIndex: 0,
        },
      }),
    ],
  )

test('credit that was paid in and out is told to its account alone, and not after the chain took it back', async () => {
  const from = `0x${'f'.repeat(40)}`
  const payer = await world.driver()
  await deposited({ account: getAddress(payer.address), from, amount: '7000000' }, 21)
  await deposited({ account: payer.address, from, amount: '8000000' }, 23)
  const moves = (who: Driver) => items('/v1/credit/movements', who)
  const first = { kind: 'deposit', amountMicro: '7000000', other: from, blockNumber: 21, txHash: expect.any(String) }
  await expect.poll(async () => (await moves(payer)).length, { timeout: 10_000 }).toBe(2)
  expect((await moves(payer)).at(-1)).toMatchObject(first)
  expect(await moves(other)).toEqual([])
  const page = (await send('GET', '/v1/credit/movements?limit=1', payer)).json()
  const rest = (await send('GET', `/v1/credit/movements?limit=1&cursor=${page.next}`, payer)).json()
  expect([...page.items, ...rest.items]).toHaveLength(2)
  await world.bus.commit(
    [],
    [
      newEvent({
        id: 'moves rolled back',
        type: 'chain.rolledBack',
        at: world.clock(),
        subject: 'chain',
        data: { toBlock: '22', sessionIds: [] },
      }),
    ],
  )
  await expect.poll(() => moves(payer), { timeout: 10_000 }).toMatchObject([first])
})

test('an amount that is no number is refused in words, wherever it has limits', async () => {
  for (const amountMicro of ['0*', '-1', '1e3', '0x10', ' 1', '1'.repeat(31)]) {
    expect((await send('POST', '/v1/faucet', driver, { amountMicro })).statusCode).toBe(400)
    const voucher = { label: 'x', amountMicro }
    expect((await send('POST', '/v1/parties/FR*WRN/vouchers', operator, voucher)).statusCode).toBe(400)
  }
})

test('the history asks the manager for its span and plug', async () => {
  manager.forget()
  const from = '2026-11-01T00:00:00.000Z'
  const to = '2026-12-01T00:00:00.000Z'
  await send('GET', `/v1/sessions?from=${from}&to=${to}&state=settled&evseId=FR*WRN*E000001`, driver)
  expect(manager.asked).toMatchObject([
    {
      subject: 'manager.sessions',
      payload: { driver: driver.address, from, to, states: ['settled'], evseId: 'FR*WRN*E000001' as EvseId },
    },
  ])
  expect((await send('GET', '/v1/sessions?from=yesterday', driver)).statusCode).toBe(400)
})
