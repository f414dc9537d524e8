import { type SessionId, type StationReply, stationCommandSubject } from '@werenode/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type House, openHouse } from '../house.ts'
import type { TestStation } from '../station.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
  house.cards.add('CARD')
})
afterAll(() => house.close())

const seconds = (count: number) => new Date(Date.now() + count * 1000).toISOString()
const begin = async (station: TestStation, more: Record<string, unknown> = {}) =>
  (await station.call('StartTransaction', {
    connectorId: 1,
    idTag: 'CARD',
    meterStart: 10_000,
    timestamp: seconds(-600),
    ...more,
  })) as { transactionId: number; idTagInfo: { status: string } }
const read = (station: TestStation, registerWh: number, more: Record<string, unknown> = {}, at = seconds(0)) =>
  station.call('MeterValues', {
    connectorId: 1,
    meterValue: [{ timestamp: at, sampledValue: [{ value: String(registerWh) }] }],
    ...more,
  })
const status = (station: TestStation, word: string, timestamp = seconds(0), connectorId = 1) =>
  station.call('StatusNotification', { connectorId, errorCode: 'NoError', status: word, timestamp })

it('the same StartTransaction under a new message id is the same transaction, not a concurrent one', async () => {
  const station = await house.connect()
  const timestamp = seconds(-5)
  const first = await begin(station, { timestamp })
  const again = await begin(station, { timestamp })
  expect(again).toEqual(first)
  expect(again.idTagInfo.status).toBe('Accepted')
  expect(house.told(station).all('transaction.started')).toHaveLength(1)
})

it('the same StartTransaction over two links at once is one transaction', async () => {
  const { stationId, password } = await house.station()
  const { connectStation } = await import('../station.ts')
  const connect = () => connectStation({ url: house.service.url, stationId, password, version: 'ocpp1.6' })
  const timestamp = seconds(-5)
  const old = await connect()
  const lost = begin(old, { timestamp }).catch(() => undefined)
  const fresh = await connect()
  const again = await begin(fresh, { timestamp })
  const first = await lost
  if (first) expect(first.transactionId).toBe(again.transactionId)
  expect(house.told({ stationId }).all('transaction.started')).toHaveLength(1)
})

it('a station whose clock was never set begins two transactions at the same time of its own', async () => {
  const station = await house.connect()
  const timestamp = '1970-01-01T00:00:05Z'
  const first = await begin(station, { timestamp })
  await station.call('StopTransaction', { transactionId: first.transactionId, meterStop: 10_000, timestamp })
  const second = await begin(station, { timestamp })
  expect(second.transactionId).not.toBe(first.transactionId)
})

it.each([0, -1, 999, undefined])(
  'MeterValues that name transaction %s count for the one that runs on the connector',
  async (transactionId) => {
    const station = await house.connect()
    const { transactionId: number } = await begin(station)
    await read(station, 10_500, { transactionId })
    const meter = await house.told(station).event('transaction.meter')
    expect(meter.data).toMatchObject({ transactionId: String(number), registerWh: 10_500 })
  },
)

it.each([0, -1])('StopTransaction %s ends the only transaction it fits', async (transactionId) => {
  const station = await house.connect()
  const { transactionId: number } = await begin(station)
  await station.call('StopTransaction', { transactionId, meterStop: 11_000, timestamp: seconds(0) })
  expect((await house.told(station).event('transaction.ended')).data).toMatchObject({
    transactionId: String(number),
    registerWh: 11_000,
    flags: ['transaction-guessed'],
  })
})

it('a stop nobody can place is kept as an orphan and always answered, again and again', async () => {
  const station = await house.connect()
  const { transactionId: running } = await begin(station)
  const stop = { transactionId: 12345, meterStop: 77, timestamp: seconds(-60), idTag: null }
  expect(await station.call('StopTransaction', stop)).toEqual({})
  expect(await station.call('StopTransaction', stop)).toEqual({})
  expect((await house.told(station).event('transaction.orphan')).data).toMatchObject({ transactionId: '12345' })
  expect(house.told(station).all('transaction.orphan')).toHaveLength(1)
  expect(house.told(station).all('transaction.ended')).toEqual([])
  expect(await station.call('StopTransaction', { ...stop, idTag: 'CARD', transactionId: 12346 })).toEqual({
    idTagInfo: { status: 'Accepted' },
  })
  expect(running).toBeGreaterThan(0)
})

it('a stop that says nothing at all is answered, too', async () => {
  const station = await house.connect()
  expect(await station.call('StopTransaction', {})).toEqual({})
  expect((await house.told(station).event('transaction.orphan')).data).toMatchObject({ transactionId: '' })
})

it('the same StopTransaction twice ends once', async () => {
  const station = await house.connect()
  const { transactionId } = await begin(station)
  const stop = { transactionId, meterStop: 11_000, timestamp: seconds(0) }
  await station.call('StopTransaction', stop)
  await station.call('StopTransaction', stop)
  expect(house.told(station).all('transaction.ended')).toHaveLength(1)
})

