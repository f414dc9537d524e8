import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { access, operationIds } from '../src/contract/access.ts'
import type { Contract } from '../src/contract/contract.ts'
import { contracts } from '../src/contract/contracts.ts'
import { rootFields } from '../src/graphql/fields.ts'
import { isGraphQlCurrent } from '../src/graphql/write.ts'
import { demoLocations } from './demo/locations.ts'
import { putDemo } from './demo/put-demo.ts'
import { someSession, standInManager } from './manager.ts'
import { type Driver, openWorld, type World } from './world.ts'

let world: World
let driver: Driver
let other: Driver
let view: ReturnType<typeof someSession>
let sessionId: string
let manager: ReturnType<typeof standInManager>
let url: string
beforeAll(async () => {
  world = await openWorld()
  await putDemo(world.catalogue)
  manager = standInManager(world.bus)
  driver = await world.driver()
  other = await world.driver()
  view = manager.put(someSession(driver.address))
  sessionId = view.id
  url = (await world.api.start({ port: 0 })).url
})
afterAll(() => world.close())

/** What was asked for in these tests. */
interface Answer {
  readonly session: { readonly seq: number; readonly type: string; readonly data: { readonly energyWh?: number } }
  readonly locations: { readonly items: readonly [{ readonly detail: LocationDetail }] }
  readonly createQuote: object
  readonly actForParty: true
}
interface LocationDetail {
  readonly location: { readonly evses: readonly [{ readonly connectors: readonly [{ readonly maxPowerW: number }] }] }
}

const ask = async (
  query: string,
  { variables, who, extensions }: { variables?: object; who?: Driver; extensions?: object } = {},
) => {
  const answer = await world.api.inject({
    method: 'POST',
    url: '/graphql',
    headers: { ...who?.headers },
    payload: {
      ...(query === '' ? {} : { query }),
      ...(variables ? { variables } : {}),
      ...(extensions ? { extensions } : {}),
    },
  })
  return {
    status: answer.statusCode,
    ...answer.json<{ data: Answer; errors?: { message: string; extensions?: { code?: string; hint?: string } }[] }>(),
  }
}

test('the committed schema is what is served (write it anew with: node services/api/src/graphql/write.ts)', async () => {
  expect(await isGraphQlCurrent()).toBe(true)
})

test('every operation about the domain is there, under one name', () => {
  const names = rootFields.map(({ root, name }) => `${root}.${name}`)
  expect(new Set(names).size).toBe(names.length)
  const offered = new Set(rootFields.map(({ operation }) => operation))
  const left = operationIds.filter((id) => access[id].path.startsWith('/v1/') && !offered.has(id))
  // What answers pictures, documents or tiles, or takes uploads, stays at its address.
  for (const id of left) {
    const contract: Contract = contracts[id]
    const isFile = 'text' in contract.answer || 'bytes' in contract.answer || contract.upload !== undefined
    expect([id, isFile || 'page' in contract.answer || contract.form === true]).toEqual([id, true])
  }
})

test('one question goes from a session to its EVSE, its place and its prices', async () => {
  const { data, errors } = await ask(
    'query ($id: SessionId!) { session(sessionId: $id) { id state evse { location { name position { lat lon } } evse { evseId status } } } locations(limit: 2) { items { id name detail { location { evses { evseId connectors { standard maxPowerW } } } } } next } }',
    { variables: { id: sessionId }, who: driver },
  )
  expect(errors).toBeUndefined()
  expect(data.session).toMatchObject({ id: sessionId, evse: { location: { name: expect.any(String) } } })
  expect(data.locations.items).toHaveLength(2)
  expect(data.locations.items[0].detail.location.evses[0].connectors[0].maxPowerW).toBeGreaterThan(0)
  expect(demoLocations.length).toBeGreaterThan(2)
})

test('the same rules hold as at the routes', async () => {
  const session = 'query ($id: SessionId!) { session(sessionId: $id) { id } }'
  const codes = async (query: string, how: Parameters<typeof ask>[1] = {}) =>
    (await ask(query, how)).errors?.map(({ extensions }) => extensions?.code)
  expect(await codes(session, { variables: { id: sessionId } })).toEqual(['not-authenticated'])
  expect(await codes(session, { variables: { id: sessionId }, who: other })).toEqual(['not-found'])
  expect(await codes('{ session(sessionId: "x") { id } }', { who: driver })).toEqual(['invalid-input'])
  expect(await codes('{ members(party: "FR*WRN") { items { address } } }', { who: driver })).toEqual(['not-allowed'])
  expect(
    await codes('mutation { createParty(input: { party: "FR*ZZZ", name: "x" }) { party } }', { who: driver }),
  ).toEqual(['not-allowed'])
  expect(
    (
      await world.api.inject({
        method: 'POST',
        url: '/graphql',
        headers: { authorization: 'Bearer bad' },
        payload: { query: '{ network { chainId } }' },
      })
    ).statusCode,
  ).toBe(401)
})

