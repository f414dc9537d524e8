import type { Address, Hex, Wallet } from '@werenode/core'
import { type LocalAccount, serializeTypedData, stringToHex } from 'viem'
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
    (await provider.request({
      method: 'eth_signTypedData_v4',
      params: [address, serializeTypedData(typed as Parameters<typeof serializeTypedData>[0])],
    })) as Hex,
  signMessage: async (text) =>
    (await provider.request({ method: 'personal_sign', params: [stringToHex(text), address] })) as Hex,
})

/** Signs what a builder of this package made. */
export const sign = (wallet: Wallet, typed: TypedData): Promise<Hex> =>
  wallet.signTypedData({ ...typed, types: { ...typed.types } })
