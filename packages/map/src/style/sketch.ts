import { homeView } from '../model/map-model.ts'
import type { View } from '../model/url.ts'

/** `base/land.svg`, px: the land around the view a map opens with. */
export const sketchSize = { width: 3_000, height: 2_000 } as const

/** How far from its own zoom the drawing is still a likeness. */
const zooms = { out: 0.5, in: 3 } as const

const mercatorY = (lat: number): number => (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2

/**
 * How `base/land.svg`, its middle upon the middle of the map, is scaled about that middle and then moved, px, to stand as the land will once
 * the map is drawn; undefined where it is no likeness.
 */
export const sketchOf = ({
  lon,
  lat,
  zoom,
}: View): { readonly x: number; readonly y: number; readonly scale: number } | undefined => {
  const closer = zoom - homeView.zoom
  if (closer < -zooms.out || closer > zooms.in) return undefined
  const worldPx = 512 * 2 ** zoom
  return {
    x: ((homeView.lon - lon) / 360) * worldPx,
    y: (mercatorY(homeView.lat) - mercatorY(lat)) * worldPx,
    scale: 2 ** closer,
  }
}
