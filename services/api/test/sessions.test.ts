import { WerenodeError } from '@werenode/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aSignature, someSession, someTerms, standInManager } from './manager.ts'
import { openWorld, type World } from './world.ts'

let world: World
let manager: ReturnType<typeof standInManager>
beforeAll(async () => {
  world = await openWorld()
  manager = standInManager(world.bus)
})
afterAll(() => world.close())
beforeEach(() => manager.forget())

const post = (url: string, payload: object, headers: Record<string, string>) =>
  world.api.inject({ method: 'POST', url, payload, headers })
const get = (url: string, headers: Record<string, string> = {}) => world.api.inject({ url, headers })

const quoteBody = { evseId: 'fr*wrn*e000001', sessionKey: `0x${'0'.repeat(39)}9` }

test('a signed-in driver gets a quote for their own address', async () => {
  const { headers, address } = await world.driver()
  const answer = await post('/v1/quotes', quoteBody, headers)
  expect(answer.statusCode).toBe(201)
  expect(answer.json().terms.driver).toBe(address)
  expect(manager.asked[0]?.payload).toEqual({ ...quoteBody, connector: 1, source: 'Credit', driver: address })
})

test('a quote cannot be asked for in the name of another driver', async () => {
  const { headers } = await world.driver()
  const answer = await post('/v1/quotes', { ...quoteBody, driver: `0x${'1'.repeat(40)}` }, headers)
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({ code: 'invalid-input', status: 400, title: 'Not understood' })
  expect(manager.asked).toEqual([])
})

test('nobody gets a quote without a login', async () => {
  const answer = await post('/v1/quotes', quoteBody, {})
  expect(answer.statusCode).toBe(401)
  expect(answer.headers['www-authenticate']).toBe('Bearer realm="werenode"')
  expect(answer.headers['content-type']).toContain('application/problem+json')
})

test('what the manager refuses reaches the driver as a problem with its code and hint', async () => {
  const { headers } = await world.driver()
  manager.refuseWith(new WerenodeError('evse-occupied', 'FR*WRN*E000001 is in use', { hint: 'Choose another plug.' }))
  const answer = await post('/v1/quotes', quoteBody, headers)
  expect(answer.statusCode).toBe(409)
  expect(answer.json()).toMatchObject({
    type: 'urn:werenode:problem:evse-occupied',
    code: 'evse-occupied',
    detail: 'FR*WRN*E000001 is in use',
    hint: 'Choose another plug.',
  })
})

test('without a manager or a relayer the answer is 503 and says when to try again', async () => {
  const alone = await openWorld()
  const { headers } = await alone.driver()
  const answer = await alone.api.inject({ method: 'POST', url: '/v1/quotes', payload: quoteBody, headers })
  expect(answer.statusCode).toBe(503)
  expect(answer.headers['retry-after']).toBe('5')
  expect(answer.json().code).toBe('no-responder')
  const chain = await alone.api.inject({ url: '/v1/network' })
  expect(chain.statusCode).toBe(503)
  expect(chain.json().code).toBe('chain-unavailable')
  await alone.close()
})

test('a session is opened with the terms exactly as signed', async () => {
  const { headers, address } = await world.driver()
  const body = { terms: someTerms(address), operatorSignature: aSignature, driverSignature: aSignature }
  const answer = await post('/v1/sessions', body, headers)
  expect(answer.statusCode).toBe(201)
  expect(answer.json()).toMatchObject({ state: 'opening', driver: address })
  expect(manager.asked.at(-1)?.payload).toEqual(body)
})

test('terms of another driver are not opened', async () => {
  const { headers } = await world.driver()
  const terms = someTerms(`0x${'1'.repeat(40)}`)
  const answer = await post(
    '/v1/sessions',
    { terms, operatorSignature: aSignature, driverSignature: aSignature },
    headers,
  )
  expect(answer.statusCode).toBe(403)
  expect(manager.asked).toEqual([])
})

test.each([
  ['an unknown field', { extra: 1 }],
  ['an amount as a number', { maxAmount: 25_000_000 }],
  ['an amount with a point', { maxAmount: '25.0' }],
  ['a negative time', { openBy: -1 }],
  ['a time beyond the chain', { openBy: 2 ** 40 }],
  ['an unknown source', { source: 'Cash' }],
  ['no driver', { driver: undefined }],
])('terms with %s are refused at the edge', async (_words, change) => {
  const { headers, address } = await world.driver()
  const terms = { ...someTerms(address), ...change }
  const answer = await post(
    '/v1/sessions',
    { terms, operatorSignature: aSignature, driverSignature: aSignature },
    headers,
  )
  expect(answer.statusCode).toBe(400)
  expect(answer.json().issues[0].at).toMatch(/^terms/)
  expect(manager.asked).toEqual([])
})

test('a driver sees, lists, stops, tops up and co-signs their session', async () => {
  const { headers, address } = await world.driver()
  const { id } = manager.put(someSession(address, 1))
  expect((await get(`/v1/sessions/${id}`, headers)).json()).toMatchObject({ id, energyWh: 1200 })
  expect((await get('/v1/sessions?state=charging&state=stopping&limit=5', headers)).json()).toMatchObject({
    items: [{ id }],
  })
  expect(manager.asked.at(-1)?.payload).toEqual({ driver: address, limit: 5, states: ['charging', 'stopping'] })
  expect((await post(`/v1/sessions/${id}/stop`, {}, headers)).json()).toMatchObject({ state: 'stopping' })
  expect(manager.asked.at(-1)?.payload).toEqual({ sessionId: id, by: 'driver', driver: address })
  expect((await post(`/v1/sessions/${id}/cosign`, { signature: aSignature }, headers)).json()).toMatchObject({
    cosigned: true,
  })
  const topUp = { newMaxMicro: '30000000', deadline: 1_795_000_000, signature: aSignature }
  expect((await post(`/v1/sessions/${id}/topup`, topUp, headers)).json()).toMatchObject({ limitMicro: '30000000' })
})

