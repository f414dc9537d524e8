import type { ConnectorStandard, Location, Party } from '@werenode/core'
import type { PlugStatus } from '@werenode/design/plug'

export interface Position {
  readonly lon: number
  readonly lat: number
}

/** A place with charging stations, as a list or a map shows it: the API's `LocationSummary`. */
export interface Place {
  readonly id: string
  readonly party: Party
  readonly operatorName: string
  readonly name: string
  readonly address: string
  readonly city: string
  readonly postalCode?: string
  readonly position: Position
  readonly source: Location['source']
  readonly evseCount: number
  /** EVSEs known to be free now. */
  readonly availableCount: number
  /** At least one EVSE can be used with Werenode. */
  readonly payable: boolean
  readonly maxPowerW: number
  readonly standards: readonly ConnectorStandard[]
  /** From the middle of the search. */
  readonly distanceM?: number
  readonly openNow?: boolean
  readonly free?: boolean
  /** Of the chosen charge at the cheapest plug that fits, VAT included; absent: not priced here. */
  readonly priceMicro?: string
  readonly lastUpdated: string
}

/** A place in full: the API's `LocationDetail`. */
export interface PlaceDetail {
  readonly location: Location
  /** OCPI tariffs by id. */
  readonly tariffs: Readonly<Record<string, unknown>>
}

/**
 * How a place stands on the map. One whose plugs nobody reports on, or that cannot be used here, is `unlisted` (open data) or `unknown`;
 * one with a free plug is `available` whatever its others do.
 */
export const statusOfPlace = ({
  payable,
  availableCount,
  source,
}: Pick<Place, 'payable' | 'availableCount' | 'source'>): PlugStatus => {
  if (availableCount > 0) return 'available'
  if (payable) return 'occupied'
  return source === 'irve' ? 'unlisted' : 'unknown'
}

/** A place as its summary would be, from its detail: what a live change of one of its plugs makes of it. */
export const refreshed = (place: Place, { location }: PlaceDetail): Place => ({
  ...place,
  name: location.name,
  evseCount: location.evses.length,
  availableCount: location.evses.filter(({ status }) => status === 'AVAILABLE').length,
  payable: location.evses.some(({ payable }) => payable),
  lastUpdated: location.lastUpdated,
})

/** The summary of a place, from its detail: for one that no search brought, such as a favourite far away. */
export const placeOf = ({ location }: PlaceDetail): Place => {
  const connectors = location.evses.flatMap((evse) => evse.connectors)
  return {
    id: location.id,
    party: location.party,
    operatorName: location.operatorName,
    name: location.name,
    address: location.address,
    city: location.city,
    ...(location.postalCode === undefined ? {} : { postalCode: location.postalCode }),
    position: location.position,
    source: location.source,
    evseCount: location.evses.length,
    availableCount: location.evses.filter(({ status }) => status === 'AVAILABLE').length,
    payable: location.evses.some(({ payable }) => payable),
    maxPowerW: Math.max(0, ...connectors.map(({ maxPowerW }) => maxPowerW)),
    standards: [...new Set(connectors.map(({ standard }) => standard))],
    lastUpdated: location.lastUpdated,
  }
}

const earthM = 6_371_008.8
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Along the great circle, metres. */
export const distanceM = (one: Position, other: Position): number => {
  const half = (a: number, b: number): number => Math.sin(radians(b - a) / 2) ** 2
  const h =
    half(one.lat, other.lat) + Math.cos(radians(one.lat)) * Math.cos(radians(other.lat)) * half(one.lon, other.lon)
  return 2 * earthM * Math.asin(Math.min(1, Math.sqrt(h)))
}
