import type { Address, Hex } from '../ids.ts'

/** What signs for a driver: a device key, a browser wallet (EIP-1193), a private key in tests and in the command line. */
export interface Wallet {
  readonly address: Address
  /** EIP-712. `types` without EIP712Domain. Throws when the person declines. */
  signTypedData(typed: {
    domain: Record<string, unknown>
    types: Record<string, readonly { name: string; type: string }[]>
    primaryType: string
    message: Record<string, unknown>
  }): Promise<Hex>
  /** EIP-191, for SIWE. */
  signMessage(text: string): Promise<Hex>
}
