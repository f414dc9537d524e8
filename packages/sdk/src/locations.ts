import type { ConnectorStandard, EventEnvelope, Evse, EvseStatus, Location, Party } from '@werenode/core'
import { follow } from './event-source.ts'
import type { Http, Query } from './http.ts'

/** A location in a list or on a map. */
export interface LocationSummary {
  readonly id: string
  readonly party: Party
  readonly operatorName: string
  readonly name: string
  readonly address: string
  readonly city: string
  readonly postalCode?: string
  readonly position: { readonly lon: number; readonly lat: number }
  readonly source: Location['source']
  readonly evseCount: number
  readonly availableCount: number
  readonly payable: boolean
  readonly maxPowerW: number
  readonly standards: readonly ConnectorStandard[]
  readonly distanceM?: number
  readonly lastUpdated: string
}

/** One of box, near and words, or none for all; filters hold for one and the same connector. */
export interface LocationSearch {
  readonly box?: { readonly west: number; readonly south: number; readonly east: number; readonly north: number }
  readonly near?: { readonly lat: number; readonly lon: number; readonly radiusM?: number }
  readonly words?: string
  readonly minPowerW?: number
  readonly standards?: readonly ConnectorStandard[]
  /** Known to be free now. */
  readonly available?: boolean
  /** Can be used with Werenode. */
  readonly payable?: boolean
  /** At most 500; default 100. */
  readonly limit?: number
}

export interface LocationPage {
  readonly items: readonly LocationSummary[]
  /** Cursor of the next page, for `search(..., next)`. */
  readonly next?: string
}

export interface Locations {
  /**
   * One page of locations.
   *
   * @example
   * const { items } = await werenode.locations.search({ near: { lat: 48.85, lon: 2.35, radiusM: 2000 }, minPowerW: 50_000 })
   */
  search(search: LocationSearch, cursor?: string): Promise<LocationPage>
  /**
   * All locations of a search, page by page.
   *
   * @example
   * for await (const { name, city } of werenode.locations.all({ payable: true })) console.log(name, city)
   */
  all(search: LocationSearch): AsyncGenerator<LocationSummary, void, void>
  /**
   * A location with its EVSEs and OCPI tariffs.
   *
   * @example
   * const { location, tariffs } = await werenode.locations.get('wrn-lyon')
   */
  get(locationId: string): Promise<{ readonly location: Location; readonly tariffs: Readonly<Record<string, unknown>> }>
  /**
   * An EVSE by what is typed or read from a QR code; `connector` when the text held one.
   *
   * @example
   * const { evse, connector = 1 } = await werenode.locations.evse('FR*WRN*E000001*1')
   */
  evse(text: string): Promise<{
    readonly evse: Evse
    readonly connector?: number
    readonly location: LocationSummary
    readonly timeZone: string
    readonly tariffs: Readonly<Record<string, unknown>>
  }>
  /**
   * Statuses as they change, in a box or at a location, through lost connections.
   *
   * @example
   * for await (const { evseId, status } of werenode.locations.live({ locationId: 'wrn-lyon' })) console.log(evseId, status)
   */
  live(options?: {
    readonly box?: LocationSearch['box']
    readonly locationId?: string
    readonly signal?: AbortSignal
  }): AsyncGenerator<EventEnvelope<'catalogue.changed'>['data'] & { status?: EvseStatus }, void, void>
}

export const createLocations = (http: Http): Locations => {
  const search: Locations['search'] = (wish, cursor) => http.json('/v1/locations', { query: queryOf(wish, cursor) })
  return {
    search,
    async *all(wish) {
      let cursor: string | undefined
      do {
        const { items, next } = await search(wish, cursor)
        yield* items
        cursor = next
      } while (cursor !== undefined)
    },
    get: (locationId) => http.json(`/v1/locations/${encodeURIComponent(locationId)}`),
    evse: (text) => http.json(`/v1/evses/${encodeURIComponent(text.trim())}`),
    async *live({ box, locationId, signal } = {}) {
      const query = { box: box && boxText(box), locationId }
      for await (const { data } of follow(http, '/v1/evses/live', { query, ...(signal ? { signal } : {}) }))
        yield (data as EventEnvelope<'catalogue.changed'>).data
    },
  }
}

const boxText = ({ west, south, east, north }: NonNullable<LocationSearch['box']>): string =>
  [west, south, east, north].map(degrees).join(',')

/** Never in scientific notation. */
const degrees = (value: number): string => value.toFixed(7)

const queryOf = ({ box, near, words, standards, ...filters }: LocationSearch, cursor: string | undefined): Query => ({
  ...(box ? { box: boxText(box) } : {}),
  ...(near ? { lat: degrees(near.lat), lon: degrees(near.lon), radiusM: near.radiusM } : {}),
  q: words,
  standard: standards,
  ...filters,
  cursor,
})
