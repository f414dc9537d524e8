import { walletOfAccount } from '@werenode/chain'
import type { Hex, Wallet } from '@werenode/core'
import { privateKeyToAccount } from 'viem/accounts'

/**
 * A private key as wallet: for tests, scripts and the command line. Apps keep keys in the device's secure store or leave them to the
 * person's own wallet.
 *
 * @example
 * const wallet = privateKeyWallet('0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80')
 */
export const privateKeyWallet = (key: Hex): Wallet => walletOfAccount(privateKeyToAccount(key))
