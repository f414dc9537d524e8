import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Hex } from '@werenode/core'
import { freePorts } from '../free-ports.ts'

const main = resolve(import.meta.dirname, '..', '..', '..', 'apps', 'cli', 'src', 'main.ts')

/** A busy machine is no failure. */
const patienceMs = 300_000

export interface PortalServer {
  readonly origin: string
  /** Of whoever runs this node: may do everything on it. */
  operatorKey(): Hex
  /** Of who the operator registry knows as the party's owner. */
  ownerKey(): Hex
  readonly rpcUrl: string
  /** Loopback only: metrics, and the letters of a node without a mail server. */
  readonly adminUrl: string
  /** Charging stations connect here, their identity appended. */
  readonly ocppUrl: string
  stop(): Promise<void>
}

/** The whole house as `npm start` composes it, on ports and data of its own, with its simulated stations. */
export const openServer = async (folder: string, options: readonly string[] = []): Promise<PortalServer> => {
  const [http, ocpp, mqtt, rpc, admin] = await freePorts(5)
  const child: ChildProcess = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      main,
      'start',
      ...['--data', join(folder, 'data'), '--port', String(http), '--ocpp-port', String(ocpp)],
      ...['--mqtt-port', String(mqtt), '--rpc-port', String(rpc), '--admin-port', String(admin), '--quiet'],
      ...options,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, WERENODE_APPS: 'off' } },
  )
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  let said = ''
  const begun = new Promise<void>((ready, failed) => {
    const read = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-10_000)
      if (said.includes('Werenode is ready')) ready()
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    void gone.then(() => failed(new Error(`The server ended while starting:\n${said}`)))
    setTimeout(() => failed(new Error(`The server was not ready within five minutes:\n${said}`)), patienceMs).unref()
  })
  await begun.catch(async (error: unknown) => {
    child.kill('SIGKILL')
    await gone
    throw error
  })
  return {
    origin: `http://localhost:${http}`,
    operatorKey: () =>
      (JSON.parse(readFileSync(join(folder, 'data', 'operator', 'key.json'), 'utf8')) as { privateKey: Hex })
        .privateKey,
    ownerKey: () => (JSON.parse(readFileSync(join(folder, 'data', 'keys.json'), 'utf8')) as { owner: Hex }).owner,
    rpcUrl: `http://127.0.0.1:${rpc}`,
    adminUrl: `http://127.0.0.1:${admin}`,
    ocppUrl: `ws://127.0.0.1:${ocpp}/ocpp/`,
    async stop() {
      child.kill('SIGINT')
      const hurry = setTimeout(() => child.kill('SIGKILL'), 20_000)
      await gone
      clearTimeout(hurry)
    },
  }
}
