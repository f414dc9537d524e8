import { connect } from 'node:net'
import mqtt from 'mqtt'
import { afterEach, describe, expect, it } from 'vitest'
import { connectTasmota, type House, openHouse, tasmota, until } from './house.ts'

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})
const house = async (...args: Parameters<typeof openHouse>): Promise<House> => {
  const opened = await openHouse(...args)
  open.push(opened)
  return opened
}
const login = async (at: House, options: mqtt.IClientOptions) => {
  const client = await mqtt.connectAsync(at.service.url, { reconnectPeriod: 0, ...options })
  client.on('error', () => undefined)
  open.push({ close: () => client.endAsync(true) })
  return client
}
const alarmed = (at: House, kind: string) =>
  until(async () => (await at.service.alarms()).some((alarm) => alarm.kind === kind), `alarm ${kind}`)

describe('the door', () => {
  it('turns away whoever has no right name and password', async () => {
    const at = await house()
    await at.service.addPlug(tasmota('P1'))
    for (const options of [
      {},
      { username: 'P1' },
      { username: 'P1', password: 'wrong' },
      { username: 'P2', password: 'whatever-it-is' },
      { username: '../P1', password: 'x' },
    ])
      await expect(login(at, options)).rejects.toThrow(/Not authorized|Bad username/i)
    await alarmed(at, 'refused-login')
  })

  it('lets a re-keyed device in with its new password only, and ends the old connection', async () => {
    const at = await house()
    const added = await at.service.addPlug(tasmota('P1'))
    const device = await connectTasmota(at, added)
    open.push(device)
    await until(() => at.service.live('P1').online, 'the plug')
    const password = await at.service.rekey('P1')
    await until(() => !device.client.connected, 'the old connection to end')
    await expect(login(at, { username: 'P1', password: added.password! })).rejects.toThrow()
    await login(at, { username: 'P1', password })
  })

  it('keeps no password that could be read back', async () => {
    const at = await house()
    const { password } = await at.service.addPlug(tasmota('P1'))
    for (const collection of ['mqtt_plugs', 'mqtt_credentials'])
      expect(JSON.stringify((await at.store.find(collection, {})).items)).not.toContain(password)
  })

  it('tells a takeover', async () => {
    const at = await house()
    const added = await at.service.addPlug(tasmota('P1'))
    const device = await connectTasmota(at, added)
    open.push(device)
    await login(at, { username: 'P1', password: added.password!, clientId: 'something-else' })
    await alarmed(at, 'takeover')
    await until(() => !device.client.connected, 'one connection a credential')
  })

  it('does not let a device push another out by its client id', async () => {
    const at = await house()
    const one = await at.service.addPlug(tasmota('P1'))
    const other = await at.service.addPlug(tasmota('P2'))
    const device = await connectTasmota(at, one)
    open.push(device)
    await login(at, { username: 'P2', password: other.password!, clientId: 'P1' })
    await device.sensor()
    expect(device.client.connected).toBe(true)
  })
})

