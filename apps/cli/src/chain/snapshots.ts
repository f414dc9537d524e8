import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Hex } from '@werenode/core'
import { writeDurably } from './durable-file.ts'

const unpack = promisify(gunzip)

/** Generation N is a snapshot and the journal of what came after it; generation 0 starts from genesis and has no snapshot. */
export const snapshotPath = (folder: string, generation: number): string =>
  join(folder, `snapshot-${String(generation).padStart(6, '0')}.json.gz`)
export const journalPath = (folder: string, generation: number): string =>
  join(folder, `journal-${String(generation).padStart(6, '0')}.log`)

/** Stores the node's dump (gzip, as `anvil_dumpState` answers it) so that a crash leaves it whole or not at all. */
export const writeSnapshot = async (folder: string, generation: number, dump: Hex): Promise<void> =>
  writeDurably(snapshotPath(folder, generation), Buffer.from(dump.slice(2), 'hex'), { mode: 0o600 })

export interface Generations {
  /** The newest generation whose snapshot can be read, with its state as JSON (undefined: genesis). */
  readonly base: number
  readonly state: Buffer | undefined
  /** The newest generation there is; journals `base` to `newest` are replayed in order. */
  readonly newest: number
  /** Snapshots that could not be read. */
  readonly damaged: readonly number[]
}

/** Finds where to start from. Gzip's checksum tells a damaged snapshot; then the generation before it is taken. */
export const readGenerations = async (folder: string): Promise<Generations> => {
  const names = await readdir(folder)
  const numbers = (pattern: RegExp) =>
    names.flatMap((name) => {
      const match = pattern.exec(name)
      return match ? [Number(match[1])] : []
    })
  const snapshots = numbers(/^snapshot-(\d{6})\.json\.gz$/).sort((a, b) => b - a)
  const newest = Math.max(0, ...snapshots, ...numbers(/^journal-(\d{6})\.log$/))
  const damaged: number[] = []
  for (const generation of snapshots) {
    try {
      return {
        base: generation,
        state: await unpack(await readFile(snapshotPath(folder, generation))),
        newest,
        damaged,
      }
    } catch {
      damaged.push(generation)
    }
  }
  return { base: 0, state: undefined, newest, damaged }
}

/**
 * Two snapshots are kept, with every journal from the older one on: should the newest be unreadable, the one before and the
 * journals rebuild the chain.
 */
export const forgetGenerations = async (folder: string): Promise<void> => {
  const names = await readdir(folder)
  const numbered = names.flatMap((name) => {
    const match = /^(snapshot|journal)-(\d{6})\.(?:json\.gz|log)$/.exec(name)
    return match ? [{ name, kind: match[1], generation: Number(match[2]) }] : []
  })
  const [, older] = numbered
    .filter(({ kind }) => kind === 'snapshot')
    .map(({ generation }) => generation)
    .sort((a, b) => b - a)
  if (older === undefined) return
  for (const { name, generation } of numbered) if (generation < older) await rm(join(folder, name), { force: true })
}
