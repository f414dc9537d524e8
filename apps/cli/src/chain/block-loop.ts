import { type Hex, WerenodeError } from '@werenode/core'
import { keccak256 } from 'viem'
import type { Journal, JournalEntry } from './journal.ts'
import { type NodeRpc, RpcFault } from './node-rpc.ts'

export interface BlockLoop {
  /** Puts a raw transaction into the pool; answers its hash. Throws RpcFault as the node refuses it. */
  send(raw: Hex): Promise<Hex>
  /** Nothing enters the pool and nothing is mined while `work` runs; it gets what is in the pool. */
  paused<T>(work: (pool: readonly Hex[]) => Promise<T>): Promise<T>
  /** Mines what is pending now, without waiting for the interval. */
  seal(): Promise<void>
  /** Ends the loop; what waits in the inbox is refused. */
  stop(): Promise<void>
}

export interface BlockLoopOptions {
  readonly rpc: NodeRpc
  /** The journal of the current generation (a snapshot begins a new one). */
  readonly journal: () => Journal
  /** Head and pool as recovery left them. */
  readonly head: { readonly hash: Hex; readonly timestamp: number }
  readonly pool: readonly Hex[]
  /** Least time between two blocks, 50 to 200 ms. */
  readonly blockIntervalMs: number
  readonly nowMs: () => number
  /** The node and the journal may differ: only a restart from the journal makes them one again. */
  readonly onBroken: (error: unknown) => void
  readonly log: { error(data: object, text: string): void }
  /** After each block, with how many transactions it holds. */
  readonly onBlock?: (block: { readonly timestamp: number; readonly transactions: number }) => void
}

interface Waiting {
  readonly raw: Hex
  readonly resolve: (hash: Hex) => void
  readonly reject: (error: unknown) => void
}

const poolLimit = 20_000
/** Transactions forwarded in one request: bounds the request's size and the time a block waits. */
const forwardLimit = 200

/**
 * The one place where transactions enter the node and blocks are mined, one step at a time: what entered the pool is written to
 * the journal in its order and synced, then the block is mined. So every block anybody ever saw can be built again.
 */
export const createBlockLoop = (options: BlockLoopOptions): BlockLoop => {
  const { rpc, nowMs } = options
  const inbox: Waiting[] = []
  /** In the node's pool, by hash; some wait for an earlier nonce and may never be mined. */
  const pool = new Map<Hex, Hex>(options.pool.map((raw) => [keccak256(raw), raw]))
  /** In the pool but not in the journal yet. */
  let unwritten: Hex[] = []
  let head = options.head
  let turn: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let lastBlockAtMs = 0
  let stopped = false
  let broken = false
  /** What the pool holds cannot be mined until something new arrives. */
  let stalled = false

  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work)
    turn = next.catch(() => undefined)
    return next
  }

  const gone = () => new WerenodeError('chain-unavailable', 'The local chain is stopping or restarting')

  const breakDown = (error: unknown): void => {
    if (broken) return
    broken = true
    options.onBroken(error)
  }

  const forward = async (): Promise<void> => {
    const taken = inbox.splice(0, forwardLimit)
    if (taken.length === 0) return
    try {
      if (stopped || broken) throw gone()
      const answers = await rpc.batch(taken.map(({ raw }) => ({ method: 'eth_sendRawTransaction', params: [raw] })))
      for (const [index, answer] of answers.entries()) {
        const { raw, resolve, reject } = taken[index]!
        if ('error' in answer) {
          reject(new RpcFault(answer.error))
          continue
        }
        const hash = answer.result as Hex
        pool.set(hash, raw)
        unwritten.push(raw)
        stalled = false
        resolve(hash)
      }
    } catch (error) {
      for (const { reject } of taken) reject(error)
      // Whether they entered the pool is unknown, so the journal would no longer tell the pool's order.
      if (!stopped && !broken) breakDown(error)
    }
  }

  const mine = async (): Promise<void> => {
    if (stopped || broken || pool.size === 0) return
    try {
      const status = await rpc.call<{ pending: Hex; queued: Hex }>('txpool_status')
      if (Number(status.pending) === 0) {
        // Nothing executable: the rest waits for an earlier nonce. An empty node pool means ours was replaced or dropped.
        if (Number(status.queued) === 0) pool.clear()
        stalled = true
        return
      }
      const at = Math.max(Math.floor(nowMs() / 1000), head.timestamp)
      const entry: JournalEntry = { kind: 'block', at, parent: head.hash, raw: unwritten }
      try {
        await options.journal().append(entry)
      } catch (error) {
        options.log.error({ err: error }, 'no block is mined while the journal cannot be written; trying again')
        lastBlockAtMs = nowMs() + 1000
        return
      }
      unwritten = []
      await rpc.call('evm_mine', [{ timestamp: at }])
      const block = await rpc.call<{ hash: Hex; timestamp: Hex; transactions: readonly Hex[] }>(
        'eth_getBlockByNumber',
        ['latest', false],
      )
      head = { hash: block.hash, timestamp: Number(block.timestamp) }
      for (const hash of block.transactions) pool.delete(hash)
      lastBlockAtMs = nowMs()
      // A block without any of them (all below the base fee): it falls with each block, but slowly is soon enough.
      if (block.transactions.length === 0) lastBlockAtMs += 1000
      options.onBlock?.({ timestamp: head.timestamp, transactions: block.transactions.length })
    } catch (error) {
      breakDown(error)
    } finally {
      schedule()
    }
  }

  const schedule = (): void => {
    if (timer || stopped || broken || stalled || pool.size === 0) return
    const wait = Math.max(lastBlockAtMs + options.blockIntervalMs - nowMs(), 5)
    timer = setTimeout(() => {
      timer = undefined
      void exclusively(mine)
    }, wait)
  }

  return {
    send: (raw) => {
      if (stopped || broken) return Promise.reject(gone())
      if (pool.size + inbox.length >= poolLimit)
        return Promise.reject(new RpcFault({ code: -32005, message: 'txpool is full, try again in a moment' }))
      return new Promise<Hex>((resolve, reject) => {
        inbox.push({ raw, resolve, reject })
        void exclusively(forward).then(schedule)
      })
    },
    paused: (work) => exclusively(() => work([...pool.values()])),
    seal: () => exclusively(mine),
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await exclusively(forward)
    },
  }
}
