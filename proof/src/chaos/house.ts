import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Balancer, startBalancer } from './balancer.ts'

const main = fileURLToPath(new URL('../../../apps/cli/src/main.ts', import.meta.url))

/** One process of the house; it keeps its name and its ports through all its lives. */
export interface Worker {
  readonly name: string
  readonly kind: string
  readonly ports: { readonly http: number; readonly ocpp: number; readonly admin: number }
  start(): Promise<void>
  signal(signal: NodeJS.Signals): void
  kill(): Promise<void>
  /** SIGTERM: drains, and ends by itself. */
  drain(): Promise<void>
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

export const freePorts = async (count: number): Promise<number[]> => {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer()
          server.listen(0, '127.0.0.1', () => resolve(server))
        }),
    ),
  )
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
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
}): Promise<Worker> => {
  const [http, ocpp, mqtt, rpc, admin] = (await freePorts(5)) as [number, number, number, number, number]
  const { name, services, folder } = options
  let child: ChildProcess | undefined
  let ended: Promise<void> = Promise.resolve()
  let printed = ''
  const ports = { http, ocpp, admin }
  return {
    name,
    kind: services,
    ports,
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
        { stdio: ['ignore', 'pipe', 'pipe'], env: process.env },
      )
      child = started
      ended = new Promise((resolve) => started.once('exit', () => resolve()))
      const read = (chunk: Buffer): void => {
        printed = (printed + chunk.toString()).slice(-8_000)
      }
      started.stdout?.on('data', read)
      started.stderr?.on('data', read)
      for (let tries = 0; !(await isReady(admin)); tries++) {
        if (started.signalCode !== null) return
        if (started.exitCode !== null) throw new Error(`${name} ended while starting: ${printed}`)
        if (tries > 600) throw new Error(`${name} was not ready within a minute: ${printed}`)
        await pause(100)
      }
    },
    signal: (signal) => {
      child?.kill(signal)
    },
    kill: async () => {
      child?.kill('SIGKILL')
      await ended
    },
    drain: async () => {
      child?.kill('SIGTERM')
      await ended
    },
    metrics: async () => (await fetch(`http://127.0.0.1:${admin}/metrics`)).text(),
    output: () => printed,
  }
}

/** How many processes of each kind. The chain is one process: it is somebody else's in a real house. */
export interface HousePlan {
  readonly relayers: number
  readonly managers: number
  readonly ocpp: number
  readonly apis: number
}

/** A house of many processes on one machine, before each kind a load balancer. */
export const startHouse = async (options: {
  folder: string
  store: string
  bus: string
  busReplicas: number
  plan: HousePlan
}): Promise<House> => {
  const { folder, plan } = options
  const [rpc, front] = (await freePorts(2)) as [number, number]
  const shared = ['--store', options.store, '--bus', options.bus, '--bus-replicas', String(options.busReplicas)]
  const make = (kind: string, count: number, args: readonly string[] = []): Promise<Worker>[] =>
    Array.from({ length: count }, (_, i) =>
      createWorker({
        name: `${kind.split(',')[0]}-${i + 1}`,
        services: kind,
        folder: join(folder, 'data'),
        args: [...shared, ...args],
      }),
    )
  const origin = `http://localhost:${front}`
  const store = options.store.startsWith('unix:') ? await make('store', 1)[0]! : undefined
  const chain = await make('chain', 1, ['--rpc-port', String(rpc)])[0]!
  const rest = await Promise.all([
    ...make('relayer', plan.relayers),
    ...make('manager', plan.managers, ['--cosign-timeout', '3', '--demo']),
    ...make('ocpp', plan.ocpp),
    ...make('api', plan.apis, ['--origin', origin, '--demo']),
  ])
  const portsOf = (kind: string, of: 'http' | 'ocpp'): number[] =>
    rest.filter((worker) => worker.kind === kind).map(({ ports }) => ports[of])
  const ocpp: Balancer = await startBalancer(portsOf('ocpp', 'ocpp'))
  // The origin is part of what is signed: its port is chosen before the processes start.
  const web: Balancer = await startBalancer(portsOf('api', 'http'), front)
  await Promise.all([chain.start(), store?.start()])
  // One of each kind makes the schema; the others find it.
  await rest[0]?.start()
  await Promise.all(rest.slice(1).map((worker) => worker.start()))
  return {
    workers: [chain, ...(store === undefined ? [] : [store]), ...rest],
    origin,
    ocppUrl: `ws://127.0.0.1:${ocpp.port}/ocpp/`,
    rpcUrl: `http://127.0.0.1:${rpc}`,
    folder,
    stop: async () => {
      await Promise.all(rest.map((worker) => worker.drain()))
      await chain.drain()
      await store?.drain()
      ocpp.close()
      web.close()
    },
  }
}
