import { VectorTile } from '@mapbox/vector-tile'
import type { Party } from '@werenode/core'
import { PbfReader } from 'pbf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NewLocation } from '../src/catalogue/catalogue.ts'
import { slipsBetween } from '../src/catalogue/nearest-word.ts'
import { putDemo } from './demo/put-demo.ts'
import { openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await putDemo(world.catalogue)
  const shop: NewLocation = {
    id: 'shop',
    party: 'FR*SHP' as Party,
    operatorName: 'Épicerie',
    name: 'Épicerie du Marché',
    address: '3 Rue Neuve',
    city: 'Mâcon',
    countryCode: 'FR',
    position: { lon: 4.83, lat: 46.3 },
    timeZone: 'Europe/Paris',
    openingHours: 'Mo-Sa 08:00-19:00',
    paymentWords: ['card'],
    accessible: true,
    source: 'own',
    evses: [],
  }
  await world.catalogue.putLocation(shop)
})
afterAll(() => world.close())

const items = async (query: string): Promise<Record<string, unknown>[]> => {
  const answer = await world.api.inject({ url: `/v1/locations?${query}` })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json().items
}
const ids = async (query: string) => (await items(query)).map(({ id }) => id)

test('along a route places come in the order in which one passes them, and page on', async () => {
  // Paris - Beaune - Lyon - Valence.
  const route = '2.35,48.85;4.84,47.02;4.83,45.76;4.89,44.93'
  const all = await items(`route=${route}&corridorM=20000`)
  expect(all.map(({ id }) => id)).toEqual(['wrn-paris', 'wrn-beaune', 'shop', 'wrn-lyon'])
  expect(Number(all[3]!.alongM)).toBeGreaterThan(380_000)
  expect(await ids(`route=2.35,48.85;4.84,47.02&corridorM=500`)).not.toContain('wrn-lyon')
  const back = await ids(`route=4.89,44.93;4.83,45.76;4.84,47.02;2.35,48.85&corridorM=20000`)
  expect(back).toEqual(['wrn-lyon', 'shop', 'wrn-beaune', 'wrn-paris'])
  const seen: string[] = []
  let cursor = ''
  do {
    const page = (
      await world.api.inject({ url: `/v1/locations?route=${route}&corridorM=20000&limit=1${cursor}` })
    ).json()
    seen.push(...page.items.map(({ id }: { id: string }) => id))
    cursor = page.next === undefined ? '' : `&cursor=${page.next}`
  } while (cursor !== '')
  expect(seen).toEqual(['wrn-paris', 'wrn-beaune', 'shop', 'wrn-lyon'])
})

test.each([
  ['one point', 'route=2,48'],
  ['words', 'route=a,b;c,d'],
  ['off the globe', 'route=2,48;2,95'],
  ['around the world', 'route=-170,0;170,0'],
  ['a price without a charge', 'maxPriceMicro=5'],
])('%s is no such question', async (_words, query) => {
  expect((await world.api.inject({ url: `/v1/locations?${query}` })).statusCode).toBe(400)
})

test('a mistyped town is understood; nonsense is not', async () => {
  expect(await ids('q=Toulosue')).toEqual(['wrn-toulouse'])
  expect(await ids('q=strasburg')).toEqual(['wrn-strasbourg'])
  expect(await ids('q=epicrie')).toEqual(['shop'])
  expect(await ids('q=xqzwv')).toEqual([])
  expect(slipsBetween('lyon', 'lyno', 2)).toBe(1)
  expect(slipsBetween('lyon', 'nice', 2)).toBeUndefined()
})

test('open now is by the clock on the wall of the place', async () => {
  // Sunday noon, then Monday nine o'clock in Paris.
  expect(await ids('q=epicerie&openNow=true')).toEqual([])
  world.clock.advance(20 * 3_600_000)
  expect(await items('q=epicerie&openNow=true')).toMatchObject([{ id: 'shop', openNow: true }])
  world.clock.advance(-20 * 3_600_000)
})

test('free, payment and accessibility are filters', async () => {
  expect(await ids('free=true')).toEqual(['wrn-toulouse'])
  expect(await ids('pays=card')).toEqual(['shop'])
  expect(await ids('accessible=true')).toEqual(['shop'])
  expect((await ids('pays=ad-hoc')).length).toBe(6)
})

