import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Command, SimEvents } from './control/protocol.ts'
import type { StationOptions } from './station/options.ts'

export type SimEvent = {
  [E in keyof SimEvents]: { readonly event: E; readonly station: string } & SimEvents[E]
}[keyof SimEvents]

export interface SpawnOptions {
  readonly stations: readonly StationOptions[]
  /** Also tell every frame. */
  readonly frames?: boolean
  readonly tickMs?: number
}

/** Simulated stations in a process of their own. */
export interface Simulator {
  /** Carries a command out. Rejects with the simulator's words. */
  send(command: Command, station?: string): Promise<Record<string, unknown>>
  /** Everything told so far and not forgotten. */
  readonly events: readonly SimEvent[]
  /** The first event, told already or still to come, for which `holds`. Rejects after `timeoutMs` (default 10 s) with what was told. */
  waitFor<E extends SimEvent['event']>(
    event: E,
    holds?: (event: Extract<SimEvent, { event: E }>) => boolean,
    timeoutMs?: number,
  ): Promise<Extract<SimEvent, { event: E }>>
  /** Forgets what was told so far, so that `waitFor` waits for something new. */
  forget(): void
  /** In order. */
  stop(): Promise<void>
  /** Like a power cut of the whole process. */
  kill(): Promise<void>
  readonly pid: number
}

export const spawnSimulator = async (options: SpawnOptions): Promise<Simulator> => {
  // In a file of its own, so that passwords do not stand in the process list.
  const folder = mkdtempSync(join(tmpdir(), 'werenode-simulator-'))
  const list = join(folder, 'stations.json')
  writeFileSync(list, JSON.stringify(options.stations), { mode: 0o600 })
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const child = spawn(
    process.execPath,
    [
      main,
      '--stations',
      list,
      ...(options.frames ? ['--frames'] : []),
      ...(options.tickMs === undefined ? [] : ['--tick', String(options.tickMs)]),
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  )
  let complaints = ''
  child.stderr.on('data', (chunk) => (complaints = (complaints + chunk).slice(-4_000)))
  child.stdin.on('error', () => undefined)
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  void exited.then(() => rmSync(folder, { recursive: true, force: true }))

  const events: SimEvent[] = []
  const watchers = new Set<() => void>()
  const replies = new Map<
    number,
    { resolve: (reply: Record<string, unknown>) => void; reject: (error: Error) => void }
  >()
  let nextId = 1
  let forgotten = 0

  createInterface({ input: child.stdout }).on('line', (line) => {
    const told = JSON.parse(line) as Record<string, unknown>
    if ('reply' in told) {
      const waiting = replies.get(told.reply as number)
      replies.delete(told.reply as number)
      if (told.ok) waiting?.resolve(told)
      else waiting?.reject(new Error(String(told.error)))
      return
    }
    events.push(told as unknown as SimEvent)
    for (const watch of watchers) watch()
  })
  void exited.then(() => {
    for (const { reject } of replies.values()) reject(new Error(`The simulator is gone. ${complaints}`))
    for (const watch of watchers) watch()
  })

  return {
    send: (command, station) =>
      new Promise((resolve, reject) => {
        if (child.exitCode !== null || child.signalCode !== null)
          return reject(new Error(`The simulator is gone. ${complaints}`))
        const id = nextId++
        replies.set(id, { resolve, reject })
        child.stdin.write(`${JSON.stringify({ ...command, id, ...(station === undefined ? {} : { station }) })}\n`)
      }),
    get events() {
      return events.slice(forgotten)
    },
    waitFor: (event, holds = () => true, timeoutMs = 10_000) =>
      new Promise((resolve, reject) => {
        let seen = forgotten
        const done = (): void => {
          clearTimeout(timer)
          watchers.delete(watch)
        }
        const watch = (): void => {
          for (; seen < events.length; seen += 1) {
            const candidate = events[seen]! as never as Extract<SimEvent, { event: typeof event }>
            if (candidate.event !== event || !holds(candidate)) continue
            done()
            resolve(candidate)
            return
          }
          if (isGone(child)) {
            done()
            reject(new Error(`The simulator is gone before "${event}". ${complaints}`))
          }
        }
        const timer = setTimeout(() => {
          done()
          const last = events.slice(-12).map((told) => JSON.stringify(told).slice(0, 200))
          reject(new Error(`No "${event}" within ${timeoutMs} ms. Last told:\n${last.join('\n')}`))
        }, timeoutMs)
        watchers.add(watch)
        watch()
      }),
    forget: () => {
      forgotten = events.length
    },
    stop: async () => {
      if (isGone(child)) return
      child.stdin.write(`${JSON.stringify({ do: 'quit' })}\n`)
      const hurry = setTimeout(() => child.kill('SIGKILL'), 3_000)
      await exited
      clearTimeout(hurry)
    },
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
    pid: child.pid!,
  }
}

const isGone = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null
