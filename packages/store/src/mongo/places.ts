import type { Document } from 'mongodb'
import { type Box, EARTH_RADIUS_M, splitBox } from '../geo.ts'
import { storedAt } from './form.ts'

/** The radius of MongoDB's sphere, metres. Its distances are ours times the ratio of the radii; what is told is computed by us. */
const SERVER_RADIUS_M = 6_378_100

export interface Place {
  readonly lon: number
  readonly lat: number
}

/** The place of a document; undefined without a valid one: it is then simply not on the map. */
export const placeOf = (stored: Document, path: string): Place | undefined => {
  const lon = storedAt(stored, `${path}.lon`)
  const lat = storedAt(stored, `${path}.lat`)
  const valid =
    typeof lon === 'number' && typeof lat === 'number' && lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90
  return valid ? { lon, lat } : undefined
}

/** As `2dsphere` (near) and `2d` (boxes, whose edges are parallels and meridians) index it. */
export const placeFields = (place: Place | undefined): Document =>
  place === undefined
    ? {}
    : { '%geo': { type: 'Point', coordinates: [place.lon, place.lat] }, '%at': [place.lon, place.lat] }

/** A hair more than the radius: the exact distance decides afterwards. */
export const nearStage = (lon: number, lat: number, radiusM: number, query: Document): Document => ({
  $geoNear: {
    near: { type: 'Point', coordinates: [lon, lat] },
    key: '%geo',
    spherical: true,
    distanceField: '%distance',
    maxDistance: Math.min(radiusM / EARTH_RADIUS_M, Math.PI) * SERVER_RADIUS_M * (1 + 1e-9) + 0.01,
    query,
  },
})

const HAIR = 1e-9

/** The index finds a hair more than the box; the comparisons are exact, edges included. */
export const boxQuery = (box: Box): Document => ({
  $or: splitBox(box).map(({ west, east, south, north }) => ({
    $and: [
      {
        '%at': {
          $geoWithin: {
            $box: [
              [west - HAIR, south - HAIR],
              [east + HAIR, north + HAIR],
            ],
          },
        },
      },
      { '%at.0': { $gte: west, $lte: east } },
      { '%at.1': { $gte: south, $lte: north } },
    ],
  })),
})
