import type { Bus, EventEnvelope, NewEvent, Store } from '@werenode/core'
import { newEvent } from '@werenode/core'
import { afterEach, beforeEach, expect } from 'vitest'

export interface OpenedBus {
  readonly bus: Bus
  readonly store: Store
  /** Closes the bus and opens it again on the same data. */
  reopen(): Promise<Bus>
  close(): Promise<void>
}
export type OpenBus = () => Promise<OpenedBus>

/** A new bus for each test of a `describe`. */
export const eachBus = (open: OpenBus): { readonly bus: Bus; readonly store: Store; reopen(): Promise<Bus> } => {
  let opened: OpenedBus
  beforeEach(async () => {
    opened = await open()
  })
  afterEach(() => opened.close())
  return {
    get bus() {
      return opened.bus
    },
    get store() {
      return opened.store
    },
    reopen: () => opened.reopen(),
  }
}

/** The n-th event of a station, with an id of its own. */
export const disconnected = (station: string, n: number): NewEvent =>
  newEvent({
    id: `${station}:${n}`,
    type: 'station.disconnected',
    at: new Date(Date.UTC(2026, 10, 22) + n),
    subject: `station.${station}`,
    data: { stationId: station, epoch: n, reason: 'test' },
  })
export const connected = (station: string, n: number): NewEvent =>
  newEvent({
    id: `${station}:${n}`,
    type: 'station.connected',
    at: new Date(Date.UTC(2026, 10, 22) + n),
    subject: `station.${station}`,
    data: { stationId: station, protocol: 'ocpp1.6', epoch: n },
  })

export const eventIds = (events: readonly EventEnvelope[]): string[] => events.map((event) => event.id)

export const expectCode = (promise: Promise<unknown>, code: string, also: object = {}): Promise<void> =>
  expect(promise).rejects.toMatchObject({ name: 'WerenodeError', code, ...also })

export const pause = (ms = 5): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Resolves when the condition holds; the test's own timeout ends it otherwise. */
export const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await pause()
}
