import { generateKeyPairSync } from 'node:crypto'
import mqtt from 'mqtt'
import pino from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { connectExternalBroker } from '../src/index.ts'
import { aSession, connectTasmota, type House, openHouse, tasmota, until } from './house.ts'
import { mosquittoPath, openMosquitto, whySkipped } from './mosquitto.ts'

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})
const house = async (...args: Parameters<typeof openHouse>): Promise<House> => {
  const opened = await openHouse(...args)
  open.push(opened)
  return opened
}

describe('adding a plug', () => {
  it('gives one command to paste, and a light when the first reading comes', async () => {
    const at = await house({ publicHost: 'charge.example' })
    const added = await at.service.addPlug(tasmota('P1'))
    expect(added.command?.text).toBe(
      `Backlog PowerOnState 0; SetOption0 0; TelePeriod 300; PowerDelta 105; FullTopic %prefix%/%topic%/; Topic tasmota_P1; MqttUser P1; MqttPassword ${added.password}; MqttPort ${at.service.port}; MqttHost charge.example`,
    )
    const light = at.service.firstReading('P1', { timeoutMs: 10_000 })
    open.push(await connectTasmota(at, added))
    expect(await light).toMatchObject({ plugId: 'P1', online: true, meterCertified: false })
  })

  it('says in words what is wrong', async () => {
    const at = await house()
    await expect(at.service.addPlug({ ...tasmota('P1'), plugId: 'a/b' })).rejects.toThrow(/cannot be the id/)
    await expect(at.service.addPlug({ ...tasmota('P1'), ratedPowerW: 0 })).rejects.toThrow(/rating/)
    await expect(at.service.addPlug({ ...tasmota('P1'), family: 'toaster' })).rejects.toThrow(/no device profile/)
    await expect(at.service.firstReading('P9')).rejects.toThrow(/no plug/)
    await at.service.addPlug(tasmota('P1'))
    await expect(at.service.firstReading('P1', { timeoutMs: 20 })).rejects.toThrow(/Nothing was heard/)
  })

  it('takes an own profile, and a family that comes with the house cannot be replaced', async () => {
    const at = await house()
    const own = {
      family: 'my-meter',
      title: 'My meter',
      reads: [
        { topic: 'mine/{plugId}/w', values: [{ quantity: 'power', unit: 'W' }] },
        { topic: 'mine/{plugId}/on', values: [{ quantity: 'on', is: { '1': true, '0': false } }] },
      ],
      commands: {
        on: [{ topic: 'mine/{plugId}/set', payload: '1' }],
        off: [{ topic: 'mine/{plugId}/set', payload: '0' }],
      },
      deadMan: { kind: 'none' },
    }
    await at.service.profiles.put(own)
    await at.service.addPlug({ plugId: 'M1', family: 'my-meter', variables: {}, ratedPowerW: 1000 })
    await expect(at.service.profiles.put({ ...own, family: 'tasmota' })).rejects.toThrow(/comes with the house/)
    await expect(at.service.profiles.put({ family: 'x' })).rejects.toThrow(/not usable/)
  })

  it('lets an unknown device be recorded under its own topic only', async () => {
    const at = await house()
    await at.service.addPlug(tasmota('P1'))
    const { username, password, done } = await at.service.record({ prefix: 'shed/plug', durationMs: 700 })
    const device = await mqtt.connectAsync(at.service.url, { username, password, reconnectPeriod: 0 })
    device.on('error', () => undefined)
    open.push({ close: () => device.endAsync(true) })
    await device.publishAsync('shed/plug/meter', '{"watt":12}', { qos: 1 })
    await device.publishAsync('tele/tasmota_P1/SENSOR', '{"ENERGY":{"Total":1,"Power":1}}', { qos: 1 })
    const recording = await done
    expect(recording.heard).toEqual([{ topic: 'shed/plug/meter', payload: '{"watt":12}', count: 1 }])
    expect(recording.draft).toBeDefined()
    expect(at.service.live('P1').registerWh).toBeUndefined()
    await until(() => !device.connected, 'the end of its credential')
  })
})

