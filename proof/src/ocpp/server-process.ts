import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Kind } from './contestants.ts'

export interface ServerFigures {
  /** All CPU the process has used in all its threads, user and system. */
  readonly cpuUs: number
  readonly rssBytes: number
  readonly connected: number
}

export interface ServerProcess {
  readonly port: number
  /** `memory` collects garbage first, `settle` writes first what was put off. */
  ask(question: 'cpu' | 'memory' | 'settle'): Promise<ServerFigures>
  stop(): Promise<void>
}

/** Starts a contestant on a fresh store on disk; `stop` leaves nothing behind. */
export const startServer = async (kind: Kind, stations: number): Promise<ServerProcess> => {
  const folder = mkdtempSync(join(tmpdir(), `werenode-proof-${kind}-`))
  const child: ChildProcess = fork(
    fileURLToPath(new URL('./server.ts', import.meta.url)),
    [kind, folder, String(stations)],
    { execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'] },
  )
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const next = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      child.once('message', (message) => resolve(message as T))
      void exited.then(() => reject(new Error(`The ${kind} server of the proof ended by itself`)))
    })
  const { port } = await next<{ port: number }>()
  return {
    port,
    ask: (question) => {
      const told = next<ServerFigures>()
      child.send(question)
      return told
    },
    stop: async () => {
      child.kill('SIGKILL')
      await exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
