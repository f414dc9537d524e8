import type { NewEvent, Stored, WriteOp } from '@werenode/core'
import type { Failure } from '../contracts/failure.ts'
import { isDone, type OnChain, readSession } from '../contracts/read-escrow.ts'
import { sentenceOf } from '../contracts/sentence.ts'
import { collections, type IntentRow } from '../rows.ts'
import type { ChainNow, QueueContext } from './context.ts'
import { intentEvent } from './intent-events.ts'

/** A deadline this near is waited for instead of failing. */
const waitForDeadlineMs = 600_000
/** After a reorganisation a session or a deposit may be missing until its transaction is mined again. */
const waitAfterRollbackMs = 120_000

export interface Judgement {
  readonly ops: readonly WriteOp[]
  readonly events: readonly NewEvent[]
}

/** What becomes of an intent whose transaction would fail, or did: the session's status on chain is the judge. */
export const judge = async (
  context: QueueContext,
  now: ChainNow,
  row: Stored<IntentRow>,
  failure: Failure,
): Promise<Judgement> => {
  const { reader, network, settings, clock } = context
  const nowMs = clock().getTime()
  const replace = (fields: Partial<IntentRow>): WriteOp => {
    const { slot: _slot, dueAtMs: _dueAtMs, ...rest } = row
    return { op: 'replace', in: collections.intents, doc: { ...rest, ...fields }, rev: row._rev }
  }
  const wait = (dueAtMs: number): Judgement => ({ ops: [replace({ status: 'waiting', dueAtMs })], events: [] })

  let seen: OnChain | undefined
  // What cannot even be said has done nothing, and its fields cannot be compared with anything.
  if (row.sessionId !== undefined && failure.error !== 'NotEncodable') {
    seen = await readSession(reader, network, row.sessionId)
    if (isDone(row.intent, seen)) {
      const settled = now.head.number - BigInt(settings.depth)
      const atDepth = settings.depth === 0 ? seen : await readSession(reader, network, row.sessionId, settled)
      // Somebody else's transaction, or one of ours that we lost: done, as soon as it is deep enough.
      if (!isDone(row.intent, atDepth)) return wait(nowMs + 1000)
      const blockNumber = Number(settled)
      return {
        ops: [replace({ status: 'confirmed', blockNumber })],
        events: [
          intentEvent(row, clock(), `seen:${now.checkpoint.epoch}`, {
            status: 'confirmed',
            blockNumber: String(blockNumber),
            ...(row.txHash === undefined ? {} : { txHash: row.txHash }),
          }),
        ],
      }
    }
  }

  if (failure.error === 'TooEarly') {
    const dueAtMs = Number(failure.args[0]) * 1000
    if (dueAtMs - nowMs < waitForDeadlineMs) return wait(Math.max(dueAtMs, nowMs + 1000))
  }
  const missing = seen?.status === 'None' && row.kind !== 'open' && row.kind !== 'void'
  if (
    (missing || failure.error === 'InsufficientCredit') &&
    nowMs - context.mood.lastRollbackAtMs < waitAfterRollbackMs
  )
    return wait(nowMs + 2000)

  const message = sentenceOf(failure)
  const blockNumber = Number(now.head.number)
  context.metrics.intents.inc({ kind: row.kind, status: 'failed' })
  context.log.warn({ key: row._id, error: failure.error, args: failure.args.map(String) }, 'an intent failed on chain')
  return {
    ops: [replace({ status: 'failed', blockNumber, error: failure.error, message })],
    events: [
      intentEvent(row, clock(), `${row.attempts}:${now.checkpoint.epoch}`, {
        status: 'failed',
        error: failure.error,
        message,
        blockNumber: String(blockNumber),
        ...(row.txHash === undefined ? {} : { txHash: row.txHash }),
        ...(row.gasUsed === undefined ? {} : { gasUsed: row.gasUsed }),
      }),
    ],
  }
}
