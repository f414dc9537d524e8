import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import {
  type Address,
  answer,
  type Bus,
  type Doc,
  type Party,
  parseEvseId,
  type SessionId,
  type SessionView,
  type Store,
} from '@werenode/core'
import { pino } from 'pino'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { createSiweMessage } from 'viem/siwe'
import { createApi } from '../src/api.ts'
import { createCatalogue } from '../src/catalogue/catalogue.ts'
import { usualLimits } from '../src/http/rate-limit.ts'
import { importIrve } from '../src/irve/import-irve.ts'
import { bareServer } from './bare.ts'
import type { LoadResult, LoadWish } from './load.ts'
import { proofSession } from './session.ts'

export interface ProofSession extends Doc {
  readonly view: SessionView
}

/** A figure with its bar, as the programs of proof/ print them. */
interface Figure {
  readonly value: number | string | boolean
  readonly bar?: number | string | boolean
  readonly holds: boolean
}

const bar = 2

/**
 * CPU per request of list, box, radius and session routes over 30,000 EVSEs against a bare Fastify route with the same store call, side
 * by side in one process; and p99 under 200 concurrent clients. The store is empty and the caller's to close.
 */
export const proveApi = async (deps: {
  store: Store
  bus: Bus
  report: (text: string) => void
  long: boolean
}): Promise<Readonly<Record<string, Figure>>> => {
  const { store, bus, report, long } = deps
  const clock = () => new Date()
  const catalogue = createCatalogue({ store, bus, clock })
  await catalogue.prepare()
  report('importing the French charge points')
  const { points } = await importIrve({ store, clock })
  const evses = points + (await addOwn(catalogue, 30_000 - points))
  await store.define([{ name: 'proof_sessions' }])
  const stopServing = answer(
    bus,
    'manager.session',
    async ({ sessionId }) => (await store.get<ProofSession>('proof_sessions', sessionId))!.view,
  )

  const unlimited = { perMinute: 1e9, burst: 1e9 }
  const api = createApi({
    store,
    bus,
    clock,
    log: pino({ level: 'silent' }),
    origin: 'http://localhost:8080',
    chainId: 31_337,
    limits: Object.fromEntries(Object.keys(usualLimits).map((name) => [name, unlimited])),
  })
  const { url } = await api.start({ port: 0 })
  const bare = bareServer(store)
  const { load, stop: stopLoad } = startLoad()
  const bareUrl = await bare.listen({ port: 0, host: '127.0.0.1' })
  try {
    const { headers, session } = await signIn(api.inject, store)
    const cases = [
      { name: 'list', ours: ['/v1/locations?limit=20'], bare: ['/list?limit=20'] },
      {
        name: 'box',
        ours: places.map(([lon, lat]) => `/v1/locations?limit=50&box=${boxAround(lon, lat)}`),
        bare: places.map(([lon, lat]) => `/box?limit=50&box=${boxAround(lon, lat)}`),
      },
      {
        name: 'radius',
        ours: places.map(([lon, lat]) => `/v1/locations?limit=20&radiusM=20000&lat=${lat}&lon=${lon}`),
        bare: places.map(([lon, lat]) => `/near?limit=20&radiusM=20000&lat=${lat}&lon=${lon}`),
      },
      { name: 'session', ours: [`/v1/sessions/${session}`], bare: [`/session/${session}`], headers },
    ]
    const figures: Record<string, Figure> = { evses: { value: evses, bar: '>= 30000', holds: evses >= 30_000 } }
    for (const one of cases) {
      const ours = one.ours.map((path) => `${url}${path}`)
      const floor = one.bare.map((path) => `${bareUrl}${path}`)
      const { oursUs, bareUs, ratio } = await compare(ours, floor, one.headers ?? {}, long, load)
      report(`${one.name}: ${oursUs} us a request, bare ${bareUs} us`)
      figures[`${one.name}CpuUs`] = { value: oursUs, holds: true }
      figures[`${one.name}BareCpuUs`] = { value: bareUs, holds: true }
      figures[`${one.name}Ratio`] = { value: ratio, bar: `<= ${bar}`, holds: ratio <= bar }
    }
    let bad = 0
    for (const one of cases) {
      const urls = one.ours.map((path) => `${url}${path}`)
      const forMs = long ? 20_000 : 1_500
      const crowd = await load({ urls, clients: 200, forMs, ...(one.headers ? { headers: one.headers } : {}) })
      figures[`${one.name}P50MsAt200`] = { value: Math.round(crowd.p50Ms), holds: true }
      figures[`${one.name}P99MsAt200`] = { value: Math.round(crowd.p99Ms), holds: true }
      bad += crowd.bad
    }
    figures.badAnswersAt200 = { value: bad, bar: 0, holds: bad === 0 }
    return figures
  } finally {
    stopLoad()
    await stopServing()
    await api.stop()
    await bare.close()
  }
}

