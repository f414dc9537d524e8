import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
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

/** Writes whole or not at all, and only what differs from the last time. */
export const createStateWriter = (path: string) => {
  let written: string | undefined
  return (states: readonly StationState[]): void => {
    const text = JSON.stringify(states)
    if (text === written) return
    if (written === undefined) mkdirSync(dirname(path), { recursive: true })
    writeFileSync(`${path}.new`, text)
    renameSync(`${path}.new`, path)
    written = text
  }
}
