export { hasQuickGraphics } from './graphics.ts'
export { type MapStart, mapStart } from './map-start.ts'
export { createPlaceSketch, type PlaceSketch, type PlaceSketchOptions } from './place-sketch.ts'