/** Rounds of both, one right after the other, so that what else the machine does meets both; the ratio is the median of the rounds' own. */
const compare = async (
  ours: readonly string[],
  floor: readonly string[],
  headers: Readonly<Record<string, string>>,
  long: boolean,
  load: Load,
) => {
  const rounds = long ? 15 : 9
  const forMs = long ? 2_000 : 250
  const costs = { ours: [] as number[], bare: [] as number[] }
  for (let round = -1; round < rounds; round += 1)
    for (const [who, urls] of [
      ['ours', ours],
      ['bare', floor],
    ] as const) {
      const before = process.cpuUsage()
      const { requests, bad } = await load({ urls, headers, clients: 16, forMs })
      const { user, system } = process.cpuUsage(before)
      if (bad > 0) throw new Error(`${bad} of ${requests} answers of ${urls[0]} were not good`)
      // The first round warms both up.
      if (round >= 0) costs[who].push((user + system) / requests)
    }
  const [oursUs, bareUs] = [median(costs.ours), median(costs.bare)]
  const ratio = median(costs.ours.map((cost, round) => cost / costs.bare[round]!))
  return { oursUs: Math.round(oursUs), bareUs: Math.round(bareUs), ratio: Math.round(ratio * 100) / 100 }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

type Load = (wish: LoadWish) => Promise<LoadResult>

/** One process that makes load, from now until it is stopped. */
const startLoad = (): { load: Load; stop: () => void } => {
  const child = fork(fileURLToPath(new URL('./load.ts', import.meta.url)), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`the process that makes load ended (${code})`)
  })
  // Told to whoever waits; when nobody does, it was stopped.
  gone.catch(() => undefined)
  return {
    load: async (wish) => {
      const answer = once(child, 'message')
      child.send(wish)
      const [result] = await Promise.race([answer, gone])
      return result as LoadResult
    },
    stop: () => child.kill(),
  }
}

/** Paris, Lyon, Marseille, Lille, Nantes, Strasbourg, Toulouse, the Massif Central: dense and empty. */
const places: readonly (readonly [number, number])[] = [
  [2.35, 48.86],
  [4.84, 45.76],
  [5.37, 43.3],
  [3.06, 50.63],
  [-1.55, 47.22],
  [7.75, 48.58],
  [1.44, 43.6],
  [2.9, 45.1],
]
const boxAround = (lon: number, lat: number): string =>
  [lon - 0.2, lat - 0.15, lon + 0.2, lat + 0.15].map((part) => part.toFixed(4)).join(',')

const addOwn = async (catalogue: ReturnType<typeof createCatalogue>, wanted: number): Promise<number> => {
  const perPlace = 50
  let added = 0
  for (let place = 0; added < wanted; place += 1) {
    await catalogue.putLocation({
      id: `own-${place}`,
      party: 'FR*WRN' as Party,
      operatorName: 'Proof',
      name: `Proof ${place}`,
      address: '1 Rue',
      city: 'Paris',
      countryCode: 'FR',
      position: { lon: 2 + place * 0.05, lat: 47 },
      timeZone: 'Europe/Paris',
      source: 'own',
      evses: Array.from({ length: perPlace }, (_, index) => ({
        uid: `${place}-${index}`,
        evseId: parseEvseId(`FR*WRN*E9${String(place * perPlace + index).padStart(6, '0')}`),
        payable: true,
        connectors: [
          {
            id: 1,
            standard: 'IEC_62196_T2',
            format: 'SOCKET',
            powerType: 'AC_3_PHASE',
            maxPowerW: 22_000,
            tariffIds: [],
          },
        ],
      })),
    })
    added += perPlace
  }
  return added
}

type Inject = ReturnType<typeof createApi>['inject']

/** A signed-in driver with one session of theirs. */
const signIn = async (
  inject: Inject,
  store: Store,
): Promise<{ headers: Record<string, string>; session: SessionId }> => {
  const account = privateKeyToAccount(generatePrivateKey())
  const { nonce, domain, uri, chainId } = (await inject({ method: 'POST', url: '/auth/siwe/nonce' })).json()
  const message = createSiweMessage({ address: account.address, chainId, domain, nonce, uri, version: '1' })
  const signature = await account.signMessage({ message })
  const { accessToken } = (await inject({ method: 'POST', url: '/auth/siwe', payload: { message, signature } })).json()
  const session = `0x${'ab'.repeat(32)}` as SessionId
  const driver = account.address.toLowerCase() as Address
  const doc: ProofSession = { _id: session, view: proofSession(session, driver) }
  await store.write([{ op: 'insert', in: 'proof_sessions', doc }])
  return { headers: { authorization: `Bearer ${accessToken}` }, session }
}
