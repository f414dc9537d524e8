import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Doc, type NewEvent, newEvent } from '@werenode/core'
import { openSqliteStore } from '@werenode/store'
import { createInProcessBus } from './in-process.ts'

/** Prints what the bus does on this machine: `node src/measure.ts`. Figures to look at, never a gate. */
const folder = await mkdtemp(join(process.argv[2] ?? tmpdir(), 'werenode-measure-'))
const store = await openSqliteStore({ folder })
const bus = await createInProcessBus({ store, clock: () => new Date() })
await store.define([{ name: 'm_docs' }])

const event = (station: string, epoch: number): NewEvent =>
  newEvent({
    id: `${station}:${epoch}`,
    type: 'station.connected',
    at: new Date(),
    subject: `station.${station}`,
    data: { stationId: station, protocol: 'ocpp1.6', epoch },
  })
const quantile = (values: readonly number[], q: number): string =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * q)]!.toFixed(2)
const tell = (what: string, perS: number, ms: readonly number[]): void =>
  console.log(
    `${what.padEnd(56)} ${Math.round(perS).toLocaleString('en').padStart(8)}/s  p50 ${quantile(ms, 0.5)} ms  p99 ${quantile(ms, 0.99)} ms`,
  )

bus.serve('station.*.command', async (payload) => payload)
{
  const ms: number[] = []
  const startedAt = performance.now()
  for (let i = 0; i < 20_000; i++) {
    const from = performance.now()
    await bus.request('station.A.command', { verb: 'start', connector: 1, amount: '1000000' })
    ms.push(performance.now() - from)
  }
  tell('request and reply', 20_000 / ((performance.now() - startedAt) / 1000), ms)
}

const committedAt = new Map<string, number>()
const delays: number[] = []
let handled = 0
for (const group of ['manager', 'api', 'webhooks']) {
  await bus.consume({ group, types: ['station.*'] }, async ({ id }) => {
    if (group === 'manager') delays.push(performance.now() - committedAt.get(id)!)
    handled++
  })
}
for (const writers of [1, 16, 64, 256]) {
  const times = writers === 1 ? 300 : writers * 100
  const ms: number[] = []
  delays.length = 0
  handled = 0
  let next = 0
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: writers }, async (_, w) => {
      for (let i = next++; i < times; i = next++) {
        const one = event(`${writers}-${w}`, i)
        const from = performance.now()
        committedAt.set(one.id, from)
        await bus.commit([{ op: 'put', in: 'm_docs', doc: { _id: `d${w}`, n: i } as Doc }], [one])
        ms.push(performance.now() - from)
      }
    }),
  )
  tell(`commits of 1 document and 1 event, ${writers} writers`, times / ((performance.now() - startedAt) / 1000), ms)
  await bus.idle(60_000)
  tell('  ... delivered to 3 groups; commit to handled', handled / ((performance.now() - startedAt) / 1000), delays)
}
const BACKLOG = 20_000
for (let i = 0; i < BACKLOG; i += 500)
  await bus.commit(
    [],
    Array.from({ length: 500 }, (_, j) => event(`b${j % 50}`, i + j)),
  )
await bus.idle(60_000)
const startedAt = performance.now()
let read = 0
await bus.consume({ group: 'late', types: ['station.*'], from: 'start' }, async () => void read++)
await bus.idle(60_000)
console.log(
  `catching up on ${read.toLocaleString('en')} events: ${Math.round(read / ((performance.now() - startedAt) / 1000)).toLocaleString('en')}/s`,
)
await bus.close()
await store.close()
await rm(folder, { recursive: true })
