import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { Clock, Doc, Store } from '@werenode/core'
import { catalogueCollections } from '../catalogue/collections.ts'
import { readCommunes } from './communes.ts'
import { createFindings, type Finding, type FindingKind } from './finding.ts'
import { checkStation, readStations } from './read-stations.ts'
import { locationOfStation, readerVersion } from './station.ts'
import { markGone, writeStations } from './write-stations.ts'

export interface ImportProgress {
  readonly phase: 'reading' | 'writing' | 'done'
  readonly rows: number
  readonly stations: number
  /** Stations looked at so far in the writing phase. */
  readonly stationsDone: number
}

export interface ImportReport {
  readonly rows: number
  readonly points: number
  readonly stations: number
  readonly written: number
  readonly unchanged: number
  /** Stations of an earlier import that this file no longer has. */
  readonly gone: number
  /** The very same file was imported before; nothing was read. */
  readonly knownFile: boolean
  readonly counts: Readonly<Partial<Record<FindingKind, number>>>
  readonly findings: readonly Finding[]
}

interface ImportDoc extends Doc {
  readonly fileHash: string
  readonly at: string
  readonly report: Omit<ImportReport, 'knownFile'>
}

const stationsAtOnce = 50
const findingsKept = 2_000

/** The open data carried in the project's `data` folder. */
export const irveFile = new URL('../../../../data/irve-pdc-29109-nocontact.csv.gz', import.meta.url)
export const communesFile = new URL('../../../../data/communes-fr.csv.gz', import.meta.url)

/**
 * Imports charge points of the IRVE static schema (CSV, gzipped or not): shown in the catalogue, never chargeable. The file is read as it
 * streams, written fifty stations at a time so that the server goes on answering, and a station is written only when it changed.
 * A file that was imported before is not read again. Bad rows are left out and reported; throws `invalid-input` for another kind of file.
 */
export const importIrve = async (options: {
  store: Store
  clock: Clock
  file?: string | URL
  onProgress?: (progress: ImportProgress) => void
}): Promise<ImportReport> => {
  const { store, clock, file = irveFile, onProgress = () => undefined } = options
  await store.define(catalogueCollections)
  const fileHash = await hashOfFile(file)
  const before = await store.get<ImportDoc>('api_imports', 'irve')
  if (before?.fileHash === fileHash) {
    const { rows, stations } = before.report
    onProgress({ phase: 'done', rows, stations, stationsDone: stations })
    return { ...before.report, knownFile: true }
  }

  const findings = createFindings(findingsKept)
  const { stations, rows, points } = await readStations(file, findings, (soFar) =>
    onProgress({ phase: 'reading', stationsDone: 0, ...soFar }),
  )
  const communes = await readCommunes(communesFile)
  let written = 0
  let stationsDone = 0
  for (const chunk of chunksOf([...stations.values()], stationsAtOnce)) {
    const locations = chunk.map((group) => {
      checkStation(group, communes, findings)
      return locationOfStation(group, communes)
    })
    written += await writeStations(store, locations, findings)
    stationsDone += chunk.length
    onProgress({ phase: 'writing', rows, stations: stations.size, stationsDone })
    await setImmediate()
  }
  const gone = await markGone(store, new Set([...stations.keys()].map((key) => `irve-${key}`)), clock())
  const report = {
    rows,
    points,
    stations: stations.size,
    written,
    unchanged: stations.size - written,
    gone,
    counts: findings.counts,
    findings: [...findings.list].sort((a, b) => a.line - b.line),
  }
  const doc: ImportDoc = { _id: 'irve', fileHash, at: clock().toISOString(), report }
  await store.write([{ op: 'put', in: 'api_imports', doc }])
  onProgress({ phase: 'done', rows, stations: stations.size, stationsDone })
  return { ...report, knownFile: false }
}

const hashOfFile = async (file: string | URL): Promise<string> => {
  const hash = createHash('sha256').update(`${readerVersion}\n`)
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('base64url')
}

function* chunksOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size)
}
