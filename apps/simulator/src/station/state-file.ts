import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { LocalTransaction } from './evse.ts'
import type { Queued } from './queue.ts'

/** What a station's own flash memory holds. */
export interface StationState {
  readonly id: string
  readonly evses: readonly { readonly id: number; readonly registerWh: number }[]
  readonly transactions: readonly LocalTransaction[]
  readonly queue: readonly Queued[]
}

/** Absent or damaged files are an empty memory: the station starts as new. */
export const readState = (path: string): ReadonlyMap<string, StationState> => {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw error
  }
  try {
    return new Map((JSON.parse(text) as StationState[]).map((state) => [state.id, state]))
  } catch {
    process.stderr.write(`The state file ${path} cannot be read; the stations start as new\n`)
    return new Map()
  }
}

/** Whole or not at all. */
export const writeState = (path: string, states: readonly StationState[]): void => {
  writeFileSync(`${path}.new`, JSON.stringify(states))
  renameSync(`${path}.new`, path)
}
