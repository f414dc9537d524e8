import type { DeviceTransport } from '@werenode/core'
import mqtt from 'mqtt'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { BrokerTls } from '../src/index.ts'
import { createEmbeddedBroker } from '../src/transport/embedded-broker.ts'
import { connectExternalBroker } from '../src/transport/external-broker.ts'
import { until } from './house.ts'
import { mosquittoPath, openMosquitto, whySkipped } from './mosquitto.ts'
import { natsPath, openNats, whyNoNats } from './nats.ts'

const log = pino({ level: 'silent' })
const anyone = { publish: ['t/#'], subscribe: ['t/#'], commands: [] }

const openEmbedded = async (tls?: BrokerTls) => {
  const broker = await createEmbeddedBroker({
    port: 0,
    host: '127.0.0.1',
    tls,
    door: { admit: async () => true, access: () => anyone },
    clock: () => new Date(),
    log,
    onAlarm: () => undefined,
    onLink: () => undefined,
  })
  await broker.start()
  return broker
}

/** What every `DeviceTransport` must do, whatever broker is behind it. */
interface Subject {
  readonly transport: DeviceTransport
  /** Another member of the same groups, where the broker shares. */
  readonly second: DeviceTransport
  readonly deviceUrl: string
  close(): Promise<void>
}

const subjects: readonly { name: string; skip?: string; open: () => Promise<Subject> }[] = [
  {
    name: 'the embedded broker',
    open: async () => {
      const broker = await openEmbedded()
      return {
        transport: broker.transport,
        second: broker.transport,
        deviceUrl: `mqtt://127.0.0.1:${broker.port}`,
        close: broker.stop,
      }
    },
  },
  {
    name: 'any MQTT 3.1.1 broker, here an aedes',
    open: async () => {
      const broker = await openEmbedded()
      const deviceUrl = `mqtt://127.0.0.1:${broker.port}`
      const transport = await connectExternalBroker({ url: deviceUrl, username: 'house', log })
      return {
        transport,
        second: transport,
        deviceUrl,
        close: async () => {
          await transport.close()
          await broker.stop()
        },
      }
    },
  },
  ...(['3.1.1', '5'] as const).map((version) => ({
    name: `mosquitto, MQTT ${version}`,
    ...(mosquittoPath ? {} : { skip: whySkipped }),
    open: async (): Promise<Subject> => {
      const broker = await openMosquitto()
      const connectOne = () =>
        connectExternalBroker({ url: broker.url, version, sharedSubscriptions: true, reconnectMs: 50, log })
      const transport = await connectOne()
      const second = await connectOne()
      return {
        transport,
        second,
        deviceUrl: broker.url,
        close: async () => {
          await transport.close()
          await second.close()
          await broker.close()
        },
      }
    },
  })),
  {
    name: "NATS' MQTT listener",
    ...(natsPath ? {} : { skip: whyNoNats }),
    open: async (): Promise<Subject> => {
      const broker = await openNats()
      // It knows no shared subscriptions: a group is kept within the process.
      const transport = await connectExternalBroker({ url: broker.url, reconnectMs: 50, log })
      return {
        transport,
        second: transport,
        deviceUrl: broker.url,
        close: async () => {
          await transport.close()
          await broker.close()
        },
      }
    },
  },
]

