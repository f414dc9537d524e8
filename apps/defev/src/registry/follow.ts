import { type Log, numberToHex } from 'viem'
import type { Reader } from '../chain/client.ts'
import type { Deployment } from '../chain/deployment.ts'
import { emptyIndex, fold, type Index, indexTopics } from './fold.ts'
import type { Keep } from './keep.ts'

export interface Progress {
  readonly index: Index
  /** Blocks read of those there are; equal when all is known. */
  readonly block: bigint
  readonly head: bigint
}

/** Blocks asked for at once: few at first, more while answers are short, fewer when they are long or a node finds them too many. */
const firstRange = 64n
const mostRange = 50_000n
const shortAnswer = 1_000
const longAnswer = 5_000
/** Blocks nearer to the head than this may still be undone: they are read again each time. */
const reorgDepth = 12n

type RawLog = Parameters<typeof fold>[1][number]

/**
 * Reads the network's events into the index, from the checkpoint of the last visit to the head, and on from there. A block that is no
 * longer the one that was read (a reorganisation, another chain under the same number) starts the index anew.
 */
export const createFollower = (deps: {
  readonly reader: Reader
  readonly deployment: Deployment
  readonly keep: Keep
  readonly onProgress: (progress: Progress) => void
}) => {
  const { reader, keep, onProgress } = deps
  const { addresses } = deps.deployment
  let index = emptyIndex()
  let next = addresses.fromBlock
  let range = firstRange
  let loaded = false

  const logsOf = (from: bigint, to: bigint): Promise<readonly RawLog[]> =>
    reader.request({
      method: 'eth_getLogs',
      params: [
        {
          address: [addresses.evseRegistry, addresses.operatorRegistry, addresses.escrow],
          topics: [[...indexTopics]],
          fromBlock: numberToHex(from),
          toBlock: numberToHex(to),
        },
      ],
    }) as unknown as Promise<readonly Log[]>

  const load = async (): Promise<void> => {
    const kept = await keep.load()
    loaded = true
    if (kept.checkpoint === undefined) return
    const block = await reader.getBlock({ blockNumber: kept.checkpoint.block }).catch(() => undefined)
    if (block?.hash !== kept.checkpoint.hash) return keep.clear()
    index = kept.index
    next = kept.checkpoint.block + 1n
    onProgress({ index, block: kept.checkpoint.block, head: kept.checkpoint.block })
  }

  /** Everything up to the head; resolves when it is known. */
  const catchUp = async (): Promise<void> => {
    if (!loaded) await load()
    const head = await reader.getBlockNumber()
    // The same events again change nothing: a fold of the newest word for each plug.
    let from = next
    while (from <= head) {
      const to = from + range - 1n < head ? from + range - 1n : head
      let logs: readonly RawLog[]
      try {
        logs = await logsOf(from, to)
      } catch (error) {
        if (range <= 1n) throw error
        range = range / 2n
        continue
      }
      const touched = fold(index, logs, addresses)
      const safe = to < head ? to : head > reorgDepth ? head - reorgDepth : 0n
      if (safe >= next) {
        const { hash } = await reader.getBlock({ blockNumber: safe })
        // What the undecided blocks touched is saved too: it is folded again from the same events next time.
        await keep.save(index, touched, { block: safe, hash: hash! })
        next = safe + 1n
      }
      from = to + 1n
      if (logs.length < shortAnswer && range < mostRange) range *= 2n
      else if (logs.length > longAnswer && range > 1n) range /= 2n
      onProgress({ index, block: to, head })
    }
    onProgress({ index, block: head, head })
  }

  return { catchUp, index: () => index }
}
