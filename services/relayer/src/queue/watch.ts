import { faultPoint, type Stored, type WriteOp } from '@werenode/core'
import { collections, type SlotRow } from '../rows.ts'
import type { Receipt } from '../rpc/read-chain.ts'
import type { ChainNow, QueueContext } from './context.ts'
import { finish, requeue } from './finish.ts'
import { intentsOf, raise, sendSlots } from './send.ts'
import { newest } from './versions.ts'

const lookAgainMs = 300

/**
 * Looks after what was sent: mined and deep enough is finished; forgotten by the node is sent again; stuck is replaced with a higher
 * fee; a nonce that somebody else used frees its intents for another one.
 */
export const createWatcher = (context: QueueContext) => {
  /** Looks at a used nonce that found no receipt of ours: a node may lag, so one look proves nothing. */
  const missing = new Map<number, { looks: number; sinceMs: number }>()
  /** When the node was last asked whether it still has a waiting transaction. */
  const askedAtMs = new Map<number, number>()
  let lookedAt = { hash: '', ms: 0 }

  const lookAtUsed = async (now: ChainNow, slots: readonly Stored<SlotRow>[]): Promise<void> => {
    const hashes = slots.flatMap((slot) => slot.versions.map((version) => version.hash))
    const receipts = await context.reader.receipts(hashes)
    const found = new Map<string, Receipt>()
    for (const receipt of receipts) if (receipt) found.set(receipt.hash, receipt)

    const deep: { slot: Stored<SlotRow>; receipt: Receipt }[] = []
    for (const slot of slots) {
      const receipt = slot.versions.map(({ hash }) => found.get(hash)).find((one) => one !== undefined)
      if (!receipt) {
        await lookAgain(slot)
        continue
      }
      missing.delete(slot.nonce)
      // Told means deep enough; the same hash means that it is the block that was told.
      if (Number(receipt.blockNumber) > now.checkpoint.number) continue
      if ((await hashOf(context, now, receipt)) === receipt.blockHash) deep.push({ slot, receipt })
    }
    await finish(context, now, deep)
  }

  const lookAgain = async (slot: Stored<SlotRow>): Promise<void> => {
    const nowMs = context.clock().getTime()
    const before = missing.get(slot.nonce) ?? { looks: 0, sinceMs: nowMs }
    const looks = before.looks + 1
    missing.set(slot.nonce, { ...before, looks })
    if (looks < 3 || nowMs - before.sinceMs < context.settings.takenAfterMs) return
    missing.delete(slot.nonce)
    const ops: WriteOp[] = [
      { op: 'replace', in: collections.slots, doc: { ...slot, state: 'taken' } as SlotRow, rev: slot._rev },
    ]
    for (const row of (await intentsOf(context, [slot])).get(slot._id) ?? []) ops.push(requeue(row, {}))
    await context.store.write(ops)
    context.active.delete(slot.nonce)
    context.metrics.taken.inc()
    context.log.warn({ nonce: slot.nonce }, 'the nonce was used by a transaction of somebody else; using another one')
    faultPoint('relayer.taken')
  }

  const lookAtWaiting = async (now: ChainNow, slots: readonly Stored<SlotRow>[]): Promise<void> => {
    const nowMs = context.clock().getTime()
    const since = (slot: SlotRow): number =>
      slot.sentAtMs === 0 ? 0 : Math.max(slot.sentAtMs ?? nowMs, askedAtMs.get(slot.nonce) ?? 0)
    // A time in the future was noted by a clock that was ahead.
    const old = slots.filter((slot) => {
      const ageMs = nowMs - since(slot)
      return ageMs >= context.settings.resendAfterMs || ageMs < 0
    })
    if (old.length === 0) return
    for (const slot of old) askedAtMs.set(slot.nonce, nowMs)
    const known = await context.reader.knows(old.map((slot) => newest(slot).hash))
    const forgotten = old.filter((_, index) => !known[index])
    if (forgotten.length > 0) {
      context.metrics.resent.inc(forgotten.length)
      context.log.info(
        { nonces: forgotten.map((slot) => slot.nonce) },
        'the node forgot transactions; sending them again',
      )
      await sendSlots(context, now, forgotten)
    }
    // Only the first in line can be mined next; raising those behind it would be money for nothing.
    const [first] = slots
    if (!first || !known[old.indexOf(first)]) return
    if (nowMs - newest(first).atMs >= context.settings.bumpAfterMs) await raise(context, now, first)
  }

  return async (now: ChainNow): Promise<void> => {
    const slots = [...context.active.values()].sort((a, b) => a.nonce - b.nonce)
    const used = slots.filter((slot) => slot.nonce < now.nonce)
    const waiting = slots.filter((slot) => slot.nonce >= now.nonce && slot.state === 'sent')
    for (const slot of waiting) missing.delete(slot.nonce)
    for (const nonce of askedAtMs.keys()) if (!context.active.has(nonce)) askedAtMs.delete(nonce)
    // Receipts change with the head; without a new one, a look now and then finds what the node told late.
    const nowMs = context.clock().getTime()
    if (used.length > 0 && (now.head.hash !== lookedAt.hash || nowMs - lookedAt.ms > lookAgainMs)) {
      await lookAtUsed(now, used)
      lookedAt = { hash: now.head.hash, ms: nowMs }
    }
    if (waiting.length > 0) await lookAtWaiting(now, waiting)
  }
}

const hashOf = async (context: QueueContext, now: ChainNow, receipt: Receipt): Promise<string | undefined> => {
  const told = now.hashAt(Number(receipt.blockNumber))
  if (told) return told
  const [header] = await context.reader.headers([receipt.blockNumber])
  return header?.hash
}
