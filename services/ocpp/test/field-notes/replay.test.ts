import { afterAll, beforeAll, expect, it } from 'vitest'
import { type House, openHouse } from '../house.ts'
import { connectStation, type TestStation } from '../station.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
  house.cards.add('CARD')
})
afterAll(() => house.close())

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString()
const status = (station: TestStation, word: string, timestamp: string) =>
  station.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: word, timestamp })
const event = (
  station: TestStation,
  type: string,
  seqNo: number,
  secondsAgo: number,
  more: Record<string, unknown> = {},
) =>
  station.call('TransactionEvent', {
    eventType: type,
    timestamp: ago(secondsAgo),
    triggerReason: 'MeterValuePeriodic',
    seqNo,
    transactionInfo: { transactionId: 'TX', chargingState: 'Charging' },
    ...more,
  })
const register = (wh: number) => ({
  meterValue: [{ timestamp: ago(0), sampledValue: [{ value: wh, measurand: 'Energy.Active.Import.Register' }] }],
})

it('offline replay comes hours late, without a boot, stale statuses first: the live state holds, the end is taken in its own time', async () => {
  const first = await house.connect()
  const { stationId } = first
  await status(first, 'Charging', ago(0))
  const start = (await first.call('StartTransaction', {
    connectorId: 1,
    idTag: 'CARD',
    meterStart: 100,
    timestamp: ago(7300),
  })) as { transactionId: number }
  first.close()
  await house.told(first).event('station.disconnected')

  const { rotatePassword } = await import('../../src/index.ts')
  const password = await rotatePassword(house, stationId)
  const again = await connectStation({ url: house.service.url, stationId, password, version: 'ocpp1.6' })
  for (const [word, seconds] of [
    ['Preparing', 7200],
    ['Charging', 7100],
    ['Finishing', 3600],
    ['Available', 3500],
  ] as const)
    await status(again, word, ago(seconds))
  const live = await house.store.get<{ _id: string; status: string }>('ocpp_connectors', `${stationId}/1/1`)
  expect(live?.status).toBe('Charging')
  expect(
    house
      .told(again)
      .all('station.status')
      .slice(-4)
      .every((told) => told.data.stale),
  ).toBe(true)

  const stoppedAt = ago(3600)
  await again.call('StopTransaction', {
    transactionId: start.transactionId,
    meterStop: 5_100,
    timestamp: stoppedAt,
    reason: 'Local',
  })
  expect((await house.told(again).event('transaction.ended')).data).toMatchObject({
    registerWh: 5_100,
    stationAt: stoppedAt,
    offline: true,
    estimated: false,
  })
  await status(again, 'Available', ago(0))
  expect(await house.store.get('ocpp_connectors', `${stationId}/1/1`)).toMatchObject({ status: 'Available' })
})

it('a charge that happened wholly offline is taken as it was', async () => {
  const station = await house.connect()
  const start = (await station.call('StartTransaction', {
    connectorId: 1,
    idTag: 'CARD',
    meterStart: 100,
    timestamp: ago(7300),
  })) as { transactionId: number }
  await station.call('StopTransaction', { transactionId: start.transactionId, meterStop: 900, timestamp: ago(3000) })
  expect((await house.told(station).event('transaction.started')).data).toMatchObject({
    offline: true,
    registerWh: 100,
  })
  expect((await house.told(station).event('transaction.ended')).data).toMatchObject({ offline: true, registerWh: 900 })
})

it('statuses of a clock that ran ahead do not keep later ones out', async () => {
  const station = await house.connect()
  await status(station, 'Charging', new Date(Date.now() + 6 * 3600_000).toISOString())
  await status(station, 'Available', ago(0))
  expect(await house.store.get('ocpp_connectors', `${station.stationId}/1/1`)).toMatchObject({ status: 'Available' })
})

it('the same TransactionEvent twice counts once, by its sequence number', async () => {
  const station = await house.connect({ version: 'ocpp2.0.1' })
  await event(station, 'Started', 0, 60, {
    evse: { id: 1 },
    idToken: { idToken: 'CARD', type: 'Central' },
    ...register(100),
  })
  await event(station, 'Updated', 1, 30, register(200))
  await event(station, 'Updated', 1, 30, register(200))
  const readings = house
    .told(station)
    .all('transaction.meter')
    .map(({ data }) => data.registerWh)
  expect(readings).toEqual([100, 200])
})

it('events that come out of order, before the start and after the end, are all taken', async () => {
  const station = await house.connect({ version: 'ocpp2.0.1' })
  const who = { evse: { id: 1, connectorId: 1 }, idToken: { idToken: 'CARD', type: 'Central' } }
  await event(station, 'Updated', 1, 50, register(200))
  await event(station, 'Ended', 3, 10, register(400))
  await event(station, 'Started', 0, 60, { ...who, ...register(100) })
  await event(station, 'Updated', 2, 30, register(300))
  const row = await house.store.get('ocpp_transactions', `${station.stationId}/TX`)
  expect(row).toMatchObject({ state: 'ended', startWh: 100, endWh: 400, idTag: 'CARD', seen: [[0, 3]] })
  expect(house.told(station).all('transaction.started')).toHaveLength(1)
  expect(house.told(station).all('transaction.ended')).toHaveLength(1)
  expect(await house.store.range('ocpp_meter', `${station.stationId}/TX`, {})).toHaveLength(4)
})

it('the final Ended of a transaction that was closed on an estimate is never dropped', async () => {
  const station = await house.connect({ version: 'ocpp2.0.1' })
  const who = { evse: { id: 1, connectorId: 1 }, idToken: { idToken: 'CARD', type: 'Central' } }
  await event(station, 'Started', 0, 600, { ...who, ...register(100) })
  await station.call('StatusNotification', {
    timestamp: ago(0),
    connectorStatus: 'Available',
    evseId: 1,
    connectorId: 1,
  })
  await house.told(station).event('transaction.ended', ({ data }) => data.estimated)
  await event(station, 'Ended', 1, 300, register(900))
  const ended = await house.told(station).event('transaction.ended', ({ data }) => !data.estimated)
  expect(ended.data).toMatchObject({ registerWh: 900 })
})

it('evse left out or repeated is looked up in the transaction', async () => {
  const station = await house.connect({ version: 'ocpp2.0.1' })
  const who = { evse: { id: 2, connectorId: 1 }, idToken: { idToken: 'CARD', type: 'Central' } }
  await event(station, 'Started', 0, 60, { ...who, ...register(100) })
  await event(station, 'Updated', 1, 30, register(150))
  await event(station, 'Ended', 2, 10, register(200))
  expect((await house.told(station).event('transaction.ended')).data).toMatchObject({
    evse: 2,
    connector: 1,
    registerWh: 200,
  })
})

it('an event that names no transaction counts for the one at its EVSE, or is kept by EVSE', async () => {
  const station = await house.connect({ version: 'ocpp2.0.1' })
  const who = { evse: { id: 2, connectorId: 1 }, idToken: { idToken: 'CARD', type: 'Central' } }
  const nameless = { transactionInfo: {}, evse: { id: 2 } }
  await event(station, 'Updated', 0, 70, { ...nameless, ...register(90) })
  expect(await house.store.range('ocpp_meter_idle', `${station.stationId}/2`, {})).toHaveLength(1)
  await event(station, 'Started', 0, 60, { ...who, ...register(100) })
  await event(station, 'Ended', 1, 10, { ...nameless, ...register(200) })
  expect((await house.told(station).event('transaction.ended')).data).toMatchObject({
    transactionId: 'TX',
    registerWh: 200,
  })
})
