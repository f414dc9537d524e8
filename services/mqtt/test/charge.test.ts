import { afterEach, describe, expect, it } from 'vitest'
import { aSession, connectTasmota, type House, openHouse, tasmota, until } from './house.ts'

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})
const house = async (...args: Parameters<typeof openHouse>): Promise<House> => {
  const opened = await openHouse(...args)
  open.push(opened)
  return opened
}
const plugIn = async (at: House, plugId = 'P1', more: Parameters<typeof tasmota>[1] = {}) => {
  const added = await at.service.addPlug(tasmota(plugId, more))
  const device = await connectTasmota(at, added)
  open.push(device)
  await until(() => at.service.live(plugId).registerWh !== undefined, 'the first reading')
  return { added, device }
}
const charging = async (at: House, more: Parameters<typeof tasmota>[1] = {}) => {
  const { device, added } = await plugIn(at, 'P1', more)
  expect(await at.start('P1')).toEqual({ accepted: true })
  const started = await at.event('transaction.started')
  await device.use(2000, 10)
  await at.event('transaction.meter', ({ data }) => data.powerW === 2000)
  return { device, added, started, transactionId: started.data.transactionId }
}

describe('a charge on a plug', () => {
  it('begins when the device says so, is metered by its counter, and ends when power is at zero', async () => {
    const at = await house()
    const { device, started, transactionId } = await charging(at)
    expect(started.data).toMatchObject({ stationId: 'P1', evse: 1, connector: 1, remoteStartId: 7, registerWh: 1500 })
    expect(device.state.pulseTime).toBe(1000)
    const { data } = await at.event('transaction.meter', (event) => event.data.registerWh === 1510)
    expect(data).toMatchObject({ powerW: 2000, suspended: 'no', flags: [] })
    expect(await at.stop('P1', transactionId)).toEqual({ accepted: true })
    const ended = await at.event('transaction.ended')
    expect(ended.data).toMatchObject({ transactionId, registerWh: 1510, reason: 'Remote', estimated: false })
    expect(device.got.every(({ retain }) => !retain)).toBe(true)
    await at.event('station.status', (event) => event.data.status === 'Available' && event.seq > ended.seq - 1)
    expect((await at.service.history('P1', {})).length).toBeGreaterThan(3)
  })

  it('is not believed to have begun before the device confirms it, and is given up', async () => {
    const at = await house({ times: { startTimeoutMs: 400 } })
    const { device } = await plugIn(at)
    device.deaf = true
    expect(await at.start('P1')).toEqual({ accepted: true })
    await until(
      () => device.got.some(({ topic, payload }) => topic.endsWith('POWER1') && payload === 'OFF'),
      'the start being given up',
    )
    expect(at.eventsOf('transaction.started')).toEqual([])
    // Late: the relay closes after all.
    device.deaf = false
    device.got.length = 0
    await device.say('stat/%/RESULT', '{"POWER":"ON"}')
    await until(
      () => device.got.some(({ topic, payload }) => topic.endsWith('POWER1') && payload === 'OFF'),
      'the late start being undone',
    )
    expect(at.eventsOf('transaction.started')).toEqual([])
  })

  it('is not believed to have ended while power flows, whatever the relay says', async () => {
    const at = await house()
    const { device, transactionId } = await charging(at)
    device.deaf = true
    await at.stop('P1', transactionId)
    await device.say('stat/%/RESULT', '{"POWER":"OFF"}')
    await device.use(1900, 5)
    await at.event('transaction.meter', (event) => event.data.registerWh === 1515)
    expect(at.eventsOf('transaction.ended')).toEqual([])
    await until(() => device.got.filter(({ payload }) => payload === 'OFF').length >= 2, 'the stop being repeated')
    device.deaf = false
    await device.use(0, 1)
    expect((await at.event('transaction.ended')).data.registerWh).toBe(1516)
  })

  it('is started once for a session, however often the manager asks', async () => {
    const at = await house()
    await plugIn(at)
    const session = aSession()
    expect(await Promise.all([at.start('P1', session), at.start('P1', session)])).toEqual([
      { accepted: true },
      { accepted: true },
    ])
    await at.event('transaction.started')
    expect(await at.start('P1', session)).toEqual({ accepted: true })
    expect(await at.start('P1')).toMatchObject({ accepted: false, reason: 'The plug is in use.' })
    expect(at.eventsOf('transaction.started')).toHaveLength(1)
  })

  it('ends at the energy limit', async () => {
    const at = await house()
    const { device } = await plugIn(at)
    await at.command('P1', {
      verb: 'start',
      evse: 1,
      connector: 1,
      sessionId: aSession() as never,
      idTag: 'A',
      remoteStartId: 1,
      limitWh: 20,
    })
    await at.event('transaction.started')
    await device.use(2000, 25)
    expect((await at.event('transaction.ended')).data).toMatchObject({ reason: 'EnergyLimitReached', registerWh: 1525 })
  })

  it('takes more when the same start comes again with a higher limit', async () => {
    const at = await house()
    const { device } = await plugIn(at)
    const command = {
      verb: 'start',
      evse: 1,
      connector: 1,
      sessionId: aSession() as never,
      idTag: 'A',
      remoteStartId: 1,
    } as const
    await at.command('P1', { ...command, limitWh: 20 })
    await at.event('transaction.started')
    expect(await at.command('P1', { ...command, limitWh: 50 })).toEqual({ accepted: true })
    await device.use(2000, 25)
    await at.event('transaction.meter', (event) => event.data.registerWh === 1525)
    await device.use(2000, 25)
    expect((await at.event('transaction.ended')).data).toMatchObject({ reason: 'EnergyLimitReached', registerWh: 1550 })
  })

  it('is stopped for a hot plug and for too much power, with the reason', async () => {
    const at = await house()
    const { device } = await charging(at)
    await device.use(5000, 1)
    const { data } = await at.event('transaction.ended')
    expect(data).toMatchObject({ reason: 'EmergencyStop', flags: ['over-power'] })
  })

  it('ends when somebody presses the button, and nothing flows without a session', async () => {
    const at = await house()
    const { device } = await charging(at)
    device.state.on = false
    device.state.powerW = 0
    await device.say('stat/%/RESULT', '{"POWER":"OFF"}')
    expect((await at.event('transaction.ended')).data.reason).toBe('Local')
    device.got.length = 0
    device.state.on = true
    await device.say('stat/%/RESULT', '{"POWER":"ON"}')
    await until(() => !device.state.on, 'the plug being switched off')
  })

  it('goes on over a counter reset', async () => {
    const at = await house()
    const { device, transactionId } = await charging(at)
    device.state.kwh = 0
    await device.use(2000, 0.004 * 1000)
    await at.event(
      'transaction.meter',
      (event) => event.data.flags.includes('counter-reset') && event.data.registerWh === 1514,
    )
    await at.stop('P1', transactionId)
    expect((await at.event('transaction.ended')).data.registerWh).toBe(1514)
  })

  it('refuses what a plug cannot do in a sentence', async () => {
    const at = await house()
    await plugIn(at)
    expect(await at.command('P1', { verb: 'unlock', evse: 1, connector: 1 })).toMatchObject({ accepted: false })
    expect(await at.command('P1', { verb: 'setLimit', evse: 1, limitW: 1000 })).toMatchObject({ accepted: false })
    expect(await at.command('P1', { verb: 'availability', evse: 1, operative: false })).toEqual({ accepted: true })
    expect(await at.start('P1')).toMatchObject({ accepted: false, reason: 'The plug is out of service.' })
    await at.event('station.status', (event) => event.data.status === 'Unavailable')
  })

  it('is refused at once while the plug is out of reach', async () => {
    const at = await house()
    await at.service.addPlug(tasmota('P1'))
    expect(await at.start('P1')).toMatchObject({ accepted: false, retriable: true })
  })
})

