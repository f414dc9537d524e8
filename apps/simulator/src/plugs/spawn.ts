import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { PlugCommand, PlugOptions } from './options.ts'

/** What a simulated plug tells of itself: `connected`, `disconnected`, `relay`, `command`, `trouble`, `lost`. */
export type PlugEvent = { readonly event: string; readonly plug: string } & Readonly<Record<string, unknown>>

/** Simulated plugs in a process of their own. */
export interface PlugSimulator {
  send(command: PlugCommand, plug?: string): Promise<Record<string, unknown>>
  readonly events: readonly PlugEvent[]
  stop(): Promise<void>
  /** Like a power cut of the whole street. */
  kill(): Promise<void>
  readonly pid: number
}

export const spawnPlugs = async (plugs: readonly PlugOptions[], { tickMs = 100 } = {}): Promise<PlugSimulator> => {
  // In a file of its own, so that passwords do not stand in the process list.
  const folder = mkdtempSync(join(tmpdir(), 'werenode-plugs-'))
  const list = join(folder, 'plugs.json')
  writeFileSync(list, JSON.stringify(plugs), { mode: 0o600 })
  const main = fileURLToPath(new URL('../plugs-main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, '--plugs', list, '--tick', String(tickMs)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints = (complaints + chunk).slice(-4_000)
  })
  child.stdin.on('error', () => undefined)
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const replies = new Map<
    number,
    { resolve: (told: Record<string, unknown>) => void; reject: (error: Error) => void }
  >()
  void exited.then(() => {
    rmSync(folder, { recursive: true, force: true })
    for (const { reject } of replies.values()) reject(new Error(`The simulated plugs are gone. ${complaints}`))
  })
  const events: PlugEvent[] = []
  let nextId = 1
  createInterface({ input: child.stdout }).on('line', (line) => {
    const told = JSON.parse(line) as Record<string, unknown>
    if (!('reply' in told)) return void events.push(told as PlugEvent)
    const waiting = replies.get(told.reply as number)
    replies.delete(told.reply as number)
    if (told.ok) waiting?.resolve(told)
    else waiting?.reject(new Error(String(told.error)))
  })
  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null

  return {
    send: (command, plug) =>
      new Promise((resolve, reject) => {
        if (isGone()) return reject(new Error(`The simulated plugs are gone. ${complaints}`))
        const id = nextId++
        replies.set(id, { resolve, reject })
        child.stdin.write(`${JSON.stringify({ ...command, id, ...(plug === undefined ? {} : { plug }) })}\n`)
      }),
    events,
    stop: async () => {
      if (isGone()) return
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
