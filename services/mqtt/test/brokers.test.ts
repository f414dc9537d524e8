import type { DeviceTransport } from '@werenode/core'
import mqtt from 'mqtt'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectExternalBroker } from '../src/index.ts'
import { connectTasmota, type House, openHouse, tasmota, until } from './house.ts'
import { mosquittoPath, openMosquitto, type TestBroker, whySkipped } from './mosquitto.ts'
import { natsPath, openNats, whyNoNats } from './nats.ts'

/** Brokers behind which the whole service must do the same; the embedded one comes with the service. */
const brokers: readonly { name: string; skip?: string; open?: () => Promise<TestBroker> }[] = [
  { name: 'the embedded broker (aedes)' },
  { name: 'mosquitto', ...(mosquittoPath ? {} : { skip: whySkipped }), open: () => openMosquitto() },
  { name: "NATS' MQTT listener", ...(natsPath ? {} : { skip: whyNoNats }), open: openNats },
]

for (const { name, skip, open } of brokers)
  describe.skipIf(skip !== undefined)(`behind ${name}${skip === undefined ? '' : ` (skipped: ${skip})`}`, () => {
    let broker: TestBroker | undefined
    let at: House
    const devices: { close(): Promise<unknown> }[] = []
    const transportOf = (): Promise<DeviceTransport> =>
      connectExternalBroker({ url: broker!.url, reconnectMs: 50, log: pino({ level: 'silent' }) })
    const url = (): string => broker?.url ?? at.service.url
    const plugIn = async (plugId: string, more: { counterKwh?: number; on?: boolean } = {}) => {
      const added = await at.service.addPlug({ ...tasmota(plugId), password: `password-of-${plugId}` })
      const device = await connectTasmota(at, added, { url: url(), ...more })
      devices.push(device)
      await until(() => at.service.live(plugId).registerWh !== undefined, 'the first reading')
      return { added, device }
    }

    beforeAll(async () => {
      broker = await open?.()
      at = await openHouse(broker ? { transport: await transportOf() } : {})
    })
    afterEach(async () => {
      for (const device of devices.splice(0)) await device.close()
    })
    afterAll(async () => {
      await at?.close()
      await broker?.close()
    })

    it('a charge begins, is metered and ends as the device says', async () => {
      const { device } = await plugIn('P1')
      expect(await at.start('P1')).toEqual({ accepted: true })
      const { data } = await at.event('transaction.started', ({ data: { stationId } }) => stationId === 'P1')
      expect(device.state.pulseTime).toBe(1000)
      await device.use(2000, 10)
      await at.event('transaction.meter', (event) => event.data.registerWh === 1510)
      expect(await at.stop('P1', data.transactionId)).toEqual({ accepted: true })
      await at.event('transaction.ended', (event) => event.data.stationId === 'P1' && event.data.registerWh === 1510)
    })

    it('a plug that is cut off is told by its last will, and goes on when it is back', async () => {
      const { added, device } = await plugIn('P2')
      await at.start('P2')
      const { data } = await at.event('transaction.started', ({ data: { stationId } }) => stationId === 'P2')
      await device.use(2000, 10)
      await at.event('transaction.meter', (event) => event.data.stationId === 'P2' && event.data.registerWh === 1510)
      device.powerOff()
      await at.event('station.disconnected', (event) => event.data.stationId === 'P2')
      at.advance(60_000)
      const back = await connectTasmota(at, added, { url: url(), counterKwh: 1.53, on: true })
      devices.push(back)
      await at.event('transaction.meter', (event) => event.data.stationId === 'P2' && event.data.registerWh === 1530)
      await at.stop('P2', data.transactionId)
      const ended = await at.event('transaction.ended', (event) => event.data.stationId === 'P2')
      expect(ended.data).toMatchObject({ registerWh: 1530, estimated: false })
    })

    it('no command is left behind that would switch a plug on', async () => {
      const { device } = await plugIn('P3')
      await at.start('P3')
      const { data } = await at.event('transaction.started', ({ data: { stationId } }) => stationId === 'P3')
      await at.stop('P3', data.transactionId)
      await at.event('transaction.ended', (event) => event.data.stationId === 'P3')
      expect(device.got.every(({ retain }) => !retain)).toBe(true)
      await device.close()
      const next = await mqtt.connectAsync(url(), {
        username: 'P3',
        password: 'password-of-P3',
        clientId: 'P3',
        reconnectPeriod: 0,
      })
      devices.push({ close: () => next.endAsync(true) })
      const heard: string[] = []
      next.on('message', (topic, payload, { retain }) => {
        if (retain || payload.toString() === 'ON') heard.push(`${topic} ${payload}`)
      })
      await next.subscribeAsync('cmnd/tasmota_P3/#', { qos: 1 })
      // Whatever was kept comes before the answer to this.
      await next.publishAsync('tele/tasmota_P3/STATE', '{"POWER":"OFF"}', { qos: 1 })
      expect(heard).toEqual([])
    })
  })
