import { walletOfAccount } from '@werenode/chain'
import type { Address, Hex, Wallet } from '@werenode/core'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import type { Storage } from './storage.ts'

/** Keys made on this device for one session each (R22): they may co-sign, dispute, request stop or cancel; never move money. */
export interface SessionKeys {
  make(): Promise<Address>
  /** The key as a wallet, if this device made it. */
  walletOf(address: Address): Promise<Wallet | undefined>
  forget(address: Address): Promise<void>
}

export const createSessionKeys = (storage: Storage): SessionKeys => {
  const at = (address: Address): string => `werenode:session-key:${address.toLowerCase()}`
  return {
    async make() {
      const key = generatePrivateKey()
      const address = privateKeyToAccount(key).address.toLowerCase() as Address
      await storage.set(at(address), key)
      return address
    },
    async walletOf(address) {
      const key = await storage.get(at(address))
      return key === undefined ? undefined : walletOfAccount(privateKeyToAccount(key as Hex))
    },
    forget: (address) => storage.delete(at(address)),
  }
}
