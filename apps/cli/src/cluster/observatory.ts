import { createServer } from 'node:http'
import type { BusMetric } from '@werenode/bus'
import type { NatsBus } from '@werenode/bus/nats'
import type { Doc, LedgerEntry, Store } from '@werenode/core'
import type { Logger } from 'pino'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Parts } from '../node/parts.ts'

export interface Observatory {
  readonly registry: Registry
  onMetric(metric: BusMetric): void
  /** From now on /readyz says yes. */
  ready(): void
  stations(connected: () => number): void
  house(store: Store, bus: NatsBus): void
  money(store: Store): void
}

/** What the whole house holds is asked of the store no more often than this, however often it is scraped. */
const FRESH_MS = 15_000
const HOUR_MS = 3_600_000
const unsettledStates = ['ended', 'settling', 'disputed'] as const
/** In which the chain is asked for the end. */
const endingStates = ['settling', 'disputed', 'cancelling'] as const

/** Kept until it is stale; a failure leaves the last value and is told. */
const remembered = <T>(read: () => Promise<T>, log: Logger): (() => Promise<T | undefined>) => {
  let value: T | undefined
  let at = Number.NEGATIVE_INFINITY
  return async () => {
    if (performance.now() - at < FRESH_MS) return value
    try {
      value = await read()
      at = performance.now()
    } catch (error) {
      log.warn({ err: error }, 'A figure of the house could not be read')
    }
    return value
  }
}

/** What the entries of the ledger do not balance to, read on from where the last reading ended: 0, or something is badly wrong. */
const createImbalance = (store: Store) => {
  let last = ''
  let sum = 0n
  return async (): Promise<number> => {
    for (;;) {
      const filter = last === '' ? {} : { at: { $gt: last } }
      const { items } = await store.find<LedgerEntry & Doc>('manager_ledger', filter, {
        sort: [['at', 1]],
        limit: 5_000,
      })
      for (const { postings, at } of items) {
        const total = postings.reduce((all, { micro }) => all + BigInt(micro), 0n)
        sum += total < 0n ? -total : total
        last = at
      }
      if (items.length < 5_000) return Number(sum)
    }
  }
}

