import { access, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Hex, WerenodeError } from '@werenode/core'
import { keccak256 } from 'viem'
import { type AnvilProcess, startAnvil } from './anvil-process.ts'
import { writeDurably } from './durable-file.ts'
import type { Genesis } from './genesis.ts'
import { type Journal, openJournal, readJournal } from './journal.ts'
import { noteAnvil } from './leftover.ts'
import type { NodeRpc } from './node-rpc.ts'
import { journalPath, readGenerations } from './snapshots.ts'

export interface Recovered {
  readonly node: AnvilProcess
  readonly journal: Journal
  readonly generation: number
  readonly head: Head
  readonly pool: readonly Hex[]
  readonly replayedBlocks: number
  readonly replayedTransactions: number
  /** Size of the snapshot it began from, unpacked. */
  readonly stateBytes: number
}

export interface Head {
  readonly hash: Hex
  readonly number: number
  readonly timestamp: number
}

interface RecoveryOptions {
  readonly folder: string
  readonly binary: string
  readonly genesis: Genesis
  readonly gasLimit: number
  readonly log: { info(data: object, text: string): void; warn(data: object, text: string): void }
}

/** Builds the chain again: the last good snapshot, then every journalled block as it was. The result is checked by block hash. */
export const recoverChain = async (options: RecoveryOptions): Promise<Recovered> => {
  const { folder, log } = options
  const found = await readGenerations(folder)
  for (const generation of found.damaged)
    log.warn({ generation }, 'a chain snapshot cannot be read; going back to the one before')
  if (found.damaged.length > 0 && found.base === 0 && !(await exists(journalPath(folder, 0)))) throw lost(folder)

  const stateFile = join(folder, 'loading.json')
  if (found.state) await writeDurably(stateFile, found.state, { mode: 0o600 })
  const node = await startAnvil({
    binary: options.binary,
    chainId: options.genesis.chainId,
    genesisFile: options.genesis.genesisFile,
    gasLimit: options.gasLimit,
    onSpawn: (started) => noteAnvil(folder, started),
    ...(found.state ? { stateFile } : {}),
  })
  try {
    await rm(stateFile, { force: true })
    // A loaded state keeps its blocks but not their clock: without this, blocks of before the start would be in the node's past.
    await node.rpc.call('evm_setTime', [(await readHead(node.rpc)).timestamp])
    let goodBytes = 0
    let replayedBlocks = 0
    const pool: Hex[] = []
    for (let generation = found.base; generation <= found.newest; generation += 1) {
      const journal = await readJournal(journalPath(folder, generation))
      goodBytes = journal.goodBytes
      for (const entry of journal.entries) {
        if (entry.kind === 'block' && (replayedBlocks % 64 === 0 || entry === journal.entries.at(-1)))
          if ((await readHead(node.rpc)).hash !== entry.parent) throw lost(folder)
        await send(node.rpc, entry.raw)
        pool.push(...entry.raw)
        if (entry.kind === 'pool') continue
        await node.rpc.call('evm_mine', [{ timestamp: entry.at }])
        replayedBlocks += 1
      }
    }
    const journal = await openJournal(journalPath(folder, found.newest), goodBytes)
    return {
      node,
      journal,
      generation: found.newest,
      head: await readHead(node.rpc),
      pool: await stillWaiting(node.rpc, pool),
      replayedBlocks,
      replayedTransactions: pool.length,
      stateBytes: found.state?.length ?? 0,
    }
  } catch (error) {
    await node.kill()
    throw error
  }
}

export const readHead = async (rpc: NodeRpc): Promise<Head> => {
  const block = await rpc.call<{ hash: Hex; number: Hex; timestamp: Hex }>('eth_getBlockByNumber', ['latest', false])
  return { hash: block.hash, number: Number(block.number), timestamp: Number(block.timestamp) }
}

/** The node refuses what it has already (the generation before told it too); anything else shows in the next block's parent hash. */
const send = async (rpc: NodeRpc, raw: readonly Hex[]): Promise<void> => {
  for (let offset = 0; offset < raw.length; offset += 500)
    await rpc.batch(
      raw.slice(offset, offset + 500).map((transaction) => ({
        method: 'eth_sendRawTransaction',
        params: [transaction],
      })),
    )
}

/** Which of the replayed transactions are still in the pool. */
const stillWaiting = async (rpc: NodeRpc, raw: readonly Hex[]): Promise<readonly Hex[]> => {
  const status = await rpc.call<{ pending: Hex; queued: Hex }>('txpool_status')
  if (Number(status.pending) + Number(status.queued) === 0) return []
  const answers = await rpc.batch(
    raw.map((transaction) => ({ method: 'eth_getTransactionByHash', params: [keccak256(transaction)] })),
  )
  return raw.filter((_, index) => {
    const answer = answers[index]!
    return 'result' in answer && (answer.result as { blockNumber: Hex | null } | null)?.blockNumber === null
  })
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

const lost = (folder: string): WerenodeError =>
  new WerenodeError('store-unavailable', `The chain in ${folder} cannot be rebuilt: snapshot and journal do not fit`, {
    hint: 'Restore the data folder from a backup, or start anew with --fresh.',
  })
