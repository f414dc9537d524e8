import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePorts } from '../free-ports.ts'
import { type Balancer, startBalancer } from './balancer.ts'
import { createFakeClock } from './clock.ts'
import { startWire, type Wire } from './wire.ts'

const main = fileURLToPath(new URL('../../../apps/cli/src/main.ts', import.meta.url))

/** Fifteen processes that begin at once on a busy machine take their time. */
const READY_WITHIN_MS = 300_000
const DRAIN_WITHIN_MS = 120_000

/** One process of the house; it keeps its name and its ports through all its lives. */
export interface Worker {
  readonly name: string
  readonly kind: string
  readonly ports: { readonly http: number; readonly ocpp: number; readonly admin: number }
  /** Its lines to the servers of the bus, and to the store. */
  readonly wires: { readonly bus: readonly Wire[]; readonly store: readonly Wire[] }
  start(): Promise<void>
  signal(signal: NodeJS.Signals): void
  kill(): Promise<void>
  /** SIGTERM: drains, and ends by itself. */
  drain(): Promise<void>
  /** Moves its clock on the wall; 0 sets it right. */
  setClock(offsetS: number): void
  isRunning(): boolean
  pid(): number | undefined
  /** Its metrics, in words of Prometheus. */
  metrics(): Promise<string>
  output(): string
}

export interface House {
  readonly workers: readonly Worker[]
  readonly origin: string
  readonly ocppUrl: string
  readonly rpcUrl: string
  readonly folder: string
  stop(): Promise<void>
}

const isReady = async (admin: number): Promise<boolean> => {
  try {
    return (await fetch(`http://127.0.0.1:${admin}/readyz`, { signal: AbortSignal.timeout(1_000) })).ok
  } catch {
    return false
  }
}

export const createWorker = async (options: {
  name: string
  services: string
  folder: string
  args: readonly string[]
  env: Readonly<Record<string, string>>
  wires: Worker['wires']
  setClock: Worker['setClock']
}): Promise<Worker> => {
  const [http, ocpp, mqtt, rpc, admin] = (await freePorts(5)) as [number, number, number, number, number]
  const { name, services, folder, wires, setClock } = options
  let child: ChildProcess | undefined
  let ended: Promise<void> = Promise.resolve()
  let printed = ''
  const isRunning = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child?.kill(signal)
    // One that is frozen hears nothing but this.
    child?.kill('SIGCONT')
    await ended
  }
  return {
    name,
    kind: services,
    ports: { http, ocpp, admin },
    wires,
    setClock,
    isRunning,
    pid: () => child?.pid,
    start: async () => {
      const started = spawn(
        process.execPath,
        [
          '--disable-warning=ExperimentalWarning',
          main,
          'serve',
          services,
          ...['--name', name, '--data', folder, '--port', String(http), '--ocpp-port', String(ocpp)],
          ...['--mqtt-port', String(mqtt), '--admin-port', String(admin)],
          ...(options.args.includes('--rpc-port') ? [] : ['--rpc-port', String(rpc)]),
          ...options.args,
        ],
        { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...options.env } },
      )
      child = started
      ended = new Promise((resolve) => started.once('exit', () => resolve()))
      const read = (chunk: Buffer): void => {
        printed = (printed + chunk.toString()).slice(-8_000)
      }
      started.stdout?.on('data', read)
      started.stderr?.on('data', read)
      const startedAt = performance.now()
      while (!(await isReady(admin))) {
        if (started.signalCode !== null) return
        if (started.exitCode !== null) throw new Error(`${name} ended while starting: ${printed}`)
        if (performance.now() - startedAt > READY_WITHIN_MS)
          throw new Error(`${name} was not ready within ${READY_WITHIN_MS / 60_000} minutes: ${printed}`)
        await pause(100)
      }
    },
    signal: (signal) => {
      child?.kill(signal)
    },
    kill: () => end('SIGKILL'),
    drain: async () => {
      const tooLate = setTimeout(() => child?.kill('SIGKILL'), DRAIN_WITHIN_MS)
      await end('SIGTERM')
      clearTimeout(tooLate)
    },
    metrics: async () => (await fetch(`http://127.0.0.1:${admin}/metrics`)).text(),
    output: () => printed,
  }
}

/** How many processes of each kind; plugs (MQTT) and roaming (OCPI) have one each, or two of which one stands by. */
export interface HousePlan {
  readonly relayers: number
  readonly managers: number
  readonly ocpp: number
  readonly apis: number
  readonly mqtts: number
  readonly roamings: number
}

/** Where the servers are that all lean on: ports of this machine, or the path of the store's socket. */
export interface Servers {
  readonly store: string | { readonly port: number; readonly url: (port: number) => string }
  readonly busPorts: readonly number[]
}

