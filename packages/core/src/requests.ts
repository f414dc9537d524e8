import type { ConnectorOffer, Location } from './catalogue.ts'
import type { Address, EvseId, Hex, Party, SessionId } from './ids.ts'
import type { PlugFamilyRequests } from './plug-family-requests.ts'
import type {
  NewPlugRequest,
  PlugAlarm,
  PlugFamilyView,
  PlugReading,
  PlugRecording,
  PlugRecordingStart,
  PlugSetup,
  PlugView,
} from './plugs.ts'
import type { EvsePublication, PublishedEvse } from './publication.ts'
import type { CatalogueTariff, RoamingCharge, RoamingOrigin, RoamingRequests, WireStatement } from './roaming.ts'
import type { Evidence } from './session/record.ts'
import type { SessionStateName, SessionView } from './session/view.ts'
import type { StationRequests } from './station-requests.ts'
import type { FundingSource, WireReceipt, WireTerms } from './terms.ts'

/**
 * Every request one service may put to another over the bus, with its payload and answer. A subject not in this list does not
 * exist (station commands have their own, see station-driver.ts). All payloads are plain JSON.
 */
export interface Requests extends RoamingRequests, StationRequests, PlugFamilyRequests {
  'catalogue.offer': {
    ask: { evseId: EvseId; connector: number } | { stationId: string; evse: number; connector: number }
    answer: ConnectorOffer
  }
  /** Locations somebody runs here, by id; `sources` narrows them (default `own` and `demo`). */
  'catalogue.locations': {
    ask: { sources?: readonly Location['source'][]; after?: string; limit: number }
    answer: { items: readonly Location[]; next?: string }
  }
  /** `location` is absent when there is none of that id, or when it is gone. */
  'catalogue.location': { ask: { locationId: string }; answer: { location?: Location } }
  /** Tariffs of the parties of this node; those of roaming partners are not among them. */
  'catalogue.tariffs': { ask: Record<string, never>; answer: { items: readonly CatalogueTariff[] } }
  /** Shows a roaming partner's location, with the statuses the partner tells; `conflict` for an EVSE that is another's. */
  'catalogue.putRoaming': { ask: { location: Location }; answer: Record<string, never> }
  /** Keeps a roaming partner's tariff, under an id that no tariff of this node can have. */
  'catalogue.putTariff': { ask: { tariff: CatalogueTariff }; answer: Record<string, never> }
  /** Price and terms for a charge; `not-payable`, `not-computable`, `evse-*`, `station-offline`, `chain-unavailable`. */
  'manager.quote': { ask: QuoteRequest; answer: Quote }
  /** Opens the escrow for quoted terms; the same terms again answer the same session. */
  'manager.open': { ask: OpenRequest; answer: SessionView }
  'manager.stop': { ask: { sessionId: SessionId; by: 'driver' | 'operator'; driver?: Address }; answer: SessionView }
  'manager.cosign': { ask: { sessionId: SessionId; signature: Hex }; answer: SessionView }
  'manager.topUp': {
    ask: { sessionId: SessionId; newMaxMicro: string; deadline: number; signature: Hex }
    answer: SessionView
  }
  'manager.session': { ask: { sessionId: SessionId }; answer: SessionView }
  'manager.sessions': {
    ask: {
      driver?: Address
      evseId?: EvseId
      party?: Party
      states?: readonly SessionStateName[]
      /** Created from then on, and before; ISO 8601. */
      from?: string
      to?: string
      limit?: number
      after?: string
    }
    answer: { items: readonly SessionView[]; next?: string }
  }
  /** What backs a session's receipt: whoever has it may check it (chain.md R25). Holds no secret: all of it goes on chain or is hashed there. */
  'manager.evidence': { ask: { sessionId: SessionId }; answer: SessionEvidence }
  /** Whether a card (by its hash) or a driver charges without paying here. */
  'catalogue.freeUser': {
    ask: { stationId: string; cardHash?: string; driver?: Address }
    answer: { free: boolean }
  }
  /** May this card start here? Asked by OCPP Authorize and StartTransaction. */
  'manager.authorize': {
    ask: { stationId: string; idTag: string; evse?: number; connector?: number }
    answer: {
      status: 'Accepted' | 'Blocked' | 'Expired' | 'Invalid' | 'ConcurrentTx'
      expiresAt?: string
      groupId?: string
      message?: string
    }
  }
  /**
   * Starts a charge that a roaming partner pays: the same corridor without escrow. The same `key` and `at` (when the wish came)
   * again answer the same session.
   * `evse-*`, `station-offline` and `not-found` say why not.
   */
  'manager.roamingStart': {
    ask: { key: string; at: string; evseId: EvseId; connector: number; origin: RoamingOrigin }
    answer: SessionView
  }
  /** May this card of a roaming partner charge here? Asked when it is no card of ours. */
  'roaming.authorize': {
    ask: { stationId: string; idTag: string; evse?: number; connector?: number }
    answer: { status: 'Accepted' | 'Blocked' | 'Expired' | 'Invalid'; message?: string }
  }
  /** Tells roaming of a charge before it begins; the same again changes nothing. `not-found` when nobody pays it. */
  'roaming.expect': { ask: RoamingCharge; answer: Record<string, never> }
  /** Hands an intent to the relayer; the answer means it is durable, not that it is mined. The same key again changes nothing. */
  'relayer.submit': { ask: { key: string; intent: ChainIntent }; answer: { key: string; known: boolean } }
  'relayer.sign': { ask: SignRequest; answer: { signature: Hex; signer: Address } }
  'relayer.health': {
    ask: Record<string, never>
    answer: { canOpen: boolean; headBlock: string; headAgeS: number; queued: number; unmined: number; reason?: string }
  }
  /** What the chain says now, at the configured depth. */
  'relayer.session': { ask: { sessionId: SessionId }; answer: ChainSession }
  /** What the registry says of EVSEs of this node's operator, newest block. At most 100 a call. */
  'relayer.evses': { ask: { evseIdHashes: readonly Hex[] }; answer: { items: readonly PublishedEvse[] } }
  /** Whether `account` signed `digest` as the contracts judge it: by ECDSA, or by EIP-1271 where the account has code. */
  'relayer.signedBy': { ask: { account: Address; digest: Hex; signature: Hex }; answer: { valid: boolean } }
  /** Whether `signer` may bind its side to this statement, and did, as the registry says now. `reason` says in words why not. */
  'relayer.verifyStatement': {
    ask: { statement: WireStatement; side: 'payer' | 'payee'; signer: Address; signature: Hex }
    answer: { valid: boolean; party: string; reason?: string }
  }
  /** The last statement paid between two operators in this node's asset; zeros when there was none. `periodEnd` in Unix seconds. */
  'relayer.lastStatement': { ask: { payerId: Hex; payeeId: Hex }; answer: { number: number; periodEnd: number } }
  /** `withdrawNonce`: the number of the account's next withdrawal, newest block. */
  'relayer.credit': {
    ask: { account: Address }
    answer: { creditMicro: string; walletMicro: string; withdrawNonce?: string }
  }
  /**
   * Sends credit where its account signed it to go (R36), checked before; the same order again changes nothing. `conflict` when its
   * number is not the account's next, `credit-insufficient`, `signature-invalid`.
   */
  'relayer.withdraw': { ask: { order: WithdrawalOrder; signature: Hex }; answer: Withdrawal }
  /** What became of a withdrawal; `not-found` when it is not this account's. */
  'relayer.withdrawal': { ask: { id: Hex; account: Address }; answer: Withdrawal }
  /** Local chains only: mints test euro straight into the account's credit. At most 1,000 EUR a call. */
  'relayer.faucet': { ask: { account: Address; amountMicro: string }; answer: { key: string } }
  /** What this node's issuer may still deposit today (UTC) for its cards, micro-euro. */
  'relayer.issuerLeft': { ask: Record<string, never>; answer: { leftMicro: string } }
  /** The chain's facts that terms are made of. */
  'relayer.network': { ask: Record<string, never>; answer: ChainNetwork }
  /** Families of smart plugs this node knows. */
  'plugs.families': { ask: Record<string, never>; answer: { items: readonly PlugFamilyView[] } }
  /** Keeps a profile an operator wrote, for everybody on this node; `invalid-input` with each finding. */
  'plugs.putFamily': { ask: { profile: unknown }; answer: PlugFamilyView }
  /** Lets an unknown device in under one topic for a while and listens. */
  'plugs.record': { ask: { party: Party; prefix: string; seconds: number }; answer: PlugRecordingStart }
  'plugs.recording': { ask: { party: Party; recordingId: string }; answer: PlugRecording }
  /** A name and password for a household's Home Assistant, which then shows the plugs and cannot switch them. */
  'plugs.observe': { ask: { name: string }; answer: { username: string; password: string } }
  /** Lets a plug in, or changes it; answers how to set up the device. `conflict` when id, credential or topics are another's. */
  'plugs.add': { ask: NewPlugRequest; answer: PlugSetup }
  'plugs.list': { ask: { party: Party }; answer: { items: readonly PlugView[] } }
  'plugs.get': { ask: { party: Party; plugId: string }; answer: PlugView }
  'plugs.remove': { ask: { party: Party; plugId: string }; answer: Record<string, never> }
  /** A new password; the old one ends at once. */
  'plugs.rekey': { ask: { party: Party; plugId: string }; answer: { username: string; password: string } }
  /** Kept readings with `from` <= at < `to`, newest first. */
  'plugs.readings': {
    ask: { party: Party; plugId: string; from?: string; to?: string; limit: number }
    answer: { items: readonly PlugReading[] }
  }
  /** Newest first. */
  'plugs.alarms': { ask: { party: Party; limit: number }; answer: { items: readonly PlugAlarm[] } }
}
export type RequestSubject = keyof Requests

