import { numberToHex } from 'viem'
import type { Reader } from '../chain/client.ts'
import type { Deployment } from '../chain/deployment.ts'
import { isTooMuch } from '../chain/nodes.ts'
import { type Change, emptyIndex, fold, type Index, indexTopics, noChange, type RawLog, undo } from './fold.ts'
import type { Checkpoint, Keep } from './keep.ts'

/** How far the chain was read: of `head` blocks all up to `block`. */
export interface Reading {
  readonly block: bigint
  readonly head: bigint
}

/** Blocks asked for at once: few at first, then so many that an answer holds about `wishedLogs`. */
const firstRange = 16n
const mostRange = 100_000n
const wishedLogs = 4_000
/** Blocks nearer to the head than this may still be undone: what they say is not kept, and taken back when they change. */
const reorgDepth = 12n
/** The index is written to the browser's store at most this often while much is read, ms. */
const saveEveryMs = 3_000

type ChainLog = RawLog & {
  readonly blockNumber: `0x${string}`
  readonly blockHash?: string
  readonly logIndex?: string
}

const markOf = ({ blockNumber, blockHash, logIndex }: ChainLog): string => `${blockHash ?? blockNumber}/${logIndex}`

/**
 * Reads the network's events into the index, from the checkpoint of the last visit to the head, and on from there. The next answer is on
 * its way while one is folded. What the last blocks said is taken back and folded anew with each new head, so that a reorganisation
 * leaves no trace; when even the checkpoint is another block (a deeper one, another chain under the same number) all is read anew.
 */
