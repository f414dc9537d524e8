import { faultPoint, type NewEvent, type Stored, type WriteOp } from '@werenode/core'
import { collections, type IntentRow, type SlotRow } from '../rows.ts'
import type { ChainNow, QueueContext } from './context.ts'
import { raisedFees } from './fees.ts'
import { intentEvent } from './intent-events.ts'
import { type SendFate, sendFate } from './refusal.ts'
import { feesOf, newest, signVersion } from './versions.ts'

/** How long is waited when the node took a transaction not. */
const sendAgainAfterMs = 1000

/** Sends what is prepared, in the order of its nonces, and notes it as sent. */
export const sendPrepared = async (context: QueueContext, now: ChainNow): Promise<void> => {
  const leftMs = context.mood.sendAgainAtMs - context.clock().getTime()
  // A longer pause than ours comes from a clock that was ahead.
  if (leftMs > 0 && leftMs <= sendAgainAfterMs) return
  const slots = [...context.active.values()]
    .filter((slot) => slot.state === 'prepared' || slot.sentAtMs === undefined)
    .sort((a, b) => a.nonce - b.nonce)
  if (slots.length > 0) await sendSlots(context, now, slots)
}

/** Sends the newest version of each slot (again): what the node says to it decides what is noted. */
export const sendSlots = async (
  context: QueueContext,
  now: ChainNow,
  slots: readonly Stored<SlotRow>[],
): Promise<void> => {
  const answers = await context.rpc.batch(
    slots.map((slot) => ({ method: 'eth_sendRawTransaction', params: [newest(slot).raw] })),
  )
  faultPoint('relayer.sent')
  const fates = answers.map((answer): SendFate => ('result' in answer ? 'known' : sendFate(answer.refused.message)))
  context.mood.poor = fates.includes('poor')

  const nowMs = context.clock().getTime()
  const sent: Stored<SlotRow>[] = []
  for (const [index, slot] of slots.entries()) {
    const fate = fates[index]!
    const answer = answers[index]!
    if (fate === 'known' || fate === 'nonce-used') sent.push(slot)
    else if (fate === 'never') await giveUp(context, now, slot, 'refused' in answer ? answer.refused.message : '')
    else if (fate !== 'underpriced' || !(await raise(context, now, slot))) {
      context.mood.sendAgainAtMs = nowMs + sendAgainAfterMs
      context.log.warn({ nonce: slot.nonce, answer }, 'a transaction could not be sent; trying again')
    }
  }
  await noteSent(context, sent)
  faultPoint('relayer.noted')
}

const noteSent = async (context: QueueContext, slots: readonly Stored<SlotRow>[]): Promise<void> => {
  if (slots.length === 0) return
  const at = context.clock()
  const ops: WriteOp[] = []
  const events: NewEvent[] = []
  const rows = await intentsOf(context, slots)
  const changed: SlotRow[] = []
  for (const slot of slots) {
    const doc: SlotRow = { ...slot, state: 'sent', sentAtMs: at.getTime() }
    changed.push(doc)
    ops.push({ op: 'replace', in: collections.slots, doc, rev: slot._rev })
    const { hash } = newest(slot)
    for (const row of rows.get(slot._id) ?? [])
      events.push(intentEvent(row, at, hash, { status: 'sent', txHash: hash }))
  }
  const { revs } = await context.bus.commit(ops, events)
  for (const [index, doc] of changed.entries()) context.active.set(doc.nonce, { ...doc, _rev: revs[index]! })
}

/** Replaces the newest version by one with a higher fee, stored before it is sent. Resolves false when the cap forbids it. */
export const raise = async (context: QueueContext, now: ChainNow, slot: Stored<SlotRow>): Promise<boolean> => {
  const fees = raisedFees(feesOf(newest(slot)), now.head.baseFeePerGas, context.settings)
  context.mood.dear = fees === undefined
  if (!fees) return false
  const { sentAtMs: _sentAtMs, ...rest } = slot
  const doc: SlotRow = { ...rest, versions: [...slot.versions, await signVersion(context, slot, fees)] }
  const [rev] = await context.store.write([{ op: 'replace', in: collections.slots, doc, rev: slot._rev }])
  context.active.set(doc.nonce, { ...doc, _rev: rev! })
  context.metrics.replaced.inc()
  context.log.info({ nonce: slot.nonce, versions: doc.versions.length }, 'a transaction is replaced with a higher fee')
  faultPoint('relayer.raised')
  return true
}

/** No node will ever take this transaction: its nonce is spent on nothing, its intents fail. */
const giveUp = async (context: QueueContext, now: ChainNow, slot: Stored<SlotRow>, reason: string): Promise<void> => {
  const at = context.clock()
  const { sentAtMs: _sentAtMs, ...rest } = slot
  const empty = { ...rest, to: context.senderAddress, data: '0x' as const, gas: '21000', intents: [], sessions: [] }
  const doc: SlotRow = {
    ...empty,
    versions: [await signVersion(context, empty, feesOf(newest(slot)))],
    state: 'prepared',
  }
  const ops: WriteOp[] = [{ op: 'replace', in: collections.slots, doc, rev: slot._rev }]
  const events: NewEvent[] = []
  const message = `The chain's node will not take this transaction: ${reason.slice(0, 200)}`
  for (const row of (await intentsOf(context, [slot])).get(slot._id) ?? []) {
    const { slot: _slot, ...bare } = row
    const failed: IntentRow = {
      ...bare,
      status: 'failed',
      error: 'TransactionRefused',
      message,
      blockNumber: Number(now.head.number),
    }
    ops.push({ op: 'replace', in: collections.intents, doc: failed, rev: row._rev })
    events.push(intentEvent(row, at, newest(slot).hash, { status: 'failed', error: 'TransactionRefused', message }))
  }
  const { revs } = await context.bus.commit(ops, events)
  context.active.set(doc.nonce, { ...doc, _rev: revs[0]! })
  context.log.error({ nonce: slot.nonce, reason }, 'a transaction can never be mined; its nonce is filled')
}

/** The intents that still count on these slots. */
export const intentsOf = async (
  context: QueueContext,
  slots: readonly SlotRow[],
): Promise<ReadonlyMap<string, readonly Stored<IntentRow>[]>> => {
  const rows = await context.store.getMany<IntentRow>(
    collections.intents,
    slots.flatMap((slot) => slot.intents),
  )
  const bySlot = new Map<string, Stored<IntentRow>[]>()
  for (const row of rows) {
    if (row.status !== 'prepared' || row.slot === undefined) continue
    bySlot.set(row.slot, [...(bySlot.get(row.slot) ?? []), row])
  }
  return bySlot
}
