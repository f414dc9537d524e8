import type { EvseId, Hex, Party, SessionId } from '../ids.ts'
import type { ChainIntent } from '../requests.ts'
import type { WireReceipt, WireTerms } from '../terms.ts'
import type { SessionDoor, SessionStateName, StopReason } from './view.ts'

/**
 * Everything the manager knows of a session: one document, replaced by compare-and-set. What must still be done (`outbox`)
 * and what must happen by a time (`timers`) live inside it, so a state and its consequences are always stored together.
 */
export interface SessionRecord {
  readonly _id: SessionId
  readonly state: SessionStateName
  readonly door: SessionDoor
  /** False on a free plug: the same corridor without escrow. */
  readonly paid: boolean
  readonly terms: WireTerms
  readonly operatorSignature: Hex
  readonly driverSignature?: Hex
  readonly permit?: { readonly deadline: number; readonly signature: Hex }

  readonly evseId: EvseId
  readonly party: Party
  readonly locationName: string
  readonly stationId: string
  readonly evse: number
  readonly connector: number
  readonly timeZone: string
  readonly tariff: unknown
  readonly keyClass: 'STATION' | 'GATEWAY'
  /** Absent in records of before meters were told apart. */
  readonly meterCertified?: boolean
  /** The connector is this session's until power has ended; a unique index keeps it so. */
  readonly holdsConnector: boolean
  readonly idTag: string
  readonly remoteStartId: number

  readonly createdAt: string
  /** The escrow's limit: maxAmount or the last top-up, micro-euro. */
  readonly limitMicro: string
  readonly openedAt?: string

  /** `<stationId>/<transactionId>` once the station began. */
  readonly transactionKey?: string
  readonly startedAt?: string
  readonly endedAt?: string
  readonly endReason?: string
  /** Register at start and the last one believed, Wh. */
  readonly startWh?: number
  readonly lastWh?: number
  readonly lastMeterAt?: string
  /** When the last believed register was read. */
  readonly lastBelievedAt?: string
  readonly meterCount: number
  readonly powerW: number | null
  readonly socPercent: number | null
  readonly suspended: 'EV' | 'EVSE' | 'no'
  /** Milliseconds, so that rounding to seconds happens once, at the end. */
  readonly chargingMs: number
  readonly idleMs: number
  readonly costMicro: string
  /** What a roaming partner's CDR bills for it, VAT included: the receipt is never above it. */
  readonly billedMicro?: string
  readonly stationOffline: boolean
  readonly warned: 0 | 80 | 95

  readonly stopReason?: StopReason
  readonly message?: string
  readonly flags: readonly string[]

  readonly receipt?: WireReceipt
  readonly receiptSignature?: Hex
  readonly evidence?: Evidence
  readonly cosignature?: Hex
  readonly disputeUntil?: string
  /** Until when a disputed receipt may be proven; afterwards the chain gives back what is held. */
  readonly proveUntil?: string
  /** How often the chain was asked again after it had refused to end this session; absent: never. */
  readonly triesAgain?: number
  readonly paidMicro?: string
  readonly returnedMicro?: string
  readonly transactions: { readonly open?: Hex; readonly propose?: Hex; readonly settle?: Hex; readonly cancel?: Hex }

  readonly outbox: readonly Effect[]
  readonly effectCount: number
  readonly timers: Readonly<Partial<Record<TimerName, string>>>
  /** Earliest time at which a timer or an effect is due; absent when nothing is. Indexed: the manager's only clock. */
  readonly dueAt?: string
}

/** The two signed meter records and their place under meterRoot, kept to prove a disputed amount. */
export interface Evidence {
  readonly start: SignedRecord
  readonly end: SignedRecord
  /** What the station's own meter signed (OCMF), as further leaves for checkers off chain; absent where it signs nothing. */
  readonly originals?: readonly { readonly leaf: Hex; readonly proof: readonly Hex[] }[]
}
export interface SignedRecord {
  readonly record: {
    readonly sessionId: Hex
    readonly kind: 'START' | 'END'
    readonly wh: string
    readonly time: number
    readonly chargingSeconds: number
    readonly idleSeconds: number
    readonly counter: number
  }
  readonly signature: Hex
  readonly proof: readonly Hex[]
}

export type TimerName =
  /** The station said yes but power did not begin. */
  | 'start'
  /** The driver's device did not co-sign: propose alone. */
  | 'cosign'
  /** The deposit was rolled back and has not come again: stop the plug (R49). */
  | 'reopen'
  /** The dispute window has passed. */
  | 'finalise'
  /** A station that never came back: settle on the last believed reading, in time for settleBy. */
  | 'assumeEnded'
  /** The chain refused what would end the session: it is asked again, and after settleBy for the deposit to go back. */
  | 'again'

/** Something that must be done outside, at least once; the key makes repeats harmless. */
export type Effect = { readonly id: number; readonly attempts: number; readonly dueAt: string } & EffectKind
export type EffectKind =
  | { readonly kind: 'submit'; readonly key: string; readonly intent: ChainIntent }
  | { readonly kind: 'start' }
  | { readonly kind: 'stop' }
  /** The deposit was raised: tells the station how much energy it may give now. */
  | { readonly kind: 'limit' }
  /** Ends a transaction that has no deposit behind it (late start after a cancel). */
  | { readonly kind: 'stopStray'; readonly transactionId: string }
  /** Price the session, sign the meter records, build and sign the receipt. */
  | { readonly kind: 'receipt' }
  /** Co-sign in the card issuer's name. */
  | { readonly kind: 'issuerCosign' }
  | { readonly kind: 'prove' }