it('a household sees its plugs in Home Assistant and cannot switch them', async () => {
  const at = await house()
  const added = await at.service.addPlug(tasmota('P1'))
  const { username, password } = await at.service.addObserver('home-assistant')
  const observer = await mqtt.connectAsync(at.service.url, { username, password, reconnectPeriod: 0 })
  open.push({ close: () => observer.endAsync(true) })
  const seen: { topic: string; retain: boolean }[] = []
  observer.on('message', (topic, _, { retain }) => seen.push({ topic, retain }))
  await observer.subscribeAsync('homeassistant/#')
  await observer.subscribeAsync('werenode/state/#')
  await observer.publishAsync('homeassistant/status', 'online', { qos: 1 })
  const device = await connectTasmota(at, added)
  open.push(device)
  await until(() => seen.some(({ topic }) => topic === 'werenode/state/P1'), 'the state')
  expect(seen.some(({ topic }) => topic === 'homeassistant/sensor/werenode_P1/power/config')).toBe(true)
  expect(seen.every(({ retain }) => !retain)).toBe(true)
  device.got.length = 0
  await observer.publishAsync('cmnd/tasmota_P1/POWER1', 'ON', { qos: 1 })
  expect(device.got).toEqual([])
})

it('keys for TLS that do not fit are refused before the port is open', async () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  await expect(openHouse({ tls: { key: privateKey, cert: 'no certificate' } })).rejects.toThrow()
})

describe.skipIf(!mosquittoPath)(`behind mosquitto${mosquittoPath ? '' : ` (skipped: ${whySkipped})`}`, () => {
  it('a plug charges, also while the broker is killed in the middle; its access list holds', async () => {
    // The list is made from the profile; the house's own account stands beside it.
    const draft = await house()
    await draft.service.addPlug(tasmota('P1'))
    const acl = `user house\ntopic readwrite #\n\n${draft.service.mosquittoAccess('P1')}`
    const broker = await openMosquitto({ users: { house: 'house-password', P1: 'a-plug-password' }, acl })
    open.push(broker)
    const transport = await connectExternalBroker({
      url: broker.url,
      username: 'house',
      password: 'house-password',
      reconnectMs: 50,
      log: pino({ level: 'silent' }),
    })
    const at = await house({ transport })
    const added = await at.service.addPlug({ ...tasmota('P1'), password: 'a-plug-password' })
    const device = await connectTasmota(at, added, { url: broker.url })
    open.push(device)
    await until(() => at.service.live('P1').registerWh !== undefined, 'the first reading')
    expect(await at.start('P1', aSession())).toEqual({ accepted: true })
    const { data } = await at.event('transaction.started')
    await device.use(2000, 10)
    await at.event('transaction.meter', (event) => event.data.registerWh === 1510)
    await broker.kill()
    await device.close()
    expect(await at.stop('P1', data.transactionId)).toMatchObject({ accepted: false, retriable: true })
    await broker.start()
    at.advance(30_000)
    const back = await connectTasmota(at, added, { url: broker.url, counterKwh: 1.515, on: true })
    open.push(back)
    expect((await at.event('transaction.ended')).data).toMatchObject({ registerWh: 1515, reason: 'Remote' })
    // Mosquitto grants any filter and keeps back what may not be read.
    await back.client.subscribeAsync('#')
    back.got.length = 0
    await transport.publish('tele/tasmota_OTHER/SENSOR', Buffer.from('x'))
    await transport.publish('cmnd/tasmota_P1/Ping', Buffer.from('x'))
    await until(() => back.got.some(({ topic }) => topic.endsWith('Ping')), 'its own topic')
    expect(back.got.some(({ topic }) => topic.includes('OTHER'))).toBe(false)
    await expect(
      mqtt.connectAsync(broker.url, { username: 'P1', password: 'wrong', reconnectPeriod: 0 }),
    ).rejects.toThrow()
  })
})
