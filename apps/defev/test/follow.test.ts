import type { Hex } from '@werenode/core'
import { numberToHex, RpcRequestError } from 'viem'
import { describe, expect, it } from 'vitest'
import type { Reader } from '../src/chain/client.ts'
import type { Deployment } from '../src/chain/deployment.ts'
import type { Change, Index, RawLog } from '../src/registry/fold.ts'
import { createFollower } from '../src/registry/follow.ts'
import type { Checkpoint, Keep } from '../src/registry/keep.ts'
import { addresses, founded, listed, opened, word } from './chain-logs.ts'

/** A node whose chain the test writes; `fork` names what a block's hash is made of. */
const node = () => {
  const blocks: { hash: Hex; logs: readonly RawLog[] }[] = []
  const asked: [number, number][] = []
  /** Blocks of each question, answered or not. */
  const spans: number[] = []
  let most = Number.POSITIVE_INFINITY
  let breaksAt: number | undefined
  const hash = (number: number, fork: number): Hex => word(number * 1_000 + fork + 1)
  const mine = (logs: readonly RawLog[] = [], fork = 0): void => {
    blocks.push({ hash: hash(blocks.length, fork), logs })
  }
  const block = (number: number) => ({ number: BigInt(number), hash: blocks[number]?.hash })
  const reader = {
    getBlock: async ({ blockNumber }: { blockNumber?: bigint } = {}) =>
      block(blockNumber === undefined ? blocks.length - 1 : Number(blockNumber)),
    request: async ({ params }: { params: [{ fromBlock: Hex; toBlock: Hex }] }) => {
      const [from, to] = [Number(params[0].fromBlock), Number(params[0].toBlock)]
      spans.push(to - from + 1)
      if (spans.length === breaksAt) throw new Error('connection lost')
      if (to - from + 1 > most)
        throw new RpcRequestError({ body: {}, url: '', error: { code: -32005, message: 'block range too large' } })
      asked.push([from, to])
      return blocks
        .slice(from, to + 1)
        .flatMap(({ logs }, index) => logs.map((log) => ({ ...log, blockNumber: numberToHex(from + index) })))
    },
  } as unknown as Reader
  return {
    reader,
    asked,
    mine,
    mineMany: (count: number) => {
      for (let index = 0; index < count; index += 1) mine()
    },
    /** The last blocks are undone. */
    drop: (count: number) => blocks.splice(blocks.length - count),
    allow: (blocksAtOnce: number) => {
      most = blocksAtOnce
    },
    spans,
    /** The connection is lost at this question. */
    breakAt: (question: number) => {
      breaksAt = question
    },
  }
}

/** A store that keeps what IndexedDB would. */
const memory = () => {
  const stored: { plugs: Map<string, unknown>; operators: Map<string, unknown>; live: Map<string, unknown> } = {
    plugs: new Map(),
    operators: new Map(),
    live: new Map(),
  }
  let checkpoint: Checkpoint | undefined
  const keep: Keep = {
    load: async () => ({
      index: structuredClone(stored) as unknown as Index,
      ...(checkpoint === undefined ? {} : { checkpoint }),
    }),
    save: async (index: Index, changed: Change, at: Checkpoint) => {
      if (checkpoint !== undefined && checkpoint.block >= at.block) return
      checkpoint = at
      for (const name of ['plugs', 'operators', 'live'] as const)
        for (const key of changed[name].keys()) {
          const value = (index[name] as ReadonlyMap<string, unknown>).get(key)
          if (value === undefined) stored[name].delete(key)
          else stored[name].set(key, value)
        }
    },
    clear: async () => {
      checkpoint = undefined
      for (const map of Object.values(stored)) map.clear()
    },
  }
  return { keep, stored, checkpoint: () => checkpoint }
}

const follow = (reader: Reader, keep: Keep) =>
  createFollower({ reader, keep, deployment: { addresses } as unknown as Deployment, onReading: () => undefined })

const lyon = 'FR*ABC*E000001'

