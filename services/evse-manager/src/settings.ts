import { defaultSessionSettings, type SessionSettings } from '@werenode/core'

/** What an operator may tune of the manager. */
export interface ManagerSettings extends SessionSettings {
  /** Deposit asked when the driver names none, micro-euro. */
  readonly defaultDepositMicro: bigint
  /** How long a quote may be signed, seconds (R4: minutes). */
  readonly quoteValidS: number
  /** From openBy to startBy, seconds (R3: at most 24 h). */
  readonly startWithinS: number
  /** From startBy to settleBy, seconds (R3: at least 24 h; R51: expected end + 72 h). */
  readonly settleWithinS: number
  /** Seconds the driver has to dispute a proposal (R3: 1 h to 7 d). */
  readonly disputeWindowS: number
  /** Bond kept until final: at most 5 % of the deposit and this, micro-euro (R27). */
  readonly mostBondMicro: bigint
  /** Terms allow this much above the connector's nominal power: meters and plates are not exact. */
  readonly powerMargin: number
  /** How often the store is asked what is due, ms. */
  readonly dueEveryMs: number
  /** Plugs as the registry offers them, to drivers who ask nobody (R10 to R12). */
  readonly standing: {
    /** Smallest and largest deposit a driver may lock, micro-euro. */
    readonly leastDepositMicro: bigint
    readonly mostDepositMicro: bigint
    /** How long an offer lives without renewal, seconds (R11: at most 30 days). */
    readonly offerLifeS: number
    /** It is renewed when less than this is left, seconds. */
    readonly renewBelowS: number
    /** How often the registry is compared with the catalogue, ms. */
    readonly publishEveryMs: number
    /** After a change, so long is waited for others to come with it, ms. */
    readonly settleMs: number
  }
  /** Example charge shown with a quote. */
  readonly example: { readonly energyWh: number }
}

export const defaultManagerSettings: ManagerSettings = {
  ...defaultSessionSettings,
  defaultDepositMicro: 25_000_000n,
  quoteValidS: 600,
  startWithinS: 1_800,
  settleWithinS: 4 * 86_400,
  disputeWindowS: 86_400,
  mostBondMicro: 1_000_000n,
  powerMargin: 1.1,
  dueEveryMs: 250,
  standing: {
    leastDepositMicro: 5_000_000n,
    mostDepositMicro: 200_000_000n,
    offerLifeS: 7 * 86_400,
    renewBelowS: 3 * 86_400,
    publishEveryMs: 60_000,
    settleMs: 1_000,
  },
  example: { energyWh: 20_000 },
}
