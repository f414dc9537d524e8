import { createInProcessBus } from '@werenode/bus'
import { type EventEnvelope, type SessionId, type StationReply, stationCommandSubject } from '@werenode/core'
import { createMqttService, type MqttService } from '@werenode/mqtt'
import { openMemoryStore } from '@werenode/store'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PlugOptions, type PlugSimulator, spawnPlugs } from '../src/index.ts'

/** Both worlds live sixty times as fast, so that a minute's energy is a second's. */
const speed = 60
const origin = Date.now()
const clock = () => new Date(origin + (Date.now() - origin) * speed)

const families: readonly { family: PlugOptions['family']; variables: Record<string, string>; ratedPowerW: number }[] = [
  { family: 'tasmota', variables: { topic: 'tasmota_1' }, ratedPowerW: 2300 },
  { family: 'shelly-gen1', variables: { id: 'shellyplug-s-1' }, ratedPowerW: 2300 },
  { family: 'shelly-gen2', variables: { prefix: 'shellyplusplugs-1' }, ratedPowerW: 2300 },
  { family: 'zigbee2mqtt', variables: { name: 'garage/left' }, ratedPowerW: 2300 },
  {
    family: 'esphome',
    variables: { prefix: 'shed', energy: 'total_daily_energy', energyUnit: 'kWh' },
    ratedPowerW: 2300,
  },
  { family: 'openevse', variables: { base: 'evse1', announce: 'a1b2' }, ratedPowerW: 3680 },
  { family: 'go-e', variables: { serial: '123456' }, ratedPowerW: 3680 },
  {
    family: 'generic',
    variables: { powerTopic: 'my/meter', powerPath: 'watts', stateTopic: 'my/relay', commandTopic: 'my/relay/set' },
    ratedPowerW: 2300,
  },
]

let service: MqttService
let simulator: PlugSimulator
let close: () => Promise<void>
let request: (plugId: string, command: object) => Promise<StationReply>
const events: EventEnvelope[] = []
const of = <T extends EventEnvelope['type']>(type: T, plugId: string) =>
  events.filter(
    (event) => event.type === type && (event.data as { stationId?: string }).stationId === plugId,
  ) as EventEnvelope<T>[]

