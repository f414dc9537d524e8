import type { Address } from '@werenode/core'

/** An EIP-712 domain with every field a wallet shows. */
export interface SigningDomain {
  readonly name: string
  readonly version: string
  readonly chainId: number
  readonly verifyingContract: Address
}

/** Typed data as `Wallet.signTypedData` (core), viem and EIP-1193 wallets take it; `types` is without EIP712Domain. */
export interface TypedData {
  readonly domain: SigningDomain & Record<string, unknown>
  readonly types: Record<string, readonly { name: string; type: string }[]>
  readonly primaryType: string
  readonly message: Record<string, unknown>
}

/** The domain of everything signed for an escrow. The same message for another chain or escrow is another message. */
export const escrowDomain = (chainId: number, escrow: Address): SigningDomain => ({
  name: 'Werenode Charge Escrow',
  version: '1',
  chainId,
  verifyingContract: escrow,
})

export const typedData = (
  domain: SigningDomain,
  primaryType: string,
  fields: readonly { name: string; type: string }[],
  message: object,
  nested: TypedData['types'] = {},
): TypedData => ({
  domain: { ...domain },
  types: { [primaryType]: fields, ...nested },
  primaryType,
  message: message as Record<string, unknown>,
})

/** `'bytes32 sessionId,uint256 newMax'` -> EIP-712 fields, so that a type reads here as it does in Solidity. */
export const fields = (signature: string): readonly { name: string; type: string }[] =>
  signature.split(',').map((field) => {
    const [type, name] = field.trim().split(' ')
    return { name: name!, type: type! }
  })
