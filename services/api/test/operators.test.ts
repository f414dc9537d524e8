import { createHmac } from 'node:crypto'
import { chargeEscrowAbi } from '@werenode/chain'
import { answer, newEvent } from '@werenode/core'
import { decodeFunctionData } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { putDemo } from './demo/put-demo.ts'
import { network } from './manager.ts'
import { openReceiver } from './receiver.ts'
import { chargeKeeper, signedCharge } from './signed-charge.ts'
import { type Driver, openWorld, type World } from './world.ts'

const adminAccount = privateKeyToAccount(generatePrivateKey())
let world: World
let keeper: ReturnType<typeof chargeKeeper>
let operator: Driver
let rival: Driver
let receiver: Awaited<ReturnType<typeof openReceiver>>
beforeAll(async () => {
  receiver = await openReceiver()
  world = await openWorld({ admins: [adminAccount.address], postInward: true })
  await putDemo(world.catalogue)
  keeper = chargeKeeper(world.bus)
  answer(world.bus, 'relayer.credit', async () => ({ creditMicro: '12340000', walletMicro: '0' }))
  await world.api.start({ port: 0 })
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
afterAll(async () => {
  await world.close()
  await receiver.close()
})

const send = (method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, who: Driver, payload?: object) =>
  world.api.inject({ method, url, headers: { ...who.headers }, ...(payload === undefined ? {} : { payload }) })
const charge = (startAt: string, energyWh: number, minutes = 60) =>
  signedCharge({ driver: privateKeyToAccount(generatePrivateKey()), startAt: new Date(startAt), energyWh, minutes })

test('revenue, energy, sessions, use and faults add up, by the clock of the place', async () => {
  // 21:30 to 22:30 UTC on the 9th is the 9th until 23:30 in Paris; 22:30 to 23:30 UTC ends on the 10th there.
  await keeper.tell(await charge('2026-11-09T21:30:00.000Z', 10_000))
  const late = await charge('2026-11-09T22:30:00.000Z', 5_000)
  await keeper.tell({ ...late, view: { ...late.view, state: 'ended' } }, new Date('2026-11-09T23:30:00.000Z'))
  await world.bus.commit(
    [],
    [
      newEvent({
        id: 'fault-1',
        type: 'station.status',
        at: new Date('2026-11-10T08:00:00.000Z'),
        subject: 'station.WRN-LYON-1',
        data: {
          stationId: 'WRN-LYON-1',
          evse: 1,
          connector: 1,
          status: 'Faulted',
          errorCode: 'GroundFailure',
          stale: false,
        },
      }),
    ],
  )
  await world.bus.idle(10_000)
  const figures = async (query = '') =>
    (
      await send(
        'GET',
        `/v1/parties/FR*WRN/figures?from=2026-11-09T00:00:00.000Z&to=2026-11-11T00:00:00.000Z${query}`,
        operator,
      )
    ).json()
  const { steps, total, plugs } = await figures()
  expect(plugs).toBe(9)
  expect(steps).toMatchObject([
    {
      at: '2026-11-09',
      sessions: 1,
      energyWh: 10_000,
      revenueMicro: '3900000',
      dueMicro: '0',
      occupiedSeconds: 3_600,
      faults: 0,
    },
    { at: '2026-11-10', sessions: 1, energyWh: 5_000, revenueMicro: '0', dueMicro: '1950000', faults: 1 },
  ])
  expect(steps[0].utilisation).toBeCloseTo(3_600 / (9 * 86_400), 3)
  expect(total).toMatchObject({
    sessions: 2,
    energyWh: 15_000,
    revenueMicro: '3900000',
    dueMicro: '1950000',
    faults: 1,
  })
  expect((await figures('&step=hour&timeZone=UTC')).steps.map(({ at }: { at: string }) => at)).toEqual([
    '2026-11-09T22',
    '2026-11-09T23',
    '2026-11-10T08',
  ])
  // Settled later, it is revenue; told twice, it counts once.
  await keeper.tell(late)
  await keeper.tell(late)
  expect((await figures()).total).toMatchObject({ sessions: 2, revenueMicro: '5850000', dueMicro: '0' })
  expect(
    (await send('GET', '/v1/parties/FR*WRN/figures?from=2026-11-09T00:00:00.000Z&to=2026-11-11T00:00:00.000Z', rival))
      .statusCode,
  ).toBe(404)
})

test('a party sees the sessions at its plugs, not who charged', async () => {
  const { items } = (await send('GET', '/v1/parties/FR*WRN/sessions', operator)).json()
  expect(items.map(({ energyWh }: { energyWh: number }) => energyWh)).toEqual([5_000, 10_000])
  expect(JSON.stringify(items)).not.toContain('driver')
  expect((await send('GET', '/v1/parties/FR*RIV/sessions', rival)).json().items).toEqual([])
})

test('a payout is a call for the payout account, of what is there', async () => {
  const { data, ...rest } = (await send('POST', '/v1/parties/FR*WRN/payout', operator, {})).json()
  expect(rest).toMatchObject({ payee: network.payee, amountMicro: '12340000', to: network.escrow })
  expect(rest).toMatchObject({ availableMicro: '12340000', earnedMicro: '5850000', paidOutMicro: '0' })
  const { functionName, args } = decodeFunctionData({ abi: chargeEscrowAbi, data })
  expect(functionName).toBe('withdraw')
  expect(args!.map(String).map((part) => part.toLowerCase())).toEqual([network.token, '12340000', network.payee])
  expect((await send('POST', '/v1/parties/FR*WRN/payout', operator, { amountMicro: '12340001' })).statusCode).toBe(402)
  expect((await send('POST', '/v1/parties/FR*WRN/payout', rival, {})).statusCode).toBe(404)
})

test('of a node’s money each party takes what its charges earned, and the chain says when it was taken', async () => {
  const theirs = { _id: 'theirs', party: 'FR*RIV', state: 'settled', amountMicro: '2000000', createdAt: '2026-11-20' }
  await world.store.write([{ op: 'insert', in: 'api_charges', doc: theirs }])
  const payout = async (who: Driver, party: string, body: object) =>
    (await send('POST', `/v1/parties/${party}/payout`, who, body)).json()
  expect(await payout(rival, 'FR*RIV', {})).toMatchObject({ amountMicro: '2000000', creditMicro: '12340000' })
  expect(await payout(operator, 'FR*WRN', { amountMicro: '5850001' })).toMatchObject({ code: 'credit-insufficient' })
  const to = '0x00000000000000000000000000000000000000aa'
  expect(await payout(operator, 'FR*WRN', { amountMicro: '1850000', to })).toMatchObject({ availableMicro: '5850000' })
  await world.bus.commit(
    [],
    [
      newEvent({
        id: 'withdrawn',
        type: 'chain.log',
        at: world.clock(),
        subject: 'chain',
        data: {
          contract: 'ChargeEscrow',
          name: 'CreditWithdrawn',
          args: { account: network.payee, token: network.token, to, amount: '1850000' },
          blockNumber: '7',
          blockHash: `0x${'b'.repeat(64)}`,
          txHash: `0x${'7'.repeat(64)}`,
          logIndex: 0,
        },
      }),
    ],
  )
  const paid = async () =>
    (await send('GET', '/v1/parties/FR*WRN/payouts', operator))
      .json()
      .items.filter(({ state }: { state: string }) => state === 'paid')
  await expect.poll(paid, { timeout: 10_000 }).toMatchObject([{ amountMicro: '1850000', to }])
  expect(await payout(operator, 'FR*WRN', {})).toMatchObject({ amountMicro: '4000000', paidOutMicro: '1850000' })
  expect((await send('GET', '/v1/parties/FR*WRN/payouts', rival)).statusCode).toBe(404)
  await world.store.write([{ op: 'delete', in: 'api_charges', id: 'theirs' }])
})

test('a webhook gets its party’s events, signed, again until it takes them, and no others', async () => {
  const create = (who: Driver, url: string, party = 'FR*WRN') =>
    send('POST', `/v1/parties/${party}/webhooks`, who, { url, types: ['session.state'] })
  const { id, secret } = (await create(operator, `${receiver.url}/hook`)).json()
  await create(rival, `${receiver.url}/rival`, 'FR*RIV')
  receiver.answerWith(() => ({ status: receiver.received.length === 1 ? 500 : 204 }))
  const one = await charge('2026-11-20T10:00:00.000Z', 1_000)
  await keeper.tell(one)
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(1)
  const deliveries = async () =>
    (await send('GET', `/v1/parties/FR*WRN/webhooks/${id}/deliveries`, operator)).json().items
  await expect.poll(deliveries, { timeout: 5_000 }).toMatchObject([{ state: 'waiting', tries: 1, status: 500 }])
  world.clock.advance(11_000)
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(2)
  await expect.poll(deliveries, { timeout: 5_000 }).toMatchObject([{ state: 'sent', tries: 2, status: 204 }])

  const [first, second] = receiver.received as [(typeof receiver.received)[0], (typeof receiver.received)[0]]
  expect([first.path, second.path]).toEqual(['/hook', '/hook'])
  expect(second.headers['webhook-id']).toBe(first.headers['webhook-id'])
  const { 'webhook-id': messageId, 'webhook-timestamp': at, 'webhook-signature': signature } = second.headers
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const expected = createHmac('sha256', key).update(`${messageId}.${at}.${second.body}`).digest('base64')
  expect(signature).toBe(`v1,${expected}`)
  expect(JSON.parse(second.body.toString())).toMatchObject({ type: 'session.state', data: { sessionId: one.view.id } })

  const [{ id: delivery }] = await deliveries()
  const redeliver = (who: Driver) =>
    send('POST', `/v1/parties/FR*WRN/webhooks/${id}/deliveries/${encodeURIComponent(delivery)}`, who)
  expect((await redeliver(rival)).statusCode).toBe(404)
  expect((await redeliver(operator)).statusCode).toBe(204)
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(3)
  const listed = (await send('GET', '/v1/parties/FR*WRN/webhooks', operator)).body
  expect(listed).not.toContain('whsec')
  expect((await send('DELETE', `/v1/parties/FR*WRN/webhooks/${id}`, rival)).statusCode).toBe(404)
  expect((await send('DELETE', `/v1/parties/FR*WRN/webhooks/${id}`, operator)).statusCode).toBe(204)
})

test('on a public node no webhook leads inside', async () => {
  const alone = await openWorld({ admins: [adminAccount.address] })
  const admin = await alone.driver(adminAccount)
  await alone.api.inject({
    method: 'POST',
    url: '/v1/parties',
    headers: { ...admin.headers },
    payload: { party: 'FR*WRN', name: 'x' },
  })
  for (const url of [receiver.url, 'https://169.254.169.254/latest/meta-data', 'https://localhost/', 'https://[::1]/'])
    expect(
      (
        await alone.api.inject({
          method: 'POST',
          url: '/v1/parties/FR*WRN/webhooks',
          headers: { ...admin.headers },
          payload: { url, types: ['session.state'] },
        })
      ).json(),
    ).toMatchObject({ status: 400, code: 'invalid-input' })
  await alone.close()
})
