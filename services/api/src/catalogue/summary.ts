import type { LocationSummary } from '../contract/schemas/locations.ts'
import type { PlaceDoc } from './collections.ts'

/** A place as lists and maps show it. */
export const summaryOf = (
  { _id, _rev, reach, gone, timeZone, hours, accessible, pays, offers, ...summary }: PlaceDoc,
  distanceM?: number,
): LocationSummary => (distanceM === undefined ? summary : { ...summary, distanceM: Math.round(distanceM) })
