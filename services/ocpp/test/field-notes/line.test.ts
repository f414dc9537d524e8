import { type StationReply, stationCommandSubject } from '@werenode/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type House, inHouse, openHouse } from '../house.ts'
import { connectStation } from '../station.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const unlock = (stationId: string, { bus }: Pick<House, 'bus'> = house) =>
  bus.request<StationReply>(stationCommandSubject(stationId), { verb: 'unlock', evse: 1, connector: 1 })

it('the old socket closes after the new one opened: its clean-up harms nothing', async () => {
  const { stationId, password } = await house.station()
  const connect = () => connectStation({ url: house.service.url, stationId, password, version: 'ocpp1.6' })
  const old = await connect()
  await old.boot()
  const fresh = await connect()
  await fresh.boot()
  expect(await old.closed).toMatchObject({ code: 1000 })
  fresh.answering('UnlockConnector', { status: 'Unlocked' })
  expect(await unlock(stationId)).toEqual({ accepted: true })
  expect(house.told({ stationId }).all('station.disconnected')).toEqual([])
  expect(
    house
      .told({ stationId })
      .all('station.connected')
      .map((event) => event.data.epoch),
  ).toEqual([1, 2])
  fresh.close()
  await house.told({ stationId }).event('station.disconnected', ({ data }) => data.epoch === 2)
})

it('a half-open old connection does not keep an authenticated newcomer out', async () => {
  const { stationId, password } = await house.station()
  // Deaf: answers no ping and no close.
  const old = await connectStation({ url: house.service.url, stationId, password, version: 'ocpp1.6', autoPong: false })
  old.socket.pause()
  const fresh = await connectStation({ url: house.service.url, stationId, password, version: 'ocpp1.6' })
  await fresh.boot()
  expect(await fresh.call('Heartbeat', {})).toHaveProperty('currentTime')
  old.close()
})

it('without credentials a newcomer waits for a failed ping of the old connection', async () => {
  const { stationId } = await house.station({ securityProfile: 0 })
  const connect = (autoPong: boolean) =>
    connectStation({ url: house.service.url, stationId, password: undefined, version: 'ocpp1.6', autoPong })
  const alive = await connect(true)
  await expect(connect(true)).rejects.toMatchObject({ status: 409 })
  alive.close()
  await house.told({ stationId }).event('station.disconnected')
  const deaf = await connect(false)
  const fresh = await connect(true)
  expect(await fresh.call('Heartbeat', {})).toHaveProperty('currentTime')
  expect(await deaf.closed).toMatchObject({ code: 1000 })
})

it('the same message id again gets the same answer, also while the first is worked on', async () => {
  const station = await house.connect()
  const frame = [
    2,
    'same',
    'StartTransaction',
    { connectorId: 1, idTag: 'X', meterStart: 0, timestamp: new Date().toISOString() },
  ]
  station.send(frame)
  station.send(frame)
  await station.call('Heartbeat', {})
  station.send(frame)
  await station.call('Heartbeat', {})
  const answers = station.received.filter((received) => received[1] === 'same')
  expect(answers).toHaveLength(3)
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(house.told(station).all('transaction.started')).toHaveLength(1)
})

it('a station that numbers every message alike is still heard every time', async () => {
  const station = await house.connect()
  const status = (word: string) =>
    station.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: word }, '1')
  for (const word of ['Available', 'Preparing', 'Available']) await status(word)
  expect(
    house
      .told(station)
      .all('station.status')
      .map((event) => event.data.status),
  ).toEqual(['Available', 'Preparing', 'Available'])
})

it('a numeric message id is answered as a number', async () => {
  const station = await house.connect()
  station.send([2, 42, 'Heartbeat', {}])
  await station.call('Heartbeat', {})
  expect(station.received.some((frame) => frame[0] === 3 && frame[1] === 42)).toBe(true)
})

it('commands wait until the boot is accepted', async () => {
  const station = await house.connect({ boot: false })
  const command = unlock(station.stationId)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(station.received).toEqual([])
  station.answering('UnlockConnector', { status: 'Unlocked' })
  await station.boot()
  expect(await command).toEqual({ accepted: true })
  expect(station.received[0]![0]).toBe(3)
})

