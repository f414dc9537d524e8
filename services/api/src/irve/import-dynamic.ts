import { setImmediate } from 'node:timers/promises'
import { type Bus, type Clock, type EvseStatus, evseKey, parseEvseId, type Store, WerenodeError } from '@werenode/core'
import { catalogueCollections, type EvseDoc } from '../catalogue/collections.ts'
import { createTellStatuses, type ToldStatus } from '../catalogue/tell-statuses.ts'
import { type CsvRow, readCsv } from './csv.ts'
import { createFindings, type Finding, type FindingKind, type Findings } from './finding.ts'
import { textOf, textOfBytes } from './read-stations.ts'
import { dynamicColumns, problemsOf } from './schema.ts'

export interface DynamicProgress {
  readonly phase: 'reading' | 'telling'
  readonly rows: number
  /** Points whose status was told, and looked at so far. */
  readonly points: number
  readonly pointsDone: number
}

export interface DynamicReport {
  readonly rows: number
  /** Charge points whose status is another now. */
  readonly changed: number
  readonly counts: Readonly<Partial<Record<FindingKind, number>>>
  readonly findings: readonly Finding[]
}

const pointsAtOnce = 500
const rowsAtOnce = 2_000
const needed = dynamicColumns.filter(({ required }) => required)

/**
 * Imports a file of the IRVE dynamic schema (CSV, gzipped or not): how the charge points that came with the static file are now. What
 * an operator runs here, or a partner tells by OCPI, stays as it is; an older time than the one known changes nothing. Bad rows are left
 * out and reported; throws `invalid-input` for another kind of file.
 */
export const importIrveDynamic = async (options: {
  store: Store
  bus: Bus
  clock: Clock
  /** A file's path, or what it holds. */
  file: string | URL | Uint8Array
  onProgress?: (progress: DynamicProgress) => void
  /** A small packed file may hold any number of rows; default a million, several times what France has. */
  mostRows?: number
}): Promise<DynamicReport> => {
  const { store, file, onProgress = () => undefined, mostRows = 1_000_000 } = options
  await store.define(catalogueCollections)
  const tell = createTellStatuses(options)
  const findings = createFindings(2_000)
  const told = new Map<string, ToldStatus & { line: number }>()
  let rows = 0
  try {
    for await (const row of readCsv(file instanceof Uint8Array ? textOfBytes(file) : textOf(file))) {
      if (rows === 0) mustBeDynamic(row)
      rows += 1
      if (rows > mostRows)
        throw new WerenodeError('too-large', `The file holds more than ${mostRows} rows; nothing was taken in`, {
          hint: 'Take it in in parts.',
        })
      if (rows % rowsAtOnce === 0) {
        onProgress({ phase: 'reading', rows, points: told.size, pointsDone: 0 })
        await setImmediate()
      }
      const status = readStatus(row, findings)
      if (status === undefined) continue
      const key = evseKey(status.evseId)
      // A point may be told more than once: the newest counts.
      if ((told.get(key)?.statusAt ?? '') <= status.statusAt) told.set(key, status)
    }
  } catch (error) {
    // zlib's own errors: what came is broken, not this server.
    const { code, message } = error as { code?: string; message?: string }
    if (typeof code !== 'string' || !code.startsWith('Z_')) throw error
    throw new WerenodeError('invalid-input', `The file is packed and broken: ${message}`, { hint: 'Fetch it again.' })
  }
  let changed = 0
  const all = [...told]
  for (let at = 0; at < all.length; at += pointsAtOnce) {
    const chunk = new Map(all.slice(at, at + pointsAtOnce))
    const places = Map.groupBy(
      await store.getMany<EvseDoc>('api_evses', [...chunk.keys()]),
      ({ locationId }) => locationId,
    )
    const met = new Set([...places.values()].flat().map(({ _id }) => _id as string))
    for (const [key, { line, evseId }] of chunk)
      if (!met.has(key))
        findings.add({
          line,
          id: evseId,
          what: 'unknown-evse',
          fate: 'skipped',
          words: 'no such EVSE is in the catalogue',
        })
    const news = [...places]
      .filter(([locationId]) => locationId.startsWith('irve-'))
      .map(([locationId, evses]) =>
        tell(
          locationId,
          evses.flatMap(({ _id }) => chunk.get(_id) ?? []),
          newer,
        ),
      )
    for (const count of await Promise.all(news)) changed += count
    onProgress({ phase: 'telling', rows, points: all.length, pointsDone: Math.min(at + pointsAtOnce, all.length) })
    await setImmediate()
  }
  if (rows === 0)
    throw new WerenodeError('invalid-input', 'The file holds no charge point', {
      hint: 'It should be CSV of the IRVE dynamic schema 2.3 (schema.data.gouv.fr).',
    })
  return { rows, changed, counts: findings.counts, findings: [...findings.list].sort((a, b) => a.line - b.line) }
}

const newer = (known: Pick<ToldStatus, 'status' | 'statusAt'>, now: ToldStatus): boolean =>
  known.status === 'UNKNOWN' || known.statusAt <= now.statusAt

const mustBeDynamic = ({ cells }: CsvRow): void => {
  const missing = needed.filter(({ name }) => cells[name] === undefined).map(({ name }) => name)
  if (missing.length === 0) return
  throw new WerenodeError(
    'invalid-input',
    `The file lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`,
    {
      hint: 'It should be CSV of the IRVE dynamic schema 2.3 (schema.data.gouv.fr).',
    },
  )
}

const readStatus = ({ line, cells }: CsvRow, findings: Findings): (ToldStatus & { line: number }) | undefined => {
  // What the schema does not need does not spoil a row: only what is read is judged.
  const [problem] = problemsOf(needed, Object.fromEntries(needed.map(({ name }) => [name, cells[name] ?? ''])))
  const id = cells.id_pdc_itinerance ?? ''
  const at = new Date((cells.horodatage ?? '').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  if (problem !== undefined || Number.isNaN(at.getTime())) {
    findings.add({ line, id, what: 'status', fate: 'skipped', words: problem ?? 'its time is none' })
    return undefined
  }
  try {
    return { line, evseId: parseEvseId(id), status: statusOf(cells), statusAt: at.toISOString() }
  } catch {
    findings.add({ line, id, what: 'evse-id', fate: 'skipped', words: 'this is no EVSE id' })
    return undefined
  }
}

/** The words of the dynamic schema in OCPI's, which this project speaks. */
const statusOf = ({ etat_pdc: works, occupation_pdc: occupied }: CsvRow['cells']): EvseStatus => {
  if (works === 'hors_service') return 'OUTOFORDER'
  if (works !== 'en_service') return 'UNKNOWN'
  const words: Readonly<Record<string, EvseStatus>> = { libre: 'AVAILABLE', occupe: 'CHARGING', reserve: 'RESERVED' }
  return words[occupied ?? ''] ?? 'UNKNOWN'
}
