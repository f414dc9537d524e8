import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openSqliteStore } from '@werenode/store'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { registerStation, type Transaction } from '../src/index.ts'
import { connectStation, type TestStation } from './station.ts'

let folder: string
let child: ChildProcess | undefined
let port = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'werenode-ocpp-kill-'))
})
afterAll(() => {
  child?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const boot = async (): Promise<void> => {
  const program = fileURLToPath(new URL('./server-process.ts', import.meta.url))
  child = spawn(process.execPath, [program, folder, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] })
  port = await new Promise((resolve) => child!.stdout!.once('data', (line) => resolve(Number(line))))
}

const kill = async (): Promise<void> => {
  const gone = new Promise((resolve) => child!.once('exit', resolve))
  child!.kill('SIGKILL')
  await gone
}

/** Deaths that many times; `OCPP_KILLS=100` for the long run. */
const deaths = Number(process.env.OCPP_KILLS ?? 5)

it('no acknowledged StopTransaction is lost and no start is doubled, wherever the server is killed', async () => {
  const store = await openSqliteStore({ folder })
  const clock = () => new Date()
  await store.define((await import('../src/index.ts')).ocppCollections)
  const stations = ['K-1', 'K-2', 'K-3']
  const password = 'kill-kill-kill-kill'
  for (const stationId of stations) await registerStation({ store, clock }, { stationId, password })
  await store.close()
  await boot()

  let running = true
  const acknowledged: { key: string; meterStop: number }[] = []
  const starts = new Map<string, Set<number>>()

  /** A real station's habit: what was not answered is sent again, with its own time, over the next connection. */
  const live = async (stationId: string): Promise<void> => {
    let line: TestStation | undefined
    const persist = async (action: string, payload: unknown): Promise<Record<string, never>> => {
      for (;;) {
        try {
          line ??= await connectStation({
            url: `ws://127.0.0.1:${port}/ocpp/`,
            stationId,
            password,
            version: 'ocpp1.6',
          })
          return await line.call(action, payload)
        } catch {
          line?.close()
          line = undefined
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
      }
    }
    for (let round = 0; running; round += 1) {
      const timestamp = new Date(Date.now()).toISOString()
      const meterStart = round * 1_000
      const start = { connectorId: 1, idTag: `TAG-${round}`, meterStart, timestamp }
      const { transactionId } = (await persist('StartTransaction', start)) as unknown as { transactionId: number }
      const name = `${stationId}/${meterStart}`
      starts.set(name, (starts.get(name) ?? new Set()).add(transactionId))
      const stop = { transactionId, meterStop: meterStart + 700, timestamp: new Date().toISOString() }
      await persist('StopTransaction', stop)
      acknowledged.push({ key: `${stationId}/${transactionId}`, meterStop: stop.meterStop })
    }
    line?.close()
  }
  const lives = stations.map(live)
  for (let death = 0; death < deaths; death += 1) {
    // Dies in the middle of work: some of it is done, and the rest is anywhere.
    const before = acknowledged.length
    await expect.poll(() => acknowledged.length, { timeout: 60_000, interval: 5 }).toBeGreaterThan(before + 1)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 30))
    await kill()
    await boot()
  }
  running = false
  await Promise.all(lives)
  await kill()

  const after = await openSqliteStore({ folder })
  try {
    expect(acknowledged.length).toBeGreaterThan(deaths)
    const rows = await after.find<Transaction>('ocpp_transactions', {}, { limit: 10_000 })
    const byId = new Map(rows.items.map((row) => [row._id, row]))
    for (const { key, meterStop } of acknowledged)
      expect(byId.get(key)).toMatchObject({ state: 'ended', estimated: false, endWh: meterStop })
    for (const numbers of starts.values()) expect(numbers.size).toBe(1)
    expect(new Set(rows.items.map((row) => `${row.stationId}/${row.startWh}`)).size).toBe(rows.items.length)
  } finally {
    await after.close()
  }
}, 600_000)
