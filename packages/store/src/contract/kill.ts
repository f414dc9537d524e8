import { spawn } from 'node:child_process'
import type { Store } from '@werenode/core'
import { describe, expect, it } from 'vitest'
import type { Thing } from './opened.ts'

/** A store that a child process can open: `module` exports `open(argument): Promise<Store>`. */
export interface KilledStore {
  readonly module: string
  readonly argument: string
  clean(): Promise<void>
}

const WRITERS = 12

/** Starts a writing child, kills it `afterMs` after its first acknowledgement, and returns what it had acknowledged. */
const writeUntilKilled = async (killed: KilledStore, run: number, afterMs: number): Promise<string[]> => {
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
  // The last line may have been cut: it was not acknowledged to anybody.
  return told.split('\n').slice(0, -1)
}

/** Every batch that is in the store, whole; throws when one is there in part. */
const wholeBatches = async (store: Store, run: number): Promise<Set<string>> => {
  const whole = new Set<string>()
  for (let writer = 0; writer < WRITERS; writer++) {
    const points = await store.range('kill', `${run}-${writer}`, {})
    const inSeries = points.map(({ value }) => String(value))
    const last = await store.get<Thing>('kill_last', `${run}-${writer}`)
    expect(last?.batch ?? undefined).toBe(inSeries.at(-1))
    for (const batch of inSeries) {
      const docs = await store.getMany<Thing>('kill_docs', [`${batch}-x`, `${batch}-y`])
      expect(docs.length, `batch ${batch} is torn`).toBe(2)
      expect(docs[1]?.text).toBe('y'.repeat(300))
      whole.add(batch)
    }
  }
  expect(await store.count('kill_docs', { run })).toBe(whole.size * 2)
  return whole
}

/**
 * A process that writes is killed at a random moment, many times over one store: everything it had acknowledged is there, and
 * every batch is there in whole or not at all.
 */
export const storeKillContract = (name: string, prepare: () => Promise<KilledStore>, runs = 6): void => {
  describe(`store contract: ${name}, killed`, () => {
    it('keeps every acknowledged write and tears none', async () => {
      const killed = await prepare()
      const { open } = (await import(killed.module)) as { open(argument: string): Promise<Store> }
      let acknowledged = 0
      try {
        for (let run = 0; run < runs; run++) {
          const told = await writeUntilKilled(killed, run, Math.random() * 250)
          const store = await open(killed.argument)
          try {
            const whole = await wholeBatches(store, run)
            for (const batch of told) expect(whole.has(batch), `batch ${batch} was acknowledged and is lost`).toBe(true)
          } finally {
            await store.close()
          }
          acknowledged += told.length
        }
      } finally {
        await killed.clean()
      }
      console.log(`${name}: ${acknowledged} acknowledged batches over ${runs} kills, all there`)
    }, 120_000)
  })
}
