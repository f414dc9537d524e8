import { VectorTile, type VectorTileLayer } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import type { PlaceFeature, PlaceProperties } from './marks.ts'

export interface TileName {
  readonly z: number
  readonly x: number
  readonly y: number
}

/**
 * The points of a vector tile (Mapbox Vector Tile 2.1), as nodes make them. What lies beyond the tile's own border is left to its
 * neighbour. Throws RangeError for bytes that are no such tile.
 */
export const pointsOfTile = (bytes: Uint8Array, tile: TileName): readonly PlaceFeature[] => {
  try {
    return Object.values(new VectorTile(new PbfReader(bytes)).layers).flatMap((layer) => pointsOfLayer(layer, tile))
  } catch (cause) {
    throw new RangeError('These bytes are no vector tile', { cause })
  }
}

/** Type of a feature that is a point (MVT 4.3.4). */
const pointType = 1

const pointsOfLayer = (layer: VectorTileLayer, { z, x, y }: TileName): readonly PlaceFeature[] =>
  Array.from({ length: layer.length }, (_, nr) => layer.feature(nr)).flatMap((feature): readonly PlaceFeature[] => {
    const [point] = feature.type === pointType ? (feature.loadGeometry()[0] ?? []) : []
    if (point === undefined) return []
    const isBeside = Math.min(point.x, point.y) < 0 || Math.max(point.x, point.y) >= feature.extent
    const { geometry } = feature.toGeoJSON(x, y, z)
    if (isBeside || geometry.type !== 'Point') return []
    return [{ type: 'Feature', geometry, properties: propertiesOf(feature.properties) }]
  })

const propertiesOf = (said: Readonly<Record<string, string | number | boolean>>): PlaceProperties => ({
  ...(typeof said.id === 'string' && said.point_count === undefined ? { id: said.id, name: String(said.name) } : {}),
  evses: Number(said.evses ?? 1),
  available: Number(said.available ?? 0),
  payable: Boolean(said.payable),
  maxPowerW: Number(said.maxPowerW ?? 0),
})