describe('following the chain', () => {
  it('reads all of it, in fewer questions the less there is in it, and on from the checkpoint at the next visit', async () => {
    const { reader, mine, mineMany, asked } = node()
    const { keep, checkpoint } = memory()
    mine([founded, ...listed(lyon, 'Lyon')])
    mineMany(3_000)
    const first = follow(reader, keep)
    await first.catchUp()
    await first.kept()
    expect(first.index().plugs.size).toBe(1)
    expect(asked.length).toBeLessThan(8)
    expect(checkpoint()?.block).toBe(3_000n - 12n)
    asked.length = 0
    const second = follow(reader, keep)
    await second.catchUp()
    expect(second.index().plugs.size).toBe(1)
    expect(asked).toEqual([[2_989, 3_000]])
    expect(await second.catchUp()).toBe(false)
  })

  it('asks for less where a node refuses much', async () => {
    const { reader, mine, mineMany, allow, asked } = node()
    allow(5)
    mine([founded, ...listed(lyon, 'Lyon')])
    mineMany(60)
    const follower = follow(reader, memory().keep)
    await follower.catchUp()
    expect(follower.index().plugs.size).toBe(1)
    expect(Math.max(...asked.map(([from, to]) => to - from + 1))).toBeLessThanOrEqual(5)
    expect(asked.at(-1)![1]).toBe(60)
  })

  it('remembers how little a node answers for, also when it was away in between', async () => {
    const { reader, mineMany, allow, breakAt, spans, asked } = node()
    mineMany(40)
    allow(1)
    breakAt(6)
    const follower = follow(reader, memory().keep)
    await expect(follower.catchUp()).rejects.toThrow('connection lost')
    expect(spans).toEqual([16, 8, 4, 2, 1, 4])
    await follower.catchUp()
    expect(spans[6]).toBeLessThanOrEqual(4)
    expect(asked.at(-1)![1]).toBe(39)
  })

  it('knows all of a young chain, though its blocks come in several answers and none of them is final', async () => {
    const { reader, mine, mineMany } = node()
    mine()
    mineMany(8)
    mine([founded, ...listed(lyon, 'Lyon')])
    mineMany(8)
    mine([opened(word(11), lyon)])
    const follower = follow(reader, memory().keep)
    await follower.catchUp()
    expect([...follower.index().plugs.values()].map(({ name }) => name)).toEqual(['Lyon'])
    expect(follower.index().live.size).toBe(1)
  })

  it('forgets what a reorganisation undid, and never kept it', async () => {
    const { reader, mine, mineMany, drop } = node()
    const { keep, stored } = memory()
    mine([founded, ...listed(lyon, 'Lyon')])
    mineMany(30)
    mine([opened(word(11), lyon), ...listed('FR*ABC*E000002', 'Undone')])
    const follower = follow(reader, keep)
    await follower.catchUp()
    await follower.kept()
    expect(follower.index().live.size).toBe(1)
    expect(follower.index().plugs.size).toBe(2)
    expect([stored.live.size, stored.plugs.size]).toEqual([0, 1])
    drop(1)
    mine([], 7)
    expect(await follower.catchUp()).toBe(true)
    expect(follower.index().live.size).toBe(0)
    expect(follower.index().plugs.size).toBe(1)
  })

  it('reads anew when even the checkpoint is another block', async () => {
    const { reader, mine, mineMany, drop } = node()
    const { keep } = memory()
    mine([founded])
    mine(listed(lyon, 'Lyon'))
    mineMany(40)
    const follower = follow(reader, keep)
    await follower.catchUp()
    await follower.kept()
    drop(41)
    mine(listed('FR*ABC*E000002', 'Paris'), 5)
    for (let index = 0; index < 40; index += 1) mine([], 5)
    await follower.catchUp()
    expect([...follower.index().plugs.values()].map(({ name }) => name)).toEqual(['Paris'])
    expect((await keep.load()).index.plugs.size).toBeLessThanOrEqual(1)
  })

  it('rises in revision with each change, and with nothing else', async () => {
    const { reader, mine, mineMany } = node()
    const follower = follow(reader, memory().keep)
    mine([founded])
    await follower.catchUp()
    const founding = follower.revision()
    mine()
    await follower.catchUp()
    expect(follower.revision()).toBe(founding)
    mine(listed(lyon, 'Lyon'))
    await follower.catchUp()
    const listing = follower.revision()
    expect(listing).toBeGreaterThan(founding)
    mineMany(40)
    await follower.catchUp()
    mineMany(3)
    await follower.catchUp()
    expect(follower.revision()).toBe(listing)
  })

  it('keeps what has become final since, also when it was first seen before that', async () => {
    const { reader, mine, mineMany } = node()
    const { keep, stored } = memory()
    mine([founded])
    mineMany(20)
    mine(listed(lyon, 'Lyon'))
    const follower = follow(reader, keep)
    await follower.catchUp()
    await follower.kept()
    expect(stored.plugs.size).toBe(0)
    mineMany(13)
    await follower.catchUp()
    await follower.kept()
    expect(stored.plugs.size).toBe(1)
  })
})
