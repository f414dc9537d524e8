import type { PlugStatus } from '@werenode/design/plug'
import type { Feature, Point } from 'geojson'
import type { Position, View } from '../../src/index.ts'
import { placeInSketch, type Size } from '../../src/style/index.ts'

/** What is drawn of one place, or of several that stand too close: the properties of the node's vector tiles. */
export interface PlaceProperties {
  /** Absent: a cluster. */
  readonly id?: string
  readonly name?: string
  readonly evses: number
  readonly available: number
  readonly payable: boolean
  readonly maxPowerW: number
  readonly status?: PlugStatus
}
export type PlaceFeature = Feature<Point, PlaceProperties>

/** A place or cluster on the sketch, px from its middle. */
export interface Mark {
  readonly x: number
  readonly y: number
  readonly at: Position
  readonly of: PlaceProperties
}

/** How far a mark may stand beside the picture and still reach into it, px. */
const reachPx = 34
/** Places closer than this are one cluster, as on the map, px. */
const clusterPx = 56

/** What of these places lies on the picture. */
export const marksOf = (features: Iterable<PlaceFeature>, view: View, { width, height }: Size): readonly Mark[] => {
  const [mostX, mostY] = [width / 2 + reachPx, height / 2 + reachPx]
  const marks: Mark[] = []
  for (const { geometry, properties } of features) {
    const [lon, lat] = geometry.coordinates as [number, number]
    const { x, y } = placeInSketch(view, { lon, lat })
    if (Math.abs(x) <= mostX && Math.abs(y) <= mostY) marks.push({ x, y, at: { lon, lat }, of: properties })
  }
  return marks
}

/** Marks that stand too close as one, in the middle of them all; thirty thousand are no work. */
export const clustered = (marks: readonly Mark[]): readonly Mark[] => {
  const cells = new Map<string, Mark[]>()
  for (const mark of marks) {
    const cell = `${Math.floor(mark.x / clusterPx)},${Math.floor(mark.y / clusterPx)}`
    const there = cells.get(cell)
    if (there) there.push(mark)
    else cells.set(cell, [mark])
  }
  // A border of cells may run through a town.
  const heaps: { x: number; y: number; marks: readonly Mark[] }[] = []
  for (const cell of [...cells.values()].sort((a, b) => b.length - a.length)) {
    const { x, y } = middleOf(cell)
    const near = heaps.find((heap) => Math.hypot(heap.x - x, heap.y - y) < clusterPx * 0.75)
    if (near === undefined) heaps.push({ x, y, marks: cell })
    else near.marks = [...near.marks, ...cell]
  }
  return heaps.map(({ marks }) => (marks.length === 1 ? marks[0]! : clusterOf(marks)))
}

const middleOf = (marks: readonly Mark[]): { readonly x: number; readonly y: number } => ({
  x: marks.reduce((sum, { x }) => sum + x, 0) / marks.length,
  y: marks.reduce((sum, { y }) => sum + y, 0) / marks.length,
})

const clusterOf = (marks: readonly Mark[]): Mark => {
  const sum = (of: (mark: Mark) => number): number => marks.reduce((all, mark) => all + of(mark), 0)
  return {
    ...middleOf(marks),
    at: { lon: sum(({ at }) => at.lon) / marks.length, lat: sum(({ at }) => at.lat) / marks.length },
    of: {
      evses: sum(({ of }) => of.evses),
      available: sum(({ of }) => of.available),
      payable: marks.some(({ of }) => of.payable),
      maxPowerW: Math.max(...marks.map(({ of }) => of.maxPowerW)),
    },
  }
}
