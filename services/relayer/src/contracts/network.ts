import type { Address, Hex } from '@werenode/core'

/** Where the contracts are, and for which operator this relayer speaks. */
export interface NetworkFacts {
  readonly chainId: number
  readonly escrow: Address
  readonly token: Address
  readonly operatorRegistry: Address
  readonly evseRegistry: Address
  readonly operatorId: Hex
  readonly payee: Address
  /** Test networks have a faucet. */
  readonly local: boolean
  /** Blocks come only when something is pending, so that an old head is no sign of trouble. */
  readonly onDemand: boolean
  /** First block that can hold a log of the contracts. */
  readonly fromBlock: number
}
