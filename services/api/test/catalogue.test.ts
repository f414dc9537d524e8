import { answer, ask, type ConnectorStatus, type EvseId, newEvent } from '@werenode/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { demoLocations } from './demo/locations.ts'
import { putDemo } from './demo/put-demo.ts'
import { network } from './manager.ts'
import { openWorld, type World } from './world.ts'

let world: World
let events = 0
beforeAll(async () => {
  world = await openWorld()
  answer(world.bus, 'relayer.network', async () => network)
  await putDemo(world.catalogue)
})
afterAll(() => world.close())

const get = async (url: string, headers: Record<string, string> = {}) => world.api.inject({ url, headers })
const ids = async (url: string): Promise<string[]> =>
  (await get(url)).json<{ items: { id: string }[] }>().items.map(({ id }) => id)

const stationSays = async (
  stationId: string,
  evse: number,
  status: ConnectorStatus,
  change: { stale?: boolean; connector?: number } = {},
) => {
  events += 1
  await world.bus.commit(
    [],
    [
      newEvent({
        id: `status:${events}`,
        type: 'station.status',
        at: world.clock(),
        subject: `station.${stationId}`,
        data: { stationId, evse, connector: change.connector ?? 1, status, stale: change.stale ?? false },
      }),
    ],
  )
  await world.bus.idle(5_000)
}
const link = async (stationId: string, up: boolean, epoch: number) => {
  events += 1
  const base = { id: `link:${events}`, at: world.clock(), subject: `station.${stationId}` }
  await world.bus.commit(
    [],
    [
      up
        ? newEvent({ ...base, type: 'station.connected', data: { stationId, protocol: 'ocpp1.6', epoch } })
        : newEvent({ ...base, type: 'station.disconnected', data: { stationId, epoch, reason: 'closed' } }),
    ],
  )
  await world.bus.idle(5_000)
}
const statusOf = async (evseId: string): Promise<string> =>
  (await get(`/v1/evses/${encodeURIComponent(evseId)}`)).json().evse.status

test('an EVSE is found whatever its separators and case, with or without a connector', async () => {
  for (const id of ['FR*WRN*E000001', 'FRWRNE000001', 'fr*wrn*e000001'])
    expect((await get(`/v1/evses/${id}`)).json()).toMatchObject({
      evse: { evseId: 'FR*WRN*E000001' },
      location: { id: 'wrn-lyon' },
    })
  expect((await get('/v1/evses/FR*WRN*E000004*2')).json()).toMatchObject({
    evse: { evseId: 'FR*WRN*E000004' },
    connector: 2,
  })
  expect((await get('/v1/evses/FR*WRN*E999999')).statusCode).toBe(404)
  expect((await get('/v1/evses/not-an-evse')).statusCode).toBe(400)
})

test('an EVSE comes with its tariffs', async () => {
  const { tariffs, timeZone } = (await get('/v1/evses/FR*WRN*E000001')).json()
  expect(Object.keys(tariffs)).toEqual(['WRN-PLAIN'])
  expect(timeZone).toBe('Europe/Paris')
})

test('locations are found by box, radius (nearest first) and words', async () => {
  expect(await ids('/v1/locations?box=4.8,45.7,4.9,45.8')).toEqual(['wrn-lyon'])
  expect(await ids('/v1/locations?lat=45.76&lon=4.83&radiusM=150000')).toEqual(['wrn-lyon', 'wrn-beaune'])
  expect(await ids('/v1/locations?q=ile%20nantes')).toEqual(['wrn-nantes'])
  expect(await ids('/v1/locations?q=TOULOUSE')).toEqual(['wrn-toulouse'])
  const { items } = (await get('/v1/locations?lat=45.7578&lon=4.8322')).json()
  expect(items[0]).toMatchObject({
    distanceM: 0,
    evseCount: 2,
    payable: true,
    maxPowerW: 22_000,
    standards: ['IEC_62196_T2'],
  })
})

test('filters hold for one connector at once', async () => {
  expect(await ids('/v1/locations?standard=CHADEMO')).toEqual(['wrn-paris'])
  expect(await ids('/v1/locations?standard=CHADEMO&minPowerW=100000')).toEqual([])
  expect(await ids('/v1/locations?standard=CHADEMO&standard=DOMESTIC_E')).toEqual(['wrn-paris', 'wrn-strasbourg'])
  expect(await ids('/v1/locations?minPowerW=150000')).toEqual(['wrn-beaune', 'wrn-paris'])
})

