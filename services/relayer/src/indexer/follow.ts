import { type Bus, faultPoint, type NewEvent, newEvent, type SessionId } from '@werenode/core'
import type { NetworkFacts } from '../contracts/network.ts'
import { createLogTeller } from '../contracts/told-log.ts'
import type { Log } from '../queue/context.ts'
import { type BlockRow, blockId } from '../rows.ts'
import type { ChainReader, Header, RawLog } from '../rpc/read-chain.ts'
import { mayHoldLogsOf } from './bloom.ts'
import type { Checkpoint } from './checkpoint.ts'

/** Near the head each block is read by its own hash; further behind, ranges. */
const nearBlocks = 40
const rangeBlocks = 500

/** told: perhaps there is more. up-to-date: not now. reorganised: what was told last is not on the chain any more. */
export type Step = 'told' | 'up-to-date' | 'reorganised'

export interface Follower {
  /** Tells the logs of the next blocks that are deep enough. */
  step(head: Header): Promise<Step>
}

/**
 * Tells every log of our contracts once, in the chain's order, from the checkpoint on. Each block must follow the one told before
 * (parent hash), so a reorganisation shows itself; logs are asked by block hash, so a lagging node cannot leave any out.
 */
export const createFollower = (deps: {
  readonly bus: Bus
  readonly reader: ChainReader
  readonly checkpoint: Checkpoint
  readonly network: NetworkFacts
  readonly depth: number
  readonly log: Log
}): Follower => {
  const { bus, reader, checkpoint, network } = deps
  const tell = createLogTeller(network)
  const addresses = [network.escrow, network.operatorRegistry, network.evseRegistry]

  const stillThere = async (): Promise<'yes' | 'no' | 'unknown'> => {
    const row = checkpoint.row
    if (!row) return 'yes'
    const [header] = await reader.headers([BigInt(row.number)])
    if (!header) return 'unknown'
    return header.hash === row.hash ? 'yes' : 'no'
  }

  const commit = async (blocks: readonly { header: Header; logs: readonly RawLog[] }[]): Promise<void> => {
    const events: NewEvent[] = []
    const rows: BlockRow[] = []
    for (const { header, logs } of blocks) {
      const sessions = new Set<SessionId>()
      for (const log of logs) {
        const told = tell(log)
        if (!told) continue
        if (told.sessionId) sessions.add(told.sessionId)
        events.push(
          newEvent({
            id: `log:${checkpoint.epoch}:${log.blockHash}:${log.logIndex}`,
            type: 'chain.log',
            at: new Date(header.timestamp * 1000),
            subject: told.sessionId === undefined ? 'chain' : `session.${told.sessionId}`,
            data: told,
          }),
        )
      }
      const number = Number(header.number)
      rows.push({ _id: blockId(number), number, hash: header.hash, sessions: [...sessions] })
    }
    faultPoint('relayer.telling')
    await bus.commit(checkpoint.advance(rows), events)
    await checkpoint.load()
    faultPoint('relayer.told')
  }

  /** Some nodes answer "no logs" for a block they have just got; its own bloom filter then says otherwise, and its receipts are asked. */
  const whole = async (header: Header, logs: readonly RawLog[]): Promise<readonly RawLog[]> => {
    if (logs.length > 0 || !addresses.some((address) => mayHoldLogsOf(header.logsBloom, address))) return logs
    return (await reader.logsByReceipts(addresses, header)) ?? logs
  }

  /** Blocks one by one, each linked to the one before. */
  const near = async (from: number, to: number, head: Header): Promise<Step> => {
    const numbers = Array.from({ length: to - from + 1 }, (_, index) => BigInt(from + index))
    const headers: Header[] = []
    let parent = checkpoint.row?.hash
    // The head itself is known already: it is asked for again only where it is not the last to be told.
    const known = head.number === BigInt(to) ? [head] : []
    const asked = numbers.slice(0, numbers.length - known.length)
    for (const header of [...(asked.length > 0 ? await reader.headers(asked) : []), ...known]) {
      if (!header) break // The node lags behind the head another one told: the rest comes later.
      if (parent !== undefined && header.parentHash !== parent) {
        // The first does not follow what was told: a reorganisation. A later one: the chain moved while we read it.
        if (headers.length === 0) return 'reorganised'
        break
      }
      headers.push(header)
      parent = header.hash
    }
    if (headers.length === 0) return 'up-to-date'
    const logs = await reader.logsOfBlocks(addresses, headers)
    const blocks: { header: Header; logs: readonly RawLog[] }[] = []
    for (const [index, header] of headers.entries()) blocks.push({ header, logs: await whole(header, logs[index]!) })
    await commit(blocks)
    return 'told'
  }

  /** Many blocks at once, while catching up far below the head: only those with logs of ours are remembered. */
  const far = async (from: number, to: number): Promise<Step> => {
    const [before] = await reader.headers([BigInt(to)])
    if (!before) return 'up-to-date'
    const logs = await reader.logsOfRange(addresses, BigInt(from), BigInt(to))
    const numbers = [...new Set(logs.map((log) => log.blockNumber)), BigInt(to)]
    const headers = await reader.headers([...new Set(numbers)].sort((a, b) => (a < b ? -1 : 1)))
    const blocks = headers.map((header) => {
      const mine = logs.filter((log) => log.blockNumber === header?.number)
      // The chain moved while we read: nothing is told, the next step reads again.
      return header && mine.every((log) => log.blockHash === header.hash) ? { header, logs: mine } : undefined
    })
    const last = blocks.at(-1)
    const complete = blocks.filter((block) => block !== undefined)
    if (last?.header.hash !== before.hash || complete.length < blocks.length) return 'up-to-date'
    await commit(complete)
    return 'told'
  }

  return {
    step: async (head) => {
      const safe = Number(head.number) - deps.depth
      const from = checkpoint.number + 1
      // The node has not more blocks than were told: it lags, or the chain was reorganised. Our record of its head tells which.
      if (Number(head.number) < from) {
        const known = checkpoint.hashAt(Number(head.number))
        return known !== undefined && known !== head.hash ? 'reorganised' : 'up-to-date'
      }
      if (safe < from) return 'up-to-date'
      if (safe - from < nearBlocks) return near(from, safe, head)
      const there = await stillThere()
      if (there === 'yes') return far(from, Math.min(from + rangeBlocks - 1, safe))
      return there === 'no' ? 'reorganised' : 'up-to-date'
    },
  }
}
