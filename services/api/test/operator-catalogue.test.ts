import { ask, type EvseId, newEvent, type Party } from '@werenode/core'
import decodeQR from 'qr/decode.js'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocationDoc } from '../src/catalogue/collections.ts'
import { demoTariffs } from './demo/tariffs.ts'
import { network } from './manager.ts'
import { type Driver, openWorld, origin, type World } from './world.ts'

const adminAccount = privateKeyToAccount(generatePrivateKey())
const stations: Record<string, string> = { 'OPE-1': 'FR*OPE', 'OPE-2': 'FR*OPE', 'RIV-1': 'FR*RIV' }
let world: World
let admin: Driver
let operator: Driver
let rival: Driver
beforeAll(async () => {
  world = await openWorld({
    admins: [adminAccount.address],
    stationParty: async (id) => stations[id] as Party | undefined,
  })
  await world.bus.serve('relayer.network', async () => network)
  admin = await world.driver(adminAccount)
  const join = async (party: string): Promise<Driver> => {
    const driver = await world.driver()
    await send('POST', '/v1/parties', admin, { party, name: party })
    await send('PUT', `/v1/parties/${party}/members/${driver.address}`, admin, {
      scopes: ['catalogue:write', 'party:write'],
    })
    await send('PUT', '/v1/account/party', driver, { party })
    return driver
  }
  operator = await join('FR*OPE')
  rival = await join('FR*RIV')
  world.clock.advance(3_000)
})
afterAll(() => world.close())

const send = (method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, driver: Driver, payload?: object) =>
  world.api.inject({ method, url, headers: { ...driver.headers }, ...(payload === undefined ? {} : { payload }) })
const putTariff = (driver: Driver, party: string, id: string, tariff: object = demoTariffs[0]!) =>
  send('PUT', `/v1/parties/${party}/tariffs/${id}`, driver, tariff)
const place = (change: object = {}, evses: object[] = [plug('FR*OPE*E1', 'OPE-1', 1)]) => ({
  name: 'Parking de la Gare',
  operatorName: 'Opé',
  address: '1 Place de la Gare',
  city: 'Rennes',
  countryCode: 'FR',
  position: { lon: -1.67, lat: 48.1 },
  timeZone: 'Europe/Paris',
  evses,
  ...change,
})
const plug = (evseId: string, stationId: string | undefined, evse: number, tariffIds: string[] = ['ope-day']) => ({
  evseId,
  ...(stationId === undefined ? {} : { station: { stationId, evse } }),
  connectors: [
    { id: 1, standard: 'IEC_62196_T2', format: 'SOCKET', powerType: 'AC_3_PHASE', maxPowerW: 22_000, tariffIds },
  ],
})
const putPlace = (driver: Driver, body: object, id = 'rennes-gare', party = 'FR*OPE') =>
  send('PUT', `/v1/parties/${party}/locations/${id}`, driver, body)
const offer = (evseId: string) => ask(world.bus, 'catalogue.offer', { evseId: evseId as EvseId, connector: 1 })

test('an operator puts a tariff and a location, and its plug can be charged at', async () => {
  expect((await putTariff(operator, 'FR*OPE', 'ope-day')).json()).toMatchObject({
    id: 'ope-day',
    country_code: 'FR',
    party_id: 'OPE',
  })
  const answer = await putPlace(operator, place())
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({
    id: 'rennes-gare',
    party: 'FR*OPE',
    source: 'own',
    evses: [{ status: 'UNKNOWN', payable: true }],
  })
  expect(await offer('FR*OPE*E1')).toMatchObject({ party: 'FR*OPE', stationId: 'OPE-1', tariff: { id: 'ope-day' } })
  const found = await world.api.inject({ url: '/v1/locations?party=FR*OPE&payable=true' })
  expect(found.json().items).toMatchObject([{ id: 'rennes-gare', maxPowerW: 22_000 }])
  expect((await send('GET', '/v1/parties/FR*OPE/tariffs', operator)).json().items).toHaveLength(1)
  const { items } = (await send('GET', '/v1/parties/FR*OPE/audit', operator)).json()
  expect(items.map(({ act }: { act: string }) => act)).toEqual(expect.arrayContaining(['putLocation', 'putTariff']))
})