test('pages follow each other without gaps or doubles, in every kind of search', async () => {
  for (const search of ['', 'box=-5,42,9,51&', 'lat=46&lon=3&radiusM=900000&']) {
    const seen: string[] = []
    let cursor = ''
    for (let page = 0; page < 10; page += 1) {
      const { items, next } = (await get(`/v1/locations?${search}limit=2${cursor}`)).json()
      seen.push(...items.map(({ id }: { id: string }) => id))
      if (next === undefined) break
      cursor = `&cursor=${encodeURIComponent(next)}`
    }
    expect(seen.toSorted()).toEqual(demoLocations.map(({ id }) => id).toSorted())
  }
})

test.each([
  ['a cursor of another search', 'box=1,2,3,4&cursor=eyJ3YXkiOiJuZWFyIn0'],
  ['a cursor that is no cursor', 'cursor=AAAA'],
  ['a latitude alone', 'lat=45'],
  ['a radius without a middle', 'radiusM=5'],
  ['two ways at once', 'q=a&box=1,2,3,4'],
  ['a box upside down', 'box=1,5,2,4'],
  ['a box off the globe', 'box=1,5,2,95'],
  ['NaN', 'lat=NaN&lon=1'],
  ['a limit too high', 'limit=501'],
  ['a limit of zero', 'limit=0'],
  ['an unknown parameter', 'owner=me'],
  ['a filter operator', 'q[$gt]=a'],
  ['an unknown standard', 'standard=USB'],
])('%s is refused', async (_words, query) => {
  const answer = await get(`/v1/locations?${query}`)
  expect(answer.statusCode).toBe(400)
  expect(answer.json().code).toBe('invalid-input')
})

