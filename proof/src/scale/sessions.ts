import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '@werenode/store'
import { openHouse, plugs } from '../walk/house.ts'
import { seedHistory } from './history.ts'

/** What one charge costs a house that keeps so many. */
export interface AtSize {
  readonly sessions: number
  /** CPU of the server, ms a charge, from quote to settlement. */
  readonly cpuMs: number
  readonly storeMB: number
}

/** Lets drivers charge through the whole product at each size of the store, the smallest first. */
export const costBySize = async (
  sizes: readonly number[],
  rounds: number,
  report: (line: string) => void,
): Promise<readonly AtSize[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'werenode-scale-'))
  const costs: AtSize[] = []
  let house: Awaited<ReturnType<typeof openHouse>> | undefined
  try {
    house = await openHouse(folder)
    await house.walks(plugs, 1, 0)
    await house.close()
    house = undefined
    for (const size of sizes) {
      const store = await openSqliteStore({ folder: join(folder, 'data') })
      const sessions = await seedHistory(store, size)
      await store.close()
      house = await openHouse(folder)
      // The first charges of a process pay for its compilers.
      await house.walks(plugs * 2, 2, 0)
      const cpu: number[] = []
      for (let round = 0; round < rounds; round += 1)
        cpu.push((await house.walks(plugs, 2, await house.idle(500))).tale.cpuMs)
      await house.close()
      house = undefined
      const cpuMs = cpu.sort((a, b) => a - b)[Math.floor(cpu.length / 2)]!
      const storeMB = Math.round(statSync(join(folder, 'data', 'store.db')).size / 1e6)
      costs.push({ sessions, cpuMs, storeMB })
      report(`${sessions} sessions stored (${storeMB} MB): ${cpuMs.toFixed(1)} ms CPU a charge`)
    }
    return costs
  } finally {
    await house?.kill()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
