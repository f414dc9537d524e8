import { ask, type NewPlugRequest, type Party } from '@werenode/core'
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
})
