import type { Address, ChargeTerms, Hex, PriceCeiling } from '@werenode/core'

/** An operator's open invitation as `OfferSet` carries it (R10). Amounts in micro-euro, times in seconds. */
export interface StandingOffer extends PriceCeiling {
  readonly token: Address
  readonly payee: Address
  readonly tariffHash: Hex
  readonly meterKeyHash: Hex
  readonly maxPowerW: number
  readonly disputeWindow: number
  readonly disputeBond: bigint
  readonly minAmount: bigint
  readonly maxAmount: bigint
  /** startBy = openBy + startDelay. */
  readonly startDelay: number
  /** settleBy = startBy + settlePeriod. */
  readonly settlePeriod: number
  /** Bit n = connector n. */
  readonly connectors: bigint
}

/** What the driver chooses when it takes an offer. */
export interface OfferChoice
  extends Pick<
    ChargeTerms,
    'driver' | 'operatorId' | 'evseIdHash' | 'connector' | 'source' | 'maxAmount' | 'sessionKey' | 'salt' | 'openBy'
  > {}

/** The terms a standing offer and a driver's choice make; openBy at most 15 minutes ahead (R12). */
export const termsFromOffer = (offer: StandingOffer, choice: OfferChoice): ChargeTerms => ({
  driver: choice.driver,
  operatorId: choice.operatorId,
  payee: offer.payee,
  evseIdHash: choice.evseIdHash,
  connector: choice.connector,
  token: offer.token,
  source: choice.source,
  maxAmount: choice.maxAmount,
  startFee: offer.startFee,
  pricePerKWh: offer.pricePerKWh,
  pricePerMinute: offer.pricePerMinute,
  idlePerMinute: offer.idlePerMinute,
  tariffHash: offer.tariffHash,
  maxPowerW: offer.maxPowerW,
  meterKeyHash: offer.meterKeyHash,
  disputeBond: offer.disputeBond,
  disputeWindow: offer.disputeWindow,
  openBy: choice.openBy,
  startBy: choice.openBy + offer.startDelay,
  settleBy: choice.openBy + offer.startDelay + offer.settlePeriod,
  sessionKey: choice.sessionKey,
  salt: choice.salt,
})

export const coversConnector = (offer: StandingOffer, connector: number): boolean =>
  connector < 256 && ((offer.connectors >> BigInt(connector)) & 1n) === 1n

/** The bit set of connector numbers 0 to 255. */
export const connectorBits = (connectors: readonly number[]): bigint =>
  connectors.reduce((bits, connector) => bits | (1n << BigInt(connector)), 0n)
