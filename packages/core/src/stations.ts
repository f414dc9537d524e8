import type { ConnectorStatus } from './catalogue.ts'
import type { Hex, Party } from './ids.ts'

/** How a charging station proves who it is: 0 not at all, 1 password over ws, 2 password over TLS, 3 client certificate. */
export type SecurityProfile = 0 | 1 | 2 | 3

/** What an operator decides about a charging station. */
export interface ChargingStationSettings {
  readonly label?: string
  readonly securityProfile?: SecurityProfile
  /** Profile 3: what the O of its certificate must be. */
  readonly organisation?: string
  /** Refuse what breaks the schema instead of mending it. */
  readonly strict?: boolean
  /** Version to speak with a station that names no sub-protocol. */
  readonly defaultVersion?: OcppVersionName
  /** Seconds between meter values. */
  readonly meterIntervalS?: number
  readonly noPing?: boolean
  readonly wholeSeconds?: boolean
  /** Plausibility cap of a connector, W. */
  readonly maxPowerW?: number
  /** Public key of the meter of each EVSE, by its number. */
  readonly meterKeys?: Readonly<Record<string, string>>
}

export interface NewChargingStation extends ChargingStationSettings {
  /** As the station sends it at the end of its connection URL. */
  readonly stationId: string
  /** Profiles 1 and 2; one is made when absent. */
  readonly password?: string
}

export interface ChargingStationChange extends ChargingStationSettings {
  /** Closes the door to the station, also the one it stands in; or opens it again. */
  readonly blocked?: boolean
}

export type OcppVersionName = 'ocpp1.6' | 'ocpp2.0.1' | 'ocpp2.1'

/** A charging station as its operator sees it. Never holds a credential. */
export interface ChargingStationView {
  readonly stationId: string
  readonly party: Party
  readonly label?: string
  readonly securityProfile: SecurityProfile
  readonly organisation?: string
  readonly strict: boolean
  readonly blocked: boolean
  readonly defaultVersion?: OcppVersionName
  readonly meterIntervalS: number
  readonly noPing: boolean
  readonly wholeSeconds: boolean
  readonly maxPowerW?: number
  /** EVSEs whose meter's public key is known. */
  readonly meterKeys: readonly string[]
  /** Passwords that open the door: two while one is exchanged for another. */
  readonly passwords: number
  readonly createdAt: string
  readonly connected: boolean
  readonly link?: {
    readonly version: OcppVersionName
    readonly connectedAt: string
    readonly disconnectedAt?: string
    readonly reason?: string
    readonly remoteAddress?: string
    readonly boot?: {
      readonly at: string
      readonly vendor: string
      readonly model: string
      readonly serial?: string
      readonly firmware?: string
      readonly meterType?: string
      readonly meterSerial?: string
      readonly reason?: string
    }
  }
  readonly connectors: readonly {
    readonly evse: number
    readonly connector: number
    readonly status: ConnectorStatus
    readonly at: string
    readonly errorCode?: string
  }[]
  readonly running: readonly StationTransaction[]
}

/** What is typed into a station so that it finds this node. The password is shown once. */
export interface ChargingStationSetup {
  readonly station: ChargingStationView
  readonly url: string
  readonly user?: string
  readonly password?: string
  /** What must be done by hand to be safe. */
  readonly warnings: readonly string[]
}

/** A transaction as the station told it. */
export interface StationTransaction {
  readonly transactionId: string
  readonly evse: number
  readonly connector: number
  readonly state: 'open' | 'ended'
  readonly startedAt: string
  readonly startWh?: number
  readonly endedAt?: string
  readonly endWh?: number
  readonly reason?: string
  readonly sessionId?: string
  readonly offline: boolean
  /** Closed on the last meter value; the station may still tell the true end. */
  readonly estimated: boolean
  readonly flags: readonly string[]
}

/** One frame as it went over the line, without secrets. */
export interface StationFrame {
  readonly at: string
  readonly direction: 'in' | 'out'
  readonly text: string
}

