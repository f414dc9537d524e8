import type { Theme } from '@werenode/design/tokens'
import type { LayerSpecification, SourceSpecification, StyleSpecification } from './specification.ts'

/** Stands on every map that shows our own base map. */
export const attribution =
  '<a href="https://www.naturalearthdata.com/">Natural Earth</a> · <a href="https://www.geonames.org/">GeoNames</a> (CC BY 4.0)'
/** Stands beside it where charge points of the open data of France are shown. */
export const openDataAttribution = 'QualiCharge / MTES, IRVE (Licence Ouverte 2.0)'

/** A style is drawn by MapLibre on the web and on phones alike: data, no code. `archiveUrl` leads to `base/europe.pmtiles`. */
export const baseStyle = (theme: Theme, archiveUrl: string): StyleSpecification => ({
  version: 8,
  name: `Werenode ${theme.name}`,
  // What changes is there at once: a transition has the whole map drawn some twenty times.
  transition: { duration: 0, delay: 0 },
  sources: { base: { type: 'vector', url: `pmtiles://${archiveUrl}`, attribution } satisfies SourceSpecification },
  layers: [...ground(theme), ...names(theme)],
})

const ground = ({ map, highContrast }: Theme): LayerSpecification[] => [
  { id: 'sea', type: 'background', paint: { 'background-color': map.water } },
  { id: 'land', type: 'fill', source: 'base', 'source-layer': 'land', paint: { 'fill-color': map.land } },
  {
    id: 'shore',
    type: 'line',
    source: 'base',
    'source-layer': 'land',
    minzoom: 4,
    paint: { 'line-color': map.boundary, 'line-width': 0.6, 'line-opacity': highContrast ? 1 : 0.6 },
  },
  { id: 'lake', type: 'fill', source: 'base', 'source-layer': 'water', paint: { 'fill-color': map.water } },
  {
    id: 'river',
    type: 'line',
    source: 'base',
    'source-layer': 'river',
    minzoom: 5,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': map.water,
      'line-width': [
        'interpolate',
        ['linear'],
        ['zoom'],
        5,
        ['*', 2, ['get', 'width']],
        12,
        ['*', 14, ['get', 'width']],
      ],
    },
  },
  {
    id: 'frontier',
    type: 'line',
    source: 'base',
    'source-layer': 'boundary',
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': map.boundary,
      'line-width': ['interpolate', ['linear'], ['zoom'], 3, 0.8, 10, 2],
      'line-dasharray': [3, 2],
    },
  },
]

/** Names of towns: the larger first, at sizes that tell them apart. No glyph server: MapLibre draws them with the device's own font. */
const names = ({ map }: Theme): LayerSpecification[] => [
  {
    id: 'towns',
    type: 'symbol',
    source: 'base',
    'source-layer': 'place',
    layout: {
      'text-field': ['get', 'name'],
      'text-font': ['Noto Sans Regular'],
      'symbol-sort-key': ['-', 0, ['get', 'population']],
      'text-size': [
        'interpolate',
        ['linear'],
        ['zoom'],
        4,
        ['step', ['get', 'population'], 11, 300_000, 12, 1_000_000, 14],
        10,
        ['step', ['get', 'population'], 12, 10_000, 14, 100_000, 17, 500_000, 20],
        15,
        ['step', ['get', 'population'], 15, 10_000, 18, 100_000, 22],
      ],
      'text-max-width': 8,
      'text-padding': 6,
    },
    paint: { 'text-color': map.label, 'text-halo-color': map.halo, 'text-halo-width': 1.4 },
  },
]
