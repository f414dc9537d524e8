import type { Hex, SessionId, Store, Stored, WriteOp } from '@werenode/core'
import { type BlockRow, blockId, type CheckpointRow, checkpointId, collections } from '../rows.ts'

/** Told blocks that are remembered to find the common ancestor after a reorganisation. */
export const remembered = 256

/** How far the logs were told, and the last told blocks. In memory as last written. */
export interface Checkpoint {
  readonly row: Stored<CheckpointRow> | undefined
  readonly number: number
  readonly epoch: number
  hashAt(number: number): Hex | undefined
  /** Told blocks, newest first. */
  blocks(): readonly BlockRow[]
  /** The write that moves on to the last of these blocks. */
  advance(blocks: readonly BlockRow[]): readonly WriteOp[]
  /** The write that goes back to this block. */
  back(to: BlockRow): { readonly ops: readonly WriteOp[]; readonly sessions: readonly SessionId[] }
  /** Reads what was written. */
  load(): Promise<void>
}

export const createCheckpoint = (store: Store, fromBlock: number): Checkpoint => {
  let row: Stored<CheckpointRow> | undefined
  let blocks = new Map<number, BlockRow>()

  const move = (to: { number: number; hash: Hex }, epoch: number): WriteOp => {
    const doc: CheckpointRow = { _id: checkpointId, number: to.number, hash: to.hash, epoch }
    return row
      ? { op: 'replace', in: collections.state, doc, rev: row._rev }
      : { op: 'insert', in: collections.state, doc }
  }

  return {
    get row() {
      return row
    },
    get number() {
      return row?.number ?? fromBlock - 1
    },
    get epoch() {
      return row?.epoch ?? 0
    },
    hashAt: (number) => blocks.get(number)?.hash,
    blocks: () => [...blocks.values()].sort((a, b) => b.number - a.number),
    advance: (told) => {
      const last = told.at(-1)!
      const forgotten = [...blocks.keys()].filter((number) => number <= last.number - remembered)
      return [
        move(last, row?.epoch ?? 0),
        ...told.map((doc): WriteOp => ({ op: 'put', in: collections.blocks, doc })),
        ...forgotten.map((number): WriteOp => ({ op: 'delete', in: collections.blocks, id: blockId(number) })),
      ]
    },
    back: (to) => {
      const undone = [...blocks.values()].filter((block) => block.number > to.number)
      return {
        ops: [
          move(to, (row?.epoch ?? 0) + 1),
          ...undone.map((block): WriteOp => ({ op: 'delete', in: collections.blocks, id: block._id })),
        ],
        sessions: undone.flatMap((block) => block.sessions),
      }
    },
    load: async () => {
      row = await store.get<CheckpointRow>(collections.state, checkpointId)
      const found = await store.find<BlockRow>(collections.blocks, {}, { limit: 10_000 })
      blocks = new Map(found.items.map((block) => [block.number, block]))
    },
  }
}