test('a mutation does what its route does, once for one key', async () => {
  const quote =
    'mutation ($input: CreateQuoteInput!) { createQuote(input: $input) { sessionId expiresAt terms { maxAmount } evse { evse { evseId } } } }'
  const { data, errors } = await ask(quote, {
    variables: { input: { evseId: 'FR*WRN*E000001', sessionKey: other.address, source: 'Credit' } },
    who: driver,
  })
  expect(errors).toBeUndefined()
  expect(data.createQuote).toMatchObject({
    sessionId: expect.stringMatching(/^0x/),
    evse: { evse: { evseId: 'FR*WRN*E000001' } },
  })
  const linked = await ask('mutation { actForParty(input: { party: null }) }', { who: driver })
  expect(linked.data).toEqual({ actForParty: true })
  const keyed = await ask('mutation { actForParty(input: { party: null }, idempotencyKey: "x") }', { who: driver })
  expect(keyed.status).toBe(400)
})

describe('what asks too much is refused before it runs', () => {
  test.each([
    ['too deep', `{ account { ${'parties { '.repeat(12)} name ${'} '.repeat(12)} } }`],
    [
      'too much',
      `{ ${Array.from({ length: 30 }, (_, i) => `a${i}: locations(limit: 200) { items { id detail { location { id name } } } }`).join(' ')} }`,
    ],
    [
      'too much through a fragment',
      `fragment L on LocationPage { items { id detail { location { id } } } } query ($n: Int) { ${Array.from({ length: 5 }, (_, i) => `a${i}: locations(limit: $n) { ...L }`).join(' ')} }`,
    ],
    ['a circle of fragments', 'fragment A on Account { ...B } fragment B on Account { ...A } { account { ...A } }'],
    ['several in one', undefined],
  ])('%s', async (_what, query) => {
    const payload =
      query === undefined ? [{ query: '{ network { chainId } }' }, { query: '{ network { chainId } }' }] : { query }
    const answer = await world.api.inject({ method: 'POST', url: '/graphql', headers: driver.headers, payload })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().data).toBeNull()
  })
})

test('a query is named by its hash once it is known', async () => {
  const query = '{ locations(limit: 1) { items { id } } }'
  const sha256Hash = createHash('sha256').update(query).digest('hex')
  const extensions = { persistedQuery: { version: 1, sha256Hash } }
  expect((await ask('', { extensions })).errors?.[0]?.message).toContain('PersistedQueryNotFound')
  expect((await ask(query, { extensions })).data.locations.items).toHaveLength(1)
  expect((await ask('', { extensions })).data.locations.items).toHaveLength(1)
  const other = { persistedQuery: { version: 1, sha256Hash: 'f'.repeat(64) } }
  expect((await ask(query, { extensions: other })).errors?.[0]?.message).toContain('does not match')
})

test('a document is taken as text alone, never as JSON that says it was parsed already', async () => {
  const forged = { kind: 'Document', loc: { start: 0, end: 1 }, definitions: [] }
  for (const query of ['0', 'null', '[]', JSON.stringify(forged)]) {
    const { status, errors } = await ask(query)
    expect([query, status, errors?.[0]?.extensions?.code]).toEqual([query, 400, 'invalid-input'])
  }
})

test('a mutation does not run by GET', async () => {
  const answer = await world.api.inject({
    url: `/graphql?query=${encodeURIComponent('mutation { actForParty(input: {party: null}) }')}`,
    headers: driver.headers,
  })
  expect(answer.statusCode).toBeGreaterThanOrEqual(400)
})

const subscribe = (payload: object, init: object) => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  const seen: { type: string; payload: { data: Answer } }[] = []
  socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: init })))
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as (typeof seen)[number]
    seen.push(message)
    if (message.type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }))
  })
  return { seen, of: (type: string) => seen.filter((one) => one.type === type), close: () => socket.close() }
}
const following =
  'subscription ($id: SessionId!, $after: SafeInt) { session(sessionId: $id, afterSeq: $after) { seq type data } }'

test('a session is followed live, and again from where one was', async () => {
  const live = subscribe(
    { query: following, variables: { id: sessionId } },
    { authorization: driver.headers.authorization },
  )
  await expect.poll(() => live.of('connection_ack').length).toBe(1)
  const meter = (energyWh: number) => manager.meter(view, energyWh)
  await expect
    .poll(
      async () => {
        await meter(1_000)
        return live.of('next').length
      },
      { timeout: 5_000 },
    )
    .toBeGreaterThan(0)
  const { seq, type } = live.of('next')[0]!.payload.data.session
  expect(type).toBe('session.meter')
  live.close()
  await meter(2_000)
  const again = subscribe(
    { query: following, variables: { id: sessionId, after: seq } },
    { authorization: driver.headers.authorization },
  )
  await expect
    .poll(() => again.of('next').some((one) => one.payload.data.session.data.energyWh === 2_000), { timeout: 5_000 })
    .toBe(true)
  again.close()
})

test('nobody follows the session of another', async () => {
  for (const init of [{}, { authorization: other.headers.authorization }, { authorization: 'Bearer bad' }]) {
    const refused = subscribe({ query: following, variables: { id: sessionId } }, init)
    await expect.poll(() => refused.of('error').length, { timeout: 5_000 }).toBe(1)
    expect(refused.of('next')).toEqual([])
    refused.close()
  }
})
