import { answer, ask, type EvseId, newEvent, type Party, type PlugView, type StationProtocol } from '@werenode/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

const evseId = 'FR*WRN*E000001' as EvseId
const offer = () => ask(world.bus, 'catalogue.offer', { evseId, connector: 1 })
const connected = async (protocol: StationProtocol, epoch: number): Promise<void> => {
  events += 1
  const data = { stationId: 'WRN-LYON-1', protocol, epoch }
  const at = world.clock()
  await world.bus.commit(
    [],
    [newEvent({ id: `up:${events}`, type: 'station.connected', at, subject: 'station.WRN-LYON-1', data })],
  )
  await world.bus.idle(5_000)
}
const certify = async (meterCertified: boolean): Promise<void> => {
  const { location } = (await world.api.inject({ url: '/v1/locations/wrn-lyon' })).json()
  const evses = location.evses.map((evse: { connectors: object[] }) => ({
    ...evse,
    connectors: evse.connectors.map((connector) => ({ ...connector, meterCertified })),
  }))
  await world.catalogue.putLocation({ ...location, evses })
}

test('a meter counts as certified when its operator says so, and never on a smart plug', async () => {
  expect(await offer()).toMatchObject({ meterCertified: false })
  await certify(true)
  await connected('ocpp2.0.1', 1)
  expect(await offer()).toMatchObject({ meterCertified: true })
  await connected('mqtt', 2)
  expect(await offer()).toMatchObject({ meterCertified: false })
})

test('what a plug measures goes to the map as power, and changes nothing that is kept', async () => {
  const told: unknown[] = []
  const untap = world.bus.tap(['catalogue.changed'], ({ data }) => told.push(data))
  const before = await world.store.get('api_locations', 'wrn-lyon')
  const data = { stationId: 'WRN-LYON-1', evse: 1, registerWh: 10, method: 'counter', powerW: 2_281.4 } as const
  const at = world.clock()
  await world.bus.commit(
    [],
    [newEvent({ id: 'reading:1', type: 'station.reading', at, subject: 'station.WRN-LYON-1', data })],
  )
  await world.bus.idle(5_000)
  expect(told).toMatchObject([{ what: 'power', evseId, powerW: 2_281, position: { lon: expect.any(Number) } }])
  expect(await world.store.get('api_locations', 'wrn-lyon')).toEqual(before)
  await untap()
})

test('the plugs of a party are its own: others are turned away before anybody is asked', async () => {
  const asked: string[] = []
  const stop = answer(world.bus, 'plugs.list', async ({ party }) => {
    asked.push(party)
    return { items: [] as PlugView[] }
  })
  const { headers } = await world.driver()
  const party = encodeURIComponent('FR*WRN' as Party)
  const routes = [
    ['GET', `/v1/parties/${party}/plugs`],
    ['GET', `/v1/parties/${party}/plugs/P1`],
    ['GET', `/v1/parties/${party}/plugs/P1/readings`],
    ['GET', `/v1/parties/${party}/plug-alarms`],
    ['GET', `/v1/parties/${party}/plug-events`],
    ['DELETE', `/v1/parties/${party}/plugs/P1`],
    ['POST', `/v1/parties/${party}/plugs/P1/rekey`],
  ] as const
  for (const [method, url] of routes) {
    expect((await world.api.inject({ method, url })).statusCode).toBe(401)
    expect((await world.api.inject({ method, url, headers })).statusCode).toBe(403)
  }
  expect(asked).toEqual([])
  await stop()
})