it('a station that does not boot on every connection is let in by its first other word', async () => {
  const station = await house.connect({ boot: false })
  const command = unlock(station.stationId)
  station.answering('UnlockConnector', { status: 'Unlocked' })
  station.answering('TriggerMessage', { status: 'Accepted' })
  await station.call('Heartbeat', {})
  expect(await command).toEqual({ accepted: true })
})

it('an answer that comes after its time-out is matched and harms nothing', async () => {
  await inHouse({ callTimeoutMs: 150 }, async (house) => {
    const station = await house.connect()
    const slow = unlock(station.stationId, house)
    const asked = await station.asked('UnlockConnector')
    expect(await slow).toMatchObject({
      accepted: false,
      retriable: true,
      reason: expect.stringContaining('did not answer'),
    })
    station.answer(asked.id, { status: 'Unlocked' })
    station.answering('UnlockConnector', { status: 'UnlockFailed' })
    expect(await unlock(station.stationId, house)).toMatchObject({ accepted: false })
  })
})

it('one CALL is outstanding per direction, and neither direction blocks the other', async () => {
  const station = await house.connect()
  const first = unlock(station.stationId)
  const second = unlock(station.stationId)
  const asked = await station.asked('UnlockConnector')
  // The station asks while our CALL is pending.
  expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
  await expect(station.asked('UnlockConnector', 50)).rejects.toThrow('did not ask')
  station.answer(asked.id, { status: 'Unlocked' })
  const next = await station.asked('UnlockConnector')
  station.answer(next.id, { status: 'UnlockFailed' })
  expect([await first, await second]).toMatchObject([{ accepted: true }, { accepted: false }])
})

it('a station that does not wait for answers is answered in order', async () => {
  const station = await house.connect()
  const all = Array.from({ length: 60 }, (_, index) => station.call('Heartbeat', {}, `p${index}`))
  await Promise.all(all)
  const order = station.received.map((frame) => frame[1]).filter((id) => String(id).startsWith('p'))
  expect(order).toEqual(Array.from({ length: 60 }, (_, index) => `p${index}`))
})

it('a station that is silent on pings lives by any frame', async () => {
  await inHouse({ pingAfterMs: 600, heartbeatS: 0 }, async (house) => {
    const { stationId, password } = await house.station()
    const station = await connectStation({
      url: house.service.url,
      stationId,
      password,
      version: 'ocpp1.6',
      autoPong: false,
    })
    for (let beat = 0; beat < 12; beat += 1) {
      await station.call('Heartbeat', {})
      await new Promise((resolve) => setTimeout(resolve, 120))
    }
    expect(house.told(station).all('station.disconnected')).toEqual([])
    // Now it says nothing at all.
    await house.told(station).event('station.disconnected')
  })
})

it('a station whose firmware breaks on pings is never pinged', async () => {
  await inHouse({ pingAfterMs: 60 }, async (house) => {
    const station = await house.connect({ noPing: true })
    let pings = 0
    station.socket.on('ping', () => {
      pings += 1
    })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(pings).toBe(0)
  })
})

it('a message of 200 kB is read, one above the limit closes only its own link', async () => {
  const [station, other] = [await house.connect(), await house.connect()]
  const big = 'x'.repeat(200_000)
  expect(await station.call('DataTransfer', { vendorId: 'big', data: big })).toEqual({ status: 'UnknownVendorId' })
  station.raw('x'.repeat(2_000_000))
  expect(await station.closed).toMatchObject({ code: 1009 })
  expect(await other.call('Heartbeat', {})).toHaveProperty('currentTime')
})

it('a handler that never ends stalls its own station alone, and is noticed', async () => {
  await inHouse(
    {
      stallMs: 1500,
      pingAfterMs: 1000,
      vendorPlugins: [{ vendorId: 'stuck', receive: () => new Promise(() => undefined) }],
    },
    async (house) => {
      const [stuck, other] = [await house.connect(), await house.connect()]
      void stuck.call('DataTransfer', { vendorId: 'stuck' }).catch(() => undefined)
      expect(await other.call('Heartbeat', {})).toHaveProperty('currentTime')
      expect(await stuck.closed).toMatchObject({ code: 1011 })
    },
  )
})