test('an operator changes nothing of another’s, and takes neither ids, tariffs, EVSEs nor stations', async () => {
  await putTariff(rival, 'FR*RIV', 'riv')
  expect((await putPlace(rival, place())).statusCode).toBe(404)
  const theirs = place({}, [plug('FR*RIV*E1', 'RIV-1', 1, ['riv'])])
  expect((await putPlace(rival, theirs, 'rennes-gare', 'FR*RIV')).statusCode).toBe(409)
  expect((await putTariff(rival, 'FR*RIV', 'ope-day')).statusCode).toBe(409)
  const cases = [
    place({}, [plug('FR*OPE*E1', 'RIV-1', 1, ['riv'])]),
    place({}, [plug('FR*RIV*E1', 'OPE-1', 1, ['riv'])]),
    place({}, [plug('FR*RIV*E1', 'NOBODYS', 1, ['riv'])]),
    place({}, [plug('FR*RIV*E1', 'RIV-1', 1, ['ope-day'])]),
    place({}, [plug('FR*RIV*E1', 'RIV-1', 1, ['none'])]),
  ]
  for (const body of cases) expect((await putPlace(rival, body, 'riv-1', 'FR*RIV')).statusCode).toBe(400)
  expect((await send('DELETE', '/v1/parties/FR*RIV/locations/rennes-gare', rival)).statusCode).toBe(409)
  expect((await send('DELETE', '/v1/parties/FR*OPE/locations/rennes-gare', rival)).statusCode).toBe(404)
  expect(await world.store.get('api_locations', 'riv-1')).toBeUndefined()
})

test.each([
  ['a field nobody knows', { source: 'demo' }],
  ['a party in the body', { party: 'FR*RIV' }],
  ['an imported hash', { importHash: 'x' }],
  ['no time zone', { timeZone: 'Mars/Base' }],
  ['a place off the globe', { position: { lon: 200, lat: 1 } }],
  ['no name', { name: '  ' }],
])('a location with %s is refused', async (_words, change) => {
  expect((await putPlace(operator, place(change))).statusCode).toBe(400)
})

test('a plug belongs to one EVSE; two may change places in one go', async () => {
  const two = (first: number, second: number) =>
    place({}, [plug('FR*OPE*E21', 'OPE-2', first), plug('FR*OPE*E22', 'OPE-2', second)])
  expect((await putPlace(operator, two(1, 2), 'two')).statusCode).toBe(200)
  expect((await putPlace(operator, two(1, 1), 'two')).statusCode).toBe(400)
  expect((await putPlace(operator, place({}, [plug('FR*OPE*E23', 'OPE-2', 1)]), 'three')).statusCode).toBe(409)
  expect((await putPlace(operator, two(2, 1), 'two')).statusCode).toBe(200)
  expect(await ask(world.bus, 'catalogue.offer', { stationId: 'OPE-2', evse: 1, connector: 1 })).toMatchObject({
    evseId: 'FR*OPE*E22',
  })
  // An EVSE that leaves frees its plug.
  expect((await putPlace(operator, place({}, [plug('FR*OPE*E21', 'OPE-2', 2)]), 'two')).statusCode).toBe(200)
  expect((await putPlace(operator, place({}, [plug('FR*OPE*E23', 'OPE-2', 1)]), 'three')).statusCode).toBe(200)
  expect(await ask(world.bus, 'catalogue.offer', { stationId: 'OPE-2', evse: 1, connector: 1 })).toMatchObject({
    evseId: 'FR*OPE*E23',
  })
  await expect(offer('FR*OPE*E22')).rejects.toMatchObject({ code: 'not-found' })
})

test('a location that is taken off the map is kept, not found, and can come back', async () => {
  const body = place({ name: 'For a while' }, [plug('FR*OPE*E31', undefined, 1)])
  await putPlace(operator, body, 'while')
  expect((await send('DELETE', '/v1/parties/FR*OPE/locations/while', operator)).statusCode).toBe(204)
  expect((await send('DELETE', '/v1/parties/FR*OPE/locations/while', operator)).statusCode).toBe(204)
  const listed = async () =>
    (await world.api.inject({ url: '/v1/locations?party=FR*OPE' })).json().items.map(({ id }: { id: string }) => id)
  expect(await listed()).not.toContain('while')
  expect(await world.store.get<LocationDoc>('api_locations', 'while')).toMatchObject({
    gone: true,
    evses: [{ status: 'REMOVED' }],
  })
  await expect(offer('FR*OPE*E31')).rejects.toMatchObject({ code: 'not-found' })
  expect((await putPlace(operator, body, 'while')).json()).toMatchObject({ evses: [{ status: 'UNKNOWN' }] })
  expect(await listed()).toContain('while')
  expect((await send('DELETE', '/v1/parties/FR*OPE/locations/never', operator)).statusCode).toBe(404)
})

test('a change keeps the live status of a plug', async () => {
  await world.bus.commit(
    [],
    [
      newEvent({
        id: 'status:ope',
        type: 'station.status',
        at: world.clock(),
        subject: 'station.OPE-1',
        data: { stationId: 'OPE-1', evse: 1, connector: 1, status: 'Available', stale: false },
      }),
    ],
  )
  await world.bus.idle(5_000)
  expect((await putPlace(operator, place({ name: 'Parking Nord' }))).json()).toMatchObject({
    name: 'Parking Nord',
    evses: [{ status: 'AVAILABLE' }],
  })
})