it('a zombie is closed on its last reading when its connector is free, and corrected by the true stop', async () => {
  const station = await house.connect()
  const { transactionId } = await begin(station)
  await read(station, 10_800, { transactionId }, seconds(-300))
  await status(station, 'Available')
  const estimated = await house.told(station).event('transaction.ended')
  expect(estimated.data).toMatchObject({ registerWh: 10_800, estimated: true, reason: 'Other', flags: ['estimated'] })
  await station.call('StopTransaction', {
    transactionId,
    meterStop: 10_900,
    timestamp: seconds(-200),
    reason: 'EVDisconnected',
  })
  const ended = await house.told(station).event('transaction.ended', ({ data }) => !data.estimated)
  expect(ended.data).toMatchObject({ registerWh: 10_900, reason: 'EVDisconnected' })
  expect(ended.data.flags).toContain('end-after-estimate')
})

it('a stop right after the free connector is no zombie', async () => {
  const station = await house.connect()
  const { transactionId } = await begin(station)
  await status(station, 'Available')
  await station.call('StopTransaction', { transactionId, meterStop: 10_900, timestamp: seconds(0) })
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(
    house
      .told(station)
      .all('transaction.ended')
      .map((event) => event.data.estimated),
  ).toEqual([false])
})

it('a zombie from before a power cut is closed after the boot', async () => {
  const station = await house.connect()
  await begin(station)
  await read(station, 10_300)
  await station.boot()
  expect((await house.told(station).event('transaction.ended')).data).toMatchObject({
    registerWh: 10_300,
    estimated: true,
    reason: 'PowerLoss',
  })
})

it('a station that boots in the middle of a charge and goes on is left in peace', async () => {
  const station = await house.connect()
  const { transactionId } = await begin(station)
  await station.boot()
  await read(station, 10_400, { transactionId })
  await new Promise((resolve) => setTimeout(resolve, 900))
  expect(house.told(station).all('transaction.ended')).toEqual([])
})

it('a zombie is closed by a newer start on its connector, and goes on when the station reads it again', async () => {
  const station = await house.connect()
  const { transactionId: old } = await begin(station, { timestamp: seconds(-900) })
  await read(station, 10_400, { transactionId: old }, seconds(-800))
  const { transactionId: fresh } = await begin(station, { meterStart: 10_500, timestamp: seconds(-10) })
  expect((await house.told(station).event('transaction.ended')).data).toMatchObject({
    transactionId: String(old),
    estimated: true,
  })
  await read(station, 10_450, { transactionId: old }, seconds(-700))
  const row = await house.store.get<{ _id: string; state: string; flags: string[] }>(
    'ocpp_transactions',
    `${station.stationId}/${old}`,
  )
  expect(row).toMatchObject({ state: 'open' })
  expect(row!.flags).toContain('reopened')
  expect(fresh).not.toBe(old)
})

it('an absent station may still hold the true end: its zombie waits', async () => {
  const station = await house.connect()
  await begin(station)
  await status(station, 'Available')
  station.close()
  await house.told(station).event('station.disconnected')
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(house.told(station).all('transaction.ended')).toEqual([])
})

it('closing MeterValues after StopTransaction are kept and open nothing', async () => {
  const station = await house.connect()
  const { transactionId } = await begin(station)
  await station.call('StopTransaction', { transactionId, meterStop: 11_000, timestamp: seconds(0) })
  await read(station, 11_000, { transactionId })
  const key = `${station.stationId}/${transactionId}`
  expect(await house.store.range('ocpp_meter', key, {})).toHaveLength(1)
  expect(await house.store.get('ocpp_transactions', key)).toMatchObject({ state: 'ended' })
})

it('a remote start is recognised whatever a load-management group appends to its id, and in any case of letters', async () => {
  const station = await house.connect()
  station.answering('RemoteStartTransaction', { status: 'Accepted' })
  const idTag = 'ABCDEFGHIJ2345672345'
  await house.bus.request<StationReply>(stationCommandSubject(station.stationId), {
    verb: 'start',
    evse: 1,
    connector: 1,
    sessionId: `0x${'12'.repeat(32)}` as SessionId,
    idTag,
    remoteStartId: 5,
  })
  const { idTagInfo } = await begin(station, { idTag: `${idTag.toLowerCase()}_17352112` })
  expect(idTagInfo.status).toBe('Accepted')
  expect((await house.told(station).event('transaction.started')).data).toMatchObject({ idTag, remoteStartId: 5 })
})

it('the same start command again is not sent twice', async () => {
  const station = await house.connect()
  const command = {
    verb: 'start',
    evse: 1,
    connector: 1,
    sessionId: `0x${'34'.repeat(32)}` as SessionId,
    idTag: 'ZYXWVUTSRQ2345672345',
    remoteStartId: 6,
  }
  let asked = 0
  station.answering('RemoteStartTransaction', () => {
    asked += 1
    return { status: 'Accepted' }
  })
  const send = () => house.bus.request<StationReply>(stationCommandSubject(station.stationId), command)
  expect([await send(), await send()]).toEqual([{ accepted: true }, { accepted: true }])
  expect(asked).toBe(1)
})

it('pauses are told, which 1.6 says by the connector alone', async () => {
  const station = await house.connect()
  await begin(station)
  await status(station, 'Charging')
  await status(station, 'SuspendedEV')
  await house.told(station).event('transaction.meter', ({ data }) => data.suspended === 'EV')
  await status(station, 'Charging')
  await read(station, 10_100)
  await house
    .told(station)
    .event('transaction.meter', ({ data }) => data.suspended === 'no' && data.registerWh === 10_100)
})