/** A message for a station that is away, sent when it comes back in time. */
export interface QueuedStationMessage {
  readonly id: string
  readonly action: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly queuedAt: string
  readonly expiresAt: string
  readonly state: 'waiting' | 'sent' | 'answered' | 'failed' | 'expired' | 'withdrawn'
  readonly answer?: Readonly<Record<string, unknown>>
  readonly why?: string
}

/** A configuration key (1.6) or variable (2.x), as the station last confirmed it. */
export interface StationSetting {
  readonly key: string
  /** Absent where it is secret or was never read. */
  readonly value?: string
  readonly secret: boolean
  readonly readonly: boolean
  /** It holds after the next boot. */
  readonly rebootRequired: boolean
  readonly at: string
}

/** One entry of what is known of a station beside its transactions: a charging profile, a reservation, a security event ... */
export interface StationFact {
  readonly key: string
  readonly value: unknown
  readonly at: string
}

/** A message that belongs to nothing this node knows, kept for the operator. */
export interface StationOrphan {
  readonly transactionId: string
  readonly message: string
  readonly receivedAt: string
  readonly payload?: unknown
}

/** Signed meter values of a transaction, verbatim, each judged. */
export interface StationSignedValues {
  readonly items: readonly {
    readonly at: string
    readonly context?: string
    readonly original: string
    /** `unverified`: the format is not known, or there is no key to check with. */
    readonly verdict: 'valid' | 'invalid' | 'unverified'
    /** `pinned`: registered by the operator; `carried`: sent along with the value. */
    readonly key?: 'pinned' | 'carried'
    readonly registerWh?: number
    readonly why?: string
  }[]
  /** Merkle root over the SHA-256 of the originals; absent where nothing was signed. */
  readonly root?: Hex
}

/** One firmware for many stations, a few at a time. */
export interface NewFirmwareCampaign {
  readonly campaignId: string
  /** A file that was put here, or an address stations fetch it from themselves: one of both. */
  readonly firmwareId?: string
  readonly url?: string
  /** PEM certificate and base64 signature of the maker: the signed way of 1.6 and 2.x. */
  readonly signingCertificate?: string
  readonly signature?: string
  readonly stationIds: readonly string[]
  /** Stations that update at the same time; default 5. */
  readonly parallel?: number
}

export interface FirmwareCampaignView {
  readonly campaignId: string
  readonly firmwareId?: string
  readonly url?: string
  readonly signed: boolean
  readonly parallel: number
  readonly paused: boolean
  readonly createdAt: string
  readonly progress: {
    readonly waiting: number
    readonly running: number
    readonly done: number
    readonly failed: number
  }
  readonly steps: readonly {
    readonly stationId: string
    readonly state: 'waiting' | 'running' | 'done' | 'failed'
    /** The station's own last word. */
    readonly status?: string
    readonly why?: string
    readonly attempts: number
  }[]
}

/** Where a party's firmware lies among the node's files. */
export const firmwareBlobKey = (party: Party, firmwareId: string): string =>
  `firmware/${party.replace('*', '-')}/${firmwareId}`

/** Where a log that a station left lies among the node's files. */
export const stationLogBlobKey = (party: Party, fileId: string): string =>
  `station-logs/${party.replace('*', '-')}/${fileId}`

/** An EVSE behind a limit that several share. */
export interface StationSiteEvse {
  readonly stationId: string
  readonly evse: number
  /** Most its connector gives, W. */
  readonly maxW: number
  /** Least that charges a car there, W; default 6 A on three phases, 4,140, or on one where `maxW` is one phase's. */
  readonly minW?: number
}

/** A connection to the grid whose limit several EVSEs share. */
export interface NewStationSite {
  readonly limitW: number
  readonly evses: readonly StationSiteEvse[]
}

/** What a driver wants: so much energy by then. */
export interface DepartureTarget {
  readonly energyWh: number
  readonly departAt: string
}

export interface StationSiteView {
  readonly siteId: string
  readonly limitW: number
  /** Sum of what is granted, W; never more than the limit but for what absent stations were granted before it was lowered. */
  readonly grantedW: number
  readonly evses: readonly (Required<StationSiteEvse> & {
    /** Its share, W. A station that is away keeps it. */
    readonly grantedW: number
    readonly connected: boolean
    readonly charging: boolean
    readonly target?: DepartureTarget
  })[]
}
