import type { Hex } from '@werenode/core'
import { fields, type SigningDomain, type TypedData, typedData } from './domain.ts'

/** `deadline`, unix seconds, is the last second at which the contract accepts the signature. */
interface Request {
  readonly sessionId: Hex
  readonly deadline: number
}

/** Driver only: these terms shall never be opened. */
export const voidTypedData = ({ sessionId, deadline }: Request, domain: SigningDomain): TypedData =>
  typedData(domain, 'VoidTerms', fields('bytes32 sessionId,uint48 deadline'), { sessionId, deadline })

/** Driver only: hold `newMax` micro-euro in all (sources Credit and Allowance; else `topUpAuthorization`). */
export const topUpTypedData = (
  { sessionId, newMax, deadline }: Request & { readonly newMax: bigint },
  domain: SigningDomain,
): TypedData =>
  typedData(domain, 'TopUp', fields('bytes32 sessionId,uint256 newMax,uint48 deadline'), {
    sessionId,
    newMax,
    deadline,
  })

/** Driver or session key: give the deposit back unless the operator answers within two hours (R1). */
export const requestCancelTypedData = ({ sessionId, deadline }: Request, domain: SigningDomain): TypedData =>
  typedData(domain, 'RequestCancel', fields('bytes32 sessionId,uint48 deadline'), { sessionId, deadline })

/** Driver or session key: stop the charge (R9). */
export const requestStopTypedData = ({ sessionId, deadline }: Request, domain: SigningDomain): TypedData =>
  typedData(domain, 'RequestStop', fields('bytes32 sessionId,uint48 deadline'), { sessionId, deadline })

/** Driver or session key: pay `undisputedAmount` micro-euro, let the rest be proven (R28). */
export const disputeTypedData = (
  { sessionId, undisputedAmount, deadline }: Request & { readonly undisputedAmount: bigint },
  domain: SigningDomain,
): TypedData =>
  typedData(domain, 'Dispute', fields('bytes32 sessionId,uint256 undisputedAmount,uint48 deadline'), {
    sessionId,
    undisputedAmount,
    deadline,
  })
