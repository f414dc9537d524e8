import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import { type Clock, type Doc, evseKey, type Location, type Store, WerenodeError, type WriteOp } from '@werenode/core'
import { catalogueCollections, type EvseDoc, type LocationDoc } from '../catalogue/collections.ts'
import { locationDoc, locationOf } from '../catalogue/location-doc.ts'
import { readCommunes } from './communes.ts'
import { readCsv } from './csv.ts'
import { createFindings, type Finding, type FindingKind, type Findings } from './finding.ts'
import { type IrvePoint, readPoint, requiredColumns } from './row.ts'
import { importHashOf, locationOfStation } from './station.ts'

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

/** Bump when the same file would be read differently. */
const readerVersion = 1
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
      checkGroup(group, communes, findings)
      return locationOfStation(group, communes)
    })
    written += await writeLocations(store, locations, findings)
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

type Group = [IrvePoint, ...IrvePoint[]]

const readStations = async (
  file: string | URL,
  findings: Findings,
  onProgress: (soFar: { rows: number; stations: number }) => void,
): Promise<{ stations: Map<string, Group>; rows: number; points: number }> => {
  const stations = new Map<string, Group>()
  const seen = new Set<string>()
  let rows = 0
  for await (const row of readCsv(textOf(file))) {
    if (rows === 0) {
      const missing = requiredColumns.filter((name) => row.cells[name] === undefined)
      if (missing.length > 0)
        throw new WerenodeError(
          'invalid-input',
          `The file lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`,
          {
            hint: 'It should be CSV of the IRVE static schema 2.3 (schema.data.gouv.fr).',
          },
        )
    }
    rows += 1
    if (rows % 2_000 === 0) {
      onProgress({ rows, stations: stations.size })
      await setImmediate()
    }
    const point = readPoint(row, findings)
    if (!point) continue
    const key = evseKey(point.evseId)
    if (seen.has(key)) {
      findings.add({
        line: row.line,
        id: point.evseId,
        what: 'evse-twice',
        fate: 'skipped',
        words: 'this EVSE id was met before',
      })
      continue
    }
    seen.add(key)
    const group = stations.get(point.stationKey)
    if (group) group.push(point)
    else stations.set(point.stationKey, [point])
  }
  return { stations, rows, points: seen.size }
}

const checkGroup = (group: Group, communes: ReadonlyMap<string, unknown>, findings: Findings): void => {
  const [{ line, stationKey: id, declaredPoints, communeCode }] = group
  if (declaredPoints !== undefined && declaredPoints !== group.length)
    findings.add({
      line,
      id,
      what: 'count',
      fate: 'noted',
      words: `says ${declaredPoints} points, has ${group.length} rows`,
    })
  if (!communes.has(communeCode))
    findings.add({
      line,
      id,
      what: 'commune',
      fate: 'mended',
      words: `"${communeCode}" is not a commune; the address names the town`,
    })
}

/** Writes what changed; returns how many. EVSEs that somebody runs here stay where they are. */
const writeLocations = async (store: Store, wanted: readonly Location[], findings: Findings): Promise<number> => {
  const known = new Map(
    (
      await store.getMany<LocationDoc>(
        'api_locations',
        wanted.map(({ id }) => id),
      )
    ).map((doc) => [doc._id, doc]),
  )
  const keys = wanted.flatMap(({ evses }) => evses.map(({ evseId }) => evseKey(evseId)))
  const indexed = new Map((await store.getMany<EvseDoc>('api_evses', keys)).map((doc) => [doc._id as string, doc]))
  const elsewhere = (evseId: string, locationId: string): boolean => {
    const held = indexed.get(evseKey(evseId))
    return held !== undefined && held.locationId !== locationId && !held.locationId.startsWith('irve-')
  }
  const ops: WriteOp[] = []
  let written = 0
  for (const whole of wanted) {
    const evses = whole.evses.filter(({ evseId }) => !elsewhere(evseId, whole.id))
    if (evses.length < whole.evses.length)
      findings.add({
        line: 0,
        id: whole.id,
        what: 'evse-owned',
        fate: 'skipped',
        words: `${whole.evses.length - evses.length} EVSEs are run here by their operator`,
      })
    const location = { ...whole, evses }
    const importHash = importHashOf(location)
    const before = known.get(location.id)
    if (before?.importHash === importHash && !before.gone) continue
    written += 1
    ops.push({ op: 'put', in: 'api_locations', doc: locationDoc(location, { importHash, gone: evses.length === 0 }) })
    for (const { evseId } of evses) {
      const doc: EvseDoc = { _id: evseKey(evseId), evseId, locationId: location.id, connectorStatus: {} }
      const index = indexed.get(doc._id)
      if (index?.locationId !== location.id || index.evseId !== evseId) ops.push({ op: 'put', in: 'api_evses', doc })
    }
  }
  if (ops.length > 0) await store.write(ops)
  return written
}

/** Stations that left the source are kept, because sessions elsewhere may name them, but no longer found. */
const markGone = async (store: Store, there: ReadonlySet<string>, at: Date): Promise<number> => {
  let after: string | undefined
  let gone = 0
  do {
    const page = await store.find<LocationDoc>(
      'api_locations',
      { source: 'irve', gone: false },
      { sort: [['_id', 1]], limit: 500, ...(after === undefined ? {} : { after }) },
    )
    const left = page.items.filter(({ _id }) => !there.has(_id))
    if (left.length > 0)
      await store.write(
        left.map((doc) => ({
          op: 'put',
          in: 'api_locations',
          doc: locationDoc({ ...locationOf(doc), lastUpdated: at.toISOString() }, { gone: true }),
        })),
      )
    gone += left.length
    after = page.next
    await setImmediate()
  } while (after !== undefined)
  return gone
}

const textOf = (file: string | URL): AsyncIterable<string> => {
  const bytes = createReadStream(file)
  if (!String(file).endsWith('.gz')) return bytes.setEncoding('utf8') as AsyncIterable<string>
  // An error of either stream reaches whoever reads the text.
  return pipeline(bytes, createGunzip(), () => undefined).setEncoding('utf8') as AsyncIterable<string>
}

const hashOfFile = async (file: string | URL): Promise<string> => {
  const hash = createHash('sha256').update(`${readerVersion}\n`)
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('base64url')
}

function* chunksOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size)
}
