import { faultPoint, newEvent, type SessionId, type Stored, type WriteOp } from '@werenode/core'
import type { QueueContext } from '../queue/context.ts'
import { type BlockRow, collections, type IntentRow, type SlotRow } from '../rows.ts'
import type { Checkpoint } from './checkpoint.ts'

/**
 * After a reorganisation: finds the newest told block that is still on the chain, goes back to it, tells whose logs are void, and
 * takes up again every transaction that was confirmed above it. They are the same transactions, so the same opens with the same ids
 * (R49); what the chain mines anew is told anew.
 */
export const rollBack = async (context: QueueContext, checkpoint: Checkpoint): Promise<void> => {
  const { store, bus, clock, network, senderAddress } = context
  const ancestor = await commonAncestor(context, checkpoint)
  const { ops: moves, sessions } = checkpoint.back(ancestor)
  const ops: WriteOp[] = [...moves]
  const touched = new Set<SessionId>(sessions)

  const slots = await allAbove<SlotRow>(context, collections.slots, ancestor.number)
  const reopened = new Set<string>()
  for (const slot of slots) {
    if (slot.state !== 'done' || slot.sender !== senderAddress) continue
    const { blockNumber: _n, blockHash: _h, txHash: _t, ...rest } = slot
    const doc: SlotRow = { ...rest, state: 'sent', sentAtMs: 0 }
    ops.push({ op: 'replace', in: collections.slots, doc, rev: slot._rev })
    reopened.add(slot._id)
  }
  for (const row of await allAbove<IntentRow>(context, collections.intents, ancestor.number)) {
    const { blockNumber: _n, gasUsed: _g, error: _e, message: _m, ...rest } = row
    const again = row.slot !== undefined && reopened.has(row.slot)
    const { slot: _slot, ...free } = rest
    const doc: IntentRow = again
      ? { ...rest, status: 'prepared' }
      : { ...free, status: 'queued', queuedAtMs: clock().getTime() }
    ops.push({ op: 'replace', in: collections.intents, doc, rev: row._rev })
    if (row.sessionId) touched.add(row.sessionId)
  }

  const epoch = checkpoint.epoch + 1
  const told = newEvent({
    id: `rollback:${network.chainId}:${epoch}`,
    type: 'chain.rolledBack',
    at: clock(),
    subject: 'chain',
    data: { toBlock: String(ancestor.number), sessionIds: [...touched] },
  })
  faultPoint('relayer.rolling-back')
  await bus.commit(ops, [told])
  await checkpoint.load()
  for (const slot of await store.getMany<SlotRow>(collections.slots, [...reopened]))
    context.active.set(slot.nonce, slot)
  context.mood.lastRollbackAtMs = clock().getTime()
  context.metrics.rollbacks.inc()
  context.log.warn(
    { toBlock: ancestor.number, sessions: touched.size, transactions: reopened.size },
    'the chain was reorganised; going back to the common ancestor',
  )
  faultPoint('relayer.rolled-back')
}

/** The newest told block that the node still has; below all that is remembered, the block before our contracts. */
const commonAncestor = async (context: QueueContext, checkpoint: Checkpoint): Promise<BlockRow> => {
  const blocks = checkpoint.blocks()
  for (let from = 0; from < blocks.length; from += 32) {
    const part = blocks.slice(from, from + 32)
    const headers = await context.reader.headers(part.map((block) => BigInt(block.number)))
    const index = part.findIndex((block, at) => headers[at]?.hash === block.hash)
    const found = part[index]
    if (found) return found
  }
  const number = Math.max(0, context.network.fromBlock - 1)
  const [header] = await context.reader.headers([BigInt(number)])
  if (!header) throw new Error(`the chain has no block ${number}`)
  context.log.error({ number }, 'no told block is on the chain any more; telling it all again')
  return { _id: '', number, hash: header.hash, sessions: [] }
}

const allAbove = async <T extends SlotRow | IntentRow>(
  context: QueueContext,
  collection: string,
  number: number,
): Promise<readonly Stored<T>[]> => {
  const all: Stored<T>[] = []
  let after: string | undefined
  do {
    const page = await context.store.find<T>(
      collection,
      { blockNumber: { $gt: number } },
      { sort: [['blockNumber', 1]], limit: 1000, ...(after === undefined ? {} : { after }) },
    )
    all.push(...page.items)
    after = page.next
  } while (after !== undefined)
  return all
}
