import type { ConnectorStatus, EvseStatus } from './catalogue.ts'
import type { EvseId, Hex, SessionId } from './ids.ts'
import type { SessionStateName, SessionView, StopReason } from './session/view.ts'

/** What every event on the bus, in a stream and in a webhook looks like. */
export interface EventEnvelope<T extends EventType = EventType> {
  /** Unique; the same id is delivered at least once and handled once. */
  readonly id: string
  readonly type: T
  /** Version of `data` for this type. */
  readonly v: 1
  /** When it happened, ISO 8601 UTC with ms. */
  readonly at: string
  /** What it is about, e.g. `session.0xab…` or `station.AB12`; order is kept per subject. */
  readonly subject: string
  /** Rises over all events of one store; the Last-Event-ID of streams. */
  readonly seq: number
  readonly data: EventData[T]
}

/** As the emitter hands it to the bus, which adds `seq`. */
export type NewEvent = { [T in EventType]: Omit<EventEnvelope<T>, 'seq'> }[EventType]

/** The list of all event types with their data. A type not in this list does not exist. */
export interface EventData {
  /** A station's link came up. Subject `station.<id>`. */
  'station.connected': { stationId: string; protocol: StationProtocol; epoch: number }
  'station.disconnected': { stationId: string; epoch: number; reason: string }
  'station.booted': {
    stationId: string
    vendor: string
    model: string
    serial?: string
    firmware?: string
    reason?: string
  }
  /** Live status of a connector, by the station's own time; late (queued) reports carry `stale: true` and change nothing live. */
  'station.status': {
    stationId: string
    evse: number
    connector: number
    status: ConnectorStatus
    errorCode?: string
    info?: string
    stale: boolean
  }
  /** What a smart plug measures, also while nobody charges: often while power flows, seldom when nothing changes. Subject `station.<id>`. */
  'station.reading': {
    stationId: string
    evse: number
    registerWh: number
    method: 'counter' | 'integrated'
    powerW?: number
    voltageV?: number
    currentA?: number
    temperatureC?: number
    linkQuality?: number
    on?: boolean
  }
  /** Something its operator should look at: a takeover of its connection, a topic that is not its own, too much heat. */
  'station.alarm': { stationId: string; kind: string; detail: string; address: string }
  /** Power began (or was authorised to begin). Emitted once per transaction, however often the station repeats itself. Subject `transaction.<stationId>.<transactionId>`. */
  'transaction.started': {
    stationId: string
    evse: number
    connector: number
    /** The house's own id of the transaction, unique per station (1.6: the decimal number; 2.x: the station's id). */
    transactionId: string
    idTag: string
    remoteStartId?: number
    /** Register at start, Wh; undefined when the station did not say (2.x without a sample). */
    registerWh?: number
    /** The station's clock and ours: both are kept. */
    stationAt: string
    receivedAt: string
    offline: boolean
  }
  /** One reading of a running or ended transaction, normalised. Subject as above. */
  'transaction.meter': {
    stationId: string
    transactionId: string
    stationAt: string
    receivedAt: string
    registerWh?: number
    powerW?: number
    socPercent?: number
    /** 2.x chargingState, or derived from StatusNotification in 1.6. */
    suspended?: 'EV' | 'EVSE' | 'no'
    offline: boolean
    /** Plausibility findings of the station side (unit guessed, phases summed ...). */
    flags: readonly string[]
    /** Verbatim signed value (OCMF or the station's own format), base64 or text, as it came. */
    signed?: string
  }
  'transaction.ended': {
    stationId: string
    evse: number
    connector: number
    transactionId: string
    registerWh?: number
    stationAt: string
    receivedAt: string
    reason: string
    offline: boolean
    /** True when no stop came and it was closed on the last meter value (power cut). A true stop may still follow. */
    estimated: boolean
    flags: readonly string[]
    signed?: string
    /** What the plug's operator bills for it, VAT included, micro-euro (a roaming partner's CDR): the driver pays no more than that. */
    billedMicro?: string
  }
  /** A stop or meter value of a transaction nobody knows: kept and shown to the operator. */
  'transaction.orphan': { stationId: string; transactionId: string; message: string; receivedAt: string }
  /** A log of the escrow or a registry at the configured depth. Subject `session.<id>` when it is about one, else `chain`. */
  'chain.log': {
    contract: 'ChargeEscrow' | 'OperatorRegistry' | 'EvseRegistry'
    name: string
    /** bigints as decimal strings. */
    args: Readonly<Record<string, unknown>>
    sessionId?: SessionId
    blockNumber: string
    blockHash: Hex
    txHash: Hex
    logIndex: number
  }
  /** Logs already told are void: the chain was reorganised back to this block. */
  'chain.rolledBack': { toBlock: string; sessionIds: readonly SessionId[] }
  /** Fate of an intent given to the relayer; `key` is its idempotency key. */
  'chain.intent': {
    key: string
    sessionId?: SessionId
    status: 'sent' | 'confirmed' | 'failed'
    txHash?: Hex
    blockNumber?: string
    gasUsed?: string
    /** Name of the contract's error, e.g. `QuoteExpired`, or a word of our own. */
    error?: string
    /** The same in a sentence. */
    message?: string
  }
  /** A session moved. Subject `session.<id>`. */
  'session.state': { sessionId: SessionId; from: SessionStateName | null; to: SessionStateName; view: SessionView }
  /** Live figures while charging. */
  'session.meter': {
    sessionId: SessionId
    energyWh: number
    powerW: number | null
    socPercent: number | null
    costMicro: string
    limitMicro: string
    suspended: 'EV' | 'EVSE' | 'no'
    meterAt: string
  }
  'session.warning': {
    sessionId: SessionId
    code: 'deposit-80' | 'deposit-95' | 'station-offline' | 'station-back' | 'meter-flagged' | 'idle'
    message: string
  }
  'session.stopping': { sessionId: SessionId; reason: StopReason }
  /** The receipt is ready to be co-signed. */
  'session.receipt': { sessionId: SessionId; view: SessionView }
  /** Subject `location.<id>`. A change of status says which, so that a map need not ask again. */
  'catalogue.changed': {
    locationId: string
    evseId?: EvseId
    what: 'location' | 'evse' | 'status' | 'tariff' | 'power'
    status?: EvseStatus
    statusAt?: string
    /** With `power`: what flows now, where the plug tells it. */
    powerW?: number
    position?: { readonly lon: number; readonly lat: number }
  }
  /** A tariff of this node was put or taken away. Subject `tariff.<id>`. */
  'tariff.changed': { tariffId: string; gone: boolean }
}
export type EventType = keyof EventData
export type StationProtocol = 'ocpp1.6' | 'ocpp2.0.1' | 'ocpp2.1' | 'mqtt' | 'ocpi'

/** Builds an event; `id` must be derived from its cause where the cause may repeat (so that a repeat is dropped). */
export const newEvent = <T extends EventType>(event: {
  id: string
  type: T
  /** A text is the time as `toISOString` writes it. */
  at: Date | string
  subject: string
  data: EventData[T]
}): NewEvent =>
  ({
    id: event.id,
    type: event.type,
    v: 1,
    at: typeof event.at === 'string' ? event.at : event.at.toISOString(),
    subject: event.subject,
    data: event.data,
  }) as unknown as NewEvent
