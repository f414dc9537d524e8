import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { WerenodeError } from '@werenode/core'

/** The root of the clone. */
export const root = resolve(import.meta.dirname, '..', '..', '..', '..')
export const defaultDataFolder = join(root, '.werenode', 'data')
export const driverFolder = join(root, '.werenode', 'driver')

/** Everything a node keeps, under one folder. */
export interface DataFolder {
  readonly path: string
  /** Made once per folder: tells this network from the one that --fresh forgot. */
  readonly id: string
  readonly chain: string
  readonly log: string
  /** Secrets of the simulated stations. */
  readonly simulator: string
  /** The key of whoever runs this node. */
  readonly operator: string
  /** What seals its signing keys. */
  readonly secret: string
  /** Where the running server is reached, for the command line. */
  readonly note: string
}

/** Where the data folder keeps the key of whoever runs the node. */
export const operatorKeyIn = (folder: string): string => join(folder, 'operator', 'key.json')

const markerName = 'werenode-data.json'
/** Raised when a data folder of an older version can no longer be opened. */
const layout = 1

/**
 * Opens (or makes) the data folder. `fresh` removes what is in it first, but only a folder that is marked as ours. Throws
 * `conflict` for a folder that holds something else, `store-unavailable` for one of a newer version.
 */
export const openDataFolder = async (path: string, { fresh }: { fresh: boolean }): Promise<DataFolder> => {
  const folder = resolve(path)
  const marker = join(folder, markerName)
  if (existsSync(folder) && !existsSync(marker) && readdirSync(folder).length > 0)
    throw new WerenodeError('conflict', `${folder} holds files that are not Werenode's`, {
      hint: 'Choose an empty or new folder with --data.',
    })
  if (existsSync(marker)) {
    if (fresh) await rm(folder, { recursive: true, force: true })
    else await readMarker(marker)
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (!existsSync(marker)) {
    await writeFile(
      `${marker}.new`,
      `${JSON.stringify({ what: 'Data of a Werenode node', layout, id: randomUUID() })}\n`,
    )
    await rename(`${marker}.new`, marker)
  }
  return {
    path: folder,
    id: await readMarker(marker),
    chain: join(folder, 'chain'),
    log: join(folder, 'log'),
    simulator: join(folder, 'simulator'),
    operator: operatorKeyIn(folder),
    secret: join(folder, 'operator', 'secret'),
    note: join(folder, 'server.json'),
  }
}

/** The folder's id. */
const readMarker = async (marker: string): Promise<string> => {
  let found: { layout?: unknown; id?: unknown }
  try {
    found = JSON.parse(await readFile(marker, 'utf8')) as typeof found
  } catch (cause) {
    throw damaged(marker, cause)
  }
  if (typeof found.layout !== 'number' || typeof found.id !== 'string') throw damaged(marker)
  if (found.layout <= layout) return found.id
  throw new WerenodeError('store-unavailable', 'The data folder was written by a newer Werenode', {
    hint: 'Update this clone (git pull), or choose another folder with --data.',
  })
}

const damaged = (marker: string, cause?: unknown): WerenodeError =>
  new WerenodeError('store-unavailable', `${marker} is damaged`, {
    hint: 'Restore the data folder from a backup, or begin anew with --fresh (it forgets sessions and the local chain).',
    ...(cause === undefined ? {} : { cause }),
  })
