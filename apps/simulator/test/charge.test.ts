import { createPublicKey } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createStationConsole, type Station } from '@werenode/ocpp'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type House, openHouse } from './house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

describe.each(['1.6', '2.0.1', '2.1'] as const)('a simulated station of OCPP %s', (version) => {
  it('charges on a remote start and ends on a remote stop', async () => {
    const simulator = await house.simulate([{ id: 'SIM-1', version, plugged: true, speed: 60, registerWh: 4_000_000 }])
    expect(await house.start('SIM-1', { idTag: 'ABCDEFGHIJKLMNOPQRST' })).toEqual({ accepted: true })
    const started = await house.event('transaction.started')
    expect(started).toMatchObject({ stationId: 'SIM-1', evse: 1, idTag: 'ABCDEFGHIJKLMNOPQRST', remoteStartId: 1 })
    expect(started.registerWh).toBe(4_000_000)
    const meter = await house.event('transaction.meter', ({ powerW }) => (powerW ?? 0) > 10_000)
    expect(meter.flags).toEqual([])
    const reply = await house.command('SIM-1', {
      verb: 'stop',
      evse: 1,
      connector: 1,
      sessionId: '0x' as never,
      transactionId: started.transactionId,
    })
    expect(reply).toEqual({ accepted: true })
    const ended = await house.event('transaction.ended')
    const told = await simulator.waitFor('transaction', (event) => event.state === 'ended')
    expect(ended).toMatchObject({ transactionId: started.transactionId, reason: 'Remote', estimated: false, flags: [] })
    expect(Math.abs(ended.registerWh! - told.registerWh!)).toBeLessThanOrEqual(1)
    await simulator.waitFor(
      'acknowledged',
      ({ localId, action }) => localId === told.localId && /Stop|Event/.test(action),
    )
  })

  it('charges with a card at the plug until the cable is pulled', async () => {
    house.cards.add('04A1B2C3')
    const simulator = await house.simulate([{ id: 'SIM-1', version, speed: 60 }])
    await simulator.send({ do: 'plugIn' })
    expect(await simulator.send({ do: 'card', idTag: 'FORGED' })).toMatchObject({ accepted: false })
    expect(await simulator.send({ do: 'card', idTag: '04A1B2C3' })).toMatchObject({ accepted: true })
    await house.event('transaction.meter', ({ registerWh, powerW }) => registerWh !== undefined && (powerW ?? 0) > 0)
    await simulator.send({ do: 'plugOut' })
    expect(await house.event('transaction.ended')).toMatchObject({ reason: 'EVDisconnected' })
    await house.event('station.status', ({ status }) => status === 'Available')
  })

  it('tells the status of each plug when it is asked for all of them', async () => {
    const { store, bus } = house
    const simulator = await house.simulate([{ id: 'SIM-1', version, evses: 2 }], { frames: true })
    const told = () =>
      simulator.events.flatMap((event) =>
        event.event === 'sent' && event.text.includes('"StatusNotification",{') ? [event.text] : [],
      )
    await expect.poll(() => told().length, { timeout: 20_000 }).toBe(2)
    const console_ = createStationConsole({ store, bus, clock: () => new Date(), log: pino({ level: 'silent' }) })
    await console_.call('SIM-1', 'TriggerMessage', { requestedMessage: 'StatusNotification' }, { timeoutMs: 10_000 })
    await expect.poll(() => told().length, { timeout: 20_000 }).toBe(4)
    for (const frame of told()) expect(frame).toContain('tatus":"Available"')
  })

  it('goes on without a line and tells the rest hours later', async () => {
    const simulator = await house.simulate([{ id: 'SIM-1', version, plugged: true, speed: 600 }])
    await house.start('SIM-1')
    const started = await house.event('transaction.started')
    await simulator.send({ do: 'offline' })
    await house.event('station.disconnected')
    await simulator.waitFor('meter', ({ energyWh }) => energyWh > 3_000)
    await simulator.send({ do: 'plugOut' })
    const told = await simulator.waitFor('transaction', ({ state }) => state === 'ended')
    expect(house.eventsOf('transaction.ended')).toEqual([])
    await simulator.send({ do: 'online' })
    const ended = await house.event('transaction.ended')
    expect(ended).toMatchObject({ transactionId: started.transactionId, reason: 'EVDisconnected', estimated: false })
    expect(Math.abs(ended.registerWh! - told.registerWh!)).toBeLessThanOrEqual(1)
    expect(new Set(house.eventsOf('transaction.started').map(({ transactionId }) => transactionId)).size).toBe(1)
  })
})

describe.each([
  ['1.6', 'secp256k1'],
  ['2.0.1', 'secp256r1'],
] as const)('a station of OCPP %s whose meter signs OCMF with %s', (version, ocmfCurve) => {
  const charge = async (misbehave: readonly string[]) => {
    const folder = mkdtempSync(join(tmpdir(), 'werenode-meter-'))
    try {
      const ocmfKey = join(folder, 'meter.pem')
      await house.simulate([{ id: 'SIM-1', version, plugged: true, speed: 60, ocmfKey, ocmfCurve, misbehave }])
      await house.start('SIM-1')
      const { transactionId } = await house.event('transaction.started')
      await house.event('transaction.meter', ({ powerW }) => (powerW ?? 0) > 0)
      await house.command('SIM-1', { verb: 'stop', evse: 1, connector: 1, sessionId: '0x' as never, transactionId })
      await house.event('transaction.ended')
      const key = createPublicKey(readFileSync(ocmfKey)).export({ type: 'spki', format: 'der' }).toString('hex')
      const { store, bus } = house
      const station = (await store.get<Station>('ocpp_stations', 'SIM-1'))!
      const doc: Station = { ...station, meterKeys: { 1: key } }
      await store.write([{ op: 'put', in: 'ocpp_stations', doc }])
      const console_ = createStationConsole({ store, bus, clock: () => new Date(), log: pino({ level: 'silent' }) })
      return await console_.signedValues('SIM-1', transactionId)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  it('has its begin and its end kept verbatim and found valid by the registered key', async () => {
    const { items, root } = await charge([])
    expect(items.map(({ verdict }) => [verdict.state, verdict.key])).toEqual([
      ['valid', 'pinned'],
      ['valid', 'pinned'],
    ])
    expect(items[1]!.verdict.registerWh).toBeGreaterThanOrEqual(items[0]!.verdict.registerWh!)
    expect(root).toMatch(/^0x[0-9a-f]{64}$/)
  })

  it('is found out when it changes what its meter signed', async () => {
    const { items } = await charge(['forged-ocmf'])
    expect(items.map(({ verdict }) => verdict.state)).toEqual(['invalid', 'invalid'])
  })
})