test('the price of a chosen charge is what the engine says, and can be a limit', async () => {
  const priced = new Map((await items('energyWh=20000')).map(({ id, priceMicro }) => [id, priceMicro]))
  // 20 kWh x 0.325 x 1.2; 20 kWh x 0.491666 x 1.2.
  expect(priced.get('wrn-lyon')).toBe('7800000')
  expect(priced.get('wrn-beaune')).toBe('11799984')
  expect(priced.get('shop')).toBeUndefined()
  expect(await ids('energyWh=20000&maxPriceMicro=7800000')).toContain('wrn-lyon')
  expect(await ids('energyWh=20000&maxPriceMicro=7799999')).not.toContain('wrn-lyon')
})

test('a sieved search pages on without gaps', async () => {
  const seen: string[] = []
  let cursor = ''
  do {
    const page = (
      await world.api.inject({ url: `/v1/locations?energyWh=20000&maxPriceMicro=90000000&limit=2${cursor}` })
    ).json()
    seen.push(...page.items.map(({ id }: { id: string }) => id))
    cursor = page.next === undefined ? '' : `&cursor=${page.next}`
  } while (cursor !== '')
  expect(seen.toSorted()).toEqual([...new Set(seen)].toSorted())
  expect(seen).not.toContain('shop')
  expect(seen.length).toBe(6)
})

const tile = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await world.api.inject({ url: `/v1/tiles/${path}`, headers })
  const layer = answer.statusCode === 200 ? new VectorTile(new PbfReader(answer.rawPayload)).layers.places : undefined
  const features = Array.from({ length: layer?.length ?? 0 }, (_, index) => layer!.feature(index))
  return { answer, features }
}

test('far off a tile shows clusters that add up; near, each place where it is', async () => {
  const far = await tile('3/4/2')
  expect(far.answer.headers['content-type']).toBe('application/vnd.mapbox-vector-tile')
  const count = far.features.reduce((sum, { properties }) => sum + Number(properties.point_count ?? 1), 0)
  expect(count).toBeGreaterThanOrEqual(5)
  expect(far.features.some(({ properties }) => properties.cluster === true)).toBe(true)

  const { position } = (await world.api.inject({ url: '/v1/locations/wrn-lyon' })).json().location
  const [x, y] = tileOf(position, 15)
  const near = await tile(`15/${x}/${y}`)
  expect(near.features.map(({ properties }) => properties)).toMatchObject([{ id: 'wrn-lyon', evses: 2, payable: true }])
  const { coordinates } = near.features[0]!.toGeoJSON(x, y, 15).geometry as unknown as { coordinates: [number, number] }
  expect(coordinates[0]).toBeCloseTo(position.lon, 4)
  expect(coordinates[1]).toBeCloseTo(position.lat, 4)
})

test('a tile knows the filters of the list, and is not sent twice', async () => {
  const total = async (path: string) =>
    (await tile(path)).features.reduce((sum, { properties }) => sum + Number(properties.point_count ?? 1), 0)
  expect(await total('0/0/0?minPowerW=150000')).toBe(2)
  expect(await total('0/0/0?standard=CHADEMO')).toBe(1)
  expect(await total('0/0/0')).toBe(7)
  const { etag } = (await tile('0/0/0')).answer.headers
  expect((await tile('0/0/0', { 'if-none-match': String(etag) })).answer.statusCode).toBe(304)
  expect((await tile('23/0/0')).answer.statusCode).toBe(400)
})

test('a change reaches the far map, too', async () => {
  await world.catalogue.removeLocation('shop')
  world.clock.advance(20_000)
  const total = async () =>
    (await tile('0/0/0')).features.reduce((sum, { properties }) => sum + Number(properties.point_count ?? 1), 0)
  await expect.poll(total).toBe(6)
})

const tileOf = ({ lon, lat }: { lon: number; lat: number }, z: number): [number, number] => {
  const sine = Math.sin((lat * Math.PI) / 180)
  const all = 2 ** z
  return [
    Math.floor(((lon + 180) / 360) * all),
    Math.floor((0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI) * all),
  ]
}
