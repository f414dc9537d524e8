import type { Address, Hex, Wallet } from '@werenode/core'
import { getTypesForEIP712Domain, type LocalAccount, serializeTypedData, stringToHex } from 'viem'
import type { TypedData } from './typed/domain.ts'

/** A private key or device key as the house's wallet. */
export const walletOfAccount = (account: LocalAccount): Wallet => ({
  address: account.address,
  signTypedData: (typed) => account.signTypedData(typed as Parameters<LocalAccount['signTypedData']>[0]),
  signMessage: (text) => account.signMessage({ message: text }),
})

/** The little of EIP-1193 that signing needs. */
export interface Eip1193Provider {
  request(call: { method: string; params?: unknown }): Promise<unknown>
}

/** A browser wallet (EIP-1193) as the house's wallet. `address` must be one it granted. */
export const walletOfProvider = (provider: Eip1193Provider, address: Address): Wallet => ({
  address,
  signTypedData: async (typed) =>
    (await provider.request({ method: 'eth_signTypedData_v4', params: [address, typedDataJson(typed)] })) as Hex,
  signMessage: async (text) =>
    (await provider.request({ method: 'personal_sign', params: [stringToHex(text), address] })) as Hex,
})

/** Wallets hash the domain by the EIP712Domain type in the JSON; without it they would sign under no domain at all. */
const typedDataJson = (typed: Parameters<Wallet['signTypedData']>[0]): string => {
  const types = { EIP712Domain: getTypesForEIP712Domain({ domain: typed.domain }), ...typed.types }
  return serializeTypedData({ ...typed, types } as Parameters<typeof serializeTypedData>[0])
}

/** Signs what a builder of this package made. */
export const sign = (wallet: Wallet, typed: TypedData): Promise<Hex> =>
  wallet.signTypedData({ ...typed, types: { ...typed.types } })
