import type { Hex, Party } from './ids.ts'
import type {
  ChargingStationChange,
  ChargingStationSetup,
  ChargingStationView,
  DepartureTarget,
  FirmwareCampaignView,
  NewChargingStation,
  NewFirmwareCampaign,
  NewStationSite,
  QueuedStationMessage,
  StationFact,
  StationFrame,
  StationOrphan,
  StationSetting,
  StationSignedValues,
  StationSiteView,
  StationTransaction,
} from './stations.ts'

interface OfParty {
  readonly party: Party
}
interface OfStation extends OfParty {
  readonly stationId: string
}
interface OfSite extends OfParty {
  readonly siteId: string
}
type Nothing = Record<string, never>
type Payload = Readonly<Record<string, unknown>>

/**
 * What an operator may ask of the OCPP service about the stations of one party. Another party's station is `not-found`, as one that
 * does not exist.
 */
export interface StationRequests {
  /** `conflict` when the id is taken. */
  'stations.register': { ask: OfParty & { station: NewChargingStation }; answer: ChargingStationSetup }
  'stations.list': {
    ask: OfParty & { limit: number; after?: string }
    answer: { items: readonly ChargingStationView[]; next?: string }
  }
  'stations.get': { ask: OfStation; answer: ChargingStationView }
  'stations.change': { ask: OfStation & { change: ChargingStationChange }; answer: ChargingStationView }
  /** What it told is kept; its credential ends at once. `conflict` while it charges. */
  'stations.remove': { ask: OfStation; answer: Nothing }
  /** A new password; with `tell` the station is told it first, and the old one ends when it took it. */
  'stations.rekey': { ask: OfStation & { tell: boolean }; answer: { user: string; password: string; told: boolean } }
  /** Any message of its version, checked against the schema before it is sent. `station-offline` at once, or queued with an expiry. */
  'stations.send': {
    ask: OfStation & { action: string; payload: Payload; timeoutMs: number; expiresInS?: number }
    answer: { answer?: Payload; queued?: QueuedStationMessage }
  }
  'stations.queued': { ask: OfStation; answer: { items: readonly QueuedStationMessage[] } }
  /** `conflict` when it was sent already. */
  'stations.withdraw': { ask: OfStation & { commandId: string }; answer: Nothing }
  /** Newest first, `after` <= at <= `until`; `skip` of those are left out: with a fixed `until` that pages through the log. */
  'stations.messages': {
    ask: OfStation & {
      limit: number
      containing?: string
      direction?: 'in' | 'out'
      after?: string
      until?: string
      skip?: number
    }
    answer: { items: readonly StationFrame[] }
  }
  'stations.settings': { ask: OfStation; answer: { items: readonly StationSetting[] } }
  /** Asks the station for its configuration anew; 2.x answers in pages later, what is known by then is answered. */
  'stations.readSettings': { ask: OfStation; answer: { items: readonly StationSetting[] } }
  /** The station's own word: Accepted, RebootRequired, Rejected, NotSupported ... */
  'stations.putSetting': { ask: OfStation & { key: string; value: string }; answer: { status: string } }
  /** What is known of a kind (charging profiles, reservations, security events ...), by key. */
  'stations.facts': { ask: OfStation & { kind: string }; answer: { items: readonly StationFact[] } }
  'stations.transactions': { ask: OfStation & { limit: number }; answer: { items: readonly StationTransaction[] } }
  'stations.signedValues': { ask: OfStation & { transactionId: string }; answer: StationSignedValues }
  /** Asked by the EVSE manager: the leaves of what the meter signed in a transaction (`<stationId>/<transactionId>`), in order of time. */
  'stations.signedLeaves': { ask: { transactionKey: string }; answer: { leaves: readonly Hex[] } }
  'stations.orphans': { ask: OfStation; answer: { items: readonly StationOrphan[] } }
  /** How often the station left the rules, by rule, action and place. */
  'stations.deviations': { ask: OfStation; answer: { items: readonly { what: string; count: number }[] } }
  /** Asks for a log (GetDiagnostics, GetLog) at an address that can be used once; `fileId` is where it will lie. */
  'stations.askLog': {
    ask: OfStation & { kind: 'diagnostics' | 'security'; from?: string; to?: string }
    answer: { fileId: string; status: string }
  }
  /** `conflict` when there is one of that id. */
  'stations.beginCampaign': { ask: OfParty & { campaign: NewFirmwareCampaign }; answer: FirmwareCampaignView }
  'stations.campaigns': { ask: OfParty; answer: { items: readonly FirmwareCampaignView[] } }
  'stations.campaign': { ask: OfParty & { campaignId: string }; answer: FirmwareCampaignView }
  'stations.pauseCampaign': {
    ask: OfParty & { campaignId: string; paused: boolean }
    answer: FirmwareCampaignView
  }
  'stations.sites': { ask: OfParty; answer: { items: readonly StationSiteView[] } }
  'stations.site': { ask: OfSite; answer: StationSiteView }
  /** Makes a site or changes it, and shares its limit at once. `conflict` when another site has one of the EVSEs. */
  'stations.putSite': { ask: OfSite & { site: NewStationSite }; answer: StationSiteView }
  /** Every EVSE is told that it may give all it has; those that are away keep their share until they are told otherwise (`kept`). */
  'stations.removeSite': {
    ask: OfSite
    answer: { kept: readonly { stationId: string; evse: number; grantedW: number }[] }
  }
  /** Without a target the wish ends. */
  'stations.siteTarget': {
    ask: OfSite & { stationId: string; evse: number; target?: DepartureTarget }
    answer: StationSiteView
  }
}
