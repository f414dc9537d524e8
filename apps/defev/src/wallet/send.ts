import type { Eip1193Provider } from '@werenode/chain'
import type { Address, Hex } from '@werenode/core'
import { numberToHex } from 'viem'
import type { Reader } from '../chain/client.ts'
import type { Deployment } from '../chain/deployment.ts'
import { TroubleError } from './trouble.ts'

/** A call as the wallet is asked to send it. */
export interface Call {
  readonly to: Address
  readonly data: Hex
}
export interface Connected {
  readonly provider: Eip1193Provider
  readonly account: Address
}

/** A wallet may need this long to be looked at, and a busy chain to mine, ms. */
const minedWithinMs = 180_000

/** The wallet must be on the deployment's chain; it is asked to switch, and to add the chain when it does not know it. */
export const ensureChain = async ({ provider }: Connected, deployment: Deployment): Promise<void> => {
  const { chainId, name } = deployment.addresses
  const wanted = numberToHex(chainId)
  const present = (await provider.request({ method: 'eth_chainId' })) as string
  if (BigInt(present) === BigInt(chainId)) return
  try {
    await provider.request({ method: 'wallet_switchEthereumChain', params: [{ chainId: wanted }] })
  } catch (error) {
    if ((error as { code?: number }).code !== 4902) throw error
    const nativeCurrency = { name: deployment.nativeSymbol, symbol: deployment.nativeSymbol, decimals: 18 }
    await provider.request({
      method: 'wallet_addEthereumChain',
      params: [{ chainId: wanted, chainName: name, rpcUrls: deployment.rpcUrls, nativeCurrency }],
    })
  }
  const now = (await provider.request({ method: 'eth_chainId' })) as string
  if (BigInt(now) !== BigInt(chainId)) throw new TroubleError({ word: 'trouble.chain', values: { chain: name } })
}

/** The account that was shown must still be the one that signs. */
export const ensureAccount = async ({ provider, account }: Connected): Promise<void> => {
  const accounts = (await provider.request({ method: 'eth_accounts' })) as readonly string[]
  if (accounts[0]?.toLowerCase() !== account.toLowerCase()) throw new TroubleError({ word: 'trouble.account' })
}

/** More than any of these calls takes; what is not used is not paid. Named, so that no wallet guesses it from an old block. */
const callGas = 1_500_000n

/** Tries the call on a node as the wallet would send it. Throws the contract's refusal. */
export const simulate = async (reader: Reader, account: Address, call: Call): Promise<void> => {
  const { timestamp } = await reader.getBlock()
  const nowS = BigInt(Math.floor(Date.now() / 1000))
  // A chain that makes blocks on demand has an old newest block; the one that will hold the call has the present time.
  const late = nowS > timestamp + 60n ? { blockOverrides: { time: nowS } } : {}
  await reader.call({ account, to: call.to, data: call.data, gas: callGas, ...late })
}

/**
 * Tried, sent, waited for. `onSent` gets the hash at once, so that a page closed now finds it again. A transaction that the wallet
 * replaced is followed; one that was cancelled or dropped says so.
 */
export const send = async (
  deps: { readonly reader: Reader; readonly deployment: Deployment; readonly wallet: Connected },
  call: Call,
  onSent: (hash: Hex) => void = () => undefined,
): Promise<Hex> => {
  const { reader, deployment, wallet } = deps
  await ensureChain(wallet, deployment)
  await ensureAccount(wallet)
  await simulate(reader, wallet.account, call)
  const hash = (await wallet.provider.request({
    method: 'eth_sendTransaction',
    params: [{ from: wallet.account, to: call.to, data: call.data, gas: numberToHex(callGas) }],
  })) as Hex
  onSent(hash)
  return follow(reader, hash)
}

/** Waits for a transaction, whatever becomes of it. */
export const follow = async (reader: Reader, hash: Hex): Promise<Hex> => {
  let cancelled = false
  const receipt = await reader.waitForTransactionReceipt({
    hash,
    timeout: minedWithinMs,
    retryCount: 20,
    onReplaced: ({ reason }) => {
      cancelled = reason !== 'repriced'
    },
  })
  if (cancelled) throw new TroubleError({ word: 'trouble.replaced' })
  if (receipt.status !== 'success') throw new TroubleError({ word: 'trouble.reverted' })
  return receipt.transactionHash
}
