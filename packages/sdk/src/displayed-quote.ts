import type { ChargeTerms, EvseId, FundingSource, Hex, Quote, SessionId, Tariff, TariffPart } from '@werenode/core'

/** What was asked for; the terms are held to it. */
export interface QuoteWish {
  readonly evseId: string
  /** Default 1. */
  readonly connector?: number
  /** How the money gets into the escrow; default Credit. */
  readonly source?: FundingSource
  /** The most to lock, micro-euro; default 25 EUR. */
  readonly maxAmountMicro?: bigint
}

/**
 * A quote as it may be shown: every figure comes from the very terms that will be signed (R15), and they were checked.
 * Show `price` (per kWh first, as AFIR wants) and `maxAmountMicro` before `open`.
 */
export interface DisplayedQuote {
  readonly sessionId: SessionId
  readonly evseId: EvseId
  readonly connector: number
  readonly locationName: string
  readonly terms: ChargeTerms
  readonly operatorSignature: Hex
  readonly expiresAt: Date
  readonly maxAmountMicro: bigint
  /** No money at all. */
  readonly free: boolean
  readonly tariff: Tariff
  readonly timeZone: string
  /** The price in words and figures, VAT included. */
  readonly price: readonly TariffPart[]
  readonly example: { readonly energyWh: number; readonly durationS: number; readonly totalMicro: bigint }
  readonly keyClass: Quote['keyClass']
  /** False must be shown before `open`: the meter is not certified for billing. */
  readonly meterCertified: boolean
}
