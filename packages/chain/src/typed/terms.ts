import type { ChargeTerms, SessionId } from '@werenode/core'
import { fundingSource } from '@werenode/core'
import { hashTypedData } from 'viem'
import { fields, type SigningDomain, type TypedData, typedData } from './domain.ts'

const termsFields = fields(
  'address driver,bytes32 operatorId,address payee,bytes32 evseIdHash,uint16 connector,address token,uint8 source,' +
    'uint256 maxAmount,uint64 startFee,uint64 pricePerKWh,uint64 pricePerMinute,uint64 idlePerMinute,bytes32 tariffHash,' +
    'uint32 maxPowerW,bytes32 meterKeyHash,uint64 disputeBond,uint32 disputeWindow,uint48 openBy,uint48 startBy,' +
    'uint48 settleBy,address sessionKey,bytes32 salt',
)

/** The terms as the contract takes them: `source` is a number there. */
export type TermsStruct = Omit<ChargeTerms, 'source'> & { readonly source: number }

export const termsStruct = (terms: ChargeTerms): TermsStruct => ({ ...terms, source: fundingSource[terms.source] })

/** The terms as `SessionOpened` and calldata carry them. */
export const termsFromStruct = (struct: TermsStruct): ChargeTerms => {
  const source = (['Credit', 'Allowance', 'Authorization'] as const)[struct.source]
  if (source === undefined) throw new RangeError(`${struct.source} is no source of money; it is 0, 1 or 2`)
  return { ...struct, source }
}

/** What the driver signs to agree; `source: Authorization` needs only `openAuthorization` instead. */
export const termsTypedData = (terms: ChargeTerms, domain: SigningDomain): TypedData =>
  typedData(domain, 'ChargeTerms', termsFields, termsStruct(terms))

/** The id is the agreement: EIP-712 hash of the terms under the escrow's domain. */
export const sessionIdOf = (terms: ChargeTerms, domain: SigningDomain): SessionId =>
  hashTypedData(termsTypedData(terms, domain)) as SessionId
