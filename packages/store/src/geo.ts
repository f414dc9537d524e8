/** Mean radius of the Earth, metres (IUGG R1). */
export const EARTH_RADIUS_M = 6_371_008.8

export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** A box that may cross the antimeridian (west > east) as one or two that do not. */
export const splitBox = (box: Box): readonly Box[] =>
  box.west <= box.east
    ? [box]
    : [
        { ...box, east: 180 },
        { ...box, west: -180 },
      ]

const degrees = (radians: number): number => (radians * 180) / Math.PI
const radians = (deg: number): number => (deg * Math.PI) / 180

/** Boxes that together hold every point within `radiusM` great-circle metres. */
export const boxesAround = (lon: number, lat: number, radiusM: number): readonly Box[] => {
  // A hair more than the radius, so that rounding never loses a point on the rim; the exact distance decides afterwards.
  const angle = (radiusM / EARTH_RADIUS_M) * (1 + 1e-9) + 1e-9
  const south = lat - degrees(angle)
  const north = lat + degrees(angle)
  if (south <= -90 || north >= 90 || angle >= Math.PI / 2) {
    return [{ west: -180, east: 180, south: Math.max(-90, south), north: Math.min(90, north) }]
  }
  const half = degrees(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(radians(lat))))) + 1e-9
  if (half >= 180) return [{ west: -180, east: 180, south, north }]
  const west = lon - half
  const east = lon + half
  return splitBox({ west: west < -180 ? west + 360 : west, east: east > 180 ? east - 360 : east, south, north })
}

/** Great-circle metres between two points, by the haversine formula. */
export const distanceM = (aLon: number, aLat: number, bLon: number, bLat: number): number => {
  const dLat = Math.sin(radians(bLat - aLat) / 2)
  const dLon = Math.sin(radians(bLon - aLon) / 2)
  const h = dLat * dLat + Math.cos(radians(aLat)) * Math.cos(radians(bLat)) * dLon * dLon
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)))
}
