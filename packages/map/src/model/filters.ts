import type { ConnectorStandard } from '@werenode/core'
import type { Place } from './place.ts'

/** What a driver asks of a place. Filters on connectors hold for one and the same connector. */
export interface Filters {
  /** Words of name, address, city or operator. */
  readonly words: string
  readonly available: boolean
  /** Can be used with Werenode. */
  readonly payable: boolean
  readonly openNow: boolean
  readonly free: boolean
  readonly accessible: boolean
  readonly pays?: 'card' | 'ad-hoc'
  /** W; 0 for any. */
  readonly minPowerW: number
  readonly standards: readonly ConnectorStandard[]
  /** Only this operator's: `FR*WRN`. */
  readonly party?: string
  /** The chosen charge costs this at most, micro-euro. */
  readonly maxPriceMicro?: string
  readonly favourites: boolean
}

export const noFilters: Filters = {
  words: '',
  available: false,
  payable: false,
  openNow: false,
  free: false,
  accessible: false,
  minPowerW: 0,
  standards: [],
  favourites: false,
}

/** The charge a price is asked for. */
export interface ChosenCharge {
  readonly energyWh: number
  /** How long it takes; absent: at the full power of the plug. */
  readonly minutes?: number
}

/** How many filters are on, for the button that opens them. */
export const filterCount = (filters: Filters): number =>
  [
    filters.available,
    filters.payable,
    filters.openNow,
    filters.free,
    filters.accessible,
    filters.pays,
    filters.minPowerW > 0,
    filters.standards.length > 0,
    filters.party,
    filters.maxPriceMicro,
    filters.favourites,
  ].filter(Boolean).length

export type Query = Readonly<Record<string, string | readonly string[]>>

const flags = ['available', 'payable'] as const

/** The filters that vector tiles know (GET /v1/tiles/{z}/{x}/{y}). */
export const tileQuery = (filters: Filters): Query => ({
  ...Object.fromEntries(flags.filter((name) => filters[name]).map((name) => [name, 'true'])),
  ...(filters.accessible ? { accessible: 'true' } : {}),
  ...(filters.minPowerW > 0 ? { minPowerW: String(filters.minPowerW) } : {}),
  ...(filters.standards.length > 0 ? { standard: filters.standards } : {}),
  ...(filters.party === undefined ? {} : { party: filters.party }),
  ...(filters.pays === undefined ? {} : { pays: filters.pays }),
})

/** All filters, as GET /v1/locations takes them. */
export const searchQuery = (filters: Filters, charge?: ChosenCharge): Query => ({
  ...tileQuery(filters),
  ...(filters.free ? { free: 'true' } : {}),
  ...(filters.openNow ? { openNow: 'true' } : {}),
  ...(charge
    ? {
        energyWh: String(charge.energyWh),
        ...(charge.minutes === undefined ? {} : { minutes: String(charge.minutes) }),
        ...(filters.maxPriceMicro === undefined ? {} : { maxPriceMicro: filters.maxPriceMicro }),
      }
    : {}),
})

/** `a=1&b=2&b=3` */
export const queryText = (query: Query): string => {
  const text = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const one of typeof value === 'string' ? [value] : value) text.append(name, one)
  return text.toString()
}

/** Whether tiles can show exactly what the filters ask; what they do not know only the list can. */
export const tilesKnow = (filters: Filters): boolean =>
  !filters.free && !filters.openNow && !filters.favourites && filters.maxPriceMicro === undefined

/**
 * The filters over what a summary tells, for data that was kept: what it does not tell (opening hours, payment) lets through, so that
 * nothing is hidden without network that might fit.
 */
export const fits = (place: Place, filters: Filters, isFavourite: (id: string) => boolean): boolean => {
  const words = plain(filters.words)
  if (words !== '') {
    const text = plain(`${place.name} ${place.address} ${place.city} ${place.operatorName}`)
    if (!words.split(/\s+/).every((word) => text.includes(word))) return false
  }
  return (
    (!filters.available || place.availableCount > 0) &&
    (!filters.payable || place.payable) &&
    (!filters.openNow || place.openNow !== false) &&
    (!filters.free || place.free !== false) &&
    place.maxPowerW >= filters.minPowerW &&
    (filters.standards.length === 0 || filters.standards.some((standard) => place.standards.includes(standard))) &&
    (filters.party === undefined || place.party === filters.party) &&
    (filters.maxPriceMicro === undefined ||
      (place.priceMicro !== undefined && BigInt(place.priceMicro) <= BigInt(filters.maxPriceMicro))) &&
    (!filters.favourites || isFavourite(place.id))
  )
}

/** Lower case without accents. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .trim()
