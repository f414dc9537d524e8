import type { Address, EvseId, Hex, Party } from './ids.ts'

/** OCPI's EVSE status words. */
export type EvseStatus =
  | 'AVAILABLE'
  | 'BLOCKED'
  | 'CHARGING'
  | 'INOPERATIVE'
  | 'OUTOFORDER'
  | 'PLANNED'
  | 'REMOVED'
  | 'RESERVED'
  | 'UNKNOWN'

/** OCPP 1.6's connector status words, finer than OCPI's; 2.x `Occupied` is refined by the transaction's charging state. */
export type ConnectorStatus =
  | 'Available'
  | 'Preparing'
  | 'Charging'
  | 'SuspendedEV'
  | 'SuspendedEVSE'
  | 'Finishing'
  | 'Reserved'
  | 'Unavailable'
  | 'Faulted'
  | 'Occupied'

export const evseStatusOf = (status: ConnectorStatus): EvseStatus =>
  ({
    Available: 'AVAILABLE',
    Preparing: 'BLOCKED',
    Charging: 'CHARGING',
    SuspendedEV: 'CHARGING',
    SuspendedEVSE: 'CHARGING',
    Finishing: 'BLOCKED',
    Reserved: 'RESERVED',
    Unavailable: 'INOPERATIVE',
    Faulted: 'OUTOFORDER',
    Occupied: 'BLOCKED',
  })[status] as EvseStatus

/** OCPI connector standards we meet. */
export type ConnectorStandard =
  | 'IEC_62196_T2'
  | 'IEC_62196_T2_COMBO'
  | 'CHADEMO'
  | 'DOMESTIC_E'
  | 'DOMESTIC_F'
  | 'IEC_62196_T1'
  | 'IEC_62196_T1_COMBO'
  | 'IEC_62196_T3C'
  | 'TESLA_S'
  | 'NACS'
  | 'UNKNOWN'

export interface Connector {
  /** Number within the EVSE, from 1. */
  readonly id: number
  readonly standard: ConnectorStandard
  readonly format: 'SOCKET' | 'CABLE'
  readonly powerType: 'AC_1_PHASE' | 'AC_2_PHASE' | 'AC_3_PHASE' | 'DC'
  readonly maxPowerW: number
  readonly tariffIds: readonly string[]
  /** The operator says that its meter is certified for billing (MID, Eichrecht). Absent: nobody says so. Never true of a smart plug. */
  readonly meterCertified?: boolean
}

export interface Evse {
  readonly uid: string
  readonly evseId: EvseId
  readonly status: EvseStatus
  readonly statusAt: string
  readonly connectors: readonly Connector[]
  /** Where the plug is driven; absent for imported points. */
  readonly station?: { readonly stationId: string; readonly evse: number }
  /** May be paid here; imported open-data points never are. */
  readonly payable: boolean
}

/** A location of the catalogue: OCPI's Location, in our own names where OCPI leaves room. */
export interface Location {
  readonly id: string
  readonly party: Party
  readonly operatorName: string
  readonly name: string
  readonly address: string
  readonly city: string
  readonly postalCode?: string
  readonly countryCode: string
  readonly position: { readonly lon: number; readonly lat: number }
  readonly timeZone: string
  readonly openingHours?: string
  readonly access?: string
  readonly paymentWords?: readonly string[]
  readonly tariffWords?: string
  /** Whether it can be reached and used from a wheelchair; absent: not known. */
  readonly accessible?: boolean
  /** What is near, in OCPI's words (mod_locations, Facility), e.g. `CAFE`. */
  readonly facilities?: readonly string[]
  /** Ids of pictures of the place (GET /v1/photos/{photoId}). */
  readonly photos?: readonly string[]
  readonly evses: readonly Evse[]
  /** `irve` points come from open data and are shown, never chargeable; `demo` ones are simulated and say so. */
  readonly source: 'own' | 'demo' | 'irve' | 'roaming'
  readonly lastUpdated: string
}

/** All the manager needs to know of one connector to quote, start and settle a charge (`catalogue.offer`). */
export interface ConnectorOffer {
  readonly evseId: EvseId
  readonly locationId: string
  readonly locationName: string
  readonly party: Party
  readonly stationId: string
  /** EVSE number at the station, from 1 (OCPP 1.6: the connectorId). */
  readonly evse: number
  readonly connector: number
  readonly connectorStandard: ConnectorStandard
  readonly maxPowerW: number
  readonly status: EvseStatus
  readonly timeZone: string
  readonly payable: boolean
  /** No money: no escrow, no settlement. */
  readonly free: boolean
  /** OCPI 2.2.1 Tariff, as stored; parsed by core's pricing. */
  readonly tariff: unknown
  readonly operatorId: Hex
  readonly payee: Address
  readonly keyClass: 'STATION' | 'GATEWAY'
  /** False is told to the driver before signing: what this meter counts is not certified for billing. */
  readonly meterCertified: boolean
}
