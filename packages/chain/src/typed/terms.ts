import type { ChargeTerms, Hex, SessionId } from '@werenode/core'
import { fundingSource } from '@werenode/core'
import { hashStruct, hashTypedData } from 'viem'
import { fields, type SigningDomain, type TypedData, typedData } from './domain.ts'

const termsFields = fields(
  'address driver,bytes32 operatorId,address payee,address token,uint8 source,uint64 startFee,uint64 pricePerKWh,' +
    'uint64 pricePerMinute,uint64 idlePerMinute,uint32 maxPowerW,address sessionKey,TermsDetails details',
)
/** Nested so that a batched settlement can give their hash instead of them. */
const detailsFields = fields(
  'bytes32 evseIdHash,uint16 connector,uint256 maxAmount,bytes32 tariffHash,bytes32 meterKeyHash,uint64 disputeBond,' +
    'uint32 disputeWindow,uint48 openBy,uint48 startBy,uint48 settleBy,bytes32 salt',
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
  typedData(
    domain,
    'ChargeTerms',
    termsFields,
    { ...pick(termsStruct(terms), termsFields), details: details(terms) },
    {
      TermsDetails: detailsFields,
    },
  )

/** The hash that stands for the details in a batched settlement. */
export const termsDetailsHash = (terms: ChargeTerms): Hex =>
  hashStruct({ types: { TermsDetails: detailsFields }, primaryType: 'TermsDetails', data: details(terms) })

/** The first eleven fields, as a batched settlement carries them. */
export const termsCoreStruct = (terms: ChargeTerms) => {
  const { driver, operatorId, payee, token, source, startFee, pricePerKWh, ...rest } = termsStruct(terms)
  const { pricePerMinute, idlePerMinute, maxPowerW, sessionKey } = rest
  return {
    ...{ driver, operatorId, payee, token, source, startFee, pricePerKWh },
    ...{ pricePerMinute, idlePerMinute, maxPowerW, sessionKey },
  }
}

const details = (terms: ChargeTerms): Record<string, unknown> => pick(terms, detailsFields)

const pick = (from: object, wanted: readonly { name: string }[]): Record<string, unknown> =>
  Object.fromEntries(wanted.flatMap(({ name }) => (name in from ? [[name, from[name as keyof typeof from]]] : [])))

/** The id is the agreement: EIP-712 hash of the terms under the escrow's domain. */
export const sessionIdOf = (terms: ChargeTerms, domain: SigningDomain): SessionId =>
  hashTypedData(termsTypedData(terms, domain)) as SessionId
