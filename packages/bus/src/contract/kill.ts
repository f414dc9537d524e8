import { spawn } from 'node:child_process'
import type { Bus, Store } from '@werenode/core'
import { describe, expect, it } from 'vitest'

/** A bus that a child process can open: `module` exports `open(argument): Promise<{ bus, store, close }>`. */
export interface KilledBus {
  readonly module: string
  readonly argument: string
  clean(): Promise<void>
}
export interface OpenedForKill {
  readonly bus: Bus
  readonly store: Store
  close(): Promise<void>
}

const WRITERS = 8

/** What a killed child told: `committed` were acknowledged to it, `handled` its consumer had done with. */
interface Told {
  readonly committed: readonly string[]
  readonly handled: readonly string[]
}

const runUntilKilled = async (killed: KilledBus, run: number, afterMs: number): Promise<Told> => {
  const program = new URL('./kill-child.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program, killed.module, killed.argument, String(run), String(WRITERS)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let told = ''
  let complaint = ''
  let timer: NodeJS.Timeout | undefined
  child.stdout.on('data', (chunk: Buffer) => {
    told += chunk.toString()
    timer ??= setTimeout(() => child.kill('SIGKILL'), afterMs)
  })
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)))
  clearTimeout(timer)
  expect(signal, complaint).toBe('SIGKILL')
  const lines = told.split('\n').slice(0, -1)
  const after = (word: string) => lines.flatMap((line) => (line.startsWith(word) ? [line.slice(word.length)] : []))
  return { committed: after('committed '), handled: after('handled ') }
}

/** `subject n` lines as the numbers of each subject, in the order they came. */
const bySubject = (lines: readonly string[]): Map<string, number[]> => {
  const subjects = new Map<string, number[]>()
  for (const line of lines) {
    const [subject, n] = line.split(' ') as [string, string]
    subjects.set(subject, [...(subjects.get(subject) ?? []), Number(n)])
  }
  return subjects
}

/**
 * A process that commits and consumes is killed at a random moment, many times over one store: every event whose commit it had
 * acknowledged is delivered at least once, in order per subject, and events and operations are there together or not at all.
 */
export const busKillContract = (name: string, prepare: () => Promise<KilledBus>, runs = 6): void => {
  describe(`bus contract: ${name}, killed`, () => {
    it('delivers every acknowledged event, in order', async () => {
      const killed = await prepare()
      const { open } = (await import(killed.module)) as { open(argument: string): Promise<OpenedForKill> }
      let acknowledged = 0
      let repeated = 0
      try {
        for (let run = 0; run < runs; run++) {
          const told = await runUntilKilled(killed, run, Math.random() * 300)
          const { bus, store, close } = await open(killed.argument)
          const delivered: string[] = []
          try {
            await bus.consume({ group: 'kill', types: ['station.*'] }, async (event) => {
              delivered.push(`${event.subject} ${(event.data as { epoch: number }).epoch}`)
            })
            await bus.idle(30_000)

            const before = bySubject(told.handled)
            const after = bySubject(delivered)
            for (const [subject, numbers] of [...before, ...after]) {
              expect(numbers, `${subject} came out of order`).toEqual(numbers.toSorted((a, b) => a - b))
            }
            const everything = bySubject([...told.handled, ...delivered])
            for (const [subject, numbers] of bySubject(told.committed)) {
              const seen = new Set(everything.get(subject))
              for (const n of numbers)
                expect(seen.has(n), `${subject} ${n} was acknowledged and never delivered`).toBe(true)
              // Nothing between is missing either: what comes later was not delivered without what comes before.
              expect(seen.size, subject).toBe(Math.max(...seen) + 1)
            }
            for (let writer = 0; writer < WRITERS; writer++) {
              const subject = `station.${run}-${writer}`
              const events = await bus.replay({ afterSeq: 0, types: ['>'], subject, limit: 10_000 })
              expect(await store.count('kill_docs', { subject }), `${subject}: operations and events differ`).toBe(
                events.length,
              )
            }
          } finally {
            await close()
          }
          acknowledged += told.committed.length
          repeated += told.handled.length + delivered.length - new Set([...told.handled, ...delivered]).size
        }
      } finally {
        await killed.clean()
      }
      console.log(
        `${name}: ${acknowledged} acknowledged events over ${runs} kills, all delivered, ${repeated} of them twice`,
      )
    }, 120_000)
  })
}
