import type { Address, EvseId, Hex } from './ids.ts'
import type { PriceCeiling } from './terms.ts'

/** An EVSE as `EvseRegistry` shows it to maps. Positions in degrees x 10^7, power in W. */
export interface WireListing {
  readonly evseId: EvseId
  readonly name: string
  readonly latitudeE7: number
  readonly longitudeE7: number
  readonly connectors: readonly {
    readonly connector: number
    /** OCPI ConnectorType. */
    readonly standard: string
    readonly maxPowerW: number
  }[]
}

/** A standing offer as JSON (chain.md R10): amounts as decimal strings of micro-euro, times and spans in seconds. */
export type WireOffer = { readonly [K in keyof PriceCeiling]: string } & {
  readonly token: Address
  readonly payee: Address
  readonly tariffHash: Hex
  readonly meterKeyHash: Hex
  readonly maxPowerW: number
  readonly disputeWindow: number
  readonly disputeBond: string
  readonly minAmount: string
  readonly maxAmount: string
  readonly startDelay: number
  readonly settlePeriod: number
  /** Bit n = connector n, as a decimal string. */
  readonly connectors: string
}

/** One batch call on `EvseRegistry`, at most 100 items. The relayer adds the operator and the gateway's meter key. */
export type EvsePublication =
  | { readonly do: 'register'; readonly items: readonly { readonly listing: WireListing; readonly active: boolean }[] }
  | { readonly do: 'list'; readonly listings: readonly WireListing[] }
  | { readonly do: 'setActive'; readonly evseIdHashes: readonly Hex[]; readonly active: boolean }
  | {
      readonly do: 'offer'
      readonly updates: readonly { readonly evseIdHash: Hex; readonly offer: WireOffer; readonly validUntil: number }[]
    }
  | { readonly do: 'renew'; readonly evseIdHashes: readonly Hex[]; readonly validUntil: number }
  | { readonly do: 'withdraw'; readonly evseIdHashes: readonly Hex[] }

/** What the registry says of one of this operator's EVSEs now. */
export interface PublishedEvse {
  readonly evseIdHash: Hex
  readonly registered: boolean
  readonly active: boolean
  /** Zero: no standing offer. */
  readonly offerHash: Hex
  /** Unix seconds, inclusive. */
  readonly offerValidUntil: number
  /** The meter key in force. */
  readonly meterKeyHash: Hex
}
