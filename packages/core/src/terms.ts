import type { Address, Hex } from './ids.ts'

/** How the money enters the escrow; each open function accepts only its own value (R13). */
export const fundingSource = { Credit: 0, Allowance: 1, Authorization: 2 } as const
export type FundingSource = keyof typeof fundingSource

/** Gross ceilings, VAT included, in micro-euro (R30, R31). */
export interface PriceCeiling {
  /** Per session. */
  readonly startFee: bigint
  readonly pricePerKWh: bigint
  /** While charging. */
  readonly pricePerMinute: bigint
  /** While connected without charging. */
  readonly idlePerMinute: bigint
}

/**
 * The agreement of driver and operator (chain.md). `sessionId = hash(terms)` under the escrow's EIP-712 domain.
 * Times are unix seconds, amounts micro-euro.
 */
export interface ChargeTerms extends PriceCeiling {
  readonly driver: Address
  readonly operatorId: Hex
  readonly payee: Address
  readonly evseIdHash: Hex
  readonly connector: number
  readonly token: Address
  readonly source: FundingSource
  readonly maxAmount: bigint
  readonly tariffHash: Hex
  readonly maxPowerW: number
  readonly meterKeyHash: Hex
  readonly disputeBond: bigint
  readonly disputeWindow: number
  readonly openBy: number
  readonly startBy: number
  readonly settleBy: number
  readonly sessionKey: Address
  readonly salt: Hex
}

/** Terms as JSON: bigints as decimal strings. */
export type WireTerms = {
  readonly [K in keyof ChargeTerms]: ChargeTerms[K] extends bigint ? string : ChargeTerms[K]
}

/** What happened, in figures the chain judges. Wh are register readings; times unix seconds. */
export interface ChargeReceipt {
  readonly sessionId: Hex
  readonly startWh: bigint
  readonly endWh: bigint
  readonly startedAt: number
  readonly endedAt: number
  readonly chargingSeconds: number
  readonly idleSeconds: number
  readonly amount: bigint
  readonly meterRoot: Hex
}
export type WireReceipt = {
  readonly [K in keyof ChargeReceipt]: ChargeReceipt[K] extends bigint ? string : ChargeReceipt[K]
}

export const termsToWire = (terms: ChargeTerms): WireTerms => ({
  ...terms,
  maxAmount: terms.maxAmount.toString(),
  startFee: terms.startFee.toString(),
  pricePerKWh: terms.pricePerKWh.toString(),
  pricePerMinute: terms.pricePerMinute.toString(),
  idlePerMinute: terms.idlePerMinute.toString(),
  disputeBond: terms.disputeBond.toString(),
})

export const termsFromWire = (wire: WireTerms): ChargeTerms => ({
  ...wire,
  maxAmount: BigInt(wire.maxAmount),
  startFee: BigInt(wire.startFee),
  pricePerKWh: BigInt(wire.pricePerKWh),
  pricePerMinute: BigInt(wire.pricePerMinute),
  idlePerMinute: BigInt(wire.idlePerMinute),
  disputeBond: BigInt(wire.disputeBond),
})

export const receiptToWire = (receipt: ChargeReceipt): WireReceipt => ({
  ...receipt,
  startWh: receipt.startWh.toString(),
  endWh: receipt.endWh.toString(),
  amount: receipt.amount.toString(),
})

export const receiptFromWire = (wire: WireReceipt): ChargeReceipt => ({
  ...wire,
  startWh: BigInt(wire.startWh),
  endWh: BigInt(wire.endWh),
  amount: BigInt(wire.amount),
})
