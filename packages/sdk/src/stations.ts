import type {
  ChargingStationChange,
  ChargingStationSetup,
  ChargingStationView,
  DepartureTarget,
  FirmwareCampaignView,
  NewChargingStation,
  NewFirmwareCampaign,
  NewStationSite,
  Party,
  QueuedStationMessage,
  StationFact,
  StationFrame,
  StationOrphan,
  StationSetting,
  StationSignedValues,
  StationSiteView,
  StationTransaction,
} from '@werenode/core'
import { followLog } from './follow-log.ts'
import type { Http } from './http.ts'
import { errorOf } from './problem.ts'

type Items<T> = Promise<{ readonly items: readonly T[] }>
type Payload = Readonly<Record<string, unknown>>

export interface MessageFilter {
  /** Only frames with this text in them. */
  readonly containing?: string
  /** `in`: what the station sent. */
  readonly direction?: 'in' | 'out'
}

/** A party's charging stations over OCPP, from its operator's side. The login must work for the party, or run the node. */
export interface Stations {
  /**
   * Stations with their state.
   *
   * @example
   * const { items } = await werenode.stations('FR*ABC' as Party).list()
   */
  list(page?: { readonly limit?: number; readonly after?: string }): Promise<{
    readonly items: readonly ChargingStationView[]
    readonly next?: string
  }>
  get(stationId: string): Promise<ChargingStationView>
  /**
   * Lets a station in; the answer says what to type into it. The password is shown once.
   *
   * @example
   * const { url, user, password } = await werenode.stations('FR*ABC' as Party).register({ stationId: 'CP-7', securityProfile: 2 })
   */
  register(station: NewChargingStation): Promise<ChargingStationSetup>
  change(stationId: string, change: ChargingStationChange): Promise<ChargingStationView>
  remove(stationId: string): Promise<void>
  /** A new password; with `tell` the station is told it first. */
  rekey(
    stationId: string,
    tell: boolean,
  ): Promise<{ readonly user: string; readonly password: string; readonly told: boolean }>
  /**
   * Any message of its version, checked before it is sent. A station that is away is `station-offline` at once, or the message waits
   * for it so long.
   *
   * @example
   * const { answer } = await werenode.stations('FR*ABC' as Party).send('CP-7', 'Reset', { type: 'Soft' })
   */
  send(
    stationId: string,
    action: string,
    payload: Payload,
    options?: { readonly timeoutS?: number; readonly expiresInS?: number },
  ): Promise<{ readonly answer?: Payload; readonly queued?: QueuedStationMessage }>
  queued(stationId: string): Items<QueuedStationMessage>
  withdraw(stationId: string, commandId: string): Promise<void>
  /** What went over the line, newest first, without secrets. */
  messages(
    stationId: string,
    query?: MessageFilter & { readonly limit?: number; readonly after?: Date },
  ): Items<StationFrame>
  /**
   * The same as it comes, oldest first, from now on.
   *
   * @example
   * for await (const { direction, text } of werenode.stations('FR*ABC' as Party).follow('CP-7', { containing: 'MeterValues' }))
   *   console.log(direction, text)
   */
  follow(
    stationId: string,
    options?: MessageFilter & { readonly signal?: AbortSignal; readonly everyMs?: number },
  ): AsyncGenerator<StationFrame, void, void>
  /** All that is kept, as JSON lines, oldest first. */
  exportMessages(stationId: string, filter?: MessageFilter): Promise<string>
  settings(stationId: string): Items<StationSetting>
  /** Asks the station anew; 2.x answers in pages a moment later. */
  readSettings(stationId: string): Items<StationSetting>
  /** The station's own word: Accepted, RebootRequired, Rejected ... */
  putSetting(stationId: string, key: string, value: string): Promise<{ readonly status: string }>
  /** Charging profiles (`profile`), reservations, security events and whatever else is known, by kind. */
  facts(stationId: string, kind: string): Items<StationFact>
  transactions(stationId: string, limit?: number): Items<StationTransaction>
  /** What the meter signed, each with a verdict, and the Merkle root over the originals. */
  signedValues(stationId: string, transactionId: string): Promise<StationSignedValues>
  orphans(stationId: string): Items<StationOrphan>
  deviations(stationId: string): Items<{ readonly what: string; readonly count: number }>
  /** Asks for a log; `fileId` is where it will lie. */
  askLog(
    stationId: string,
    wish: { readonly kind: 'diagnostics' | 'security'; readonly from?: Date; readonly to?: Date },
  ): Promise<{ readonly fileId: string; readonly status: string }>
  /** Undefined while the station has not left it. */
  log(fileId: string): Promise<Uint8Array | undefined>
  putFirmware(
    firmwareId: string,
    bytes: Uint8Array,
  ): Promise<{ readonly firmwareId: string; readonly bytes: number; readonly sha256: string }>
  beginCampaign(campaign: NewFirmwareCampaign): Promise<FirmwareCampaignView>
  campaigns(): Items<FirmwareCampaignView>
  campaign(campaignId: string): Promise<FirmwareCampaignView>
  pauseCampaign(campaignId: string, paused: boolean): Promise<FirmwareCampaignView>
  sites(): Items<StationSiteView>
  site(siteId: string): Promise<StationSiteView>
  /** Lets EVSEs share the limit of a connection to the grid; shared at once. */
  putSite(siteId: string, site: NewStationSite): Promise<StationSiteView>
  /** Lifts it; `kept` are those that could not be told. */
  removeSite(
    siteId: string,
  ): Promise<{ readonly kept: readonly { stationId: string; evse: number; grantedW: number }[] }>
  /** What a car there wants by when; without a target the wish ends. */
  putTarget(
    siteId: string,
    where: { readonly stationId: string; readonly evse: number },
    target?: DepartureTarget,
  ): Promise<StationSiteView>
}

