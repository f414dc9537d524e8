import { createInProcessBus } from '@werenode/bus'
import {
  answer,
  type Bus,
  type EventEnvelope,
  type SessionId,
  type StationCommand,
  type StationReply,
  type Store,
  stationCommandSubject,
} from '@werenode/core'
import { createOcppService, type OcppService, registerStation } from '@werenode/ocpp'
import { openMemoryStore } from '@werenode/store'
import pino from 'pino'
import { type Simulator, type StationOptions, spawnSimulator } from '../src/index.ts'

/** The real OCPP service, store and bus in this process, and simulated stations in another. */
export interface House {
  readonly store: Store
  readonly bus: Bus
  readonly service: OcppService
  readonly cards: Set<string>
  /** Registers stations and lets them connect. */
  simulate(
    stations: readonly (Omit<StationOptions, 'url' | 'password'> & { meterIntervalS?: number })[],
    options?: { frames?: boolean },
  ): Promise<Simulator>
  command(stationId: string, command: StationCommand): Promise<StationReply>
  start(stationId: string, more?: { evse?: number; idTag?: string }): Promise<StationReply>
  event<T extends EventEnvelope['type']>(
    type: T,
    holds?: (data: EventEnvelope<T>['data']) => boolean,
    timeoutMs?: number,
  ): Promise<EventEnvelope<T>['data']>
  eventsOf<T extends EventEnvelope['type']>(type: T): readonly EventEnvelope<T>['data'][]
  close(): Promise<void>
}

export const sessionId = `0x${'cd'.repeat(32)}` as SessionId

export const openHouse = async (): Promise<House> => {
  const store = await openMemoryStore()
  const clock = () => new Date()
  const bus = await createInProcessBus({ store, clock })
  const events: EventEnvelope[] = []
  const listeners = new Set<() => void>()
  const cards = new Set<string>()
  bus.tap(['station.*', 'transaction.*'], (event) => {
    events.push(event)
    for (const listener of listeners) listener()
  })
  answer(bus, 'manager.authorize', async ({ idTag }) => ({ status: cards.has(idTag) ? 'Accepted' : 'Invalid' }))
  const service = createOcppService({
    store,
    bus,
    clock,
    log: pino({ level: process.env.LOG_LEVEL ?? 'silent' }),
    port: 0,
    host: '127.0.0.1',
    zombieGraceMs: 4_000,
    bootGraceMs: 6_000,
    callTimeoutMs: 5_000,
  })
  await service.start()
  const simulators: Simulator[] = []
  let number = 0

  const command: House['command'] = (stationId, wanted) =>
    bus.request<StationReply>(stationCommandSubject(stationId), wanted, { timeoutMs: 10_000 })

  return {
    store,
    bus,
    service,
    cards,
    simulate: async (stations, options = {}) => {
      const known = []
      for (const station of stations) {
        const { password } = await registerStation(
          { store, clock },
          { stationId: station.id, meterIntervalS: station.meterIntervalS ?? 60 },
        )
        known.push({ ...station, url: service.url, reconnectMs: 100, ...(password === undefined ? {} : { password }) })
      }
      const simulator = await spawnSimulator({ stations: known, frames: options.frames ?? false, tickMs: 20 })
      simulators.push(simulator)
      for (const { id } of stations) await simulator.waitFor('admitted', (event) => event.station === id)
      return simulator
    },
    command,
    start: (stationId, { evse = 1, idTag } = {}) => {
      number += 1
      return command(stationId, {
        verb: 'start',
        evse,
        connector: 1,
        sessionId,
        idTag: idTag ?? `SESSION${String(number).padStart(13, '0')}`,
        remoteStartId: number,
      })
    },
    event: (type, holds = () => true, timeoutMs = 10_000) =>
      new Promise((resolve, reject) => {
        let seen = 0
        const timer = setTimeout(() => {
          listeners.delete(look)
          reject(new Error(`No ${type} within ${timeoutMs} ms; told: ${events.map((event) => event.type).join(', ')}`))
        }, timeoutMs)
        const look = (): void => {
          for (; seen < events.length; seen += 1) {
            const event = events[seen]! as EventEnvelope<typeof type>
            if (event.type !== type || !holds(event.data)) continue
            clearTimeout(timer)
            listeners.delete(look)
            resolve(event.data)
            return
          }
        }
        listeners.add(look)
        look()
      }),
    eventsOf: (type) => events.filter((event) => event.type === type).map((event) => event.data) as never,
    close: async () => {
      for (const simulator of simulators) await simulator.stop()
      await service.stop()
      await bus.close()
      await store.close()
    },
  }
}
