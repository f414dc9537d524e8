import type { Hex } from '@werenode/core'
import { fields, type SigningDomain, type TypedData, typedData } from './domain.ts'

/**
 * What the operator's QUOTE key signs to agree to terms: their id. A type of its own, so that an operator's quote can never
 * pass for a driver's agreement, whoever holds the keys.
 */
export const quoteTypedData = (sessionId: Hex, domain: SigningDomain): TypedData =>
  typedData(domain, 'Quote', fields('bytes32 sessionId'), { sessionId })
