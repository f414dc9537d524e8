import type { Address, Hex } from '@werenode/core'
import { isAddressEqual, recoverTypedDataAddress } from 'viem'
import type { ChainAddresses } from '../addresses.ts'
import { fields, type SigningDomain, type TypedData, typedData } from './domain.ts'

/** The operators somebody vouches for; the registry itself lets anybody register (R44). Times in unix seconds, `validUntil` inclusive. */
export interface AccreditationList {
  readonly issuer: Address
  /** As the issuer calls itself. */
  readonly issuerName: string
  readonly operatorIds: readonly Hex[]
  readonly issuedAt: number
  readonly validUntil: number
}
export interface SignedAccreditationList extends AccreditationList {
  /** By the issuer's key, over `accreditationTypedData`. */
  readonly signature: Hex
}

/** A list is for the operators of one registry on one chain. */
const accreditationDomain = ({
  chainId,
  operatorRegistry,
}: Pick<ChainAddresses, 'chainId' | 'operatorRegistry'>): SigningDomain => ({
  name: 'Werenode Accreditation',
  version: '1',
  chainId,
  verifyingContract: operatorRegistry,
})

export const accreditationTypedData = (
  { issuer, issuerName, operatorIds, issuedAt, validUntil }: AccreditationList,
  addresses: Pick<ChainAddresses, 'chainId' | 'operatorRegistry'>,
): TypedData =>
  typedData(
    accreditationDomain(addresses),
    'AccreditationList',
    fields('address issuer,string issuerName,bytes32[] operatorIds,uint48 issuedAt,uint48 validUntil'),
    { issuer, issuerName, operatorIds, issuedAt, validUntil },
  )

/** Why a list is not believed. */
export type AccreditationFault = 'stranger' | 'signature' | 'expired' | 'early'

/** Undefined: the list holds. `issuers` are those the reader trusts; issuers sign by ECDSA. */
export const accreditationFault = async (
  { signature, ...list }: SignedAccreditationList,
  given: {
    readonly addresses: Pick<ChainAddresses, 'chainId' | 'operatorRegistry'>
    readonly issuers: readonly Address[]
    readonly nowS: number
  },
): Promise<AccreditationFault | undefined> => {
  if (!given.issuers.some((issuer) => issuer.toLowerCase() === list.issuer.toLowerCase())) return 'stranger'
  if (!(await isSignedBy(list, signature, given.addresses))) return 'signature'
  if (given.nowS > list.validUntil) return 'expired'
  return given.nowS < list.issuedAt ? 'early' : undefined
}

const isSignedBy = async (
  list: AccreditationList,
  signature: Hex,
  addresses: Pick<ChainAddresses, 'chainId' | 'operatorRegistry'>,
): Promise<boolean> => {
  try {
    const signer = await recoverTypedDataAddress({ ...accreditationTypedData(list, addresses), signature } as never)
    return isAddressEqual(signer, list.issuer)
  } catch {
    // Not the form of a signature or of a list: from outside, so it is no fault of ours; nobody signed this.
    return false
  }
}
