import { Readable } from 'node:stream'
import { evseKey, isWerenodeError, type Location, type Party, WerenodeError } from '@werenode/core'
import { readCommunes } from '../irve/communes.ts'
import { readCsv } from '../irve/csv.ts'
import { createFindings } from '../irve/finding.ts'
import { communesFile } from '../irve/import-irve.ts'
import { type IrvePoint, readPoint, requiredColumns } from '../irve/row.ts'
import { locationOfStation } from '../irve/station.ts'
import type { NewLocation } from './catalogue.ts'

const mostRows = 20_000

/** What became of one row. */
export interface RowFate {
  readonly line: number
  readonly id: string
  readonly fate: 'taken' | 'skipped'
  /** What was mended, or why it was skipped. */
  readonly words: readonly string[]
}
export interface OwnImport {
  readonly locations: readonly NewLocation[]
  readonly rows: readonly RowFate[]
}

interface OwnPoint extends IrvePoint {
  readonly tariffIds: readonly string[]
  readonly station?: { readonly stationId: string; readonly evse: number }
}

/**
 * Reads an operator's own plugs from CSV of the IRVE static schema, with three columns besides: `tariff_ids` (separated by spaces),
 * `station_id` and `station_evse`. A plug with a station can be charged at. Nothing is written here.
 */
export const readOwnPlugs = async (party: Party, csv: string): Promise<OwnImport> => {
  const words = new Map<number, { id: string; skipped: boolean; words: string[] }>()
  const note = (line: number, id: string, skipped: boolean, text?: string): void => {
    const known = words.get(line) ?? { id, skipped: false, words: [] }
    known.skipped ||= skipped
    if (text !== undefined) known.words.push(text)
    words.set(line, known)
  }
  const stations = new Map<string, [OwnPoint, ...OwnPoint[]]>()
  const seen = new Set<string>()
  let rows = 0
  for await (const row of readCsv(Readable.from([csv]))) {
    rows += 1
    if (rows === 1) requireColumns(row.cells)
    if (rows > mostRows)
      throw new WerenodeError('too-large', `The file has more than ${mostRows} rows`, { hint: 'Send it in parts.' })
    const findings = createFindings(20)
    const point = readPoint(row, findings)
    const id = row.cells.id_pdc_itinerance ?? ''
    note(row.line, id.slice(0, 80), false)
    for (const finding of findings.list) note(row.line, id, finding.fate === 'skipped', finding.words)
    if (!point) continue
    const key = evseKey(point.evseId)
    if (point.party !== party) note(row.line, id, true, `it is of ${point.party}, not of ${party}`)
    else if (seen.has(key)) note(row.line, id, true, 'this EVSE id was met before')
    else {
      seen.add(key)
      const own = withOwnColumns(point, row.cells)
      const group = stations.get(own.stationKey)
      if (group) group.push(own)
      else stations.set(own.stationKey, [own])
    }
  }
  if (rows === 0) requireColumns({})
  const communes = await readCommunes(communesFile)
  const locations = [...stations.values()].map((group) => ownLocation(locationOfStation(group, communes), group))
  return {
    locations,
    rows: [...words].map(([line, { id, skipped, words: texts }]) => ({
      line,
      id,
      fate: skipped ? 'skipped' : 'taken',
      words: texts,
    })),
  }
}

const requireColumns = (cells: Readonly<Record<string, string>>): void => {
  const missing = requiredColumns.filter((name) => cells[name] === undefined)
  if (missing.length === 0) return
  throw new WerenodeError(
    'invalid-input',
    `The file lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`,
    {
      hint: 'It should be CSV of the IRVE static schema 2.3 (schema.data.gouv.fr).',
    },
  )
}

const withOwnColumns = (point: IrvePoint, cells: Readonly<Record<string, string>>): OwnPoint => {
  const { station_id: stationId = '', station_evse: evse = '1', tariff_ids: tariffs = '' } = cells
  return {
    ...point,
    tariffIds: tariffs.split(/[\s|]+/).filter((id) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/.test(id)),
    ...(/^.{1,48}$/.test(stationId) && /^[1-9][0-9]{0,2}$/.test(evse)
      ? { station: { stationId, evse: Number(evse) } }
      : {}),
  }
}

const ownLocation = (location: Location, group: readonly OwnPoint[]): NewLocation => {
  const points = new Map(group.map((point) => [evseKey(point.evseId), point]))
  const { lastUpdated: _at, ...rest } = location
  return {
    ...rest,
    id: `own-${group[0]!.stationKey.replaceAll(/[^A-Za-z0-9._-]/g, '-')}`.slice(0, 60),
    source: 'own',
    evses: location.evses.map(({ status: _status, statusAt: _since, ...evse }) => {
      const { station, tariffIds = [] } = points.get(evseKey(evse.evseId))!
      return {
        ...evse,
        uid: evseKey(evse.evseId),
        payable: station !== undefined,
        ...(station ? { station } : {}),
        connectors: evse.connectors.map((connector) => ({ ...connector, tariffIds })),
      }
    }),
  }
}

/** Puts each location by itself; one that cannot be put takes only its own rows with it. */
export const putOwnPlugs = async (
  { locations, rows }: OwnImport,
  put: (location: NewLocation) => Promise<'created' | 'changed' | 'unchanged'>,
): Promise<{ created: number; changed: number; unchanged: number; rows: readonly RowFate[] }> => {
  const counts = { created: 0, changed: 0, unchanged: 0 }
  const refused = new Map<string, string>()
  for (const location of locations)
    try {
      counts[await put(location)] += 1
    } catch (error) {
      if (!isWerenodeError(error) || error.code === 'store-unavailable') throw error
      for (const { evseId } of location.evses) refused.set(evseKey(evseId), error.message)
    }
  return {
    ...counts,
    rows: rows.map((row) => {
      const why = row.fate === 'taken' ? refused.get(evseKey(row.id)) : undefined
      return why === undefined ? row : { ...row, fate: 'skipped', words: [...row.words, why] }
    }),
  }
}
