import { type Box, homeView } from '../model/map-model.ts'
import type { Position } from '../model/place.ts'
import type { View } from '../model/url.ts'

/** `base/land.svg`, px: the land around the view a map opens with. */
export const sketchSize = { width: 3_000, height: 2_000 } as const

/** How far from its own zoom the drawing is still a likeness. */
const zooms = { out: 0.5, in: 3 } as const

const mercatorY = (lat: number): number => (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2

/** Of what a sketch is drawn in, px. */
export interface Size {
  readonly width: number
  readonly height: number
}

/**
 * How `base/land.svg`, its middle upon the middle of the map, is scaled about that middle and then moved, px, to stand as the land will once
 * the map is drawn; undefined where it is no likeness, or does not cover a picture of this size.
 */
export const sketchOf = (
  { lon, lat, zoom }: View,
  size?: Size,
): { readonly x: number; readonly y: number; readonly scale: number } | undefined => {
  const closer = zoom - homeView.zoom
  if (closer > zooms.in || (size === undefined && closer < -zooms.out)) return undefined
  const worldPx = 512 * 2 ** zoom
  const land = {
    x: ((homeView.lon - lon) / 360) * worldPx,
    y: (mercatorY(homeView.lat) - mercatorY(lat)) * worldPx,
    scale: 2 ** closer,
  }
  const covers =
    size === undefined ||
    (2 * Math.abs(land.x) + size.width <= sketchSize.width * land.scale &&
      2 * Math.abs(land.y) + size.height <= sketchSize.height * land.scale)
  return covers ? land : undefined
}

/** Where a place stands in a sketch, from its middle, px. */
export const placeInSketch = (view: View, { lon, lat }: Position): { readonly x: number; readonly y: number } => {
  const worldPx = 512 * 2 ** view.zoom
  return {
    x: ((lon - view.lon) / 360) * worldPx,
    y: (mercatorY(Math.max(-85, Math.min(85, lat))) - mercatorY(view.lat)) * worldPx,
  }
}

const latOf = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI

/** What a sketch of this size shows. */
export const boxOfSketch = (view: View, { width, height }: Size): Box => {
  const worldPx = 512 * 2 ** view.zoom
  const [beside, middle] = [(width / 2 / worldPx) * 360, mercatorY(view.lat)]
  return {
    west: Math.max(-180, view.lon - beside),
    east: Math.min(180, view.lon + beside),
    north: Math.min(85, latOf(middle - height / 2 / worldPx)),
    south: Math.max(-85, latOf(middle + height / 2 / worldPx)),
  }
}

/** The nearest view in which a sketch of this size shows the whole box, with a margin; no nearer than the drawing of the land is a likeness. */
export const viewOfSketch = ({ west, south, east, north }: Box, { width, height }: Size, marginPx = 48): View => {
  const [top, bottom] = [mercatorY(north), mercatorY(south)]
  const room = (px: number): number => Math.max(1, px - 2 * marginPx)
  const worldPx = Math.min(room(width) / ((east - west) / 360), room(height) / (bottom - top))
  const zoom = Math.min(homeView.zoom + zooms.in, Math.max(0, Math.log2(worldPx / 512)))
  return { lon: (west + east) / 2, lat: latOf((top + bottom) / 2), zoom }
}