/** Health and metrics of one process: /livez, /readyz, /metrics. Series are named by what they count, never by an id. */
export const startObservatory = async (options: {
  port: number
  host: string
  parts: Parts
  log: Logger
}): Promise<Observatory> => {
  const { log } = options
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const buckets = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10]
  const commits = new Histogram({
    name: 'werenode_bus_commit_seconds',
    help: 'Time of a commit with events, until they are stored and numbered',
    labelNames: ['ok'],
    buckets,
    registers,
  })
  const deliveries = new Histogram({
    name: 'werenode_bus_delivery_seconds',
    help: 'Time of a handler with an event',
    labelNames: ['group', 'ok'],
    buckets,
    registers,
  })
  const requests = new Histogram({
    name: 'werenode_bus_request_seconds',
    help: 'Time of a request to another service',
    labelNames: ['service', 'outcome'],
    buckets,
    registers,
  })
  const published = new Counter({
    name: 'werenode_bus_events_total',
    help: 'Events committed by this process',
    registers,
  })
  let isReady = false

  const server = createServer((request, response) => {
    const answer = (status: number, text: string, type = 'text/plain; charset=utf-8'): void => {
      response.writeHead(status, { 'content-type': type }).end(text)
    }
    if (request.url === '/livez') return answer(200, 'alive\n')
    if (request.url === '/readyz') return isReady ? answer(200, 'ready\n') : answer(503, 'not ready\n')
    if (request.url !== '/metrics') return answer(404, 'not found\n')
    registry.metrics().then(
      (text) => answer(200, text, registry.contentType),
      (error: unknown) => {
        log.error({ err: error }, 'The metrics could not be collected')
        answer(500, 'The log says why.\n')
      },
    )
  })
  await options.parts.add('health and metrics', async () => {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(options.port, options.host, resolve)
    })
    return {
      part: undefined,
      stop: async () => {
        server.closeAllConnections()
        server.close()
      },
    }
  })

  return {
    registry,
    ready: () => {
      isReady = true
    },
    onMetric: (metric) => {
      const seconds = metric.durationMs / 1_000
      if (metric.kind === 'commit') {
        commits.labels(String(metric.ok)).observe(seconds)
        if (metric.ok) published.inc(metric.events)
      } else if (metric.kind === 'delivery') deliveries.labels(metric.group, String(metric.ok)).observe(seconds)
      else requests.labels(metric.subject.split('.')[0] ?? '', metric.outcome).observe(seconds)
    },
    stations: (connected) => {
      new Gauge({
        name: 'werenode_ocpp_process_stations',
        help: 'Stations connected to this process',
        registers,
        collect() {
          this.set(connected())
        },
      })
    },
    house: (store, bus) => {
      const stats = () => bus.stats()
      new Gauge({
        name: 'werenode_bus_lag_events',
        help: 'Events between what a group was handed here and the newest',
        labelNames: ['group'],
        registers,
        collect() {
          for (const { group, lag } of stats().groups) this.set({ group }, lag)
        },
      })
      new Gauge({
        name: 'werenode_bus_failing_subjects',
        help: 'Subjects whose first event waits for another attempt here',
        labelNames: ['group'],
        registers,
        collect() {
          for (const { group, failing } of stats().groups) this.set({ group }, failing)
        },
      })
      const pending = remembered(() => store.count('bus_events', { pending: true }), log)
      new Gauge({
        name: 'werenode_bus_outbox_events',
        help: 'Events in the store that the stream has not confirmed',
        registers,
        async collect() {
          this.set((await pending()) ?? 0)
        },
      })
      const byVersion = remembered(
        async () =>
          Promise.all(
            ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'].map(
              async (version) => [version, await store.count('ocpp_links', { connected: true, version })] as const,
            ),
          ),
        log,
      )
      new Gauge({
        name: 'werenode_ocpp_stations',
        help: 'Stations connected to the house, by version',
        labelNames: ['version'],
        registers,
        async collect() {
          for (const [version, count] of (await byVersion()) ?? []) this.set({ version }, count)
        },
      })
    },
    money: (store) => {
      const olderThan = (ms: number): string => new Date(Date.now() - ms).toISOString()
      const unsettled = remembered(
        async () =>
          Promise.all(
            (
              [
                ['any', 0],
                ['1h', HOUR_MS],
                ['24h', 24 * HOUR_MS],
              ] as const
            ).map(
              async ([age, ms]) =>
                [
                  age,
                  await store.count('manager_sessions', {
                    state: { $in: unsettledStates },
                    endedAt: { $lte: olderThan(ms) },
                  }),
                ] as const,
            ),
          ),
        log,
      )
      new Gauge({
        name: 'werenode_sessions_unsettled',
        help: 'Sessions that ended at least so long ago and are not settled',
        labelNames: ['age'],
        registers,
        async collect() {
          for (const [age, count] of (await unsettled()) ?? []) this.set({ age }, count)
        },
      })
      const refused = remembered(
        () => store.count('manager_sessions', { state: { $in: endingStates }, triesAgain: { $gte: 1 } }),
        log,
      )
      new Gauge({
        name: 'werenode_sessions_refused',
        help: 'Sessions whose end the chain refused again a minute after it had refused it first',
        registers,
        async collect() {
          this.set((await refused()) ?? 0)
        },
      })
      const charging = remembered(() => store.count('manager_sessions', { state: 'charging' }), log)
      new Gauge({
        name: 'werenode_sessions_charging',
        help: 'Sessions that charge',
        registers,
        async collect() {
          this.set((await charging()) ?? 0)
        },
      })
      const imbalance = remembered(createImbalance(store), log)
      new Gauge({
        name: 'werenode_ledger_imbalance_micro',
        help: 'What the entries of the ledger do not balance to, micro-euro: 0',
        registers,
        async collect() {
          this.set((await imbalance()) ?? 0)
        },
      })
    },
  }
}