export interface SessionEvidence {
  readonly party: Party
  /** Whether money moved through the escrow. */
  readonly paid: boolean
  readonly keyClass: 'STATION' | 'GATEWAY'
  /** The operator's agreement to the terms. */
  readonly operatorSignature: Hex
  readonly receiptSignature?: Hex
  /** The session key's agreement to the receipt. */
  readonly cosignature?: Hex
  readonly evidence?: Evidence
  /** `<stationId>/<transactionId>`, once the station began. */
  readonly transactionKey?: string
}
export interface QuoteRequest {
  readonly evseId: EvseId
  readonly connector: number
  readonly driver: Address
  readonly sessionKey: Address
  readonly source: FundingSource
  /** The most the driver is willing to lock; default 25 EUR, lowered to what the charge can cost. */
  readonly maxAmountMicro?: string
}
export interface Quote {
  readonly sessionId: SessionId
  readonly terms: WireTerms
  readonly operatorSignature: Hex
  readonly expiresAt: string
  readonly tariff: unknown
  readonly timeZone: string
  readonly evseId: EvseId
  readonly locationName: string
  readonly keyClass: 'STATION' | 'GATEWAY'
  /** False must be shown before signing: the meter is not certified for billing. */
  readonly meterCertified: boolean
  /** Price of an example charge, to be shown before signing (AFIR: per kWh first). */
  readonly example: { readonly energyWh: number; readonly durationS: number; readonly totalMicro: string }
}
export interface OpenRequest {
  readonly terms: WireTerms
  readonly operatorSignature: Hex
  /** Driver's EIP-712 signature of the terms, or (source Authorization) of the ERC-3009 authorisation whose nonce is the session id. */
  readonly driverSignature: Hex
  /** Source Allowance by EIP-2612. */
  readonly permit?: { readonly deadline: number; readonly signature: Hex }
}

