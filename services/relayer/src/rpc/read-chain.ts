import { type Address, type Hex, WerenodeError } from '@werenode/core'
import type { ChainRpc } from './chain-rpc.ts'

export interface BlockRef {
  readonly number: bigint
  readonly hash: Hex
}
export interface Header extends BlockRef {
  readonly parentHash: Hex
  /** Unix seconds. */
  readonly timestamp: number
  readonly baseFeePerGas: bigint
  readonly logsBloom: Hex
}
export interface RawLog {
  readonly address: Address
  readonly topics: readonly Hex[]
  readonly data: Hex
  readonly blockNumber: bigint
  readonly blockHash: Hex
  readonly transactionHash: Hex
  readonly logIndex: number
}
export interface Receipt {
  readonly hash: Hex
  readonly blockNumber: bigint
  readonly blockHash: Hex
  readonly success: boolean
  readonly gasUsed: bigint
  readonly gasPaidWei: bigint
  readonly logs: readonly RawLog[]
}

const quantity = (value: bigint): Hex => `0x${value.toString(16)}`

/** Reads of the chain, with what the node says checked against what was asked. A node that contradicts itself: `chain-unavailable`. */
export const createChainReader = (rpc: ChainRpc) => ({
  head: async (): Promise<Header> => headOf(await rpc.call('eth_getBlockByNumber', ['latest', false])),

  /** The newest block and how many transactions of this account are mined (its next nonce), in one request. */
  now: async (account: Address): Promise<{ readonly head: Header; readonly nonce: number }> => {
    const answers = await rpc.batch([
      { method: 'eth_getBlockByNumber', params: ['latest', false] },
      { method: 'eth_getTransactionCount', params: [account, 'latest'] },
    ])
    const [block, count] = answers.map((answer) => {
      if ('refused' in answer) throw nonsense(`it has no newest state: ${answer.refused.message}`)
      return answer.result
    })
    const nonce = Number(count)
    if (!Number.isSafeInteger(nonce)) throw nonsense('a nonce came that is no number')
    return { head: headOf(block), nonce }
  },

  /** Undefined for blocks the node does not have. */
  headers: async (numbers: readonly bigint[]): Promise<readonly (Header | undefined)[]> => {
    const answers = await rpc.batch(
      numbers.map((number) => ({ method: 'eth_getBlockByNumber', params: [quantity(number), false] })),
    )
    return answers.map((answer, index) => {
      const header = 'result' in answer ? parseHeader(answer.result) : undefined
      if (header && header.number !== numbers[index]) throw nonsense(`block ${numbers[index]} came as ${header.number}`)
      return header
    })
  },

  /** Logs of exactly these blocks, by hash: a node that lags or was reorganised refuses instead of answering too few. */
  logsOfBlocks: async (
    addresses: readonly Address[],
    blocks: readonly BlockRef[],
  ): Promise<readonly (readonly RawLog[])[]> => {
    const answers = await rpc.batch(
      blocks.map(({ hash }) => ({ method: 'eth_getLogs', params: [{ address: addresses, blockHash: hash }] })),
    )
    return answers.map((answer, index) => {
      if ('refused' in answer)
        throw nonsense(`it has no logs of block ${blocks[index]!.hash}: ${answer.refused.message}`)
      const logs = (answer.result as readonly WireLog[]).map(parseLog)
      if (logs.some((log) => log.blockHash !== blocks[index]!.hash)) throw nonsense('logs of another block came')
      return logs
    })
  },

  /** Logs of these addresses by way of a block's receipts; undefined when the node cannot give them. */
  logsByReceipts: async (addresses: readonly Address[], block: BlockRef): Promise<readonly RawLog[] | undefined> => {
    const [answer] = await rpc.batch([{ method: 'eth_getBlockReceipts', params: [block.hash] }])
    if (!answer || 'refused' in answer || answer.result === null) return undefined
    const wanted = new Set(addresses.map((address) => address.toLowerCase()))
    return (answer.result as readonly WireReceipt[])
      .flatMap((receipt) => receipt.logs.map(parseLog))
      .filter((log) => wanted.has(log.address))
  },

  logsOfRange: async (addresses: readonly Address[], from: bigint, to: bigint): Promise<readonly RawLog[]> => {
    const logs = await rpc.call<readonly WireLog[]>('eth_getLogs', [
      { address: addresses, fromBlock: quantity(from), toBlock: quantity(to) },
    ])
    return logs.map(parseLog)
  },

  /** Receipts by hash; undefined where the node has none. */
  receipts: async (hashes: readonly Hex[]): Promise<readonly (Receipt | undefined)[]> => {
    const answers = await rpc.batch(hashes.map((hash) => ({ method: 'eth_getTransactionReceipt', params: [hash] })))
    return answers.map((answer, index) => {
      const receipt = 'result' in answer ? parseReceipt(answer.result as WireReceipt | null) : undefined
      if (receipt && receipt.hash !== hashes[index]) throw nonsense('the receipt of another transaction came')
      return receipt
    })
  },

  /** Which of these transactions the node knows, mined or waiting. */
  knows: async (hashes: readonly Hex[]): Promise<readonly boolean[]> => {
    const answers = await rpc.batch(hashes.map((hash) => ({ method: 'eth_getTransactionByHash', params: [hash] })))
    return answers.map((answer) => 'result' in answer && answer.result !== null)
  },

  balance: async (account: Address): Promise<bigint> =>
    BigInt(await rpc.call<Hex>('eth_getBalance', [account, 'latest'])),

  /** A view function's answer; `block` undefined: at the newest. */
  read: (to: Address, data: Hex, block?: bigint): Promise<Hex> =>
    rpc.call<Hex>('eth_call', [{ to, data }, block === undefined ? 'latest' : quantity(block)]),
})

