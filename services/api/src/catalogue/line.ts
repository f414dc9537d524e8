export interface Point {
  readonly lon: number
  readonly lat: number
}

const earthM = 6_371_008.8
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Great-circle metres. */
export const distanceM = (a: Point, b: Point): number => {
  const half =
    Math.sin(radians(b.lat - a.lat) / 2) ** 2 +
    Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(radians(b.lon - a.lon) / 2) ** 2
  return 2 * earthM * Math.asin(Math.min(1, Math.sqrt(half)))
}

export const lengthM = (line: readonly Point[]): number =>
  line.slice(1).reduce((sum, point, index) => sum + distanceM(line[index]!, point), 0)

/** A leg of a line, at most so long, and where on the line it begins. */
export interface Leg {
  readonly from: Point
  readonly to: Point
  readonly startM: number
  readonly metres: number
}

/** The line in legs of at most `mostM`, so that the box around each is small. */
export const legsOf = (line: readonly Point[], mostM: number): readonly Leg[] => {
  const legs: Leg[] = []
  let startM = 0
  for (const [index, to] of line.slice(1).entries()) {
    const from = line[index]!
    const parts = Math.max(1, Math.ceil(distanceM(from, to) / mostM))
    const at = (share: number): Point => ({
      lon: from.lon + (to.lon - from.lon) * share,
      lat: from.lat + (to.lat - from.lat) * share,
    })
    for (let part = 0; part < parts; part += 1) {
      const [a, b] = [at(part / parts), at((part + 1) / parts)]
      const metres = distanceM(a, b)
      legs.push({ from: a, to: b, startM, metres })
      startM += metres
    }
  }
  return legs
}

/** The box around a leg with `marginM` on all sides. */
export const boxAround = ({ from, to }: Leg, marginM: number) => {
  const degreesLat = marginM / 111_195
  const north = Math.max(from.lat, to.lat) + degreesLat
  const south = Math.min(from.lat, to.lat) - degreesLat
  const degreesLon = degreesLat / Math.max(0.01, Math.cos(radians(Math.max(Math.abs(north), Math.abs(south)))))
  return {
    west: Math.max(-180, Math.min(from.lon, to.lon) - degreesLon),
    east: Math.min(180, Math.max(from.lon, to.lon) + degreesLon),
    south: Math.max(-90, south),
    north: Math.min(90, north),
  }
}

/** Where on a leg a point is nearest, and how far off. Flat, which is exact enough over a few kilometres. */
export const nearestOn = ({ from, to, startM, metres }: Leg, point: Point): { alongM: number; offM: number } => {
  const scale = Math.cos(radians(from.lat))
  const [dx, dy] = [(to.lon - from.lon) * scale, to.lat - from.lat]
  const [px, py] = [(point.lon - from.lon) * scale, point.lat - from.lat]
  const squared = dx * dx + dy * dy
  const share = squared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / squared))
  const foot = { lon: from.lon + (to.lon - from.lon) * share, lat: from.lat + (to.lat - from.lat) * share }
  return { alongM: startM + metres * share, offM: distanceM(foot, point) }
}
