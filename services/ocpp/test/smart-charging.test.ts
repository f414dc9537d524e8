import pino from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkSchedule, createStationConsole } from '../src/index.ts'
import { type House, openHouse } from './house.ts'
import type { TestStation } from './station.ts'

let house: House
beforeAll(async () => {
  // Balanced by hand here.
  house = await openHouse({ balanceMs: 3_600_000 })
})
afterAll(() => house.close())

/** Starts a charge on EVSE 1 and remembers the limits it is told, W. */
const charging = async (version: string): Promise<TestStation & { limits: () => number[] }> => {
  const station = await house.connect({ version })
  const timestamp = new Date().toISOString()
  if (version === 'ocpp1.6')
    await station.call('StartTransaction', { connectorId: 1, idTag: 'CARD', meterStart: 0, timestamp })
  else
    await station.call('TransactionEvent', {
      eventType: 'Started',
      timestamp,
      triggerReason: 'Authorized',
      seqNo: 0,
      transactionInfo: { transactionId: 'T-1', chargingState: 'Charging' },
      evse: { id: 1, connectorId: 1 },
      idToken: { idToken: 'CARD', type: 'ISO14443' },
    })
  station.answering('SetChargingProfile', { status: 'Accepted' })
  const limits = (): number[] =>
    station.received
      .filter((frame) => frame[2] === 'SetChargingProfile')
      .map((frame) => /"limit":([\d.]+)/.exec(JSON.stringify(frame[3]))?.[1])
      .map(Number)
  return Object.assign(station, { limits })
}

it('shares the limit of a site over stations of three versions, and reserves what an absent one was granted', async () => {
  const { sites } = house.service
  const stations = [await charging('ocpp1.6'), await charging('ocpp2.0.1'), await charging('ocpp2.1')] as const
  const [first, second, third] = stations
  const evses = stations.map(({ stationId }) => ({ stationId, evse: 1, maxW: 22_000, minW: 4_140 }))
  await sites.put({ _id: 'GARAGE', limitW: 30_000, evses })
  const keyOf = ({ stationId }: TestStation) => `${stationId}#1`
  expect((await sites.balance('GARAGE')).granted).toEqual({
    [keyOf(first)]: 10_000,
    [keyOf(second)]: 10_000,
    [keyOf(third)]: 10_000,
  })
  // The default of the EVSE and the running transaction, each.
  for (const station of stations) expect(station.limits()).toEqual([10_000, 10_000])

  first.close()
  await house.told(first).event('station.disconnected')
  second.answering('SetChargingProfile', { status: 'Accepted' })
  await sites.put({ _id: 'GARAGE', limitW: 24_000, evses })
  expect((await sites.balance('GARAGE')).granted).toEqual({
    [keyOf(first)]: 10_000,
    [keyOf(second)]: 7_000,
    [keyOf(third)]: 7_000,
  })

  // A station that declines to give up keeps its share; nobody gets it.
  second.answering('SetChargingProfile', { status: 'Rejected' })
  await sites.target(
    'GARAGE',
    { stationId: third.stationId, evse: 1 },
    { energyWh: 19_000, departAt: new Date(Date.now() + 2 * 3_600_000) },
  )
  const { granted } = await sites.balance('GARAGE')
  expect(granted[keyOf(second)]).toBe(7_000)
  expect(granted[keyOf(third)]).toBe(7_000)

  // Now it gives up, and the one that must leave gets what it takes.
  second.answering('SetChargingProfile', { status: 'Accepted' })
  const after = (await sites.balance('GARAGE')).granted
  expect(after[keyOf(third)]).toBeGreaterThan(9_400)
  expect(Object.values(after).reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(24_000)
})

it.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'])("compares a station's schedule with ours over %s", async (version) => {
  const station = await charging(version)
  const { store, bus } = house
  const clock = () => new Date()
  const stations = createStationConsole({ store, bus, clock, log: pino({ level: 'silent' }) })
  await house.service.sites.put({
    _id: `ONE-${version}`,
    limitW: 11_000,
    evses: [{ stationId: station.stationId, evse: 1, maxW: 22_000, minW: 4_140 }],
  })
  await house.service.sites.balance(`ONE-${version}`)
  const schedule = (limit: number) => ({ chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit }] })
  const computing = (limit: number) =>
    station.answering(
      'GetCompositeSchedule',
      version === 'ocpp1.6'
        ? {
            status: 'Accepted',
            connectorId: 1,
            scheduleStart: new Date().toISOString(),
            chargingSchedule: schedule(limit),
          }
        : {
            status: 'Accepted',
            schedule: { evseId: 1, duration: 3600, scheduleStart: new Date().toISOString(), ...schedule(limit) },
          },
    )
  const question = { stationId: station.stationId, evse: 1, durationS: 3_600 }
  computing(11_000)
  expect((await checkSchedule({ store, stations, clock }, question)).differences).toEqual([])
  computing(22_000)
  expect((await checkSchedule({ store, stations, clock }, question)).differences).toEqual([
    { fromS: 0, oursW: 11_000, stationW: 22_000 },
  ])
})