test('an unchanged answer is not sent again', async () => {
  const first = await get('/v1/locations?q=Lyon')
  const { etag } = first.headers
  expect(etag).toMatch(/^W\/"/)
  const again = await get('/v1/locations?q=Lyon', { 'if-none-match': `"other", ${etag}` })
  expect(again.statusCode).toBe(304)
  expect(again.body).toBe('')
  expect((await get('/v1/locations/wrn-lyon', { 'if-none-match': '*' })).statusCode).toBe(304)
})

test('a location that is not there is 404', async () => {
  expect((await get('/v1/locations/nowhere')).statusCode).toBe(404)
})

test('live status follows the station: stale reports and older links change nothing', async () => {
  await link('WRN-LYON-1', true, 1)
  await stationSays('WRN-LYON-1', 1, 'Available')
  expect(await statusOf('FR*WRN*E000001')).toBe('AVAILABLE')
  expect(await ids('/v1/locations?available=true')).toEqual(['wrn-lyon'])
  expect(await ids('/v1/locations?available=true&minPowerW=50000')).toEqual([])
  await stationSays('WRN-LYON-1', 1, 'Faulted', { stale: true })
  expect(await statusOf('FR*WRN*E000001')).toBe('AVAILABLE')
  await link('WRN-LYON-1', true, 2)
  await link('WRN-LYON-1', false, 1)
  expect(await statusOf('FR*WRN*E000001')).toBe('AVAILABLE')
  await link('WRN-LYON-1', false, 2)
  expect(await statusOf('FR*WRN*E000001')).toBe('UNKNOWN')
  expect(await ids('/v1/locations?available=true')).toEqual([])
  await link('WRN-LYON-1', true, 3)
  expect(await statusOf('FR*WRN*E000001')).toBe('AVAILABLE')
  expect(await statusOf('FR*WRN*E000002')).toBe('UNKNOWN')
})

test('of two connectors the one in use speaks for the EVSE', async () => {
  await stationSays('WRN-PARIS-1', 2, 'Available', { connector: 1 })
  await stationSays('WRN-PARIS-1', 2, 'Occupied', { connector: 2 })
  expect(await statusOf('FR*WRN*E000004')).toBe('BLOCKED')
  await stationSays('WRN-PARIS-1', 2, 'Available', { connector: 2 })
  expect(await statusOf('FR*WRN*E000004')).toBe('AVAILABLE')
})

test('a whole station out of service takes its plugs with it', async () => {
  await stationSays('WRN-BEAUNE-1', 1, 'Available')
  await stationSays('WRN-BEAUNE-1', 2, 'Available')
  await stationSays('WRN-BEAUNE-1', 0, 'Available')
  expect(await statusOf('FR*WRN*E000005')).toBe('AVAILABLE')
  await stationSays('WRN-BEAUNE-1', 0, 'Unavailable')
  expect([await statusOf('FR*WRN*E000005'), await statusOf('FR*WRN*E000006')]).toEqual(['INOPERATIVE', 'INOPERATIVE'])
})

test('both EVSEs of a location may change at the same moment', async () => {
  const say = (evse: number, status: ConnectorStatus) => stationSays('WRN-LYON-1', evse, status)
  await Promise.all([say(1, 'Charging'), say(2, 'Preparing'), link('WRN-LYON-1', true, 9)])
  expect([await statusOf('FR*WRN*E000001'), await statusOf('FR*WRN*E000002')]).toEqual(['CHARGING', 'BLOCKED'])
})

test('a status of a station nobody placed is borne', async () => {
  await stationSays('UNKNOWN-1', 1, 'Available')
  await link('UNKNOWN-1', false, 1)
})

test('the offer of a connector holds all the manager needs, by EVSE id or by station', async () => {
  const offer = await ask(world.bus, 'catalogue.offer', { evseId: 'frwrne000001' as EvseId, connector: 1 })
  expect(offer).toMatchObject({
    evseId: 'FR*WRN*E000001',
    stationId: 'WRN-LYON-1',
    evse: 1,
    connector: 1,
    maxPowerW: 22_000,
    payable: true,
    free: false,
    tariff: { id: 'WRN-PLAIN' },
    operatorId: network.operatorId,
    payee: network.payee,
    keyClass: 'GATEWAY',
  })
  expect(await ask(world.bus, 'catalogue.offer', { stationId: 'WRN-LYON-1', evse: 1, connector: 1 })).toEqual(offer)
  const free = await ask(world.bus, 'catalogue.offer', { stationId: 'WRN-TOULOUSE-1', evse: 1, connector: 1 })
  expect(free).toMatchObject({ free: true, payable: true })
})

test.each([
  [{ evseId: 'FR*WRN*E999999' as EvseId, connector: 1 }, 'not-found'],
  [{ evseId: 'FR*WRN*E000001' as EvseId, connector: 9 }, 'not-found'],
  [{ stationId: 'NOBODY', evse: 1, connector: 1 }, 'not-found'],
])('there is no offer for %j', async (question, code) => {
  await expect(ask(world.bus, 'catalogue.offer', question)).rejects.toMatchObject({ code })
})

test('putting the same location again writes nothing; an EVSE left out becomes REMOVED', async () => {
  const before = await world.store.get('api_locations', 'wrn-nantes')
  await putDemo(world.catalogue)
  expect((await world.store.get('api_locations', 'wrn-nantes'))?._rev).toBe(before?._rev)
  const beaune = demoLocations.find(({ id }) => id === 'wrn-beaune')!
  await world.catalogue.putLocation({ ...beaune, evses: beaune.evses.slice(0, 1) })
  expect(await statusOf('FR*WRN*E000006')).toBe('REMOVED')
  await expect(
    ask(world.bus, 'catalogue.offer', { evseId: 'FR*WRN*E000006' as EvseId, connector: 1 }),
  ).rejects.toMatchObject({ code: 'not-found' })
  await world.catalogue.putLocation(beaune)
  expect(await statusOf('FR*WRN*E000006')).toBe('UNKNOWN')
})

test("another location's EVSE is refused", async () => {
  const [lyon, paris] = demoLocations
  await expect(world.catalogue.putLocation({ ...lyon!, id: 'thief', evses: paris!.evses })).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(
    world.catalogue.putLocation({
      ...lyon!,
      id: 'twice',
      evses: [lyon!.evses[0]!, { ...lyon!.evses[0]!, evseId: 'frwrne000001' as EvseId }],
    }),
  ).rejects.toMatchObject({ code: 'invalid-input' })
})

beforeEach(() => world.clock.advance(1_000))
