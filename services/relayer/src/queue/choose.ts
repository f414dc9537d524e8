import type { SessionId, Stored } from '@werenode/core'
import { isBatchable } from '../contracts/intent-call.ts'
import type { IntentRow } from '../rows.ts'

export interface Choice {
  /** Each becomes one transaction; more than one row: a batch of settlements. Most urgent first. */
  readonly units: readonly (readonly Stored<IntentRow>[])[]
  /** When a settlement that waits for company has waited long enough. */
  readonly nextDueAtMs?: number
}

/**
 * Which waiting intents go now. One at a time per session, in the order they came, because each depends on what the one before did;
 * opens first, because a driver stands at the plug; credit-funded settlements together.
 */
export const choose = (
  rows: readonly Stored<IntentRow>[],
  busy: ReadonlySet<SessionId>,
  options: { readonly nowMs: number; readonly batchWaitMs: number; readonly batchMax: number },
): Choice => {
  const seen = new Set<SessionId>(busy)
  const opens: Stored<IntentRow>[][] = []
  const others: Stored<IntentRow>[][] = []
  const settlements: Stored<IntentRow>[] = []
  for (const row of [...rows].sort((a, b) => a.order - b.order)) {
    if (row.sessionId !== undefined) {
      if (seen.has(row.sessionId)) continue
      seen.add(row.sessionId)
    }
    if (row.kind === 'open') opens.push([row])
    else if (isBatchable(row.intent) && !row.alone) settlements.push(row)
    else others.push([row])
  }
  const batches: Stored<IntentRow>[][] = []
  for (let from = 0; from < settlements.length; from += options.batchMax)
    batches.push(settlements.slice(from, from + options.batchMax))
  const last = batches.at(-1)
  let nextDueAtMs: number | undefined
  if (last && last.length < options.batchMax) {
    const dueAtMs = Math.min(...last.map((row) => row.queuedAtMs)) + options.batchWaitMs
    // Further ahead than the wait lasts: noted by a clock that was ahead.
    if (dueAtMs > options.nowMs && dueAtMs <= options.nowMs + options.batchWaitMs) {
      batches.pop()
      nextDueAtMs = dueAtMs
    }
  }
  return { units: [...opens, ...others, ...batches], ...(nextDueAtMs === undefined ? {} : { nextDueAtMs }) }
}
