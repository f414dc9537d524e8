import { ask, type NewPlugRequest, type Party } from '@werenode/core'
import mqtt from 'mqtt'
import { afterEach, describe, expect, it } from 'vitest'
import { connectTasmota, type House, openHouse, until } from './house.ts'

let at: House
afterEach(() => at?.close())

const mine = 'FR*WRN' as Party
const theirs = 'FR*XYZ' as Party
const request = (plugId: string, more: Partial<NewPlugRequest> = {}): NewPlugRequest => ({
  party: mine,
  plugId,
  family: 'tasmota',
  variables: { topic: `tasmota_${plugId}` },
  ratedPowerW: 2_300,
  ...more,
})
const add = async (plugId: string) => {
  const setup = await ask(at.bus, 'plugs.add', request(plugId))
  const [plug] = at.service.plugs().filter(({ _id }) => _id === plugId)
  return {
    plug: plug!,
    username: setup.username,
    password: setup.password,
    settings: [],
    command: undefined,
    warnings: [],
  }
}

describe('an operator over the bus', () => {
  it('lets a plug in, sees what it last told, and reads what it measured', async () => {
    at = await openHouse()
    const device = await connectTasmota(at, await add('P1'))
    await device.use(500, 10)
    await until(
      async () => (await ask(at.bus, 'plugs.get', { party: mine, plugId: 'P1' })).live.powerW === 500,
      'power',
    )
    const { items } = await ask(at.bus, 'plugs.list', { party: mine })
    expect(items).toMatchObject([{ plugId: 'P1', family: 'tasmota', live: { online: true, meterCertified: false } }])
    const readings = await ask(at.bus, 'plugs.readings', { party: mine, plugId: 'P1', limit: 10 })
    expect(readings.items.find(({ powerW }) => powerW === 500)).toMatchObject({ method: 'counter', voltageV: 230 })
    const before = await ask(at.bus, 'plugs.readings', {
      party: mine,
      plugId: 'P1',
      limit: 10,
      to: '2020-01-01T00:00:00.000Z',
    })
    expect(before.items).toEqual([])
    expect((await at.event('station.reading', ({ data }) => data.powerW === 500)).data).toMatchObject({
      stationId: 'P1',
    })
  })

  it('does not meet the plugs of another party, nor take their ids and credentials', async () => {
    at = await openHouse({ isStation: async (id) => id === 'OCPP-1' })
    await add('P1')
    await expect(ask(at.bus, 'plugs.get', { party: theirs, plugId: 'P1' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(ask(at.bus, 'plugs.rekey', { party: theirs, plugId: 'P1' })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect((await ask(at.bus, 'plugs.list', { party: theirs })).items).toEqual([])
    const stolen = [
      request('P1', { party: theirs }),
      request('P2', { party: theirs, credentialId: 'P1' }),
      request('P3', { party: theirs, variables: { topic: 'tasmota_P1' } }),
      request('OCPP-1'),
    ]
    for (const one of stolen) await expect(ask(at.bus, 'plugs.add', one)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is told of a takeover, and of a plug that is too hot, as events and as a list', async () => {
    at = await openHouse()
    const added = await add('P1')
    const first = await connectTasmota(at, added)
    await connectTasmota(at, added)
    expect((await at.event('station.alarm')).data).toMatchObject({ stationId: 'P1', kind: 'takeover' })
    await until(() => !first.client.connected, 'the first connection being ended')
    await until(async () => (await at.start('P1')).accepted, 'the plug being ready')
    await at.event('transaction.started')
    await at.service.live('P1')
    const third = await connectTasmota(at, added, { on: true })
    await third.say('tele/%/SENSOR', JSON.stringify({ ENERGY: { Total: 1.5, Power: 900 }, ESP32: { Temperature: 95 } }))
    const hot = await at.event('station.alarm', ({ data }) => data.kind === 'over-temperature')
    expect(hot.data.detail).toMatch(/°C/)
    const { items } = await ask(at.bus, 'plugs.alarms', { party: mine, limit: 10 })
    expect(items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['takeover', 'over-temperature']))
    expect((await ask(at.bus, 'plugs.alarms', { party: theirs, limit: 10 })).items).toEqual([])
  })

  it('keeps profiles of their own, changes and removes them, and shows them to nobody else', async () => {
    at = await openHouse()
    const profile = (path: string, more: object = {}) => ({
      family: 'my-meter',
      title: 'My meter',
      variables: { topic: { label: 'Topic of the device' } },
      reads: [
        {
          topic: '{topic}/meter',
          values: [
            { quantity: 'power', path, unit: 'W' },
            { quantity: 'on', path: 'relay', is: { on: true, off: false } },
          ],
        },
      ],
      commands: { on: [{ topic: '{topic}/set', payload: 'on' }], off: [{ topic: '{topic}/set', payload: 'off' }] },
      deadMan: { kind: 'settings', s: 900 },
      ...more,
    })
    const put = (party: Party, data: unknown) => ask(at.bus, 'plugs.putOwnFamily', { party, profile: data })
    await expect(put(mine, profile('w', { counter: { wrapsAtWh: -1 } }))).rejects.toMatchObject({
      code: 'invalid-input',
      data: { findings: [expect.stringMatching(/^counter\.wrapsAtWh: /)] },
    })
    expect(await put(mine, profile('w'))).toMatchObject({ family: 'my-meter', plugs: 0 })
    await expect(put(theirs, profile('w'))).rejects.toMatchObject({ code: 'conflict' })
    const own = async (party: Party) => (await ask(at.bus, 'plugs.ownFamilies', { party })).items
    expect([(await own(mine)).length, (await own(theirs)).length]).toEqual([1, 0])
    expect((await ask(at.bus, 'plugs.families', {})).items.map(({ family }) => family)).not.toContain('my-meter')

    const shed = { family: 'my-meter', variables: { topic: 'shed/plug' } }
    const foreign = request('S2', { ...shed, party: theirs })
    await expect(ask(at.bus, 'plugs.add', foreign)).rejects.toMatchObject({ code: 'not-found' })
    const { username, password } = await ask(at.bus, 'plugs.add', request('SHED', shed))
    const device = await mqtt.connectAsync(at.service.url, { username, password: password!, reconnectPeriod: 0 })
    const watts = async () => (await ask(at.bus, 'plugs.get', { party: mine, plugId: 'SHED' })).live.powerW
    await device.publishAsync('shed/plug/meter', '{"w":480,"watt":90,"relay":"off"}', { qos: 1 })
    expect(await watts()).toBe(480)
    // Another path: the plug speaks by it at once, on the connection it has.
    expect(await put(mine, profile('watt'))).toMatchObject({ plugs: 1 })
    await device.publishAsync('shed/plug/meter', '{"w":480,"watt":91,"relay":"off"}', { qos: 1 })
    expect(await watts()).toBe(91)
    await expect(
      put(mine, profile('w', { variables: { topic: { label: 'T' }, room: { label: 'R' } } })),
    ).rejects.toMatchObject({ code: 'invalid-input', data: { variable: 'room' } })
    await device.endAsync(true)

    const remove = (party: Party) => ask(at.bus, 'plugs.removeOwnFamily', { party, family: 'my-meter' })
    await expect(remove(mine)).rejects.toMatchObject({ code: 'conflict' })
    await ask(at.bus, 'plugs.remove', { party: mine, plugId: 'SHED' })
    await expect(remove(theirs)).rejects.toMatchObject({ code: 'not-found' })
    await remove(mine)
    expect(await own(mine)).toEqual([])
  })

  it('records an unknown device, teaches the node its family, and lets Home Assistant look on', async () => {
    at = await openHouse()
    const { recordingId, username, password } = await ask(at.bus, 'plugs.record', {
      party: mine,
      prefix: 'shed/plug',
      seconds: 1,
    })
    const device = await mqtt.connectAsync(at.service.url, { username, password, reconnectPeriod: 0 })
    device.on('error', () => undefined)
    await device.publishAsync('shed/plug/meter', '{"watt":12}', { qos: 1 })
    const recording = () => ask(at.bus, 'plugs.recording', { party: mine, recordingId })
    expect(await recording()).toMatchObject({ done: false })
    await until(async () => (await recording()).done, 'the end of the recording')
    await device.endAsync(true)
    expect(await recording()).toMatchObject({ heard: [{ topic: 'shed/plug/meter', count: 1 }], suggestions: [] })
    await expect(ask(at.bus, 'plugs.recording', { party: theirs, recordingId })).rejects.toMatchObject({
      code: 'not-found',
    })

    const profile = {
      family: 'my-meter',
      title: 'My meter',
      variables: { topic: { label: 'Topic of the device' } },
      reads: [
        {
          topic: '{topic}/meter',
          values: [
            { quantity: 'power', path: 'watt', unit: 'W' },
            { quantity: 'on', path: 'relay', is: { on: true, off: false } },
          ],
        },
      ],
      commands: { on: [{ topic: '{topic}/set', payload: 'on' }], off: [{ topic: '{topic}/set', payload: 'off' }] },
      deadMan: { kind: 'settings', s: 900 },
    }
    await expect(ask(at.bus, 'plugs.putFamily', { profile: { ...profile, reads: [] } })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    expect(await ask(at.bus, 'plugs.putFamily', { profile })).toMatchObject({ family: 'my-meter', deadMan: 'settings' })
    const families = (await ask(at.bus, 'plugs.families', {})).items.map(({ family }) => family)
    expect(families).toEqual(expect.arrayContaining(['tasmota', 'my-meter']))
    const setup = await ask(
      at.bus,
      'plugs.add',
      request('SHED', { family: 'my-meter', variables: { topic: 'shed/plug' } }),
    )
    const known = await mqtt.connectAsync(at.service.url, {
      username: setup.username,
      password: setup.password!,
      reconnectPeriod: 0,
    })
    await known.publishAsync('shed/plug/meter', '{"watt":480,"relay":"off"}', { qos: 1 })
    expect((await ask(at.bus, 'plugs.get', { party: mine, plugId: 'SHED' })).live.powerW).toBe(480)
    await known.endAsync(true)

    const observer = await ask(at.bus, 'plugs.observe', { name: 'HOME' })
    const home = await mqtt.connectAsync(at.service.url, { ...observer, reconnectPeriod: 0 })
    const granted = await home.subscribeAsync('shed/plug/#').catch(() => [{ qos: 128 }])
    expect(granted[0]?.qos).toBe(128)
    await home.endAsync(true)
  })
})