test.each([
  ['nonsense', { elements: 'free' }, 400],
  ['no currency', { elements: [{ price_components: [{ type: 'ENERGY', price: 1, step_size: 1 }] }] }, 400],
  [
    'something that cannot be priced',
    {
      currency: 'EUR',
      elements: [
        { price_components: [{ type: 'ENERGY', price: 1, step_size: 1 }], restrictions: { min_vehicle_soc: 50 } },
      ],
    },
    422,
  ],
])('a tariff with %s is refused', async (_words, tariff, status) => {
  expect((await putTariff(operator, 'FR*OPE', 'bad', tariff)).statusCode).toBe(status)
})

test('a tariff cannot pass itself off as another party’s', async () => {
  const answer = await putTariff(operator, 'FR*OPE', 'mine', { ...demoTariffs[0]!, party_id: 'RIV', id: 'riv' })
  expect(answer.json()).toMatchObject({ party_id: 'OPE', id: 'mine' })
})

test('the QR code on the sticker can be read and leads to the plug', async () => {
  for (const [asked, leads] of [
    ['frope*e1', 'FR*OPE*E1'],
    ['FR*OPE*E1*1', 'FR*OPE*E1*1'],
  ]) {
    const answer = await world.api.inject({ url: `/v1/evses/${encodeURIComponent(asked!)}/qr.svg` })
    expect(answer.headers['content-type']).toBe('image/svg+xml; charset=utf-8')
    expect(decodeQR(pixels(answer.body))).toBe(`${origin}/c/${leads}`)
  }
  expect((await world.api.inject({ url: '/v1/evses/FR*OPE*E999/qr.svg' })).statusCode).toBe(404)
})

/** Draws the SVG's squares, eight pixels each, as a camera would see them. */
const pixels = (svg: string) => {
  const side = Number(/viewBox="0 0 (\d+)/.exec(svg)![1])
  const scale = 8
  const width = side * scale
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  const fill = (x: number, y: number): void => {
    for (let dy = 0; dy < scale; dy += 1)
      for (let dx = 0; dx < scale; dx += 1)
        data.fill(
          0,
          ((y * scale + dy) * width + x * scale + dx) * 4,
          ((y * scale + dy) * width + x * scale + dx) * 4 + 3,
        )
  }
  for (const [, x, y, run] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g))
    for (let column = 0; column < Number(run); column += 1) fill(Number(x) + column, Number(y))
  return { width, height: width, data }
}

test('the sticker is a PDF of its own size with the id in letters', async () => {
  const answer = await world.api.inject({ url: '/v1/evses/FR*OPE*E1/sticker.pdf' })
  expect(answer.headers['content-type']).toBe('application/pdf')
  const bytes = answer.rawPayload.toString('latin1')
  expect(bytes).toMatch(/^%PDF-1\./)
  // 80 x 110 mm in points.
  expect(bytes).toMatch(/MediaBox \[0 0 226\.77\d* 311\.81\d*\]/)
})

test('the price curve is the engine’s, with the words a driver is shown', async () => {
  const curve = async (body: object) =>
    world.api.inject({ method: 'POST', url: '/v1/tariffs/curve', payload: { points: 3, ...body } })
  const { points, words, currency } = (await curve({ tariff: demoTariffs[0], energyWh: 20_000 })).json()
  expect(currency).toBe('EUR')
  expect(points.map(({ totalInclVatMicro }: { totalInclVatMicro: string }) => totalInclVatMicro)).toEqual([
    '0',
    '3900000',
    '7800000',
  ])
  expect(words.en[0]).toContain('per kWh')
  expect(words.fr[0]).toContain('kWh')
  const parked = (await curve({ tariff: demoTariffs[1], parkingMinutes: 60 })).json()
  const plain = (await curve({ tariff: demoTariffs[1] })).json()
  expect(BigInt(parked.points[2].totalInclVatMicro)).toBeGreaterThan(BigInt(plain.points[2].totalInclVatMicro))
  const refused = await curve({
    tariff: { currency: 'EUR', elements: [{ price_components: [{ type: 'GUESS', price: 1, step_size: 1 }] }] },
  })
  expect(refused.json()).toMatchObject({ status: 422, code: 'not-computable' })
})

test('a tariff is removed once nothing charges by it, and by its party alone', async () => {
  expect((await putTariff(operator, 'FR*OPE', 'ope-once')).statusCode).toBe(200)
  await putPlace(operator, place({ name: 'Once' }, [plug('FR*OPE*E77', undefined, 1, ['ope-once'])]), 'once')
  const remove = (driver: Driver, party = 'FR*OPE') => send('DELETE', `/v1/parties/${party}/tariffs/ope-once`, driver)
  expect((await remove(rival)).statusCode).toBe(404)
  expect((await remove(rival, 'FR*RIV')).statusCode).toBe(404)
  expect((await remove(operator)).json()).toMatchObject({ status: 409, code: 'conflict' })
  await send('DELETE', '/v1/parties/FR*OPE/locations/once', operator)
  expect((await remove(operator)).statusCode).toBe(204)
  expect((await remove(operator)).statusCode).toBe(404)
})
