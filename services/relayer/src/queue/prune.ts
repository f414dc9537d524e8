import type { WriteOp } from '@werenode/core'
import { remembered } from '../indexer/checkpoint.ts'
import { collections, type SlotRow } from '../rows.ts'
import type { QueueContext } from './context.ts'

const perTurn = 100

/** Drops the bytes of transactions that no reorganisation can bring back: a batch takes 80 KB. What they did stays on record. */
export const prune = async (context: QueueContext, checkpoint: number): Promise<void> => {
  const old = await context.store.find<SlotRow>(
    collections.slots,
    { state: 'done', blockNumber: { $lte: checkpoint - remembered } },
    { limit: perTurn },
  )
  const ops = old.items.map(({ _rev, ...slot }): WriteOp => {
    const versions = slot.versions.map((version) => ({ ...version, raw: '0x' as const }))
    return {
      op: 'replace',
      in: collections.slots,
      doc: { ...slot, data: '0x', versions, state: 'past' } as SlotRow,
      rev: _rev,
    }
  })
  if (ops.length > 0) await context.store.write(ops)
}