describe('a device with a credential', () => {
  const two = async () => {
    const at = await house()
    const victim = await at.service.addPlug(tasmota('P1'))
    const device = await connectTasmota(at, victim)
    open.push(device)
    await until(() => at.service.live('P1').registerWh !== undefined, 'the victim')
    const attacker = await at.service.addPlug(tasmota('P2'))
    const client = await login(at, { username: 'P2', password: attacker.password! })
    return { at, device, client }
  }

  it('cannot hear what is not its own', async () => {
    const { at, client, device } = await two()
    const heard: string[] = []
    client.on('message', (topic) => heard.push(topic))
    for (const filter of [
      '#',
      '+/#',
      'tele/#',
      'tele/+/SENSOR',
      'cmnd/tasmota_P1/#',
      'stat/tasmota_P1/RESULT',
      '$SYS/#',
      'homeassistant/#',
    ]) {
      const granted = await client.subscribeAsync(filter).catch((error: Error) => error)
      expect(JSON.stringify(granted instanceof Error ? 128 : granted.map(({ qos }) => qos))).toContain('128')
    }
    await device.sensor()
    expect(heard).toEqual([])
    await alarmed(at, 'refused-subscribe')
  })

  it('cannot meter for another, nor switch it, nor claim that it is offline', async () => {
    const { at, client, device } = await two()
    const before = at.service.live('P1')
    await client.publishAsync('tele/tasmota_P1/SENSOR', '{"ENERGY":{"Total":999,"Power":1}}', { qos: 1 })
    await client.publishAsync('tele/tasmota_P1/LWT', 'Offline', { qos: 1, retain: true })
    device.got.length = 0
    await client.publishAsync('cmnd/tasmota_P1/POWER1', 'ON', { qos: 1 })
    await client.publishAsync('cmnd/tasmota_P1/POWER1', 'ON', { qos: 0, retain: true })
    await alarmed(at, 'refused-publish')
    expect(at.service.live('P1')).toMatchObject({ online: true, registerWh: before.registerWh! })
    expect(device.got).toEqual([])
  })

  it('cannot leave a retained command for itself', async () => {
    const { at, client } = await two()
    await client.publishAsync('cmnd/tasmota_P2/POWER1', 'ON', { qos: 1, retain: true })
    await alarmed(at, 'retained-command')
    const heard: string[] = []
    client.on('message', (topic) => heard.push(topic))
    await client.subscribeAsync('cmnd/tasmota_P2/#')
    await client.publishAsync('tele/tasmota_P2/STATE', '{}', { qos: 1 })
    expect(heard.filter((topic) => topic.endsWith('POWER1'))).toEqual([])
  })

  it('cannot leave a last will for another', async () => {
    const { at } = await two()
    const third = await at.service.addPlug(tasmota('P3'))
    const client = await login(at, {
      username: 'P3',
      password: third.password!,
      will: { topic: 'tele/tasmota_P1/LWT', payload: Buffer.from('Offline'), qos: 1, retain: false },
    })
    client.stream.destroy()
    await alarmed(at, 'refused-publish')
    expect(at.service.live('P1').online).toBe(true)
  })

  it('cannot be added with the topics of another', async () => {
    const { at } = await two()
    await expect(at.service.addPlug({ ...tasmota('P3'), variables: { topic: 'tasmota_P1' } })).rejects.toThrow(
      /P1 has these topics/,
    )
  })

  it('is hung up on when it sends too much or too often', async () => {
    const at = await house({ limits: { maxPacketBytes: 2_000, packetsPerS: 10, burst: 50 } })
    const added = await at.service.addPlug(tasmota('P1'))
    const large = await login(at, { username: 'P1', password: added.password! })
    large.publish('tele/tasmota_P1/SENSOR', 'x'.repeat(5_000))
    await until(() => !large.connected, 'the large message')
    const fast = await login(at, { username: 'P1', password: added.password! })
    for (let count = 0; count < 200; count += 1) fast.publish('tele/tasmota_P1/STATE', '{}')
    await until(() => !fast.connected, 'the flood')
    await alarmed(at, 'limit')
    await login(at, { username: 'P1', password: added.password! })
  })

  it('cannot break the service with what it sends', async () => {
    const { at, client } = await two()
    for (const payload of [
      '',
      '{',
      '[]',
      '{"ENERGY":null}',
      '{"ENERGY":{"Total":"NaN","Power":[]}}',
      '\u0000\uffff',
      '{"ENERGY":{"Total":1e308}}',
      '{"ENERGY":{"Total":-5}}',
    ])
      await client.publishAsync('tele/tasmota_P2/SENSOR', payload, { qos: 1 })
    await client.publishAsync('tele/tasmota_P2/SENSOR', '{"ENERGY":{"Total":2,"Power":0}}', { qos: 1 })
    await until(() => at.service.live('P2').powerW === 0, 'an honest reading after all that')
  })
})

it('a stranger who only sends rubbish is hung up on and changes nothing', async () => {
  const at = await house()
  await at.service.addPlug(tasmota('P1'))
  await new Promise<void>((resolve) => {
    const socket = connect(at.service.port, '127.0.0.1', () =>
      socket.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'.repeat(50))),
    )
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
  })
  const device = await connectTasmota(at, await at.service.addPlug({ ...tasmota('P1'), password: 'a-known-password' }))
  open.push(device)
  await until(() => at.service.live('P1').online, 'the plug')
})