describe('when contact is lost in the middle', () => {
  it('the charge goes on when the Wi-Fi comes back, and its energy is whole', async () => {
    const at = await house()
    const { device, added, transactionId } = await charging(at)
    device.powerOff()
    await at.event('station.disconnected')
    at.advance(60_000)
    const back = await connectTasmota(at, added, { counterKwh: 1.53, on: true })
    open.push(back)
    await back.use(2000, 10)
    await at.event('transaction.meter', (event) => event.data.registerWh === 1540)
    expect(at.eventsOf('transaction.ended')).toEqual([])
    await at.stop('P1', transactionId)
    expect((await at.event('transaction.ended')).data.registerWh).toBe(1540)
  })

  it('a plug that comes back off after a short cut is told to go on, with its timer armed', async () => {
    const at = await house()
    const { device, added } = await charging(at)
    device.powerOff()
    await at.event('station.disconnected')
    at.advance(60_000)
    const back = await connectTasmota(at, added, { counterKwh: 1.512 })
    open.push(back)
    await until(() => back.state.on, 'the plug being told to go on')
    expect(back.got.findIndex(({ topic }) => topic.endsWith('PulseTime1'))).toBeLessThan(
      back.got.findIndex(({ topic, payload }) => topic.endsWith('POWER1') && payload === 'ON'),
    )
    expect(at.eventsOf('transaction.ended')).toEqual([])
  })

  it('a plug that comes back too late stays off and the session ends with what its counter says', async () => {
    const at = await house({ times: { resumeWithinMs: 0 } })
    const { device, added } = await charging(at)
    device.powerOff()
    await at.event('station.disconnected')
    at.advance(60_000)
    const back = await connectTasmota(at, added, { counterKwh: 1.512 })
    open.push(back)
    const { data } = await at.event('transaction.ended')
    expect(data).toMatchObject({ reason: 'PowerLoss', registerWh: 1512, estimated: false })
    expect(back.state.on).toBe(false)
  })

  it('a stop asked meanwhile is told as soon as the plug is back', async () => {
    const at = await house()
    const { device, added, transactionId } = await charging(at)
    device.powerOff()
    await at.event('station.disconnected')
    at.advance(60_000)
    expect(await at.stop('P1', transactionId)).toEqual({ accepted: true })
    const back = await connectTasmota(at, added, { counterKwh: 1.513 })
    open.push(back)
    const { data } = await at.event('transaction.ended')
    expect(data).toMatchObject({ reason: 'Remote', registerWh: 1513 })
    expect(back.got.some(({ payload }) => payload === 'ON')).toBe(false)
  })

  it('the server killed and started again goes on with the same transaction and the same register', async () => {
    const at = await house()
    const { device, added, transactionId } = await charging(at)
    await at.restart()
    await device.close()
    at.advance(30_000)
    const back = await connectTasmota(at, added, { counterKwh: 1.52, on: true })
    open.push(back)
    await back.use(2000, 1)
    await at.event(
      'transaction.meter',
      (event) => event.data.registerWh === 1521 && event.data.transactionId === transactionId,
    )
    expect(at.eventsOf('transaction.started')).toHaveLength(1)
    await at.stop('P1', transactionId)
    expect((await at.event('transaction.ended')).data).toMatchObject({ transactionId, registerWh: 1521 })
  })
})
