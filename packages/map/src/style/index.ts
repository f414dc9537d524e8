export { attribution, baseStyle, openDataAttribution } from './base-map.ts'
export {
  clickable,
  clusteredSource,
  featureOf,
  imageOf,
  layersOf,
  placeLayers,
  placeSources,
  placeStatuses,
  tileLayer,
  tileSource,
} from './place-layers.ts'
export { sketchOf, sketchSize } from './sketch.ts'
export type { LayerSpecification, SourceSpecification, StyleSpecification } from './specification.ts'
