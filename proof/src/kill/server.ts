import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePorts } from '../free-ports.ts'

/** A whole Werenode server in a process of its own, to be killed. */
export interface Victim {
  readonly origin: string
  readonly ocppUrl: string
  readonly rpcUrl: string
  readonly folder: string
  readonly faultLog: string
  /** Starts it; resolves when it is ready, or false when it died before (by its own kill point). */
  start(env?: Record<string, string>): Promise<boolean>
  /** SIGKILL, like a power cut of the process. */
  kill(): Promise<void>
  /** SIGKILL to it and to the chain process it leaves behind. */
  bury(): Promise<void>
  /** Waits until it dies by its kill point; false when it did not within the time. */
  died(withinMs: number): Promise<boolean>
  /** Ctrl-C; resolves with what it printed when it did not stop by itself with code 0. */
  stop(): Promise<void>
  readonly output: () => string
  /** Its process, while it runs. */
  readonly pid: () => number
}

const main = fileURLToPath(new URL('../../../apps/cli/src/main.ts', import.meta.url))

export const createVictim = async (folder: string): Promise<Victim> => {
  const [http, ocpp, mqtt, rpc, admin] = await freePorts(5)
  const faultLog = join(folder, 'fault-points.log')
  let child: ChildProcess | undefined
  let exited: Promise<void> = Promise.resolve()
  let printed = ''

  const gone = () => child === undefined || child.exitCode !== null || child.signalCode !== null

  return {
    origin: `http://localhost:${http}`,
    ocppUrl: `ws://127.0.0.1:${ocpp}/ocpp/`,
    rpcUrl: `http://127.0.0.1:${rpc}`,
    folder,
    faultLog,
    output: () => printed,
    pid: () => {
      if (child?.pid === undefined || gone()) throw new Error('The server is not running.')
      return child.pid
    },
    start: async (env = {}) => {
      printed = ''
      const started = spawn(
        process.execPath,
        [
          '--disable-warning=ExperimentalWarning',
          main,
          'start',
          ...['--data', join(folder, 'data'), '--port', String(http), '--ocpp-port', String(ocpp)],
          ...['--mqtt-port', String(mqtt), '--rpc-port', String(rpc), '--admin-port', String(admin)],
          // Short, so that drivers who do not sign are proposed for while the run lasts.
          ...['--cosign-timeout', '3'],
          ...['--no-sim', '--no-import', '--quiet'],
        ],
        { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, WERENODE_FAULT_LOG: faultLog, ...env } },
      )
      child = started
      exited = new Promise((resolve) => started.once('exit', () => resolve()))
      const ready = new Promise<boolean>((resolve) => {
        const read = (chunk: Buffer) => {
          printed = (printed + chunk.toString()).slice(-20_000)
          if (printed.includes('Werenode is ready')) resolve(true)
        }
        started.stdout?.on('data', read)
        started.stderr?.on('data', read)
        void exited.then(() => resolve(false))
      })
      const answer = await within(ready, 180_000)
      if (answer === undefined) throw new Error(`The server was not ready within three minutes:\n${printed}`)
      if (!answer && started.signalCode !== 'SIGKILL')
        throw new Error(`The server ended by itself (code ${started.exitCode}) while starting:\n${printed}`)
      return answer
    },
    kill: async () => {
      child?.kill('SIGKILL')
      await exited
    },
    bury: async () => {
      child?.kill('SIGKILL')
      await exited
      endChain(join(folder, 'data', 'chain', 'processes.json'))
    },
    died: async (withinMs) => {
      await within(exited, withinMs)
      if (gone() && child?.signalCode !== 'SIGKILL')
        throw new Error(`The server ended by itself (code ${child?.exitCode}):\n${printed}`)
      return gone()
    },
    stop: async () => {
      if (gone()) return
      child?.kill('SIGINT')
      await within(exited, 40_000)
      if (!gone()) throw new Error(`The server did not stop within 40 s of Ctrl-C:\n${printed}`)
      if (child?.exitCode !== 0) throw new Error(`The server stopped with code ${child?.exitCode}:\n${printed}`)
    },
  }
}

/** The next start would end it; after the last life nobody does. */
const endChain = (noteFile: string): void => {
  if (!existsSync(noteFile)) return
  const { anvil } = JSON.parse(readFileSync(noteFile, 'utf8')) as { anvil?: { pid: number } }
  if (anvil === undefined || !existsSync(`/proc/${anvil.pid}`)) return
  // By number alone it could be a stranger.
  if (readFileSync(`/proc/${anvil.pid}/cmdline`, 'utf8').includes(dirname(noteFile))) process.kill(anvil.pid, 'SIGKILL')
}

/** Names of fault points passed so far. */
export const faultPointsSeen = (victim: Victim): readonly string[] =>
  existsSync(victim.faultLog) ? [...new Set(readFileSync(victim.faultLog, 'utf8').split('\n').filter(Boolean))] : []

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** The promise's value, or undefined when it takes longer. */
export const within = async <T>(promise: Promise<T>, ms: number): Promise<T | undefined> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
