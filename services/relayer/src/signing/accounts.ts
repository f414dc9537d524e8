import { meterKeyHash, meterKeyOfAddress } from '@werenode/chain'
import type { Address, Hex } from '@werenode/core'
import { type LocalAccount, privateKeyToAccount } from 'viem/accounts'
import type { RelayerKeys } from './key-file.ts'

/** The node's accounts with their public sides. Addresses in lower case, as the house compares them. */
export interface RelayerAccounts {
  readonly sender: LocalAccount
  readonly owner: LocalAccount
  readonly signer: LocalAccount
  readonly meter: LocalAccount
  readonly issuer: LocalAccount
  readonly issuerSession: LocalAccount
  /** The gateway's meter key as the registry takes it, and its hash as terms pin it. */
  readonly meterKey: Hex
  readonly meterKeyHash: Hex
}

export const accountsOf = (keys: RelayerKeys): RelayerAccounts => {
  const meter = privateKeyToAccount(keys.meter)
  const meterKey = meterKeyOfAddress(meter.address)
  return {
    sender: privateKeyToAccount(keys.sender),
    owner: privateKeyToAccount(keys.owner),
    signer: privateKeyToAccount(keys.signer),
    meter,
    issuer: privateKeyToAccount(keys.issuer),
    issuerSession: privateKeyToAccount(keys.issuerSession),
    meterKey,
    meterKeyHash: meterKeyHash(meterKey),
  }
}

export const lower = (account: { readonly address: Address }): Address => account.address.toLowerCase() as Address
