import type { PlugStatus } from '@werenode/design/plug'
import type { Theme } from '@werenode/design/tokens'
import type { Feature, FeatureCollection, Point } from 'geojson'
import type { Place } from '../model/place.ts'
import { statusOfPlace } from '../model/place.ts'
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from './specification.ts'

/** Sources and layers of places. `far` shows clusters of the whole catalogue, `near` the very places of the list. */
export const placeSources = { far: 'places-far', near: 'places-near' } as const
/** Layer of the node's vector tiles (services/api, getTile). */
export const tileLayer = 'places'
/** Layers that answer a click, the topmost first. */
export const clickable = ['near-pin', 'near-dot', 'far-pin', 'far-dot', 'far-cluster'] as const

export const tileSource = (template: string): SourceSpecification => ({
  type: 'vector',
  tiles: [template],
  minzoom: 0,
  maxzoom: 14,
})

/** Points that this device clusters itself: what 30,000 of them are drawn from without a tile server. */
export const clusteredSource = (data: FeatureCollection): SourceSpecification => ({
  type: 'geojson',
  data,
  cluster: true,
  clusterRadius: 56,
  clusterMaxZoom: 13,
  clusterProperties: {
    evses: ['+', ['get', 'evses']],
    available: ['+', ['get', 'available']],
    payable: ['+', ['case', ['get', 'payable'], 1, 0]],
    maxPowerW: ['max', ['get', 'maxPowerW']],
  },
})

/** The statuses a place can have, each with an image `place-<status>` (design's `markerSvg`). */
export const placeStatuses = ['available', 'occupied', 'unknown', 'unlisted'] as const satisfies readonly PlugStatus[]
export const imageOf = (status: PlugStatus): string => `place-${status}`

/** What a map draws of a place: the properties of the node's vector tiles. */
export const featureOf = (place: Place): Feature<Point> => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [place.position.lon, place.position.lat] },
  properties: {
    id: place.id,
    name: place.name,
    evses: place.evseCount,
    available: place.availableCount,
    payable: place.payable,
    maxPowerW: place.maxPowerW,
    status: statusOfPlace(place),
  },
})

const isCluster: ExpressionSpecification = ['has', 'point_count']
const usable: ExpressionSpecification = ['any', ['to-boolean', ['get', 'payable']], ['>', ['get', 'available'], 0]]
/** Size by power: the classes of design's `powerClassOf`. */
const byPower = (slow: number, normal: number, fast: number, ultra: number): ExpressionSpecification => [
  'step',
  ['get', 'maxPowerW'],
  slow,
  7_401,
  normal,
  22_001,
  fast,
  150_000,
  ultra,
]
const image: ExpressionSpecification = [
  'case',
  ['>', ['get', 'available'], 0],
  imageOf('available'),
  ['to-boolean', ['get', 'payable']],
  imageOf('occupied'),
  imageOf('unlisted'),
]

/** Layers over the base map. Places that can be used are markers (shape, glyph and colour); the rest are dots, smaller and cheaper. */
export const placeLayers = (theme: Theme, far: { readonly tiles: boolean }): LayerSpecification[] => {
  const { unlisted, accent, map } = theme
  const farLayer = far.tiles ? { 'source-layer': tileLayer } : {}
  const dot = {
    'circle-color': unlisted.solid,
    'circle-stroke-color': map.halo,
    'circle-stroke-width': 1.2,
    'circle-radius': [
      'interpolate',
      ['linear'],
      ['zoom'],
      6,
      byPower(2.5, 3, 3.5, 4),
      14,
      byPower(4.5, 5.5, 7, 8.5),
    ] as ExpressionSpecification,
  }
  const pin = {
    'icon-image': image,
    'icon-size': byPower(0.62, 0.76, 0.9, 1),
    'icon-allow-overlap': true,
    'symbol-sort-key': ['-', 0, ['get', 'available']] as ExpressionSpecification,
  }
  return [
    {
      id: 'far-cluster',
      type: 'circle',
      source: placeSources.far,
      ...farLayer,
      filter: isCluster,
      paint: {
        'circle-color': ['case', ['>', ['get', 'available'], 0], accent.solid, unlisted.solid],
        'circle-radius': ['interpolate', ['linear'], ['ln', ['get', 'evses']], 1, 12, 4, 16, 7, 24, 10, 34],
        'circle-stroke-color': map.halo,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'far-count',
      type: 'symbol',
      source: placeSources.far,
      ...farLayer,
      filter: isCluster,
      layout: {
        'text-field': ['number-format', ['get', 'evses'], { 'max-fraction-digits': 0 }],
        'text-font': ['Noto Sans Bold'],
        'text-size': 12,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: {
        'text-color': ['case', ['>', ['get', 'available'], 0], accent.onSolid, unlisted.onSolid],
      },
    },
    {
      id: 'far-dot',
      type: 'circle',
      source: placeSources.far,
      ...farLayer,
      filter: ['all', ['!', isCluster], ['!', usable]],
      paint: dot,
    },
    {
      id: 'far-pin',
      type: 'symbol',
      source: placeSources.far,
      ...farLayer,
      filter: ['all', ['!', isCluster], usable],
      layout: pin,
    },
    { id: 'near-dot', type: 'circle', source: placeSources.near, filter: ['!', usable], paint: dot },
    { id: 'near-pin', type: 'symbol', source: placeSources.near, filter: usable, layout: pin },
    {
      id: 'chosen',
      type: 'circle',
      source: placeSources.near,
      filter: ['==', ['get', 'id'], ''],
      paint: {
        'circle-radius': 17,
        'circle-color': 'rgba(0,0,0,0)',
        'circle-stroke-color': theme.line.focus,
        'circle-stroke-width': 3,
      },
    },
  ]
}

/** Layers of one of the two ways, to show and hide together. */
export const layersOf = (way: keyof typeof placeSources): readonly string[] =>
  way === 'far' ? ['far-cluster', 'far-count', 'far-dot', 'far-pin'] : ['near-dot', 'near-pin']
