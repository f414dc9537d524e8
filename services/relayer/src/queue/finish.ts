import { faultPoint, type NewEvent, type Stored, type WriteOp } from '@werenode/core'
import { settledSessions } from '../contracts/batch-fates.ts'
import { collections, type GasRow, gasId, type IntentRow, type SlotRow } from '../rows.ts'
import type { Receipt } from '../rpc/read-chain.ts'
import type { ChainNow, QueueContext } from './context.ts'
import { intentEvent } from './intent-events.ts'
import { intentsOf } from './send.ts'

/** A transaction that reverts so often although it was tried before each time is not sent again. */
const mostAttempts = 5
/** Slots per write. */
const perCommit = 25

/** Back into the queue; what spoilt a batch goes alone the next time, so that it gets a reason of its own. */
export const requeue = (row: Stored<IntentRow>, fields: Partial<IntentRow>): WriteOp => {
  const { slot: _slot, ...rest } = row
  return { op: 'replace', in: collections.intents, doc: { ...rest, status: 'queued', ...fields }, rev: row._rev }
}

/** Closes slots whose transaction is mined at depth, and tells the fate of their intents in the same write. */
export const finish = async (
  context: QueueContext,
  now: ChainNow,
  deep: readonly { readonly slot: Stored<SlotRow>; readonly receipt: Receipt }[],
): Promise<void> => {
  for (let from = 0; from < deep.length; from += perCommit) {
    const part = deep.slice(from, from + perCommit)
    const rows = await intentsOf(
      context,
      part.map(({ slot }) => slot),
    )
    const ops: WriteOp[] = []
    const events: NewEvent[] = []
    for (const { slot, receipt } of part) {
      const { sentAtMs: _sentAtMs, ...rest } = slot
      const doc: SlotRow = {
        ...rest,
        state: 'done',
        blockNumber: Number(receipt.blockNumber),
        blockHash: receipt.blockHash,
        txHash: receipt.hash,
      }
      ops.push({ op: 'replace', in: collections.slots, doc, rev: slot._rev })
      const mine = rows.get(slot._id) ?? []
      const settled = slot.intents.length > 1 ? settledSessions(receipt.logs) : undefined
      for (const row of mine) {
        const done = receipt.success && (settled === undefined || settled.has(row.sessionId!))
        const outcome = done ? confirmed(context, now, row, slot, receipt) : undone(context, now, row, slot, receipt)
        ops.push(outcome.op)
        if (outcome.event) events.push(outcome.event)
      }
    }
    const gas = await paidGas(context, part)
    ops.push(gas.op)
    faultPoint('relayer.finishing')
    await context.bus.commit(ops, events)
    context.mood.gas = { day: gas.day, wei: gas.wei }
    for (const { slot } of part) context.active.delete(slot.nonce)
    faultPoint('relayer.finished')
  }
}

/** Adds to what was paid for gas today. */
const paidGas = async (
  { store, clock }: QueueContext,
  part: readonly { readonly receipt: Receipt }[],
): Promise<{ readonly op: WriteOp; readonly day: string; readonly wei: bigint }> => {
  const id = gasId(clock())
  const before = await store.get<GasRow>(collections.state, id)
  const wei = part.reduce((sum, { receipt }) => sum + receipt.gasPaidWei, BigInt(before?.wei ?? 0))
  const doc: GasRow = { _id: id, wei: wei.toString() }
  return {
    day: id,
    wei,
    op: before
      ? { op: 'replace', in: collections.state, doc, rev: before._rev }
      : { op: 'insert', in: collections.state, doc },
  }
}

interface Outcome {
  readonly op: WriteOp
  readonly event?: NewEvent
}

const confirmed = (
  context: QueueContext,
  now: ChainNow,
  row: Stored<IntentRow>,
  slot: SlotRow,
  receipt: Receipt,
): Outcome => {
  // A batch's gas is shared by its items.
  const gasUsed = (receipt.gasUsed / BigInt(slot.intents.length)).toString()
  const blockNumber = Number(receipt.blockNumber)
  const doc: IntentRow = { ...row, status: 'confirmed', txHash: receipt.hash, blockNumber, gasUsed }
  context.metrics.intents.inc({ kind: row.kind, status: 'confirmed' })
  return {
    op: { op: 'replace', in: collections.intents, doc, rev: row._rev },
    event: intentEvent(row, context.clock(), `${receipt.blockHash}:${now.checkpoint.epoch}`, {
      status: 'confirmed',
      txHash: receipt.hash,
      blockNumber: String(blockNumber),
      gasUsed,
    }),
  }
}

/** Reverted, or skipped by its batch: tried once more by itself, which either works or gives the reason. */
const undone = (
  context: QueueContext,
  now: ChainNow,
  row: Stored<IntentRow>,
  slot: SlotRow,
  receipt: Receipt,
): Outcome => {
  context.metrics.reverted.inc({ kind: row.kind })
  const gasUsed = (receipt.gasUsed / BigInt(slot.intents.length)).toString()
  const seen = { txHash: receipt.hash, gasUsed }
  if (row.attempts < mostAttempts) return { op: requeue(row, { ...seen, alone: true }) }
  const message =
    'The chain undid this transaction every time it was sent, although it worked when it was tried before.'
  const blockNumber = Number(receipt.blockNumber)
  const doc: IntentRow = { ...row, ...seen, status: 'failed', error: 'Reverted', message, blockNumber }
  return {
    op: { op: 'replace', in: collections.intents, doc, rev: row._rev },
    event: intentEvent(row, context.clock(), `${receipt.hash}:${now.checkpoint.epoch}`, {
      status: 'failed',
      error: 'Reverted',
      message,
      ...seen,
      blockNumber: String(blockNumber),
    }),
  }
}
