import type { StandingOffer } from '@werenode/chain'
import type { Address, Hex } from '@werenode/core'

/** A plug as the registry's events tell it. */
export interface Plug {
  /** `<operatorId>:<evseIdHash>` */
  readonly key: string
  readonly operatorId: Hex
  readonly evseIdHash: Hex
  readonly evseId: string
  readonly name: string
  readonly lat: number
  readonly lon: number
  readonly connectors: readonly { readonly connector: number; readonly standard: string; readonly maxPowerW: number }[]
  readonly active: boolean
  readonly meterKeyHash?: Hex
  readonly keyClass?: 'STATION' | 'GATEWAY'
  /** Unix seconds from which the meter key counts. */
  readonly keySince?: number
  readonly offer?: StandingOffer
  /** Unix seconds, inclusive. */
  readonly offerUntil?: number
}

export interface Operator {
  readonly id: Hex
  readonly owner: Address
  readonly party: string
}

export const plugKey = (operatorId: Hex, evseIdHash: Hex): string => `${operatorId}:${evseIdHash}`.toLowerCase()

/** It can be opened from now: listed, active, and its offer has not run out. */
export const isOffered = (plug: Plug, nowS: number): boolean =>
  plug.active && plug.offer !== undefined && (plug.offerUntil ?? 0) > nowS + 60

export const mostPowerW = (plug: Plug): number => Math.max(0, ...plug.connectors.map(({ maxPowerW }) => maxPowerW))
