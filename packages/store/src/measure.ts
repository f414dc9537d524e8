import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Doc, Store } from '@werenode/core'
import { openSqliteStore } from './sqlite/store.ts'

/** Prints what the store does on this machine: `node src/measure.ts [folder]`. Figures to look at, never a gate. */
const folder = await mkdtemp(join(process.argv[2] ?? tmpdir(), 'werenode-measure-'))
const store: Store = await openSqliteStore({ folder })
const quantile = (sorted: readonly number[], q: number): string => sorted[Math.floor(sorted.length * q)]!.toFixed(2)
const doc = (fields: object): Doc => fields as Doc

interface Figures {
  readonly perS: number
  readonly ms: number[]
  /** Of all threads, so that a busy machine changes it little. */
  readonly cpuUs: number
}

const timed = async (run: (i: number) => Promise<unknown>, times: number, writers = 1): Promise<Figures> => {
  const ms: number[] = []
  let next = 0
  const cpu = process.cpuUsage()
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: writers }, async () => {
      for (let i = next++; i < times; i = next++) {
        const from = performance.now()
        await run(i)
        ms.push(performance.now() - from)
      }
    }),
  )
  const { user, system } = process.cpuUsage(cpu)
  return {
    perS: times / ((performance.now() - startedAt) / 1000),
    ms: ms.sort((a, b) => a - b),
    cpuUs: (user + system) / times,
  }
}
const tell = (what: string, { perS, ms, cpuUs }: Figures): void =>
  console.log(
    [
      what.padEnd(50),
      `${Math.round(perS).toLocaleString('en').padStart(7)}/s`,
      `${Math.round(cpuUs).toLocaleString('en').padStart(6)} us CPU`,
      `p50 ${quantile(ms, 0.5)} ms`,
      `p99 ${quantile(ms, 0.99)} ms`,
    ].join('  '),
  )

await store.define([
  { name: 'm_sessions', indexes: [{ fields: ['state', 'at'] }, { fields: ['driver'] }] },
  { name: 'm_places', indexes: [{ fields: ['party'] }], geo: 'coordinates', text: ['name'] },
])
const session = (id: string, i: number): Doc =>
  doc({
    _id: id,
    state: i % 50 === 0 ? 'charging' : 'settled',
    at: new Date(i * 1000).toISOString(),
    driver: `0x${i % 1000}`,
    view: { energyWh: i, costMicro: String(i), text: 'x'.repeat(200) },
  })

for (const writers of [1, 16, 64, 256]) {
  const loop = monitorEventLoopDelay({ resolution: 5 })
  loop.enable()
  const times = writers === 1 ? 400 : writers * 250
  const figures = await timed(
    (i) => store.write([{ op: 'insert', in: 'm_sessions', doc: session(`${writers}-${i}`, i) }]),
    times,
    writers,
  )
  loop.disable()
  tell(`durable inserts, 2 indexes, ${writers} writers`, figures)
  console.log(
    `${''.padEnd(58)} main loop late by p99 ${(loop.percentile(99) / 1e6 - 5).toFixed(1)} ms, at most ${(loop.max / 1e6 - 5).toFixed(1)} ms`,
  )
}

const PLACES = 30_000
let random = 12_345
const unit = (): number => {
  random = (random * 1_103_515_245 + 12_345) % 2_147_483_648
  return random / 2_147_483_648
}
const startedAt = performance.now()
for (let i = 0; i < PLACES; i += 500) {
  await store.write(
    Array.from({ length: 500 }, (_, j) => ({
      op: 'put',
      in: 'm_places',
      doc: doc({
        _id: `p${i + j}`,
        party: `FR*${(i + j) % 100}`,
        name: `Place ${i + j} rue de la République`,
        coordinates: { lon: -4 + unit() * 12, lat: 42.5 + unit() * 8.5 },
        evses: Array.from({ length: 4 }, (_, e) => ({ uid: `${i + j}-${e}`, status: 'AVAILABLE', powerW: 22_000 })),
      }),
    })),
  )
}
console.log(
  `import of ${PLACES.toLocaleString('en')} places by 500: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
)

const somewhere = () => ({ lon: -4 + unit() * 12, lat: 42.5 + unit() * 8.5 })
tell(
  'near, 20 km, limit 100, of 30,000',
  await timed(() => store.near('m_places', { ...somewhere(), radiusM: 20_000 }), 300),
)
tell(
  'near, 500 km, limit 50, of 30,000',
  await timed(() => store.near('m_places', { ...somewhere(), radiusM: 500_000, limit: 50 }), 300),
)
tell(
  'near, 100 km, filtered to 1 of 100, of 30,000',
  await timed(() => store.near('m_places', { ...somewhere(), radiusM: 100_000, filter: { party: 'FR*7' } }), 100),
)
tell(
  'box, 0.5 degrees, of 30,000',
  await timed(() => {
    const { lon, lat } = somewhere()
    return store.box('m_places', { west: lon, east: lon + 0.5, south: lat, north: lat + 0.5, limit: 500 })
  }, 200),
)
tell('text, two beginnings, of 30,000', await timed((i) => store.text('m_places', { words: `plac ${i}` }), 200))
tell('get', await timed((i) => store.get('m_sessions', `256-${i}`), 3_000, 4))
tell(
  'find by index, newest first, 20',
  await timed(() => store.find('m_sessions', { state: 'charging' }, { sort: [['at', -1]], limit: 20 }), 500),
)
tell(
  'append 1 point',
  await timed(
    (i) => store.write([{ op: 'append', series: 'power', key: `k${i % 50}`, points: [{ at: i, value: i }] }]),
    5_000,
    64,
  ),
)

let writing = true
const background = Promise.all(
  Array.from({ length: 64 }, async (_, w) => {
    for (let i = 0; writing; i++)
      await store.write([{ op: 'insert', in: 'm_sessions', doc: session(`bg${w}-${i}`, i) }])
  }),
)
tell('get, while 64 writers write', await timed((i) => store.get('m_sessions', `256-${i}`), 1_000, 1))
tell(
  'near 20 km, while 64 writers write',
  await timed(() => store.near('m_places', { ...somewhere(), radiusM: 20_000 }), 200),
)
writing = false
await background
await store.close()
await rm(folder, { recursive: true })