/** A house of many processes on one machine, before each kind a load balancer, each with lines of its own to bus and store. */
export const startHouse = async (options: {
  folder: string
  /** Where the process `store` keeps its file. */
  storeFolder: string
  servers: Servers
  plan: HousePlan
  /** Shorter than in real houses, so that drivers who do not sign are proposed for while the run lasts. */
  cosignTimeoutS: number
  env?: Readonly<Record<string, string>>
}): Promise<House> => {
  const { folder, plan, servers } = options
  const [rpc, front] = (await freePorts(2)) as [number, number]
  const origin = `http://localhost:${front}`
  const wires: Wire[] = []
  mkdirSync(folder, { recursive: true })

  const wiresOf = async (name: string) => {
    const busPorts = await freePorts(servers.busPorts.length)
    const bus = await Promise.all(servers.busPorts.map((to, i) => startWire(busPorts[i]!, to)))
    const { store: place } = servers
    const socket = join(folder, `${name}.sock`)
    const [storePort] = (await freePorts(1)) as [number]
    const store = typeof place === 'string' ? await startWire(socket, place) : await startWire(storePort, place.port)
    wires.push(...bus, store)
    return {
      wires: { bus, store: [store] },
      args: [
        '--store',
        typeof place === 'string' ? `unix:${socket}` : place.url(storePort),
        '--bus',
        busPorts.map((port) => `nats://127.0.0.1:${port}`).join(','),
        '--bus-replicas',
        String(servers.busPorts.length),
      ],
    }
  }
  const make = (kind: string, count: number, args: readonly string[] = []): Promise<Worker>[] =>
    Array.from({ length: count }, async (_, i) => {
      const name = `${kind}-${i + 1}`
      const lines = await wiresOf(name)
      const clock = createFakeClock(join(folder, `${name}.clock`))
      return createWorker({
        name,
        services: kind,
        folder: join(folder, 'data'),
        args: [...lines.args, ...args],
        env: { ...options.env, ...clock.env },
        wires: lines.wires,
        setClock: clock.set,
      })
    })
  /** What stands below the others has no lines to them. */
  const makeBelow = (kind: string, at: string, args: readonly string[]): Promise<Worker> =>
    createWorker({
      name: kind,
      services: kind,
      folder: at,
      args,
      env: options.env ?? {},
      wires: { bus: [], store: [] },
      setClock: () => undefined,
    })
  const place = typeof servers.store === 'string' ? `unix:${servers.store}` : servers.store.url(servers.store.port)
  const below = ['--store', place, '--bus', `nats://127.0.0.1:${servers.busPorts[0]}`]
  const store = typeof servers.store === 'string' ? await makeBelow('store', options.storeFolder, below) : undefined
  const chain = await makeBelow('chain', join(folder, 'data'), [...below, '--rpc-port', String(rpc)])
  const rest = await Promise.all([
    ...make('relayer', plan.relayers),
    ...make('manager', plan.managers, ['--cosign-timeout', String(options.cosignTimeoutS), '--demo']),
    ...make('ocpp', plan.ocpp),
    ...make('api', plan.apis, ['--origin', origin, '--demo']),
    ...make('mqtt', plan.mqtts),
    ...make('roaming', plan.roamings, ['--origin', origin]),
  ])
  const portsOf = (kind: string, of: 'http' | 'ocpp'): number[] =>
    rest.filter((worker) => worker.kind === kind).map(({ ports }) => ports[of])
  const ocpp: Balancer = await startBalancer(portsOf('ocpp', 'ocpp'))
  // The origin is part of what is signed: its port is chosen before the processes start.
  const web: Balancer = await startBalancer(portsOf('api', 'http'), front)
  const stop = async (): Promise<void> => {
    for (const wire of wires) wire.heal()
    await Promise.all(rest.map((worker) => worker.drain()))
    await chain.drain()
    await store?.drain()
    ocpp.close()
    web.close()
    for (const wire of wires) wire.close()
  }
  try {
    await Promise.all([chain.start(), store?.start()])
    await Promise.all(rest.map((worker) => worker.start()))
  } catch (error) {
    // The chain is drained below: killed, it would leave its node behind.
    await Promise.all(rest.map((worker) => worker.kill()))
    await stop()
    throw error
  }
  return {
    workers: [chain, ...(store === undefined ? [] : [store]), ...rest],
    origin,
    ocppUrl: `ws://127.0.0.1:${ocpp.port}/ocpp/`,
    rpcUrl: `http://127.0.0.1:${rpc}`,
    folder,
    stop,
  }
}
