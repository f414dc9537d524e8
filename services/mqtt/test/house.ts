import { createInProcessBus } from '@werenode/bus'
import type { Bus, EventEnvelope, SessionId, StationCommand, StationReply, Store } from '@werenode/core'
import { stationCommandSubject } from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import mqtt, { type MqttClient } from 'mqtt'
import pino from 'pino'
import { afterAll } from 'vitest'
import {
  type AddedPlug,
  createMqttService,
  type MqttService,
  type MqttServiceOptions,
  type NewPlug,
} from '../src/index.ts'

/** The MQTT service on a real store, bus and broker, with the rest of the house played by the test. */
export interface House {
  readonly store: Store
  readonly bus: Bus
  readonly service: MqttService
  readonly events: readonly EventEnvelope[]
  eventsOf<T extends EventEnvelope['type']>(type: T): EventEnvelope<T>[]
  /** The first event of a type that fits, now or soon. */
  event<T extends EventEnvelope['type']>(
    type: T,
    holds?: (event: EventEnvelope<T>) => boolean,
  ): Promise<EventEnvelope<T>>
  command(plugId: string, command: StationCommand): Promise<StationReply>
  start(plugId: string, sessionId?: string): Promise<StationReply>
  stop(plugId: string, transactionId: string): Promise<StationReply>
  /** Lets time pass: a plug cannot have drawn what no time was for. */
  advance(ms: number): void
  /** Ends the service as `kill -9` would for its clients, keeps store and bus, and starts another. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** The next test's store is opened while this one waits for its plugs. */
let spare: Promise<Store> | undefined
const nextStore = (): Promise<Store> => {
  const store = spare ?? openMemoryStore()
  spare = openMemoryStore()
  return store
}
afterAll(async () => (await spare)?.close())

/** Times of a test: a second is a minute. */
export const quickTimes = {
  startTimeoutMs: 3_000,
  repeatMs: 300,
  tickMs: 50,
  meterEveryMs: 0,
  lastCounterMs: 1_000,
}

export const openHouse = async (options: Partial<MqttServiceOptions> = {}): Promise<House> => {
  const store = options.store ?? (await nextStore())
  let passedMs = 0
  const clock = options.clock ?? (() => new Date(Date.now() + passedMs))
  const bus = options.bus ?? (await createInProcessBus({ store, clock }))
  const events: EventEnvelope[] = []
  const listeners = new Set<() => void>()
  bus.tap(['station.*', 'transaction.*'], (event) => {
    events.push(event)
    for (const listener of listeners) listener()
  })
  const create = () =>
    createMqttService({
      store,
      bus,
      clock,
      log: pino({ level: process.env.LOG_LEVEL ?? 'silent' }),
      port: 0,
      host: '127.0.0.1',
      ...options,
      times: { ...quickTimes, ...options.times },
    })
  let service = create()
  await service.start()

  const house: House = {
    store,
    bus,
    get service() {
      return service
    },
    events,
    eventsOf: (type) => events.filter((event) => event.type === type) as never,
    event: (type, holds = () => true) =>
      new Promise((resolve, reject) => {
        let seen = 0
        const timer = setTimeout(() => {
          listeners.delete(look)
          const told = events.slice(-15).map((event) => `${event.type} ${JSON.stringify(event.data)}`)
          reject(new Error(`No such ${type} in time; told:\n${told.join('\n')}`))
        }, 10_000)
        const look = (): void => {
          for (; seen < events.length; seen += 1) {
            const event = events[seen]! as EventEnvelope<typeof type>
            if (event.type !== type || !holds(event)) continue
            clearTimeout(timer)
            listeners.delete(look)
            resolve(event)
            return
          }
        }
        listeners.add(look)
        look()
      }),
    command: (plugId, command) => bus.request(stationCommandSubject(plugId), command),
    start: (plugId, sessionId = aSession()) =>
      house.command(plugId, {
        verb: 'start',
        evse: 1,
        connector: 1,
        sessionId: sessionId as SessionId,
        idTag: sessionId.slice(2, 22).toUpperCase(),
        remoteStartId: 7,
      }),
    stop: (plugId, transactionId) =>
      house.command(plugId, {
        verb: 'stop',
        evse: 1,
        connector: 1,
        sessionId: aSession() as SessionId,
        transactionId,
      }),
    advance: (ms) => {
      passedMs += ms
    },
    restart: async () => {
      await service.stop()
      service = create()
      await service.start()
    },
    close: async () => {
      await service.stop()
      await bus.close()
      if (!options.store) await store.close()
    },
  }
  return house
}

let sessions = 0
export const aSession = (): string => {
  sessions += 1
  return `0x${sessions.toString(16).padStart(64, '0')}`
}

/** Waits until something holds; on a busy machine that may take a while. */
export const until = async (
  holds: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 10_000,
): Promise<void> => {
  const deadline = Date.now() + timeoutMs
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Not in time: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

export const tasmota = (plugId: string, more: Partial<NewPlug> = {}): NewPlug => ({
  plugId,
  family: 'tasmota',
  variables: { topic: `tasmota_${plugId}` },
  ratedPowerW: 2300,
  ...more,
})

/** A Tasmota plug played by hand on a bare MQTT client. */
export const connectTasmota = async (
  house: Pick<House, 'service' | 'advance'>,
  added: AddedPlug,
  more: { counterKwh?: number; url?: string; on?: boolean; tls?: mqtt.IClientOptions } = {},
) => {
  const topic = added.plug.variables.topic!
  const state = { on: more.on ?? false, powerW: 0, kwh: more.counterKwh ?? 1.5, pulseTime: 0 }
  const got: { topic: string; payload: string; retain: boolean }[] = []
  const client: MqttClient = await mqtt.connectAsync(more.url ?? house.service.url, {
    ...(more.tls ?? { username: added.username, password: added.password! }),
    reconnectPeriod: 0,
    will: { topic: `tele/${topic}/LWT`, payload: Buffer.from('Offline'), qos: 1, retain: true },
  })
  client.on('error', () => undefined)
  const say = (suffix: string, payload: string, retain = false) =>
    client.publishAsync(suffix.replace('%', topic), payload, { qos: 1, retain })
  /** An answer to a command; the connection may be gone meanwhile. */
  const reply = (suffix: string, payload: string): void => void say(suffix, payload).catch(() => undefined)
  const energy = () => ({
    ENERGY: { Total: state.kwh, Power: state.powerW, Voltage: 230, Current: state.powerW / 230 },
  })
  const sensor = () => say('tele/%/SENSOR', JSON.stringify({ Time: '2026-01-01T00:00:00', ...energy() }))
  const power = () => reply('stat/%/RESULT', JSON.stringify({ POWER: state.on ? 'ON' : 'OFF' }))
  const plug = {
    client,
    state,
    got,
    say,
    sensor,
    /** Does not obey. */
    deaf: false,
    /** Charges: power and counter move together. */
    use: async (powerW: number, wh: number) => {
      house.advance((wh / Math.max(powerW, 1000)) * 3_600_000)
      state.powerW = powerW
      state.kwh = Math.round((state.kwh + wh / 1000) * 1e6) / 1e6
      await sensor()
    },
    powerOff: () => client.stream.destroy(),
    close: () => client.endAsync(true),
  }
  client.on('message', (heard, bytes, packet) => {
    const payload = bytes.toString()
    got.push({ topic: heard, payload, retain: packet.retain })
    if (plug.deaf) return
    const command = heard.split('/').at(-1)!
    if (/^POWER1?$/.test(command)) {
      if (payload !== '') state.on = payload === 'ON'
      if (!state.on) state.powerW = 0
      power()
    }
    if (command === 'Status') reply('stat/%/STATUS8', JSON.stringify({ StatusSNS: energy() }))
    if (command === 'PulseTime1') state.pulseTime = Number(payload)
  })
  await client.subscribeAsync(`cmnd/${topic}/#`, { qos: 1 })
  await say('tele/%/LWT', 'Online', true)
  return plug
}