test('a stop needs no body', async () => {
  const { headers, address } = await world.driver()
  const { id } = manager.put(someSession(address, 1))
  const answer = await world.api.inject({ method: 'POST', url: `/v1/sessions/${id}/stop`, headers })
  expect(answer.statusCode).toBe(200)
})

test("another driver's session is not there, in the same words as one that never was", async () => {
  const owner = await world.driver()
  const other = await world.driver()
  const { id } = manager.put(someSession(owner.address, 1))
  const never = `0x${'f'.repeat(64)}`
  const calls = (of: string) => [
    get(`/v1/sessions/${of}`, other.headers),
    get(`/v1/sessions/${of}/live`, other.headers),
    post(`/v1/sessions/${of}/stop`, {}, other.headers),
    post(`/v1/sessions/${of}/cosign`, { signature: aSignature }, other.headers),
    post(`/v1/sessions/${of}/topup`, { newMaxMicro: '1', deadline: 1, signature: aSignature }, other.headers),
  ]
  for (const of of [id, never])
    for (const answer of await Promise.all(calls(of))) {
      expect(answer.statusCode).toBe(404)
      const { requestId: _id, ...problem } = answer.json()
      expect(problem).toEqual({
        type: 'urn:werenode:problem:not-found',
        title: 'Not found',
        status: 404,
        detail: `There is no session ${of}`,
        code: 'not-found',
        hint: 'GET /v1/sessions lists yours.',
      })
    }
  expect(manager.asked.every(({ subject }) => subject === 'manager.session')).toBe(true)
  expect((await get('/v1/sessions', other.headers)).json()).toEqual({ items: [] })
})

test('the same Idempotency-Key gives the same quote, and another body under it a conflict', async () => {
  const { headers } = await world.driver()
  const keyed = { ...headers, 'idempotency-key': 'a-1' }
  const first = await post('/v1/quotes', quoteBody, keyed)
  const again = await post('/v1/quotes', quoteBody, keyed)
  expect(again.json()).toEqual(first.json())
  expect(again.headers['idempotency-replayed']).toBe('true')
  expect(manager.asked).toHaveLength(1)
  expect((await post('/v1/quotes', { ...quoteBody, connector: 2 }, keyed)).statusCode).toBe(409)
  const other = await world.driver()
  const theirs = await post('/v1/quotes', quoteBody, { ...other.headers, 'idempotency-key': 'a-1' })
  expect(theirs.json().sessionId).not.toBe(first.json().sessionId)
})

test('two requests with one Idempotency-Key at once ask the manager once', async () => {
  const { headers } = await world.driver()
  const keyed = { ...headers, 'idempotency-key': 'b-1' }
  const answers = await Promise.all(Array.from({ length: 8 }, () => post('/v1/quotes', quoteBody, keyed)))
  expect(manager.asked).toHaveLength(1)
  expect(answers.every(({ statusCode }) => statusCode === 201 || statusCode === 409)).toBe(true)
})

test('an error is not kept under its Idempotency-Key', async () => {
  const { headers } = await world.driver()
  const keyed = { ...headers, 'idempotency-key': 'c-1' }
  manager.refuseWith(new WerenodeError('station-offline', 'away'))
  expect((await post('/v1/quotes', quoteBody, keyed)).statusCode).toBe(409)
  manager.refuseWith(undefined)
  expect((await post('/v1/quotes', quoteBody, keyed)).statusCode).toBe(201)
})

test('a key whose request died is free again after a minute, and forgotten after a day', async () => {
  const { headers } = await world.driver()
  world.clock.advance(1_000)
  const keyed = { ...headers, 'idempotency-key': 'd-1' }
  await post('/v1/quotes', quoteBody, keyed)
  const { items } = await world.store.find<{ _id: string; answer?: unknown }>(
    'api_idempotency',
    {},
    { sort: [['expiresAt', -1]] },
  )
  const [kept] = items
  const { answer: _answer, _rev, ...dead } = kept!
  await world.store.write([{ op: 'put', in: 'api_idempotency', doc: dead }])
  expect((await post('/v1/quotes', quoteBody, keyed)).statusCode).toBe(409)
  world.clock.advance(61_000)
  expect((await post('/v1/quotes', quoteBody, keyed)).statusCode).toBe(201)
  world.clock.advance(25 * 3_600_000)
  expect(await world.store.count('api_idempotency', { expiresAt: { $gt: world.clock().toISOString() } })).toBe(0)
})

test('credit, network and faucet come from the relayer; the faucet is for local chains', async () => {
  const { headers, address } = await world.driver()
  expect((await get('/v1/credit', headers)).json()).toEqual({ address, creditMicro: '50000000', walletMicro: '0' })
  expect((await get('/v1/network')).json()).toMatchObject({ chainId: 31_337, local: true })
  const minted = await post('/v1/faucet', { amountMicro: '50000000' }, headers)
  expect(minted.statusCode).toBe(201)
  expect(manager.asked.at(-1)?.payload).toEqual({ account: address, amountMicro: '50000000' })
  expect((await post('/v1/faucet', { amountMicro: '1000000001' }, headers)).statusCode).toBe(400)
  manager.refuseWith(new WerenodeError('internal', 'unused'))
  expect((await post('/v1/faucet', { amountMicro: '1' }, headers)).statusCode).toBe(403)
})
