import type { Address } from '@werenode/core'
import { fields, type SigningDomain, type TypedData, typedData } from './domain.ts'

/** EIP-2612 permit for `source: Allowance`. `value` = maxAmount, `nonce` = the token's `nonces(owner)`, `deadline` unix seconds. */
export interface Permit {
  readonly owner: Address
  readonly spender: Address
  readonly value: bigint
  readonly nonce: bigint
  readonly deadline: bigint
}

export const permitTypedData = (permit: Permit, tokenDomain: SigningDomain): TypedData =>
  typedData(
    tokenDomain,
    'Permit',
    fields('address owner,address spender,uint256 value,uint256 nonce,uint256 deadline'),
    permit,
  )