/** Credit that its account wants sent: EIP-712 `Withdraw`, in this node's asset. */
export interface WithdrawalOrder {
  readonly account: Address
  readonly to: Address
  readonly amountMicro: string
  /** The account's next withdrawal number, decimal. */
  readonly nonce: string
  /** Unix seconds; at most an hour ahead. */
  readonly deadline: number
}
export interface Withdrawal extends Pick<WithdrawalOrder, 'account' | 'to' | 'amountMicro'> {
  /** The order's EIP-712 digest. */
  readonly id: Hex
  /** `refused`: nothing left the credit. */
  readonly state: 'under-way' | 'paid' | 'refused'
  readonly at: string
  readonly txHash?: Hex
  /** Why it was refused, in a sentence. */
  readonly why?: string
}

export type ChainIntent =
  | {
      readonly kind: 'open'
      readonly terms: WireTerms
      readonly operatorSignature: Hex
      readonly driverSignature: Hex
      readonly permit?: { deadline: number; signature: Hex }
    }
  /** Co-signed; batched with others when credit-funded. */
  | {
      readonly kind: 'settle'
      readonly terms: WireTerms
      readonly receipt: WireReceipt
      readonly operatorSignature: Hex
      readonly driverSignature: Hex
    }
  | {
      readonly kind: 'propose'
      readonly terms: WireTerms
      readonly receipt: WireReceipt
      readonly operatorSignature: Hex
    }
  | { readonly kind: 'finalise'; readonly terms: WireTerms; readonly receipt?: WireReceipt }
  | { readonly kind: 'cancel'; readonly terms: WireTerms }
  | { readonly kind: 'finaliseCancel'; readonly terms: WireTerms }
  | { readonly kind: 'acknowledgeStart'; readonly terms: WireTerms }
  | { readonly kind: 'void'; readonly terms: WireTerms }
  | {
      readonly kind: 'topUp'
      readonly terms: WireTerms
      readonly newMaxMicro: string
      readonly deadline: number
      readonly driverSignature: Hex
    }
  | { readonly kind: 'reclaim'; readonly terms: WireTerms }
  /** Answers a dispute with the two signed meter records. */
  | { readonly kind: 'prove'; readonly terms: WireTerms; readonly receipt: WireReceipt; readonly evidence: Evidence }
  /** Tells the registry of this operator's EVSEs and standing offers. */
  | { readonly kind: 'publish'; readonly publication: EvsePublication }
  | { readonly kind: 'faucet'; readonly account: Address; readonly amountMicro: string }
  /** Pays a roaming statement from the payer's credit (R42); `signer` signed it for the payer. */
  | {
      readonly kind: 'payStatement'
      readonly statement: WireStatement
      readonly signer: Address
      readonly signature: Hex
    }
  /** Sends credit where its account signed it to go (R36). */
  | { readonly kind: 'withdraw'; readonly order: WithdrawalOrder; readonly signature: Hex }

