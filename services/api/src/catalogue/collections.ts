import type {
  CollectionSpec,
  ConnectorStandard,
  ConnectorStatus,
  Doc,
  EvseId,
  EvseKey,
  Location,
  Party,
  StationProtocol,
} from '@werenode/core'
import type { LocationSummary } from '../contract/schemas/locations.ts'

/** Highest power in W a filter's audience meets at a location, of any connector and by standard. */
export type PowerByStandard = Readonly<Partial<Record<ConnectorStandard | 'ANY', number>>>

/** A location as it is stored: whole, for those who look at one. */
export interface LocationDoc extends Doc, Location {
  /** Hash of the imported content: the same again is not written again. */
  readonly importHash?: string
  /** No longer in its source; kept, because receipts may name it. */
  readonly gone: boolean
}

/**
 * The same location as lists and maps show it, a tenth of the size, with the few figures that searches filter on, so that a filter is one
 * comparison of one path: "CCS of 150 kW free now" is `reach.available.IEC_62196_T2_COMBO >= 150000`. Written with every LocationDoc.
 */
export interface PlaceDoc extends Doc, LocationSummary {
  readonly reach: {
    readonly any: PowerByStandard
    readonly available: PowerByStandard
    readonly payable: PowerByStandard
    readonly payableAvailable: PowerByStandard
  }
  readonly gone: boolean
  readonly timeZone: string
  /** As told; `isOpenAt` reads it. */
  readonly hours?: string
  readonly accessible: boolean
  readonly pays: { readonly free: boolean; readonly card: boolean; readonly adHoc: boolean }
  /** What can be paid here, so that a chosen charge can be priced without the whole location: one entry per kind of plug. */
  readonly offers: readonly PlaceOffer[]
}

export interface PlaceOffer {
  readonly tariffIds: readonly string[]
  readonly standard: ConnectorStandard
  readonly powerW: number
}

/** Which location holds an EVSE, by the EVSE's key; and what drives it. */
export interface EvseDoc extends Doc {
  readonly _id: EvseKey
  readonly evseId: EvseId
  readonly locationId: string
  readonly stationId?: string
  /** EVSE number at the station. */
  readonly evse?: number
  /** Last words of each connector, by its number. */
  readonly connectorStatus: Readonly<Record<string, ConnectorStatus>>
}

/** The station's link as the catalogue knows it, so that a late "disconnected" of an older link changes nothing. */
export interface StationLinkDoc extends Doc {
  readonly online: boolean
  readonly epoch: number
  /** How it last came in; a smart plug's meter is not certified, whatever is said of it. */
  readonly protocol?: StationProtocol
}

/** An OCPI 2.2.1 Tariff. */
export interface TariffDoc extends Doc {
  /** Whose it is. */
  readonly party?: Party
  readonly tariff: Readonly<Record<string, unknown>>
}

export const catalogueCollections: readonly CollectionSpec[] = [
  { name: 'api_locations', indexes: [{ fields: ['source', '_id'] }, { fields: ['party', '_id'] }] },
  {
    name: 'api_places',
    indexes: [{ fields: ['party', '_id'] }],
    geo: 'position',
    text: ['name', 'address', 'city', 'postalCode', 'operatorName'],
  },
  { name: 'api_evses', indexes: [{ fields: ['locationId'] }, { fields: ['stationId', 'evse'] }] },
  { name: 'api_station_links' },
  { name: 'api_tariffs', indexes: [{ fields: ['party', '_id'] }] },
  { name: 'api_imports' },
]
