import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import { evseKey, WerenodeError } from '@werenode/core'
import { readCsv } from './csv.ts'
import type { Findings } from './finding.ts'
import { type IrvePoint, readPoint, requiredColumns } from './row.ts'

/** The points of one station, at least one. */
export type StationPoints = readonly [IrvePoint, ...IrvePoint[]]

/** Reads the whole file, grouped by station, yielding to the server as it goes. */
export const readStations = async (
  file: string | URL,
  findings: Findings,
  onProgress: (soFar: { rows: number; stations: number }) => void,
): Promise<{ stations: Map<string, [IrvePoint, ...IrvePoint[]]>; rows: number; points: number }> => {
  const stations = new Map<string, [IrvePoint, ...IrvePoint[]]>()
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

/** What a station's rows say against each other. */
export const checkStation = (
  group: StationPoints,
  communes: ReadonlyMap<string, unknown>,
  findings: Findings,
): void => {
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

/** The text of a CSV file, gzipped or not, as it is read. */
export const textOf = (file: string | URL): AsyncIterable<string> => {
  const bytes = createReadStream(file)
  if (!String(file).endsWith('.gz')) return bytes.setEncoding('utf8') as AsyncIterable<string>
  return unpacked(bytes)
}

/** The text of a CSV that is here already, gzipped (told from its first bytes) or not. */
export const textOfBytes = (bytes: Uint8Array): AsyncIterable<string> => {
  const stream = Readable.from([bytes])
  return bytes[0] === 0x1f && bytes[1] === 0x8b
    ? unpacked(stream)
    : (stream.setEncoding('utf8') as AsyncIterable<string>)
}

/** An error of either stream reaches whoever reads the text. */
const unpacked = (bytes: Readable): AsyncIterable<string> =>
  pipeline(bytes, createGunzip(), () => undefined).setEncoding('utf8') as AsyncIterable<string>
