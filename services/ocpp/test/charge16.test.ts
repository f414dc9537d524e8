import { type SessionId, type StationReply, stationCommandSubject } from '@werenode/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type House, openHouse } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const sessionId = `0x${'ab'.repeat(32)}` as SessionId
const idTag = 'ABCDEFGHIJKLMNOPQRST'

it('carries a remotely started charge from command to end', async () => {
  const station = await house.connect()
  const reply = house.bus.request<StationReply>(stationCommandSubject(station.stationId), {
    verb: 'start',
    evse: 1,
    connector: 1,
    sessionId,
    idTag,
    remoteStartId: 77,
  })
  const asked = await station.asked('RemoteStartTransaction')
  expect(asked.payload).toEqual({ connectorId: 1, idTag })
  station.answer(asked.id, { status: 'Accepted' })
  expect(await reply).toEqual({ accepted: true })

  expect(await station.call('Authorize', { idTag })).toEqual({ idTagInfo: { status: 'Accepted' } })
  const now = Date.now()
  const at = (seconds: number) => new Date(now + seconds * 1000).toISOString()
  const { transactionId } = (await station.call('StartTransaction', {
    connectorId: 1,
    idTag,
    meterStart: 1_000_000,
    timestamp: at(0),
  })) as { transactionId: number }
  const started = await house.told(station).event('transaction.started')
  expect(started.data).toMatchObject({
    stationId: station.stationId,
    evse: 1,
    transactionId: String(transactionId),
    idTag,
    remoteStartId: 77,
    registerWh: 1_000_000,
    stationAt: at(0),
    offline: false,
  })
  expect(house.asked).toEqual([])

  await station.call('MeterValues', {
    connectorId: 1,
    transactionId,
    meterValue: [
      {
        timestamp: at(60),
        sampledValue: [
          { value: '1000.183', unit: 'kWh', measurand: 'Energy.Active.Import.Register' },
          { value: '11000', unit: 'W', measurand: 'Power.Active.Import' },
        ],
      },
    ],
  })
  expect((await house.told(station).event('transaction.meter')).data).toMatchObject({
    registerWh: 1_000_183,
    powerW: 11_000,
    flags: [],
  })

  const stop = house.bus.request<StationReply>(stationCommandSubject(station.stationId), {
    verb: 'stop',
    evse: 1,
    connector: 1,
    sessionId,
    transactionId: String(transactionId),
  })
  const askedStop = await station.asked('RemoteStopTransaction')
  expect(askedStop.payload).toEqual({ transactionId })
  station.answer(askedStop.id, { status: 'Accepted' })
  expect(await stop).toEqual({ accepted: true })
  expect(
    await station.call('StopTransaction', {
      transactionId,
      meterStop: 1_000_400,
      timestamp: at(120),
      reason: 'Remote',
    }),
  ).toEqual({})
  expect((await house.told(station).event('transaction.ended')).data).toMatchObject({
    transactionId: String(transactionId),
    registerWh: 1_000_400,
    reason: 'Remote',
    estimated: false,
    flags: [],
  })
})

it('lets a card begin when the manager accepts it', async () => {
  house.cards.add('04A1B2C3')
  const station = await house.connect()
  expect(await station.call('Authorize', { idTag: '04A1B2C3' })).toEqual({ idTagInfo: { status: 'Accepted' } })
  expect(await station.call('Authorize', { idTag: 'STRANGER' })).toEqual({ idTagInfo: { status: 'Invalid' } })
  const started = (await station.call('StartTransaction', {
    connectorId: 2,
    idTag: '04A1B2C3',
    meterStart: 5,
    timestamp: new Date().toISOString(),
  })) as { idTagInfo: unknown }
  expect(started.idTagInfo).toEqual({ status: 'Accepted' })
  expect((await house.told(station).event('transaction.started')).data).toMatchObject({ evse: 2, idTag: '04A1B2C3' })
})

it('sets the meter interval after the boot', async () => {
  const station = await house.connect({ boot: false, meterIntervalS: 12 })
  const asked = station.asked('ChangeConfiguration')
  await station.call('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' })
  expect((await asked).payload).toEqual({ key: 'MeterValueSampleInterval', value: '12' })
})

it('tells that nobody holds the link when a station is gone', async () => {
  const station = await house.connect()
  station.close()
  await house.told(station).event('station.disconnected')
  await expect(
    house.bus.request(stationCommandSubject(station.stationId), { verb: 'unlock', evse: 1, connector: 1 }),
  ).rejects.toMatchObject({ code: 'no-responder' })
})