const until = async (holds: () => unknown, what: string, timeoutMs = 20_000): Promise<void> => {
  const deadline = Date.now() + timeoutMs
  while (!holds()) {
    if (Date.now() > deadline) {
      const tail = [
        ...events.slice(-12).map((event) => `${event.type} ${JSON.stringify(event.data)}`),
        ...simulator.events.slice(-12).map((event) => JSON.stringify(event)),
      ]
      throw new Error(`Not in time: ${what}\n${tail.join('\n')}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

let sessions = 0
const start = async (plugId: string): Promise<string> => {
  sessions += 1
  const before = of('transaction.started', plugId).length
  const reply = await request(plugId, {
    verb: 'start',
    evse: 1,
    connector: 1,
    sessionId: `0x${sessions.toString(16).padStart(64, '0')}` as SessionId,
    idTag: `TAG${sessions}`,
    remoteStartId: sessions,
  })
  expect(reply).toEqual({ accepted: true })
  await until(() => of('transaction.started', plugId).length > before, `the start of ${plugId}`)
  return of('transaction.started', plugId).at(-1)!.data.transactionId
}
const stop = (plugId: string, transactionId: string) =>
  request(plugId, { verb: 'stop', evse: 1, connector: 1, sessionId: '0x', transactionId })
const endOf = async (plugId: string, transactionId: string) => {
  const found = () => of('transaction.ended', plugId).find(({ data }) => data.transactionId === transactionId)
  await until(found, `the end of ${plugId}`)
  return found()!.data
}

beforeAll(async () => {
  const store = await openMemoryStore()
  const bus = await createInProcessBus({ store, clock })
  bus.tap(['station.*', 'transaction.*'], (event) => void events.push(event))
  service = createMqttService({
    store,
    bus,
    clock,
    log: pino({ level: 'silent' }),
    port: 0,
    host: '127.0.0.1',
    times: { tickMs: 100, startTimeoutMs: 600_000, repeatMs: 60_000, lastCounterMs: 60_000, silentAfterMs: 3_600_000 },
  })
  await service.start()
  const plugs: PlugOptions[] = []
  for (const { family, variables, ratedPowerW } of families) {
    const added = await service.addPlug({ plugId: `SIM-${family}`, family, variables, ratedPowerW })
    plugs.push({
      id: `SIM-${family}`,
      url: service.url,
      family,
      variables,
      username: added.username,
      password: added.password!,
      maxPowerW: 2_000,
      speed,
      plugged: true,
      reportS: 20,
      reconnectMs: 100,
    })
  }
  simulator = await spawnPlugs(plugs, { tickMs: 50 })
  request = (plugId, command) => bus.request(stationCommandSubject(plugId), command, { timeoutMs: 10_000 })
  close = async () => {
    await simulator.stop()
    await service.stop()
    await bus.close()
    await store.close()
  }
  await until(
    () => families.every(({ family }) => service.live(`SIM-${family}`).powerW !== undefined),
    'all plugs heard',
  )
})
afterAll(() => close())

describe.concurrent.each(families)('a simulated $family plug', ({ family }) => {
  const plugId = `SIM-${family}`
  it('charges, is metered as its own counter counts, and ends', async () => {
    const transactionId = await start(plugId)
    await until(
      () => of('transaction.meter', plugId).some(({ data }) => (data.powerW ?? 0) > 1_500),
      `power at ${plugId}`,
    )
    await until(
      () =>
        (of('transaction.meter', plugId).at(-1)?.data.registerWh ?? 0) -
          of('transaction.started', plugId)[0]!.data.registerWh! >=
        60,
      `60 Wh at ${plugId}`,
    )
    expect(await stop(plugId, transactionId)).toEqual({ accepted: true })
    const ended = await endOf(plugId, transactionId)
    const startWh = of('transaction.started', plugId)[0]!.data.registerWh!
    const relay = simulator.events.filter(({ event, plug }) => event === 'relay' && plug === plugId)
    const trueWh =
      Number(relay.find(({ on }) => on === false)?.registerWh) - Number(relay.find(({ on }) => on === true)?.registerWh)
    // Ten watt-hours: the step of the coarsest counter. A home-made device without one is integrated from its reports, which come late
    // on a busy machine: each that does is a step of its power too much or too little.
    const tolerance = family === 'generic' ? Math.max(30, trueWh * 0.4) : 12
    expect(Math.abs(ended.registerWh! - startWh - trueWh)).toBeLessThanOrEqual(tolerance)
    expect(ended.reason).toBe('Remote')
    expect(ended.flags.includes('meter-integrated')).toBe(family === 'generic')
  })
})

describe('misbehaviour', () => {
  const plugId = 'SIM-tasmota'
  it('a lost Wi-Fi: the charge goes on and its energy is whole; the timer is armed', async () => {
    const transactionId = await start(plugId)
    await until(
      () =>
        of('transaction.meter', plugId).some(
          ({ data }) => data.transactionId === transactionId && (data.powerW ?? 0) > 1_500,
        ),
      'power',
    )
    const connected = of('station.connected', plugId).length
    await simulator.send({ do: 'offline' }, plugId)
    await until(() => of('station.disconnected', plugId).length > 0, 'the loss')
    const { state } = (await simulator.send({ do: 'state' }, plugId)) as { state: { timerS: number; on: boolean } }
    expect(state).toMatchObject({ on: true })
    expect(state.timerS).toBeGreaterThan(0)
    await simulator.send({ do: 'online' }, plugId)
    await until(() => of('station.connected', plugId).length > connected, 'its return')
    await stop(plugId, transactionId)
    expect(await endOf(plugId, transactionId)).toMatchObject({ reason: 'Remote', estimated: false })
  })

  it('a power cut with a counter that forgets: never on by itself, what flowed before is kept', async () => {
    const transactionId = await start(plugId)
    const startWh = of('transaction.started', plugId).at(-1)!.data.registerWh!
    await until(() => (of('transaction.meter', plugId).at(-1)?.data.registerWh ?? 0) >= startWh + 20, '20 Wh')
    await simulator.send({ do: 'misbehave', on: ['forgetful-counter', 'on-after-power-cut'] }, plugId)
    await simulator.send({ do: 'powerCut' }, plugId)
    await stop(plugId, transactionId)
    await simulator.send({ do: 'powerOn' }, plugId)
    const ended = await endOf(plugId, transactionId)
    expect(ended.registerWh! - startWh).toBeGreaterThanOrEqual(20)
    const { state } = (await simulator.send({ do: 'state' }, plugId)) as { state: { on: boolean } }
    expect(state.on).toBe(false)
    await simulator.send({ do: 'misbehave', off: ['forgetful-counter', 'on-after-power-cut'] }, plugId)
  })

  it('a counter in the wrong unit: power decides, and the reading is flagged', async () => {
    const transactionId = await start(plugId)
    const startWh = of('transaction.started', plugId).at(-1)!.data.registerWh!
    await simulator.send({ do: 'misbehave', on: ['unit-trap'] }, plugId)
    await until(
      () =>
        of('transaction.meter', plugId).some(
          ({ data }) =>
            data.transactionId === transactionId &&
            data.flags.some((flag) => flag === 'counter-jump' || flag === 'unit-suspect'),
        ),
      'the flag',
    )
    await stop(plugId, transactionId)
    const ended = await endOf(plugId, transactionId)
    expect(ended.registerWh! - startWh).toBeLessThan(2_000)
    await simulator.send({ do: 'misbehave', off: ['unit-trap'] }, plugId)
  })

  it('a hot plug is stopped', async () => {
    const transactionId = await start(plugId)
    await simulator.send({ do: 'misbehave', on: ['hot'] }, plugId)
    expect(await endOf(plugId, transactionId)).toMatchObject({ reason: 'EmergencyStop' })
    await simulator.send({ do: 'misbehave', off: ['hot'] }, plugId)
  })
})
