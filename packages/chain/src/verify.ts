import type { Address, Hex } from '@werenode/core'
import { hashTypedData, isAddressEqual, recoverAddress } from 'viem'
import type { TypedData } from './typed/domain.ts'

/** Who signed this as an ordinary account (ECDSA), or undefined for a malformed signature. */
export const signerOf = async (typed: TypedData, signature: Hex): Promise<Address | undefined> => {
  try {
    return await recoverAddress({ hash: hashTypedData(typed), signature })
  } catch {
    return undefined
  }
}

/**
 * Whether `account` signed this by ECDSA; the only way a session key or a batched receipt is signed. Contract wallets
 * (EIP-1271) need the chain: viem's `verifyTypedData` with a client.
 */
export const isSignedBy = async (account: Address, typed: TypedData, signature: Hex): Promise<boolean> => {
  const signer = await signerOf(typed, signature)
  return signer !== undefined && isAddressEqual(signer, account)
}
