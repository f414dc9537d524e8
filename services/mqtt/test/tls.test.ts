import mqtt from 'mqtt'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectExternalBroker } from '../src/index.ts'
import { type Authority, createAuthority, hasOpenssl, type Identity, whyNoTls } from './certificates.ts'
import { connectTasmota, type House, openHouse, tasmota, until } from './house.ts'
import { mosquittoPath, openMosquitto, whySkipped } from './mosquitto.ts'

describe.skipIf(!hasOpenssl)(`over TLS${hasOpenssl ? '' : ` (skipped: ${whyNoTls})`}`, () => {
  let authority: Authority
  let server: Identity
  let device: Identity
  const open: { close(): Promise<unknown> }[] = []

  beforeAll(() => {
    authority = createAuthority()
    server = authority.issue('broker')
    device = authority.issue('P1')
  })
  afterEach(async () => {
    for (const thing of open.splice(0).reverse()) await thing.close()
  })
  afterAll(() => authority?.close())

  const house = async (options: Parameters<typeof openHouse>[0]): Promise<House> => {
    const at = await openHouse(options)
    open.push(at)
    return at
  }
  const login = async (url: string, options: mqtt.IClientOptions) => {
    const client = mqtt.connect(url, { reconnectPeriod: 0, connectTimeout: 5_000, ...options })
    open.push({ close: () => client.endAsync(true) })
    return new Promise<mqtt.MqttClient>((resolve, reject) => {
      client.once('connect', () => resolve(client))
      client.once('error', reject)
      client.once('close', () => reject(new Error('The connection was closed')))
    })
  }
  const charge = async (at: House, plugId: string, use: (wh: number) => Promise<void>): Promise<void> => {
    await until(() => at.service.live(plugId).registerWh !== undefined, 'the first reading')
    expect(await at.start(plugId)).toEqual({ accepted: true })
    const { data } = await at.event('transaction.started')
    await use(10)
    await at.event('transaction.meter', (event) => event.data.registerWh === 1510)
    await at.stop(plugId, data.transactionId)
    expect((await at.event('transaction.ended')).data.registerWh).toBe(1510)
  }

  it('a plug charges with name and password; who speaks plainly or too old a TLS is not heard', async () => {
    const at = await house({ tls: { cert: server.cert, key: server.key } })
    expect(at.service.url).toMatch(/^mqtts:/)
    const added = await at.service.addPlug(tasmota('P1'))
    const credential = { username: 'P1', password: added.password! }
    const plug = await connectTasmota(at, added, { tls: { ...credential, ca: authority.ca } })
    open.push(plug)
    await charge(at, 'P1', (wh) => plug.use(2000, wh))
    await expect(login(at.service.url.replace('mqtts', 'mqtt'), credential)).rejects.toThrow()
    const old = { ...credential, ca: authority.ca, maxVersion: 'TLSv1.1' } as mqtt.IClientOptions
    await expect(login(at.service.url, old)).rejects.toThrow()
    // A plug that checks its server finds out a false one.
    await expect(login(at.service.url, credential)).rejects.toThrow(/certificate|self.signed/i)
  })

  it('a plug is let in by its certificate alone, as itself and nobody else', async () => {
    const tls = { cert: server.cert, key: server.key, clientCa: authority.ca, requireClientCertificate: true }
    const at = await house({ tls })
    const added = await at.service.addPlug(tasmota('P1'))
    const other = await at.service.addPlug(tasmota('P2'))
    const mine = { ca: authority.ca, cert: device.cert, key: device.key }
    const plug = await connectTasmota(at, added, { tls: mine })
    open.push(plug)
    await charge(at, 'P1', (wh) => plug.use(2000, wh))
    // The certificate of P1 does not open the door of P2, not even with its password.
    await expect(login(at.service.url, { ...mine, username: 'P2', password: other.password! })).rejects.toThrow()
    await expect(
      login(at.service.url, { ca: authority.ca, username: 'P1', password: added.password! }),
    ).rejects.toThrow()
    const stranger = createAuthority()
    const forged = stranger.issue('P1')
    await expect(login(at.service.url, { ca: authority.ca, cert: forged.cert, key: forged.key })).rejects.toThrow()
    stranger.close()
    const unknown = authority.issue('P9')
    await expect(login(at.service.url, { ca: authority.ca, cert: unknown.cert, key: unknown.key })).rejects.toThrow()
    await at.service.removePlug('P1')
    await expect(login(at.service.url, mine)).rejects.toThrow()
  })

  it.skipIf(!mosquittoPath)(
    `a plug and the house prove themselves to mosquitto by certificate${mosquittoPath ? '' : ` (skipped: ${whySkipped})`}`,
    async () => {
      const house1 = authority.issue('house')
      const draft = await house({})
      await draft.service.addPlug(tasmota('P1'))
      const broker = await openMosquitto({
        tls: { caFile: authority.caFile, certFile: server.certFile, keyFile: server.keyFile },
        acl: `user house\ntopic readwrite #\n\n${draft.service.mosquittoAccess('P1')}`,
      })
      open.push(broker)
      const mine = { ca: authority.ca, cert: device.cert, key: device.key }
      const transport = await connectExternalBroker({
        url: broker.url,
        ca: authority.ca,
        cert: house1.cert,
        key: house1.key,
        log: pino({ level: 'silent' }),
      })
      const at = await house({ transport })
      const added = await at.service.addPlug(tasmota('P1'))
      const plug = await connectTasmota(at, added, { url: broker.url, tls: mine })
      open.push(plug)
      await charge(at, 'P1', (wh) => plug.use(2000, wh))
      await expect(login(broker.url, { ca: authority.ca })).rejects.toThrow()
    },
  )
})
