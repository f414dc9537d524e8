import { type SessionId, type StationReply, stationCommandSubject } from '@werenode/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { streamSeries } from '../src/collections.ts'
import { type House, openHouse } from './house.ts'
import type { TestStation } from './station.ts'

const sessionId = `0x${'ab'.repeat(32)}` as SessionId
const idTag = 'ABCDEFGHIJKLMNOPQRST'
const now = Date.now()
const at = (seconds: number) => new Date(now + seconds * 1000).toISOString()

describe.each(['ocpp2.0.1', 'ocpp2.1'])('a charge over %s', (version) => {
  let house: House
  let station: TestStation
  beforeEach(async () => {
    house = await openHouse()
    station = await house.connect({ version })
  })
  afterEach(() => house.close())

  const register = (wh: number, context = 'Sample.Periodic', timestamp = at(0)) => ({
    timestamp,
    sampledValue: [
      { value: wh / 1000, context, measurand: 'Energy.Active.Import.Register', unitOfMeasure: { unit: 'kWh' } },
      { value: 11, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'W', multiplier: 3 } },
    ],
  })
  const event = (type: string, seqNo: number, more: Record<string, unknown> = {}, info: Record<string, unknown> = {}) =>
    station.call('TransactionEvent', {
      eventType: type,
      timestamp: at(seqNo * 60),
      triggerReason: 'MeterValuePeriodic',
      seqNo,
      transactionInfo: { transactionId: 'TX-1', ...info },
      ...more,
    }) as Promise<unknown>

  it('goes from command to end, with registers in kWh and a multiplier', async () => {
    const reply = house.bus.request<StationReply>(stationCommandSubject(station.stationId), {
      verb: 'start',
      evse: 2,
      connector: 1,
      sessionId,
      idTag,
      remoteStartId: 77,
    })
    const asked = await station.asked('RequestStartTransaction')
    expect(asked.payload).toEqual({ evseId: 2, remoteStartId: 77, idToken: { idToken: idTag, type: 'Central' } })
    station.answer(asked.id, { status: 'Accepted' })
    expect(await reply).toEqual({ accepted: true })
    await station.call('Heartbeat', {})

    const started = await event(
      'Started',
      0,
      {
        evse: { id: 2, connectorId: 1 },
        idToken: { idToken: idTag, type: 'Central' },
        meterValue: [register(1_000_000, 'Transaction.Begin')],
      },
      { remoteStartId: 77, chargingState: 'Charging' },
    )
    expect(started).toEqual({ idTokenInfo: { status: 'Accepted' } })
    expect((await house.told(station).event('transaction.started')).data).toMatchObject({
      evse: 2,
      transactionId: 'TX-1',
      idTag,
      remoteStartId: 77,
      registerWh: 1_000_000,
      offline: false,
    })
    await event('Updated', 1, { meterValue: [register(1_000_183, undefined, at(60))] })
    const meter = await house.told(station).event('transaction.meter', ({ data }) => data.registerWh === 1_000_183)
    expect(meter.data).toMatchObject({ powerW: 11_000, flags: [] })
    await event('Updated', 2, {}, { chargingState: 'SuspendedEV' })
    await house.told(station).event('transaction.meter', ({ data }) => data.suspended === 'EV')

    const stop = house.bus.request<StationReply>(stationCommandSubject(station.stationId), {
      verb: 'stop',
      evse: 2,
      connector: 1,
      sessionId,
      transactionId: 'TX-1',
    })
    const askedStop = await station.asked('RequestStopTransaction')
    station.answer(askedStop.id, { status: 'Accepted' })
    expect(await stop).toEqual({ accepted: true })
    await event(
      'Ended',
      3,
      { meterValue: [register(1_000_400, 'Transaction.End', at(180))] },
      { stoppedReason: 'Remote' },
    )
    expect((await house.told(station).event('transaction.ended')).data).toMatchObject({
      evse: 2,
      transactionId: 'TX-1',
      registerWh: 1_000_400,
      reason: 'Remote',
      estimated: false,
      flags: [],
    })
  })

  it('is told as started only when somebody is named', async () => {
    house.cards.add('CARD')
    await event('Started', 0, { evse: { id: 1 } }, { chargingState: 'EVConnected' })
    expect(house.told(station).all('transaction.started')).toEqual([])
    expect(await station.call('Authorize', { idToken: { idToken: 'CARD', type: 'ISO14443' } })).toEqual({
      idTokenInfo: { status: 'Accepted' },
    })
    await event('Updated', 1, { idToken: { idToken: 'CARD', type: 'ISO14443' } }, { chargingState: 'Charging' })
    expect((await house.told(station).event('transaction.started')).data).toMatchObject({
      idTag: 'CARD',
      transactionId: 'TX-1',
    })
    await event('Updated', 2, { idToken: { idToken: 'CARD', type: 'ISO14443' } })
    expect(house.told(station).all('transaction.started')).toHaveLength(1)
  })

  it('refines Occupied by what the transaction does', async () => {
    await station.call('StatusNotification', {
      timestamp: at(0),
      connectorStatus: 'Occupied',
      evseId: 1,
      connectorId: 1,
    })
    expect((await house.told(station).event('station.status')).data).toMatchObject({
      evse: 1,
      connector: 1,
      status: 'Occupied',
    })
    await event('Started', 0, { evse: { id: 1, connectorId: 1 } }, { chargingState: 'Charging' })
    await house.told(station).event('station.status', ({ data }) => data.status === 'Charging')
  })

  it('keeps meter values outside a transaction by EVSE', async () => {
    await station.call('MeterValues', { evseId: 1, meterValue: [register(5_000)] })
    expect(await house.store.range('ocpp_meter_idle', `${station.stationId}/1`, {})).toHaveLength(1)
  })

  it('takes the values of an event stream without answering', async () => {
    if (version !== 'ocpp2.1') return
    station.send([
      6,
      's1',
      'NotifyPeriodicEventStream',
      { id: 3, pending: 0, basetime: at(0), data: [{ t: 1.5, v: '42' }] },
    ])
    await station.call('Heartbeat', {})
    expect(await house.store.range(streamSeries, `${station.stationId}/3`, {})).toEqual([
      { at: now + 1500, value: '42' },
    ])
    expect(station.received.every((frame) => frame[1] !== 's1')).toBe(true)
  })
})
