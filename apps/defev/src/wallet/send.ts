import type { Eip1193Provider } from '@werenode/chain'
import type { Address, Hex } from '@werenode/core'
import { formatEther, numberToHex, TransactionNotFoundError, TransactionReceiptNotFoundError } from 'viem'
import type { Reader } from '../chain/client.ts'
import type { Deployment } from '../chain/deployment.ts'
import { codeOf, TroubleError } from './trouble.ts'

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
  const stays = new TroubleError({ word: 'trouble.chain', values: { chain: name } })
  const ask = async (method: string, parameter: object): Promise<void> => {
    try {
      await provider.request({ method, params: [parameter] })
    } catch (error) {
      // Declined: it stays where it is. Some wallets do not know the method at all; then the person switches by hand.
      if ([4001, 4200, -32601].includes(codeOf(error) ?? 0)) throw stays
      throw error
    }
  }
  try {
    await ask('wallet_switchEthereumChain', { chainId: wanted })
  } catch (error) {
    if (codeOf(error) !== 4902) throw error
    const nativeCurrency = { name: deployment.nativeSymbol, symbol: deployment.nativeSymbol, decimals: 18 }
    await ask('wallet_addEthereumChain', {
      ...{ chainId: wanted, chainName: name, rpcUrls: deployment.rpcUrls, nativeCurrency },
    })
  }
  const now = (await provider.request({ method: 'eth_chainId' })) as string
  if (BigInt(now) !== BigInt(chainId)) throw stays
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

/** What these calls take at least: with less of the chain's coin than this much gas costs, no wallet could send them. */
const leastGas = 300_000n

/** The account must be able to pay for the transaction. Said before the wallet is asked, since each wallet says it otherwise. */
const ensureGas = async (reader: Reader, account: Address, deployment: Deployment): Promise<void> => {
  const [balance, price] = await Promise.all([reader.getBalance({ address: account }), reader.getGasPrice()])
  const needs = leastGas * price
  if (balance >= needs) return
  const coins = (wei: bigint): string => `${formatEther(wei)} ${deployment.nativeSymbol}`
  throw new TroubleError({ word: 'trouble.gasFor', values: { has: coins(balance), needs: coins(needs) } })
}

/** What was sent, as it must be known to find it again, also after the page was closed. */
export interface Sent {
  readonly hash: Hex
  readonly account: Address
  /** Transactions of the account that were mined before it. */
  readonly nonce: number
  readonly to: Address
  readonly data: Hex
}

/**
 * Tried, sent, waited for. `onSent` hears of it at once, so that a page closed now finds it again. One that the wallet sped up is
 * followed; one that was cancelled, replaced by something else or dropped says so.
 */
export const send = async (
  deps: { readonly reader: Reader; readonly deployment: Deployment; readonly wallet: Connected },
  call: Call,
  onSent: (sent: Sent) => void = () => undefined,
): Promise<Hex> => {
  const { reader, deployment, wallet } = deps
  await ensureChain(wallet, deployment)
  await ensureAccount(wallet)
  await ensureGas(reader, wallet.account, deployment)
  await simulate(reader, wallet.account, call)
  const nonce = await reader.getTransactionCount({ address: wallet.account })
  const hash = (await wallet.provider.request({
    method: 'eth_sendTransaction',
    params: [{ from: wallet.account, to: call.to, data: call.data, gas: numberToHex(callGas) }],
  })) as Hex
  const sent: Sent = { hash, account: wallet.account, nonce, ...call }
  onSent(sent)
  return follow(reader, sent)
}

/** Blocks looked through for the transaction that took the nonce. */
const lookBack = 8n
const lookEveryMs = 700
/** A transaction that no node has heard of for this long was dropped, ms. */
const droppedAfterMs = 30_000

/**
 * Waits for a transaction, whatever becomes of it. The nonce decides: once it is used without this hash, another one took its place. One
 * that no node knows and whose nonce stays free was dropped, or never left the wallet.
 */
export const follow = async (reader: Reader, sent: Sent): Promise<Hex> => {
  const until = Date.now() + minedWithinMs
  let taken = 0
  let heardAtMs = Date.now()
  while (Date.now() < until) {
    const receipt = await reader.getTransactionReceipt({ hash: sent.hash }).catch(ifMissing)
    if (receipt !== undefined) return judged(receipt)
    const mined = await reader.getTransactionCount({ address: sent.account })
    taken = mined > sent.nonce ? taken + 1 : 0
    // Three looks: a node may know the nonce before the receipt.
    if (taken >= 3) {
      const other = await takerOf(reader, sent)
      if (other === undefined) throw new TroubleError({ word: 'trouble.replaced' })
      return judged(await reader.getTransactionReceipt({ hash: other }))
    }
    const heard = await reader.getTransaction({ hash: sent.hash }).catch(ifMissing)
    if (heard !== undefined || mined > sent.nonce) heardAtMs = Date.now()
    if (Date.now() - heardAtMs > droppedAfterMs) throw new TroubleError({ word: 'trouble.dropped' })
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
  throw new TroubleError({ word: 'trouble.slow' })
}

const judged = (receipt: { readonly status: string; readonly transactionHash: Hex }): Hex => {
  if (receipt.status !== 'success') throw new TroubleError({ word: 'trouble.reverted' })
  return receipt.transactionHash
}

const ifMissing = (error: unknown): undefined => {
  if (error instanceof TransactionReceiptNotFoundError || error instanceof TransactionNotFoundError) return undefined
  throw error
}

/** The same call under another hash: the person sped it up. Undefined when the nonce was used for something else. */
const takerOf = async (reader: Reader, sent: Sent): Promise<Hex | undefined> => {
  const head = await reader.getBlockNumber()
  for (let number = head; number >= 0n && number > head - lookBack; number -= 1n) {
    const { transactions } = await reader.getBlock({ blockNumber: number, includeTransactions: true })
    const same = transactions.find(
      ({ from, nonce, to, input }) =>
        from.toLowerCase() === sent.account.toLowerCase() &&
        nonce === sent.nonce &&
        to?.toLowerCase() === sent.to.toLowerCase() &&
        input === sent.data,
    )
    if (same !== undefined) return same.hash
  }
  return undefined
}