export type ChainReader = ReturnType<typeof createChainReader>

type WireHeaderField = 'number' | 'hash' | 'parentHash' | 'timestamp' | 'baseFeePerGas' | 'logsBloom'
interface WireLog {
  readonly address: Address
  readonly topics: readonly Hex[]
  readonly data: Hex
  readonly blockNumber: Hex
  readonly blockHash: Hex
  readonly transactionHash: Hex
  readonly logIndex: Hex
}
interface WireReceipt {
  readonly transactionHash: Hex
  readonly blockNumber: Hex
  readonly blockHash: Hex
  readonly status: Hex
  readonly gasUsed: Hex
  readonly effectiveGasPrice?: Hex
  readonly logs: readonly WireLog[]
}

const parseHeader = (value: unknown): Header | undefined => {
  const block = value as Partial<Record<WireHeaderField, Hex | null>> | null
  if (!block?.hash || !block.number || !block.parentHash || !block.timestamp) return undefined
  return {
    number: BigInt(block.number),
    hash: block.hash,
    parentHash: block.parentHash,
    timestamp: Number(block.timestamp),
    baseFeePerGas: BigInt(block.baseFeePerGas ?? 0),
    logsBloom: block.logsBloom ?? '0x',
  }
}

const headOf = (value: unknown): Header => {
  const header = parseHeader(value)
  if (!header) throw nonsense('it has no newest block')
  return header
}

const parseLog = (log: WireLog): RawLog => ({
  address: log.address.toLowerCase() as Address,
  topics: log.topics,
  data: log.data,
  blockNumber: BigInt(log.blockNumber),
  blockHash: log.blockHash,
  transactionHash: log.transactionHash,
  logIndex: Number(log.logIndex),
})

const parseReceipt = (receipt: WireReceipt | null): Receipt | undefined =>
  receipt?.blockHash
    ? {
        hash: receipt.transactionHash,
        blockNumber: BigInt(receipt.blockNumber),
        blockHash: receipt.blockHash,
        success: Number(receipt.status) === 1,
        gasUsed: BigInt(receipt.gasUsed),
        gasPaidWei: BigInt(receipt.gasUsed) * BigInt(receipt.effectiveGasPrice ?? 0),
        logs: receipt.logs.map(parseLog),
      }
    : undefined

const nonsense = (what: string): WerenodeError =>
  new WerenodeError('chain-unavailable', `The chain's node contradicts itself: ${what}`, {
    hint: 'It is asked again in a moment; if it goes on, use another RPC node.',
  })
