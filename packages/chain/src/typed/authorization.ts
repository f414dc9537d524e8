import type { Address, ChargeTerms, Hex } from '@werenode/core'
import { hashTypedData } from 'viem'
import { type Deposit, depositTypedData } from './credit.ts'
import { fields, type SigningDomain, type TypedData, typedData } from './domain.ts'
import { topUpTypedData } from './requests.ts'
import { sessionIdOf } from './terms.ts'

const authorizationFields = fields(
  'address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce',
)

/** ERC-3009 `ReceiveWithAuthorization` under the token's own domain. Its nonce commits to what the money is for (R14). */
const authorization = (
  tokenDomain: SigningDomain,
  from: Address,
  to: Address,
  value: bigint,
  validBefore: bigint,
  nonce: Hex,
): TypedData =>
  typedData(tokenDomain, 'ReceiveWithAuthorization', authorizationFields, {
    from,
    to,
    value,
    validAfter: 0n,
    validBefore,
    nonce,
  })

/**
 * The driver's one signature for `source: Authorization`: it pays maxAmount and, its nonce being the session id, agrees to
 * every term. A wallet shows amount, receiver and expiry in clear, the terms only as that nonce: show them beside it.
 */
export const openAuthorization = (terms: ChargeTerms, domain: SigningDomain, tokenDomain: SigningDomain): TypedData =>
  authorization(
    tokenDomain,
    terms.driver,
    domain.verifyingContract,
    terms.maxAmount,
    BigInt(terms.openBy) + 1n,
    sessionIdOf(terms, domain),
  )

/** The driver's one signature for a top-up of a session with `source: Authorization`. `held` is what the escrow holds now. */
export const topUpAuthorization = (
  terms: ChargeTerms,
  { held, newMax, deadline }: { readonly held: bigint; readonly newMax: bigint; readonly deadline: number },
  domain: SigningDomain,
  tokenDomain: SigningDomain,
): TypedData => {
  const sessionId = sessionIdOf(terms, domain)
  return authorization(
    tokenDomain,
    terms.driver,
    domain.verifyingContract,
    newMax - held,
    BigInt(deadline) + 1n,
    hashTypedData(topUpTypedData({ sessionId, newMax, deadline }, domain)),
  )
}

/** The one signature for a deposit without allowance. `validBefore`, unix seconds, goes into the call as well. */
export const depositAuthorization = (
  deposit: Deposit,
  validBefore: bigint,
  domain: SigningDomain,
  tokenDomain: SigningDomain,
): TypedData =>
  authorization(
    tokenDomain,
    deposit.from,
    domain.verifyingContract,
    deposit.amount,
    validBefore,
    hashTypedData(depositTypedData(deposit, domain)),
  )
