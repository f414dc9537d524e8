import { fromGeojsonVt } from '@maplibre/vt-pbf'
import type { Store } from '@werenode/core'
import type { LocationQuery } from '../contract/catalogue.ts'
import type { PlaceDoc } from './collections.ts'
import { deepestCluster, type PlaceIndex, tagOf } from './place-index.ts'
import { filterOf } from './search.ts'

export type TileFilter = Pick<
  LocationQuery,
  'minPowerW' | 'standard' | 'available' | 'payable' | 'party' | 'pays' | 'accessible'
>

const extent = 4_096
/** Points just outside belong to the tile too, else their circles would be cut at its border. */
const margin = 0.05
const mostPerTile = 5_000

type Tile = Parameters<typeof fromGeojsonVt>[0][string]

/**
 * One Mapbox vector tile, layer `places`: clusters (`point_count`, `evses`, `available`, `payable`, `maxPowerW`) while the map is far off,
 * every place (`id`, `name`, …) once it is near.
 */
export const createTiles = ({ store, index }: { store: Store; index: PlaceIndex }) => {
  const clustered = async (z: number, x: number, y: number, filter: TileFilter): Promise<Tile> => {
    const { minPowerW = 0, standard = ['ANY'] as const, available, payable, party, pays, accessible } = filter
    const audience = payable ? (available ? 'payableAvailable' : 'payable') : available ? 'available' : 'any'
    const narrow = available || payable || filter.standard !== undefined || minPowerW > 0
    const clusters = await index.clusters(JSON.stringify(filter), (place) => {
      if (party !== undefined && place.party !== party) return false
      if (accessible && !place.accessible) return false
      if (pays !== undefined && !(pays === 'card' ? place.pays.card : place.pays.adHoc)) return false
      return !narrow || standard.some((name) => (place.reach[audience][name] ?? -1) >= minPowerW)
    })
    const tile = clusters.getTile(z, x, y)
    // The clusters' own extent is 512.
    const features = (tile?.features ?? []).map(({ geometry, tags }) => ({
      type: 1 as const,
      geometry: geometry.map(([px, py]) => [px! * 8, py! * 8]),
      tags,
    }))
    return { features } as unknown as Tile
  }

  const plain = async (z: number, x: number, y: number, filter: TileFilter): Promise<Tile> => {
    const box = boxOf(z, x, y)
    const docs = await store.box<PlaceDoc>('api_places', { ...box, limit: mostPerTile, filter: filterOf(filter) })
    const features = docs.map((doc) => ({ type: 1, geometry: [pixelOf(doc.position, z, x, y)], tags: tagOf(doc) }))
    return { features } as unknown as Tile
  }

  return async (z: number, x: number, y: number, filter: TileFilter): Promise<Uint8Array> => {
    const tile = z <= deepestCluster ? await clustered(z, x, y, filter) : await plain(z, x, y, filter)
    return fromGeojsonVt({ places: tile }, { version: 2, extent })
  }
}

const boxOf = (z: number, x: number, y: number) => {
  const all = 2 ** z
  const lon = (column: number): number => Math.min(180, Math.max(-180, (column / all) * 360 - 180))
  const lat = (row: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / all))) * 180) / Math.PI
  return {
    west: lon(x - margin),
    east: lon(x + 1 + margin),
    north: lat(Math.max(0, y - margin)),
    south: lat(Math.min(all, y + 1 + margin)),
  }
}

/** Web Mercator, within the tile. */
const pixelOf = ({ lon, lat }: { lon: number; lat: number }, z: number, x: number, y: number): [number, number] => {
  const all = 2 ** z
  const sine = Math.sin((lat * Math.PI) / 180)
  const column = ((lon + 180) / 360) * all
  const row = (0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI) * all
  return [Math.round((column - x) * extent), Math.round((row - y) * extent)]
}
