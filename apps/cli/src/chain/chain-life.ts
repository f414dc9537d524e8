import type { Hex } from '@werenode/core'
import type { Logger } from 'pino'
import type { AnvilProcess } from './anvil-process.ts'
import { type BlockLoop, createBlockLoop } from './block-loop.ts'
import type { Genesis } from './genesis.ts'
import { openJournal } from './journal.ts'
import { recoverChain } from './recovery.ts'
import { forgetGenerations, journalPath, writeSnapshot } from './snapshots.ts'

/** The chain from one start of the node to its end. */
export interface ChainLife {
  readonly node: AnvilProcess
  readonly loop: BlockLoop
  readonly replayedBlocks: number
  headTimestamp(): number
  generation(): number
  snapshot(): Promise<void>
  /** Mines nothing more and ends the node. `keep`: with a snapshot before, when a restart would otherwise take long. */
  end(options: { keep: boolean }): Promise<void>
}

export interface ChainLifeOptions {
  readonly folder: string
  readonly binary: string
  readonly genesis: Genesis
  readonly blockIntervalMs: number
  readonly snapshotEvery: number
  readonly nowMs: () => number
  readonly log: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
}

/** What one transaction with its receipt and its share of a block takes in a snapshot, unpacked. */
const bytesPerTransaction = 2400

/** Without a block for this long, a pause for a snapshot disturbs nobody. */
const quietMs = 1500

export const beginLife = async (options: ChainLifeOptions): Promise<ChainLife> => {
  const { folder, log } = options
  const recovered = await recoverChain({ ...options, gasLimit: 100_000_000 })
  const { node } = recovered
  let { journal, generation } = recovered
  let headTimestamp = recovered.head.timestamp
  /** Work a restart would have to replay, in transactions and blocks; and all there ever was, roughly. */
  let sinceSnapshot = recovered.replayedTransactions + recovered.replayedBlocks
  let inAll = sinceSnapshot + recovered.stateBytes / bytesPerTransaction
  let snapshotting: Promise<void> | undefined
  let quiet: NodeJS.Timeout | undefined

  const loop = createBlockLoop({
    rpc: node.rpc,
    journal: () => journal,
    head: recovered.head,
    pool: recovered.pool,
    blockIntervalMs: options.blockIntervalMs,
    nowMs: options.nowMs,
    log,
    onBroken: (error) => {
      log.error({ err: error }, 'the local chain broke off; building it again from its journal')
      void node.kill()
    },
    onBlock: (block) => {
      headTimestamp = block.timestamp
      sinceSnapshot += block.transactions + 1
      inAll += block.transactions + 1
      clearTimeout(quiet)
      // A snapshot holds all of history: taken again only after a quarter more, its cost per transaction stays the same for ever.
      const due = sinceSnapshot / Math.max(options.snapshotEvery, inAll / 4)
      // No block is mined meanwhile, so it waits for a quiet moment, unless too much would have to be replayed.
      if (due >= 4) void snapshot()
      else if (due >= 1) quiet = setTimeout(() => void snapshot(), quietMs)
    },
  })

  const takeSnapshot = async (pool: readonly Hex[]): Promise<void> => {
    const startedAtMs = options.nowMs()
    const dump = await node.rpc.call<Hex>('anvil_dumpState', [], { timeoutMs: 300_000 })
    const next = generation + 1
    // The new journal first: whether or not the snapshot gets to the disk, the journals follow one another without a gap.
    const opened = await openJournal(journalPath(folder, next), 0)
    if (pool.length > 0) await opened.append({ kind: 'pool', raw: pool })
    const before = journal
    journal = opened
    generation = next
    await before.close()
    await writeSnapshot(folder, next, dump)
    sinceSnapshot = 0
    await forgetGenerations(folder)
    log.info({ generation, bytes: dump.length / 2, ms: options.nowMs() - startedAtMs }, 'chain snapshot taken')
  }

  const snapshot = (): Promise<void> => {
    snapshotting ??= loop
      .paused(takeSnapshot)
      .catch((error: unknown) => {
        // The journals still hold everything; the next block tries again.
        log.warn({ err: error }, 'no chain snapshot could be taken')
      })
      .finally(() => {
        snapshotting = undefined
      })
    return snapshotting
  }

  return {
    node,
    loop,
    replayedBlocks: recovered.replayedBlocks,
    headTimestamp: () => headTimestamp,
    generation: () => generation,
    snapshot,
    end: async ({ keep }) => {
      clearTimeout(quiet)
      await loop.stop()
      if (keep && sinceSnapshot > 500) await snapshot()
      await node.kill()
      await journal.close()
    },
  }
}
