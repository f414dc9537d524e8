import { faultPoint, type NewEvent, type SessionId, type Stored, type WriteOp } from '@werenode/core'
import { collections, type IntentRow, type NonceRow, nonceId, type SlotRow, slotId } from '../rows.ts'
import { choose } from './choose.ts'
import type { ChainNow, QueueContext } from './context.ts'
import { freshFees } from './fees.ts'
import { judge } from './judge.ts'
import { simulate } from './simulate.ts'
import { signVersion } from './versions.ts'

/** Rows looked at in one turn. */
const lookAhead = 1000

/**
 * Turns waiting intents into signed transactions: tried first, then nonce, price and raw bytes stored in one write with the intents
 * they serve. Nothing is sent here. Resolves true when something was prepared or judged.
 */
export const prepare = async (context: QueueContext, now: ChainNow): Promise<boolean> => {
  const { store, settings, clock, mood, active } = context
  const nowMs = clock().getTime()
  const room = settings.maxUnmined - active.size
  const gaps = await findGaps(context, now)
  if (room <= 0 && gaps.length === 0) return false

  const queued = await store.find<IntentRow>(
    collections.intents,
    { status: 'queued' },
    { sort: [['order', 1]], limit: lookAhead },
  )
  const due = await store.find<IntentRow>(
    collections.intents,
    mood.lookAtAllWaiting ? { status: 'waiting' } : { status: 'waiting', dueAtMs: { $lte: nowMs } },
    { sort: [['dueAtMs', 1]], limit: lookAhead },
  )
  mood.lookAtAllWaiting = false
  mood.queued =
    queued.items.length < lookAhead ? queued.items.length : await store.count(collections.intents, { status: 'queued' })
  const busy = new Set<SessionId>()
  for (const slot of active.values()) for (const session of slot.sessions) busy.add(session)
  const choice = choose([...queued.items, ...due.items], busy, { nowMs, ...settings })
  mood.nextDueAtMs = choice.nextDueAtMs
  const units = choice.units.slice(0, Math.max(room, gaps.length))
  if (units.length === 0 && gaps.length === 0) return false

  const fees = freshFees(now.head.baseFeePerGas, settings)
  mood.dear = fees === undefined
  if (!fees) return false

  const { good, bad } = units.length === 0 ? { good: [], bad: [] } : await simulate(context, now, units)
  const ops: WriteOp[] = []
  const events: NewEvent[] = []
  for (const { row, failure } of bad) {
    const judgement = await judge(context, now, row, failure)
    ops.push(...judgement.ops)
    events.push(...judgement.events)
  }
  if (ops.length > 0) await context.bus.commit(ops, events)

  const slots = await allocate(context, now, good, gaps, fees)
  faultPoint('relayer.prepared')
  return slots > 0 || bad.length > 0
}

/** Nonces and signatures for what will be sent; one atomic write. */
const allocate = async (
  context: QueueContext,
  now: ChainNow,
  good: Awaited<ReturnType<typeof simulate>>['good'],
  gaps: readonly number[],
  fees: NonNullable<ReturnType<typeof freshFees>>,
): Promise<number> => {
  const { store, senderAddress, active, settings } = context
  const count = Math.min(good.length, Math.max(settings.maxUnmined - active.size, gaps.length))
  if (count === 0 && gaps.length === 0) return 0
  const noted = await store.get<NonceRow>(collections.state, nonceId(senderAddress))
  let next = Math.max(noted?.next ?? 0, now.nonce)
  const nonces = [...gaps]
  while (nonces.length < count) nonces.push(next++)

  const ops: WriteOp[] = []
  const slots: SlotRow[] = []
  for (const [index, nonce] of nonces.entries()) {
    const unit = good[index]
    const bare = {
      _id: slotId(senderAddress, nonce),
      nonce,
      sender: senderAddress,
      // A gap that nothing waits for is filled with an empty transaction to ourselves: those behind it could never be mined.
      ...(unit ? { to: unit.call.to, data: unit.call.data, gas: unit.call.gas.toString() } : filler(senderAddress)),
      intents: unit?.rows.map((row) => row._id) ?? [],
      sessions: unit?.rows.flatMap((row) => row.sessionId ?? []) ?? [],
      state: 'prepared' as const,
    }
    const slot: SlotRow = { ...bare, versions: [await signVersion(context, bare, fees)] }
    slots.push(slot)
    ops.push(
      gaps.includes(nonce)
        ? { op: 'put', in: collections.slots, doc: slot }
        : { op: 'insert', in: collections.slots, doc: slot },
    )
    for (const row of unit?.rows ?? []) ops.push(toPrepared(row, slot._id))
  }
  const row: NonceRow = { _id: nonceId(senderAddress), next }
  if (noted) ops.push({ op: 'replace', in: collections.state, doc: row, rev: noted._rev })
  else ops.push({ op: 'insert', in: collections.state, doc: row })
  await store.write(ops)
  for (const stored of await store.getMany<SlotRow>(
    collections.slots,
    slots.map((slot) => slot._id),
  ))
    active.set(stored.nonce, stored)
  return slots.length
}

const filler = (sender: SlotRow['to']): Pick<SlotRow, 'to' | 'data' | 'gas'> => ({
  to: sender,
  data: '0x',
  gas: '21000',
})

const toPrepared = (row: Stored<IntentRow>, slot: string): WriteOp => {
  const { dueAtMs: _dueAtMs, ...rest } = row
  const doc: IntentRow = { ...rest, status: 'prepared', slot, attempts: row.attempts + 1 }
  return { op: 'replace', in: collections.intents, doc, rev: row._rev }
}

/**
 * Nonces the chain waits for that no transaction of ours holds: after a reorganisation that undid a stranger's transaction, or after
 * rows were lost. A slot that is done fills its nonce (the node may only lag), so only missing and taken ones count.
 */
const findGaps = async (context: QueueContext, now: ChainNow): Promise<readonly number[]> => {
  const { store, senderAddress, active } = context
  if (active.size === 0 || active.has(now.nonce)) return []
  const lowest = Math.min(...active.keys())
  if (lowest <= now.nonce) return []
  const candidates = Array.from({ length: Math.min(lowest - now.nonce, 50) }, (_, index) => now.nonce + index)
  const rows = await store.getMany<SlotRow>(
    collections.slots,
    candidates.map((nonce) => slotId(senderAddress, nonce)),
  )
  const held = new Set(rows.filter((row) => row.state !== 'taken').map((row) => row.nonce))
  return candidates.filter((nonce) => !held.has(nonce))
}
