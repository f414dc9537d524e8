import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const file = join(import.meta.dirname, '..', '..', '..', 'data', 'irve-pdc-29109-nocontact.csv.gz')

export interface Point {
  readonly lon: number
  readonly lat: number
  readonly powerW: number
}

/** Splits a line of CSV with quoted cells. */
const cells = (line: string): readonly string[] =>
  [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => (cell ?? '').replace(/^"|"$/g, ''))

/** So many points, each on the place of a real French charge point; the first come again, a little aside, where there are too few. */
export const frenchPoints = (count: number): readonly Point[] => {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n')
  const head = cells(lines[0]!)
  const [at, power] = [head.indexOf('coordonneesXY'), head.indexOf('puissance_nominale')]
  const found = lines.slice(1).flatMap((line): Point[] => {
    const row = cells(line)
    const [lon, lat] = (row[at] ?? '')
      .replaceAll(/[[\]\s]/g, '')
      .split(',')
      .map(Number)
    if (lon === undefined || lat === undefined || !Number.isFinite(lon) || !Number.isFinite(lat)) return []
    return [{ lon, lat, powerW: (Number(row[power]) || 22) * 1000 }]
  })
  return Array.from({ length: count }, (_, index) => {
    const point = found[index % found.length]!
    const aside = Math.floor(index / found.length) * 0.003
    return { ...point, lon: point.lon + aside, lat: point.lat + aside }
  })
}

/** What the map draws of them, GeoJSON: a third of the places free, half of them payable. */
export const pointsJson = (points: readonly Point[]): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: points.map(({ lon, lat, powerW }, index) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: {
        id: String(index),
        name: String(index),
        evses: 1,
        available: index % 3 === 0 ? 1 : 0,
        payable: index % 2 === 0,
        maxPowerW: powerW,
      },
    })),
  })
