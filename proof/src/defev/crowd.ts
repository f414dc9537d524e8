import {
  connectorBits,
  evseIdHash,
  evseRegistryAbi,
  meterKeyHash,
  meterKeyOfAddress,
  operatorIdOf,
  operatorRegistryAbi,
  partyBytes,
  standardBytes,
} from '@werenode/chain'
import type { Address, Hex } from '@werenode/core'
import { BaseError, createPublicClient, encodeFunctionData, http, keccak256, zeroHash } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

const party = 'FR*BIG'
/** EVSEs in one call, as many as the registry takes: 56 and 62 kB of data, half of what a node takes in one transaction (128 KiB). */
const perCall = 100
/** Calls of one block, mined and waited for together: what fits into a block of Ethereum's main network, 60 million gas. */
const perTurn = 4

/** Below what a transaction may name (EIP-7825), above what a hundred registrations take. */
const gasPerCall = 16_000_000n

/**
 * Registers so many EVSEs with a price each, spread over France, on the chain itself: what a grown network looks like to the app.
 * `mine` makes one block of all that was sent.
 */
export const registerCrowd = async (deps: {
  readonly rpcUrl: string
  readonly key: Hex
  readonly addresses: { readonly operatorRegistry: Address; readonly evseRegistry: Address; readonly token: Address }
  readonly count: number
  readonly mine: () => Promise<void>
  readonly report: (text: string) => void
}): Promise<void> => {
  const { addresses, count, report } = deps
  const account = privateKeyToAccount(deps.key)
  const transport = http(deps.rpcUrl, { timeout: 120_000, retryCount: 10, retryDelay: 500 })
  const client = createPublicClient({ transport, pollingInterval: 50, cacheTime: 0 })
  const chainId = await client.getChainId()
  const fees = { maxFeePerGas: 100_000_000_000n, maxPriorityFeePerGas: 1_000_000_000n, type: 'eip1559' } as const
  let nonce = await client.getTransactionCount({ address: account.address })
  /** A connection that breaks says nothing about the transaction: the same bytes are handed in again. */
  const handIn = async (serializedTransaction: Hex): Promise<Hex> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await client.sendRawTransaction({ serializedTransaction })
      } catch (error) {
        const words = error instanceof BaseError ? error.details : String(error)
        if (/already|nonce too low/i.test(words)) return keccak256(serializedTransaction)
        // The whole error would quote the transaction.
        if (attempt === 20) throw new Error(`A call could not be handed in: ${words}`)
        await new Promise((resolve) => setTimeout(resolve, Math.min(3_000, 300 * attempt)))
      }
    }
  }
  const sendAll = async (calls: readonly { to: Address; data: Hex }[], what: string): Promise<void> => {
    for (let from = 0; from < calls.length; from += perTurn) {
      const hashes: Hex[] = []
      for (const { to, data } of calls.slice(from, from + perTurn)) {
        hashes.push(await handIn(await account.signTransaction({ to, data, nonce, gas: gasPerCall, chainId, ...fees })))
        nonce += 1
      }
      await deps.mine()
      const receipts = await Promise.all(hashes.map((hash) => client.getTransactionReceipt({ hash })))
      const undone = receipts.find(({ status }) => status !== 'success')
      if (undone !== undefined) throw new Error(`The chain undid a call to ${what}: ${undone.transactionHash}`)
      if (from % (perTurn * 25) === 0)
        report(`${what}: ${Math.min(from + perTurn, calls.length) * perCall} of ${count}`)
    }
  }

  const args = [partyBytes(party), account.address, ''] as const
  await sendAll(
    [
      {
        to: addresses.operatorRegistry,
        data: encodeFunctionData({ abi: operatorRegistryAbi, functionName: 'register', args }),
      },
    ],
    'the operator',
  )
  const operatorId = operatorIdOf(chainId, addresses.operatorRegistry, account.address, party)
  const meterKey = meterKeyOfAddress(account.address)
  const ids = Array.from({ length: count }, (_, index) => `${party}*E${String(index + 1).padStart(6, '0')}`)
  const chunks = Array.from({ length: Math.ceil(count / perCall) }, (_, index) =>
    ids.slice(index * perCall, (index + 1) * perCall),
  )
  // A grid of France, so that each place is where no other is.
  const at = (index: number) => ({
    latitudeE7: 430_000_000 + (index % 200) * 400_000,
    longitudeE7: -10_000_000 + Math.floor(index / 200) * 500_000,
  })
  await sendAll(
    chunks.map((chunk, part) => ({
      to: addresses.evseRegistry,
      data: encodeFunctionData({
        abi: evseRegistryAbi,
        functionName: 'registerBatch',
        args: [
          operatorId,
          chunk.map((evseId, index) => ({
            listing: {
              evseId,
              name: `Place ${part * perCall + index + 1}`,
              ...at(part * perCall + index),
              connectors: [{ connector: 1, standard: standardBytes('IEC_62196_T2'), maxPowerW: 22_000 }],
            },
            meterKey,
            keyClass: 1,
            active: true,
          })),
        ],
      }),
    })),
    'registered',
  )
  const offer = {
    ...{ token: addresses.token, payee: account.address, startFee: 0n, pricePerKWh: 390_000n, pricePerMinute: 0n },
    ...{ idlePerMinute: 0n, tariffHash: zeroHash, meterKeyHash: meterKeyHash(meterKey), maxPowerW: 24_200 },
    ...{ disputeWindow: 86_400, disputeBond: 250_000n, minAmount: 5_000_000n, maxAmount: 200_000_000n },
    ...{ startDelay: 1_800, settlePeriod: 345_600, connectors: connectorBits([1]) },
  }
  const { timestamp } = await client.getBlock()
  const validUntil = Number(timestamp) + 20 * 86_400
  await sendAll(
    chunks.map((chunk) => ({
      to: addresses.evseRegistry,
      data: encodeFunctionData({
        abi: evseRegistryAbi,
        functionName: 'setOffers',
        args: [operatorId, chunk.map((evseId) => ({ evseIdHash: evseIdHash(evseId), offer, validUntil }))],
      }),
    })),
    'priced',
  )
}
