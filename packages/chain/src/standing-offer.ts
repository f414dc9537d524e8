import type { Address, ChargeTerms, Hex, PriceCeiling, WireOffer } from '@werenode/core'
import { type AbiParameter, encodeAbiParameters, keccak256 } from 'viem'
import { evseRegistryAbi } from './abis.ts'

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

/** The offer's place in the registry's ABI, so that its hash follows the contract's own layout. */
const offerParameter = (
  evseRegistryAbi.find((item) => item.type === 'event' && item.name === 'OfferSet') as {
    inputs: readonly (AbiParameter & { name: string })[]
  }
).inputs.find(({ name }) => name === 'offer')!

/** The hash the registry keeps an offer as: keccak256 of its ABI encoding, nothing signed. */
export const offerHashOf = (offer: StandingOffer): Hex => keccak256(encodeAbiParameters([offerParameter], [offer]))

export const offerToWire = (offer: StandingOffer): WireOffer => ({
  ...offer,
  startFee: offer.startFee.toString(),
  pricePerKWh: offer.pricePerKWh.toString(),
  pricePerMinute: offer.pricePerMinute.toString(),
  idlePerMinute: offer.idlePerMinute.toString(),
  disputeBond: offer.disputeBond.toString(),
  minAmount: offer.minAmount.toString(),
  maxAmount: offer.maxAmount.toString(),
  connectors: offer.connectors.toString(),
})

export const offerFromWire = (wire: WireOffer): StandingOffer => ({
  ...wire,
  startFee: BigInt(wire.startFee),
  pricePerKWh: BigInt(wire.pricePerKWh),
  pricePerMinute: BigInt(wire.pricePerMinute),
  idlePerMinute: BigInt(wire.idlePerMinute),
  disputeBond: BigInt(wire.disputeBond),
  minAmount: BigInt(wire.minAmount),
  maxAmount: BigInt(wire.maxAmount),
  connectors: BigInt(wire.connectors),
})