for (const { name, skip, open } of subjects)
  describe.skipIf(skip !== undefined)(`${name}${skip === undefined ? '' : ` (skipped: ${skip})`}`, () => {
    let subject: Subject
    let device: mqtt.MqttClient
    beforeAll(async () => {
      subject = await open()
      device = await mqtt.connectAsync(subject.deviceUrl, { username: 'device', reconnectPeriod: 0 })
      device.on('error', () => undefined)
    })
    afterAll(async () => {
      await device?.endAsync(true)
      await subject?.close()
    })

    it('hears devices, by exact topic and by pattern', async () => {
      const heard: string[] = []
      const hear = (by: string) => async (message: { topic: string; payload: Uint8Array }) =>
        void heard.push(`${by} ${message.topic} ${Buffer.from(message.payload)}`)
      const stops = [
        await subject.transport.subscribe('t/a/b', {}, hear('exact')),
        await subject.transport.subscribe('t/+/c', {}, hear('plus')),
        await subject.transport.subscribe('t/d/#', {}, hear('hash')),
      ]
      await device.publishAsync('t/a/b', '1', { qos: 1 })
      await device.publishAsync('t/x/c', '2', { qos: 1 })
      await device.publishAsync('t/d/e/f', '3', { qos: 0 })
      await until(() => heard.length === 3, 'three messages')
      expect(heard.sort()).toEqual(['exact t/a/b 1', 'hash t/d/e/f 3', 'plus t/x/c 2'])
      for (const stop of stops) await stop()
      await device.publishAsync('t/a/b', '4', { qos: 1 })
      await device.publishAsync('t/a/b', '5', { qos: 1 })
      expect(heard).toHaveLength(3)
    })

    it('tells what was retained from what is said now', async () => {
      await device.publishAsync('t/kept', 'old', { qos: 1, retain: true })
      const heard: string[] = []
      const stop = await subject.transport.subscribe(
        't/kept',
        {},
        async ({ payload, retained }) => void heard.push(`${Buffer.from(payload)} ${retained}`),
      )
      await until(() => heard.length === 1, 'the retained message')
      await device.publishAsync('t/kept', 'new', { qos: 1, retain: true })
      await until(() => heard.length === 2, 'the message of now')
      expect(heard).toEqual(['old true', 'new false'])
      await stop()
    })

    it('reaches devices, never retained', async () => {
      const got: { text: string; retain: boolean }[] = []
      device.on('message', (_, payload, { retain }) => got.push({ text: payload.toString(), retain }))
      await device.subscribeAsync('t/command', { qos: 1 })
      await subject.transport.publish('t/command', Buffer.from('on'))
      await until(() => got.length === 1, 'the command')
      await device.unsubscribeAsync('t/command')
      await device.subscribeAsync('t/command', { qos: 1 })
      await subject.transport.publish('t/command', Buffer.from('off'))
      await until(() => got.some(({ text }) => text === 'off'), 'the second command')
      expect(got.filter(({ text }) => text === 'on')).toHaveLength(1)
      expect(got.every(({ retain }) => !retain)).toBe(true)
      await device.unsubscribeAsync('t/command')
    })

    it('gives each message of a group to one member', async () => {
      const first: string[] = []
      const second: string[] = []
      const stops = [
        await subject.transport.subscribe('t/g/+', { group: 'house' }, async ({ topic }) => void first.push(topic)),
        await subject.second.subscribe('t/g/+', { group: 'house' }, async ({ topic }) => void second.push(topic)),
      ]
      for (let count = 0; count < 20; count += 1) await device.publishAsync(`t/g/${count}`, 'x', { qos: 1 })
      await until(() => first.length + second.length >= 20, 'twenty messages')
      expect(new Set([...first, ...second]).size).toBe(20)
      expect(first.length + second.length).toBe(20)
      for (const stop of stops) await stop()
    })
  })

describe('the embedded broker', () => {
  it('acknowledges a message only after its reader has stored it', async () => {
    const broker = await openEmbedded()
    let release: (() => void) | undefined
    await broker.transport.subscribe('t/slow', {}, () => new Promise((resolve) => (release = resolve)))
    const device = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.port}`, { username: 'd', reconnectPeriod: 0 })
    let isAcknowledged = false
    const done = device.publishAsync('t/slow', 'x', { qos: 1 }).then(() => {
      isAcknowledged = true
    })
    await until(() => release !== undefined, 'the message')
    expect(isAcknowledged).toBe(false)
    release!()
    await done
    await device.endAsync(true)
    await broker.stop()
  })

  it('keeps no session: a command does not wait for a plug that is away', async () => {
    const broker = await openEmbedded()
    const url = `mqtt://127.0.0.1:${broker.port}`
    const options = { username: 'd', clientId: 'd', clean: false, reconnectPeriod: 0 }
    const device = await mqtt.connectAsync(url, options)
    await device.subscribeAsync('t/command', { qos: 1 })
    await device.endAsync(true)
    await until(() => broker.connected === 0, 'the device to be gone')
    await broker.transport.publish('t/command', Buffer.from('ON'))
    const back = await mqtt.connectAsync(url, options)
    const got: string[] = []
    back.on('message', (topic) => got.push(topic))
    await back.publishAsync('t/x', 'ping', { qos: 1 })
    expect(got).toEqual([])
    await back.endAsync(true)
    await broker.stop()
  })
})

describe.skipIf(!mosquittoPath)(`a broker that is killed${mosquittoPath ? '' : ` (skipped: ${whySkipped})`}`, () => {
  const open: { close(): Promise<unknown> }[] = []
  afterEach(async () => {
    for (const thing of open.splice(0).reverse()) await thing.close()
  })
  it('refuses commands at once while it is away, and hears again when it is back', async () => {
    const broker = await openMosquitto()
    open.push(broker)
    const transport = await connectExternalBroker({ url: broker.url, reconnectMs: 50, log })
    open.push(transport)
    const heard: string[] = []
    await transport.subscribe('t/a', {}, async ({ payload }) => void heard.push(Buffer.from(payload).toString()))
    await broker.kill()
    await until(
      async () =>
        transport.publish('t/b', Buffer.from('x')).then(
          () => false,
          () => true,
        ),
      'the refusal',
    )
    await expect(transport.publish('t/b', Buffer.from('x'))).rejects.toMatchObject({ code: 'no-responder' })
    await broker.start()
    const device = await mqtt.connectAsync(broker.url, { reconnectPeriod: 0 })
    open.push({ close: () => device.endAsync(true) })
    await until(async () => {
      await device.publishAsync('t/a', 'again', { qos: 1 })
      return heard.includes('again')
    }, 'hearing again')
  })
})

it('an external broker that is not there is said in words', async () => {
  await expect(connectExternalBroker({ url: 'mqtt://127.0.0.1:1', log })).rejects.toThrow(/cannot be reached/)
})
