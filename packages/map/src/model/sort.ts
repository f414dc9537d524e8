import { distanceM, type Place, type Position } from './place.ts'

export const sortings = ['distance', 'price', 'power'] as const
export type Sorting = (typeof sortings)[number]

/**
 * Places in the order a driver asked for. `from` is where distances are counted from: the driver, or the middle of the map. By price, what
 * is not priced comes last; what is equal is told apart by distance, then by id, so that a list does not jump.
 */
export const sorted = (places: readonly Place[], by: Sorting, from: Position): readonly Place[] => {
  const rows = places.map((place) => ({ place, away: distanceM(from, place.position) }))
  const first = (one: (typeof rows)[number], other: (typeof rows)[number]): number => {
    if (by === 'price') return comparePrices(one.place.priceMicro, other.place.priceMicro)
    if (by === 'power') return other.place.maxPowerW - one.place.maxPowerW
    return 0
  }
  return rows
    .sort((one, other) => first(one, other) || one.away - other.away || (one.place.id < other.place.id ? -1 : 1))
    .map(({ place, away }) => ({ ...place, distanceM: Math.round(away) }))
}

const comparePrices = (one: string | undefined, other: string | undefined): number => {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined)
  const difference = BigInt(one) - BigInt(other)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
