import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GeoJSONVT } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import { attribution } from '../src/style/base-map.ts'
import { baseFeatures, placeFrom } from './features.ts'
import { type ArchiveTile, pmtilesArchive } from './pmtiles-archive.ts'

const maxZoom = 8
/** Deeper than this only Europe has tiles. */
const worldZoom = 4
const europe = [-25, 34, 45, 72] as const

const rowOf = (lat: number, all: number): number =>
  ((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * all
const inEurope = (z: number, x: number, y: number): boolean => {
  const all = 2 ** z
  const [west, south, east, north] = europe
  return (
    x + 1 > ((west + 180) / 360) * all &&
    x < ((east + 180) / 360) * all &&
    y + 1 > rowOf(north, all) &&
    y < rowOf(south, all)
  )
}

const layers = Object.entries(baseFeatures()).map(([name, data]) => ({
  name,
  index: new GeoJSONVT(data, { maxZoom, indexMaxZoom: 5, tolerance: 3, buffer: 64, extent: 4096 }),
}))

type Tile = Parameters<typeof fromGeojsonVt>[0][string]
const shown = (name: string, z: number, tags: Record<string, unknown>): boolean =>
  name === 'place' ? z >= placeFrom(Number(tags.population)) : name === 'river' ? z >= Number(tags.from) - 1 : true

const tiles: ArchiveTile[] = []
for (let z = 0; z <= maxZoom; z += 1)
  for (let x = 0; x < 2 ** z; x += 1)
    for (let y = 0; y < 2 ** z; y += 1) {
      if (z > worldZoom && !inEurope(z, x, y)) continue
      const found: Record<string, Tile> = {}
      for (const { name, index } of layers) {
        const tile = index.getTile(z, x, y)
        const features = tile?.features.filter(({ tags }: { tags?: unknown }) =>
          shown(name, z, (tags ?? {}) as Record<string, unknown>),
        )
        if (tile && features && features.length > 0) found[name] = { ...tile, features } as Tile
      }
      if (Object.keys(found).length > 0)
        tiles.push({ z, x, y, data: fromGeojsonVt(found, { version: 2, extent: 4096 }) })
    }

const archive = pmtilesArchive(tiles, {
  minZoom: 0,
  maxZoom,
  bounds: [-180, -85, 180, 85],
  centre: { lon: 2.5, lat: 46.6, zoom: 5 },
  metadata: {
    name: 'Werenode base map',
    attribution,
    vector_layers: layers.map(({ name }) => ({ id: name, fields: {} })),
  },
})
const file = join(import.meta.dirname, '..', 'base', 'europe.pmtiles')
writeFileSync(file, archive)
process.stdout.write(`${tiles.length} tiles, ${(archive.length / 1e6).toFixed(2)} MB\n`)
