import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import getPort from 'get-port'

/** The program nats-server; `WERENODE_NATS_SERVER` names another place. */
export const natsProgram = (): string | undefined =>
  [
    process.env.WERENODE_NATS_SERVER,
    '/usr/sbin/nats-server',
    '/usr/bin/nats-server',
    '/usr/local/bin/nats-server',
  ].find((path) => path !== undefined && existsSync(path))
export const howToEquip = 'No nats-server on this machine (Debian: apt install nats-server).'

export interface TestCluster {
  readonly servers: string
  readonly replicas: number
  readonly names: readonly string[]
  kill(name: string): Promise<void>
  start(name: string): Promise<void>
  /** Name of the server that leads a stream. */
  leader(stream: string): Promise<string | undefined>
  stop(): Promise<void>
}

/** Servers of our own on ports of their own, with JetStream; several form a cluster. */
export const startNats = async (size: 1 | 3): Promise<TestCluster> => {
  const program = natsProgram()
  if (program === undefined) throw new Error(howToEquip)
  const folder = mkdtempSync(join(tmpdir(), 'werenode-nats-'))
  const names = Array.from({ length: size }, (_, i) => `n${i + 1}`)
  const ports = await Promise.all(
    names.map(async () => ({
      client: await getPort({ host: '127.0.0.1' }),
      route: await getPort({ host: '127.0.0.1' }),
    })),
  )
  const routes = ports.map(({ route }) => `nats://127.0.0.1:${route}`)
  const children = new Map<string, ChildProcess>()
  const ended = new Map<string, Promise<void>>()
  const servers = ports.map(({ client }) => `127.0.0.1:${client}`).join(',')

  const launch = (name: string): void => {
    const { client, route } = ports[names.indexOf(name)]!
    const config = join(folder, `${name}.conf`)
    const cluster =
      size === 1
        ? ''
        : `cluster { name: test, listen: "127.0.0.1:${route}", routes: ${JSON.stringify(routes)}, no_advertise: true }\n`
    writeFileSync(
      config,
      `server_name: ${name}\nlisten: "127.0.0.1:${client}"\nmax_payload: 8MB\njetstream { store_dir: ${JSON.stringify(join(folder, name))}, max_mem: 256MB, max_file: 2GB }\n${cluster}`,
    )
    const child = spawn(program, ['-c', config], { stdio: 'ignore' })
    children.set(name, child)
    ended.set(name, new Promise((resolve) => child.once('exit', () => resolve())))
  }

  const ready = async (): Promise<void> => {
    for (let tries = 0; ; tries++) {
      try {
        const nc = await connect({ servers: servers.split(','), timeout: 1_000 })
        try {
          const manager = await jetstreamManager(nc, { timeout: 2_000 })
          await manager.getAccountInfo()
          return
        } finally {
          await nc.close()
        }
      } catch (error) {
        if (tries > 150) throw error
        await pause(200)
      }
    }
  }

  const kill = async (name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    children.get(name)?.kill(signal)
    await ended.get(name)
  }

  for (const name of names) launch(name)
  await ready()
  return {
    servers,
    replicas: size,
    names,
    kill,
    start: async (name) => {
      launch(name)
      await ready()
    },
    leader: async (stream) => {
      const nc = await connect({ servers: servers.split(','), timeout: 2_000 })
      try {
        const manager = await jetstreamManager(nc, { timeout: 3_000 })
        return (await manager.streams.info(stream)).cluster?.leader
      } finally {
        await nc.close()
      }
    },
    stop: async () => {
      for (const name of names) await kill(name)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