export const createStations = (http: Http, party: Party): Stations => {
  const base = `/v1/parties/${encodeURIComponent(party)}`
  const one = (stationId: string): string => `${base}/stations/${encodeURIComponent(stationId)}`
  const campaignPath = (campaignId: string): string => `${base}/firmware-campaigns/${encodeURIComponent(campaignId)}`
  const sitePath = (siteId: string): string => `${base}/station-sites/${encodeURIComponent(siteId)}`
  const post = <T>(path: string, body: object): Promise<T> => http.json(path, { method: 'POST', body })
  const messages: Stations['messages'] = (stationId, { after, ...query } = {}) =>
    http.json(`${one(stationId)}/messages`, { query: { ...query, after: after?.toISOString() } })
  const raw = async (path: string, query: MessageFilter = {}): Promise<Response> => {
    const answer = await http.raw(path, { query: { ...query } })
    if (answer.ok || answer.status === 404) return answer
    throw await errorOf(answer)
  }

  return {
    list: ({ limit, after } = {}) => http.json(`${base}/stations`, { query: { limit, after } }),
    get: (stationId) => http.json(one(stationId)),
    register: (station) => post(`${base}/stations`, station),
    change: (stationId, change) => http.json(one(stationId), { method: 'PATCH', body: change }),
    remove: (stationId) => http.json(one(stationId), { method: 'DELETE' }),
    rekey: (stationId, tell) => post(`${one(stationId)}/rekey`, { tell }),
    send: (stationId, action, payload, options = {}) =>
      post(`${one(stationId)}/commands`, { action, payload, ...options }),
    queued: (stationId) => http.json(`${one(stationId)}/commands`),
    withdraw: (stationId, commandId) =>
      http.json(`${one(stationId)}/commands/${encodeURIComponent(commandId)}`, { method: 'DELETE' }),
    messages,
    follow: (stationId, options = {}) => followLog((query) => messages(stationId, query), options),
    exportMessages: async (stationId, filter) => {
      const answer = await raw(`${one(stationId)}/messages.ndjson`, filter)
      if (!answer.ok) throw await errorOf(answer)
      return answer.text()
    },
    settings: (stationId) => http.json(`${one(stationId)}/settings`),
    readSettings: (stationId) => http.json(`${one(stationId)}/settings/read`, { method: 'POST' }),
    putSetting: (stationId, key, value) => post(`${one(stationId)}/settings`, { key, value }),
    facts: (stationId, kind) => http.json(`${one(stationId)}/facts/${encodeURIComponent(kind)}`),
    transactions: (stationId, limit) => http.json(`${one(stationId)}/transactions`, { query: { limit } }),
    signedValues: (stationId, transactionId) =>
      http.json(`${one(stationId)}/transactions/${encodeURIComponent(transactionId)}/signed-values`),
    orphans: (stationId) => http.json(`${one(stationId)}/orphans`),
    deviations: (stationId) => http.json(`${one(stationId)}/deviations`),
    askLog: (stationId, { kind, from, to }) =>
      post(`${one(stationId)}/logs`, {
        kind,
        ...(from === undefined ? {} : { from: from.toISOString() }),
        ...(to === undefined ? {} : { to: to.toISOString() }),
      }),
    log: async (fileId) => {
      const answer = await raw(`${base}/station-logs/${encodeURIComponent(fileId)}`)
      return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined
    },
    putFirmware: (firmwareId, bytes) =>
      http.json(`${base}/firmware/${encodeURIComponent(firmwareId)}`, {
        method: 'PUT',
        body: bytes,
        media: 'application/octet-stream',
      }),
    beginCampaign: (campaign) => post(`${base}/firmware-campaigns`, campaign),
    campaigns: () => http.json(`${base}/firmware-campaigns`),
    campaign: (campaignId) => http.json(campaignPath(campaignId)),
    pauseCampaign: (campaignId, paused) => post(`${campaignPath(campaignId)}/pause`, { paused }),
    sites: () => http.json(`${base}/station-sites`),
    site: (siteId) => http.json(sitePath(siteId)),
    putSite: (siteId, site) => http.json(sitePath(siteId), { method: 'PUT', body: site }),
    removeSite: (siteId) => http.json(sitePath(siteId), { method: 'DELETE' }),
    putTarget: (siteId, where, target) =>
      post(`${sitePath(siteId)}/targets`, { ...where, ...(target === undefined ? {} : { target }) }),
  }
}