export const createFollower = (deps: {
  readonly reader: Reader
  readonly deployment: Deployment
  readonly keep: Keep
  readonly onReading: (reading: Reading) => void
  /** The browser's store refused a write; the index itself is whole. */
  readonly onUnkept?: (error: unknown) => void
  readonly nowMs?: () => number
}) => {
  const { reader, keep, onReading, nowMs = Date.now } = deps
  const { addresses } = deps.deployment
  let index: Index = emptyIndex()
  /** First block that is not folded for good. */
  let next = addresses.fromBlock
  let checkpoint: Checkpoint | undefined
  /** What the blocks after the checkpoint said. */
  let tail: Change = noChange()
  /** The events of the tail, each by block and place: the same ones again are no news. */
  let tailMarks = new Set<string>()
  let oldMarks: ReadonlySet<string> = new Set()
  let seenMarks = new Set<string>()
  let revision = 0
  let seenHash: string | undefined
  let range = firstRange
  let loaded = false
  let unsaved: Change = noChange()
  let saving: Promise<void> | undefined
  let savedAtMs = 0

  const logsOf = async (from: bigint, to: bigint): Promise<readonly ChainLog[]> => {
    const logs = await reader.request({
      method: 'eth_getLogs',
      params: [
        {
          address: [addresses.evseRegistry, addresses.operatorRegistry, addresses.escrow],
          topics: [[...indexTopics]],
          fromBlock: numberToHex(from),
          toBlock: numberToHex(to),
        },
      ],
    })
    return logs as unknown as readonly ChainLog[]
  }

  /** The next blocks, as many as a node is willing to answer for. */
  const read = async (
    from: bigint,
    head: bigint,
  ): Promise<{ readonly to: bigint; readonly logs: readonly ChainLog[] }> => {
    for (;;) {
      const to = from + range - 1n < head ? from + range - 1n : head
      try {
        const logs = await logsOf(from, to)
        const blocks = Number(to - from + 1n)
        const wished = BigInt(Math.ceil((blocks * wishedLogs) / Math.max(logs.length, 1)))
        const most = range * 4n < mostRange ? range * 4n : mostRange
        range = wished < 1n ? 1n : wished > most ? most : wished
        return { to, logs }
      } catch (error) {
        if (to > from && isTooMuch(error)) range = range > 1n ? (to - from + 1n) / 2n : 1n
        else {
          // What was learned of how little it answers for stays learned.
          if (range > firstRange) range = firstRange
          throw error
        }
      }
    }
  }

  const load = async (): Promise<void> => {
    const kept = await keep.load()
    loaded = true
    if (kept.checkpoint === undefined) return
    index = kept.index
    revision += 1
    checkpoint = kept.checkpoint
    next = kept.checkpoint.block + 1n
    // Shown at once; whether it is still this chain is looked at before anything is added.
    onReading({ block: kept.checkpoint.block, head: kept.checkpoint.block + 1n })
  }

  const beginAnew = async (): Promise<void> => {
    await saving
    await keep.clear()
    index = emptyIndex()
    revision += 1
    tailMarks = new Set()
    tail = noChange()
    unsaved = noChange()
    checkpoint = undefined
    next = addresses.fromBlock
  }

  /** Keeps what is final. Not awaited by the reading: the next write waits for this one. */
  const save = async (): Promise<void> => {
    if (saving !== undefined || checkpoint === undefined) return
    const mine = unsaved
    unsaved = noChange()
    savedAtMs = nowMs()
    // The store writes the index as it stands when the transaction runs; what the tail added is left out of it.
    const final = asFinal(index, tail, mine)
    saving = keep
      .save(final, mine, checkpoint)
      .catch((error: unknown) => deps.onUnkept?.(error))
      .finally(() => {
        saving = undefined
      })
    await saving
  }

  const take = async (
    from: bigint,
    head: bigint,
    logs: readonly ChainLog[],
    to: bigint,
    first: boolean,
  ): Promise<void> => {
    const lasting = head - reorgDepth
    const [safe, young] =
      to <= lasting
        ? [logs, []]
        : [
            logs.filter(({ blockNumber }) => BigInt(blockNumber) <= lasting),
            logs.filter(({ blockNumber }) => BigInt(blockNumber) > lasting),
          ]
    const until = to < lasting ? to : lasting
    const hash = until >= from ? (await reader.getBlock({ blockNumber: until })).hash! : undefined
    // From here on nothing waits: nobody sees the index between two blocks.
    if (first) {
      undo(index, tail)
      tail = noChange()
      oldMarks = tailMarks
      tailMarks = new Set()
      seenMarks = new Set()
    }
    const marks = logs.map(markOf)
    for (const mark of marks) seenMarks.add(mark)
    for (const log of young) tailMarks.add(markOf(log))
    const gone = to >= head && [...oldMarks].some((mark) => !seenMarks.has(mark))
    if (gone || marks.some((mark) => !oldMarks.has(mark))) revision += 1
    fold(index, safe, addresses, unsaved)
    fold(index, young, addresses, tail)
    if (hash === undefined) return
    checkpoint = { block: until, hash }
    next = until + 1n
  }

  /** Everything up to the head; resolves with whether there was anything new. */
  const catchUp = async (): Promise<boolean> => {
    if (!loaded) await load()
    const newest = await reader.getBlock()
    const head = newest.number
    if (newest.hash === seenHash) return false
    if (checkpoint !== undefined) {
      const same = checkpoint.block <= head && (await reader.getBlock({ blockNumber: checkpoint.block })).hash
      if (same !== checkpoint.hash) await beginAnew()
    }
    const begun = next
    let from = begun
    let coming = from <= head ? read(from, head) : undefined
    while (coming !== undefined) {
      const { to, logs } = await coming
      const more = to < head
      coming = more ? read(to + 1n, head) : undefined
      // Looked at when its turn comes; until then its failure is nobody's.
      coming?.catch(() => undefined)
      await take(from, head, logs, to, from === begun)
      if (!more) seenHash = newest.hash
      onReading({ block: to, head })
      from = to + 1n
      if (nowMs() - savedAtMs > saveEveryMs) void save()
    }
    onReading({ block: head, head })
    seenHash = newest.hash
    void save()
    return true
  }

  return {
    catchUp,
    index: () => index,
    /** Rises whenever the index says something else than before. */
    revision: () => revision,
    /** Resolves when what is final was written. */
    kept: async (): Promise<void> => {
      await saving
      await save()
    },
  }
}

/** The index without what may still be undone, for the keys that are about to be written. */
const asFinal = (index: Index, tail: Change, changed: Change): Index => {
  const pick = <V>(now: ReadonlyMap<string, V>, young: ReadonlyMap<string, V | undefined>, keys: Iterable<string>) => {
    const picked = new Map<string, V>()
    for (const key of keys) {
      const value = young.has(key) ? young.get(key) : now.get(key)
      if (value !== undefined) picked.set(key, value)
    }
    return picked
  }
  return {
    plugs: pick(index.plugs, tail.plugs, changed.plugs.keys()),
    operators: pick(index.operators, tail.operators as never, changed.operators.keys()) as Index['operators'],
    live: pick(index.live, tail.live as never, changed.live.keys()) as Index['live'],
  }
}
