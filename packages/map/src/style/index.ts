export { attribution, baseStyle, openDataAttribution } from './base-map.ts'
export { isNear } from './near.ts'
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
export { boxOfSketch, placeInSketch, type Size, sketchOf, sketchSize, viewOfSketch } from './sketch.ts'
export type { LayerSpecification, SourceSpecification, StyleSpecification } from './specification.ts'
