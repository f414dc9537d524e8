import type { Address, EvseId, Hex, Party, SessionId } from './ids.ts'
import type { RoamingServiceRequests } from './roaming-services.ts'

/** An OCPI 2.2.1 Tariff as the catalogue stores it; parsed by core's pricing. */
export type CatalogueTariff = Readonly<Record<string, unknown>> & { readonly id: string }

/** How a roaming partner's driver came to our plug: a command (START_SESSION), or a token shown at the plug. */
export type RoamingOrigin =
  | { readonly by: 'command'; readonly commandId: string }
  | { readonly by: 'token'; readonly idTag: string }

/** A charge that a roaming partner pays, told to roaming before it begins: it follows the session and sends Session and CDR. */
export interface RoamingCharge {
  readonly sessionId: SessionId
  readonly origin: RoamingOrigin
  readonly locationId: string
  readonly evseId: EvseId
  readonly connector: number
  readonly tariff: unknown
  readonly timeZone: string
}

/** A roaming partner as people see it: no token in it. */
export interface RoamingPartner {
  readonly id: string
  readonly name: string
  readonly state: 'invited' | 'registering' | 'registered' | 'unregistered'
  readonly version?: string
  readonly versionsUrl?: string
  /** E.g. `NL*TWO (CPO)`. */
  readonly parties: readonly string[]
  readonly modules: readonly string[]
  readonly paused: boolean
  /** Objects that wait to be pushed, and those the partner refuses. */
  readonly waiting: number
  readonly refused: number
  readonly registeredAt?: string
  /** What went wrong last, in sentences; the newest first. */
  readonly lastTroubles: readonly { readonly at: string; readonly about: string; readonly message: string }[]
  /** How often its messages left the specification, by place. */
  readonly deviations: readonly {
    readonly about: string
    readonly kind: string
    readonly path: string
    readonly count: number
  }[]
}

/** What a look at a partner found, step by step, in words that can be sent to it. */
export interface RoamingCheck {
  readonly ok: boolean
  readonly steps: readonly { readonly what: string; readonly ok: boolean; readonly words: string }[]
}

/** What a pull of one kind of object brought. */
export interface RoamingPull {
  readonly kind: string
  readonly objects: number
  readonly changed: number
  readonly pages: number
  readonly bad: number
  readonly trouble?: string
}

/** Partners are the node's: `party` is whom the caller acts for, and must be the party this node roams as. */
export interface RoamingRequests extends RoamingServiceRequests {
  'roaming.partners': { ask: OfParty; answer: { items: readonly RoamingPartner[] } }
  'roaming.partner': { ask: OnePartner; answer: RoamingPartner }
  /** Registers with a partner that gave its versions URL and a registration token. `conflict` says in words why not. */
  'roaming.addPartner': { ask: OfParty & { url: string; token: string; name?: string }; answer: RoamingPartner }
  /** Lets a partner register with us: what to send it, over a safe way. The token is shown once. */
  'roaming.invitePartner': { ask: OfParty & { name: string }; answer: { id: string; url: string; token: string } }
  'roaming.testPartner': { ask: OnePartner; answer: RoamingCheck }
  /** Looks at everything a partner offers and says what is wrong on its side. */
  'roaming.checkPartner': { ask: OnePartner; answer: RoamingCheck }
  /** Tries at once what waits; `refused` also what the partner refused. */
  'roaming.resend': { ask: OnePartner & { which: 'waiting' | 'refused' | 'all' }; answer: { count: number } }
  'roaming.pausePartner': { ask: OnePartner & { paused: boolean }; answer: RoamingPartner }
  /** Renews the tokens of both sides. */
  'roaming.rotatePartner': { ask: OnePartner; answer: RoamingPartner }
  'roaming.removePartner': { ask: OnePartner; answer: Record<string, never> }
  /** A period with a partner, to the cent, with every disagreement. Asks the partner for its side. */
  'roaming.statement': { ask: OnePartner & { from: string; to: string }; answer: RoamingStatementView }
  /**
   * Closes a period: both sides' CDRs are compared, and where nothing is open both sign the net sum and whoever owes it pays on chain.
   * What is open makes it disputed: nothing is signed or paid, and it may be closed again. Asked again for a closed period it goes on
   * where it was (an unpaid one is paid).
   */
  'roaming.closeStatement': { ask: OnePartner & { from: string; to: string }; answer: RoamingStatementView }
  'roaming.pullPartner': { ask: OnePartner & { full: boolean }; answer: { items: readonly RoamingPull[] } }
}
interface OfParty {
  readonly party: Party
}
interface OnePartner extends OfParty {
  readonly partnerId: string
}

/** One CDR of a period, as both sides see it. Amounts in micro-euro, VAT included where the CDR says it; credits are negative. */
export interface StatementLine {
  readonly issuer: 'us' | 'them'
  readonly cdrId: string
  readonly endedAt: string
  readonly energyWh: number
  readonly amountMicro: string
  /**
   * `agreed`: both hold it with the same amount and nobody contests it; `contested`: it does not add up for the side that pays;
   * `differs`: the sides hold different amounts; `missing-here`, `missing-there`: one side does not hold it; `own`: the partner was not asked.
   */
  readonly state: 'agreed' | 'contested' | 'differs' | 'missing-here' | 'missing-there' | 'own'
  readonly theirAmountMicro?: string
  /** Why it is contested, in sentences. */
  readonly findings: readonly string[]
}

/** What a period of roaming comes to between this node and a partner. Only agreed lines count (own ones where the partner was not asked). */
export interface RoamingStatementView {
  readonly partnerId: string
  /** `from` <= end of the charge < `to`. */
  readonly from: string
  readonly to: string
  /** The partner told its side, and both were compared. */
  readonly compared: boolean
  readonly weBilledMicro: string
  readonly theyBilledMicro: string
  /** Positive: the partner pays us. */
  readonly netMicro: string
  /** What is billed and not agreed, either way. */
  readonly openMicro: string
  /** Merkle root over the lines that count, the same on both sides; absent without lines. */
  readonly root?: Hex
  readonly lines: readonly StatementLine[]
  /** How the period was closed, once it was. */
  readonly closing?: StatementClosing
}

/** What became of a closed period. */
export interface StatementClosing {
  /**
   * `proposed`: signed by us, no answer yet; `signed`: by both, to be paid; `unpaid`: the chain refused the payment, see `reasons`;
   * `paid`; `even`: both agree and nobody owes anything; `disputed`: something is open, nothing was signed or paid.
   */
  readonly state: 'proposed' | 'signed' | 'unpaid' | 'paid' | 'even' | 'disputed'
  readonly at: string
  /** Why it is disputed or unpaid, in sentences. */
  readonly reasons: readonly string[]
  readonly payer?: 'us' | 'them'
  /** As it stands on chain (R42). */
  readonly statement?: WireStatement
  readonly ourSignature?: Hex
  readonly theirSignature?: Hex
  /** Of the payment. */
  readonly txHash?: Hex
}

/** A `RoamingStatement` of the contracts as JSON: times in Unix seconds, `totalMicro` a decimal string. */
export interface WireStatement {
  readonly payerId: Hex
  readonly payeeId: Hex
  readonly token: Address
  readonly number: number
  readonly periodStart: number
  readonly periodEnd: number
  readonly totalMicro: string
  /** Merkle root over the CDRs. */
  readonly root: Hex
  readonly deadline: number
}
