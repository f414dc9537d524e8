import { createInProcessBus } from '@werenode/bus'
import { answer, type Bus, type EventEnvelope, type Requests, type Store } from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import pino from 'pino'
import {
  createOcppService,
  type NewStation,
  type OcppService,
  type OcppServiceOptions,
  registerStation,
} from '../src/index.ts'
import { connectStation, type TestStation } from './station.ts'

export interface Told {
  /** The first event of a type that fits, now or soon. */
  event<T extends Telling>(
    type: T,
    holds?: (event: EventEnvelope<T>) => boolean,
    timeoutMs?: number,
  ): Promise<EventEnvelope<T>>
  all<T extends Telling>(type: T): EventEnvelope<T>[]
}

/** Types of events that are about a station. */
type Telling = Extract<EventEnvelope['type'], `station.${string}` | `transaction.${string}`>

/** The OCPP service on a real store and bus, with the rest of the house played by the test. */
export interface House {
  readonly store: Store
  readonly bus: Bus
  readonly service: OcppService
  /** Every event told so far. */
  readonly events: readonly EventEnvelope[]
  /** Cards the manager accepts. */
  readonly cards: Set<string>
  /** Questions the manager was asked. */
  readonly asked: Requests['manager.authorize']['ask'][]
  station(options?: Partial<NewStation>): Promise<{ stationId: string; password: string | undefined }>
  /** Registers and connects a station on a bare WebSocket. */
  connect(options?: Partial<NewStation> & { version?: string; boot?: boolean }): Promise<TestStation>
  /** What was told of one station. */
  told(station: { stationId: string }): Told
  close(): Promise<void>
}

let stations = 0

export const openHouse = async (options: Partial<OcppServiceOptions> = {}): Promise<House> => {
  const store = options.store ?? (await openMemoryStore())
  const clock = options.clock ?? (() => new Date())
  const bus = options.bus ?? (await createInProcessBus({ store, clock }))
  const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' })
  const events: EventEnvelope[] = []
  const listeners = new Set<() => void>()
  const cards = new Set<string>()
  const asked: Requests['manager.authorize']['ask'][] = []
  bus.tap(['station.*', 'transaction.*'], (event) => {
    events.push(event)
    for (const listener of listeners) listener()
  })
  answer(bus, 'manager.authorize', async (question) => {
    asked.push(question)
    return cards.has(question.idTag) ? { status: 'Accepted' } : { status: 'Invalid' }
  })
  const service = createOcppService({
    store,
    bus,
    clock,
    log,
    port: 0,
    host: '127.0.0.1',
    zombieGraceMs: 200,
    bootGraceMs: 400,
    callTimeoutMs: 3_000,
    writeDownMs: 500,
    ...options,
  })
  await service.start()
  const clients: TestStation[] = []

  const register: House['station'] = async (more = {}) => {
    stations += 1
    const { station, password } = await registerStation({ store, clock }, { stationId: `T-${stations}`, ...more })
    return { stationId: station._id, password }
  }

  return {
    store,
    bus,
    service,
    events,
    cards,
    asked,
    station: register,
    connect: async ({ version = 'ocpp1.6', boot = true, ...more } = {}) => {
      const { stationId, password } = await register(more)
      const station = await connectStation({ url: service.url, stationId, password, version })
      clients.push(station)
      if (boot) await station.boot()
      return station
    },
    told: ({ stationId }) => ({
      event: (type, holds = () => true, timeoutMs = 5_000) =>
        new Promise((resolve, reject) => {
          let seen = 0
          const timer = setTimeout(() => {
            listeners.delete(look)
            const types = events.filter((event) => isAbout(event, stationId)).map((event) => event.type)
            reject(new Error(`No ${type} of ${stationId} within ${timeoutMs} ms; told: ${types.join(', ')}`))
          }, timeoutMs)
          const look = (): void => {
            for (; seen < events.length; seen += 1) {
              const event = events[seen]! as EventEnvelope<typeof type>
              if (event.type !== type || !isAbout(event, stationId) || !holds(event)) continue
              clearTimeout(timer)
              listeners.delete(look)
              resolve(event)
              return
            }
          }
          listeners.add(look)
          look()
        }),
      all: (type) => events.filter((event) => event.type === type && isAbout(event, stationId)) as never,
    }),
    close: async () => {
      for (const client of clients) client.close()
      await service.stop()
      if (!options.bus) await bus.close()
      if (!options.store) await store.close()
    },
  }
}

/** A house of its own for one test. */
export const inHouse = async (
  options: Partial<OcppServiceOptions>,
  run: (house: House) => Promise<void>,
): Promise<void> => {
  const house = await openHouse(options)
  try {
    await run(house)
  } finally {
    await house.close()
  }
}

const isAbout = (event: EventEnvelope, stationId: string): boolean =>
  (event.data as { stationId?: string }).stationId === stationId
