import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { MultiPolygon, Polygon } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { homeView } from '../src/index.ts'
import { sketchSize } from '../src/style/sketch.ts'

/** The land of Europe as the map shows it when it is opened, as one small drawing: what stands there until the map itself is drawn. */
const atlas = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('world-atlas/land-50m.json'), 'utf8'),
) as Topology<{ land: GeometryCollection<Record<string, never>> }>

/** Points closer to a straight line than this are left out, and islands smaller than its square ten times over, px. */
const tolerancePx = 0.7
const worldPx = 512 * 2 ** homeView.zoom
const { width, height } = sketchSize
type Point = readonly [number, number]

const mercatorY = (lat: number): number =>
  (1 - Math.asinh(Math.tan((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180)) / Math.PI) / 2
const project = ([lon, lat]: readonly number[]): Point => [
  ((lon! - homeView.lon) / 360) * worldPx + width / 2,
  (mercatorY(lat!) - mercatorY(homeView.lat)) * worldPx + height / 2,
]

/** Sutherland and Hodgman: the ring within the drawing, side by side. */
const clip = (ring: readonly Point[]): readonly Point[] => {
  const sides: readonly (readonly [0 | 1, 1 | -1, number])[] = [
    [0, 1, -4],
    [0, -1, -width - 4],
    [1, 1, -4],
    [1, -1, -height - 4],
  ]
  return sides.reduce<readonly Point[]>((points, [axis, sign, edge]) => {
    const beyond = (point: Point): number => point[axis] * sign - edge
    return points.flatMap((point, index) => {
      const before = points.at(index - 1)!
      const [a, b] = [beyond(before), beyond(point)]
      const crossing: Point = [
        before[0] + ((point[0] - before[0]) * a) / (a - b),
        before[1] + ((point[1] - before[1]) * a) / (a - b),
      ]
      if (b >= 0) return a >= 0 ? [point] : [crossing, point]
      return a >= 0 ? [crossing] : []
    })
  }, ring)
}

/** Douglas and Peucker. */
const simplify = (points: readonly Point[]): readonly Point[] => {
  if (points.length < 3) return points
  const [first, last] = [points[0]!, points.at(-1)!]
  const [dx, dy] = [last[0] - first[0], last[1] - first[1]]
  const length = Math.hypot(dx, dy)
  let [farthest, most] = [0, 0]
  for (const [index, [x, y]] of points.entries()) {
    const off =
      length === 0
        ? Math.hypot(x - first[0], y - first[1])
        : Math.abs(dx * (y - first[1]) - dy * (x - first[0])) / length
    if (off > most) [farthest, most] = [index, off]
  }
  if (most <= tolerancePx) return [first, last]
  return [...simplify(points.slice(0, farthest + 1)).slice(0, -1), ...simplify(points.slice(farthest))]
}

const areaOf = (ring: readonly Point[]): number =>
  Math.abs(
    ring.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = ring[(index + 1) % ring.length]!
      return sum + x * nextY - nextX * y
    }, 0) / 2,
  )

const pathOf = (ring: readonly Point[]): string => {
  let [x, y] = [Number.NaN, Number.NaN]
  const steps: string[] = []
  for (const point of ring) {
    const [toX, toY] = [Math.round(point[0]), Math.round(point[1])]
    if (toX === x && toY === y) continue
    steps.push(steps.length === 0 ? `M${toX},${toY}` : `l${toX - x},${toY - y}`.replaceAll(',-', '-'))
    ;[x, y] = [toX, toY]
  }
  return `${steps.join('')}z`
}

const land = feature(atlas, atlas.objects.land)
const rings = land.features.flatMap(({ geometry }) => {
  const shape = geometry as MultiPolygon | Polygon
  return (shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates).flat()
})
const path = rings
  .map((ring) => simplify(clip(ring.map(project))))
  .filter((ring) => ring.length > 3 && areaOf(ring) > 10 * tolerancePx ** 2)
  .map(pathOf)
  .join('')
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><title>Land</title><path fill-rule="evenodd" d="${path}"/></svg>\n`
writeFileSync(join(import.meta.dirname, '..', 'base', 'land.svg'), svg)
process.stdout.write(`land.svg: ${svg.length} bytes\n`)