export type SignRequest =
  /** By the operator's QUOTE key: binds the operator to these terms until openBy. */
  | { readonly what: 'quote'; readonly terms: WireTerms }
  /** By the operator's RECEIPT key. */
  | { readonly what: 'receipt'; readonly terms: WireTerms; readonly receipt: WireReceipt }
  /** By the gateway's meter key (keyClass GATEWAY). */
  | {
      readonly what: 'meterRecord'
      readonly record: {
        sessionId: Hex
        kind: 'START' | 'END' | 'INTERIM'
        wh: string
        time: number
        chargingSeconds: number
        idleSeconds: number
        counter: number
      }
    }
  /** By this node's card issuer account, for its own cards only (R23). */
  | { readonly what: 'issuerTerms'; readonly terms: WireTerms }
  /** By the card session's own key, which the issuer keeps (co-signing of card sessions). */
  | { readonly what: 'issuerReceipt'; readonly terms: WireTerms; readonly receipt: WireReceipt }
  /** By the operator's delegate, as payer or as payee of the statement (R42). */
  | { readonly what: 'statement'; readonly statement: WireStatement }

export interface ChainSession {
  readonly status:
    | 'None'
    | 'Voided'
    | 'Open'
    | 'CancelRequested'
    | 'Started'
    | 'Proposed'
    | 'Disputed'
    | 'Settled'
    | 'Cancelled'
    | 'Reclaimed'
  readonly heldMicro: string
  readonly blockNumber: string
}

export interface ChainNetwork {
  readonly chainId: number
  readonly escrow: Address
  readonly token: Address
  readonly operatorRegistry: Address
  readonly evseRegistry: Address
  readonly operatorId: Hex
  readonly payee: Address
  /** Hash of the gateway's meter key, pinned in terms. */
  readonly meterKeyHash: Hex
  /** The account that pays for card sessions, and the session key under which it co-signs. */
  readonly issuer: Address
  readonly issuerSessionKey: Address
  /** Confirmations before a log is told. */
  readonly depth: number
  /** Test networks have a faucet. */
  readonly local: boolean
}

/** Typed request over any bus. */
export const ask = async <S extends RequestSubject>(
  bus: { request<R>(subject: string, payload: unknown, options?: { timeoutMs?: number }): Promise<R> },
  subject: S,
  payload: Requests[S]['ask'],
  options?: { timeoutMs?: number },
): Promise<Requests[S]['answer']> => bus.request<Requests[S]['answer']>(subject, payload, options)

/** Typed server of a request. */
export const answer = <S extends RequestSubject, U>(
  bus: { serve(subject: string, handler: (payload: unknown, subject: string) => Promise<unknown>): U },
  subject: S,
  handler: (payload: Requests[S]['ask']) => Promise<Requests[S]['answer']>,
): U => bus.serve(subject, (payload) => handler(payload as Requests[S]['ask']))
