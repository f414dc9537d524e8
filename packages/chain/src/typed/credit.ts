import type { Address, Hex } from '@werenode/core'
import { fields, type SigningDomain, type TypedData, typedData } from './domain.ts'

/** A deposit by ERC-3009: `from`'s tokens become `beneficiary`'s credit. `amount` in micro-euro, `salt` random. */
export interface Deposit {
  readonly from: Address
  readonly beneficiary: Address
  readonly token: Address
  readonly amount: bigint
  readonly salt: Hex
}

/** Never signed itself: its digest is the nonce of `depositAuthorization` (R14). */
export const depositTypedData = (deposit: Deposit, domain: SigningDomain): TypedData =>
  typedData(
    domain,
    'Deposit',
    fields('address from,address beneficiary,address token,uint256 amount,bytes32 salt'),
    deposit,
  )

/** A withdrawal the account signs and anyone sends. `nonce` = `withdrawNonceOf(account, token)`, `deadline` unix seconds. */
export interface Withdraw {
  readonly account: Address
  readonly token: Address
  readonly amount: bigint
  readonly to: Address
  readonly nonce: bigint
  readonly deadline: number
}

export const withdrawTypedData = (withdrawal: Withdraw, domain: SigningDomain): TypedData =>
  typedData(
    domain,
    'Withdraw',
    fields('address account,address token,uint256 amount,address to,uint256 nonce,uint48 deadline'),
    withdrawal,
  )
