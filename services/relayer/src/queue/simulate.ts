import { type Hex, type Stored, unixSeconds } from '@werenode/core'
import { type Failure, failureOf } from '../contracts/failure.ts'
import {
  type ContractCall,
  intentCall,
  isBatchable,
  type SettleIntent,
  settleBatchCall,
} from '../contracts/intent-call.ts'
import { settledInBatch } from '../contracts/read-escrow.ts'
import type { IntentRow } from '../rows.ts'
import type { RpcCall } from '../rpc/chain-rpc.ts'
import type { ChainNow, QueueContext } from './context.ts'

type Unit = readonly Stored<IntentRow>[]
interface Tried {
  readonly rows: Unit
  readonly call: ContractCall
}
export interface Simulated {
  /** Would succeed now: one transaction each. */
  readonly good: readonly Tried[]
  /** Would fail, and why. */
  readonly bad: readonly { readonly row: Stored<IntentRow>; readonly failure: Failure }[]
}

/**
 * Tries every unit on the node before anything is signed. A batch with a bad item is tried item by item: the good ones stay
 * together, the bad ones get their own reason. What the node could not judge stays in the queue.
 */
export const simulate = async (context: QueueContext, now: ChainNow, units: readonly Unit[]): Promise<Simulated> => {
  const first = await attempt(context, now, units)
  if (first.spoilt.length === 0) return first
  const single = await attempt(
    context,
    now,
    first.spoilt.map((row) => [row]),
  )
  return {
    good: [...first.good, ...together(context, single.good)],
    bad: [...first.bad, ...single.bad],
  }
}

const attempt = async (
  context: QueueContext,
  now: ChainNow,
  units: readonly Unit[],
): Promise<Simulated & { readonly spoilt: readonly Stored<IntentRow>[] }> => {
  const good: Tried[] = []
  const bad: { row: Stored<IntentRow>; failure: Failure }[] = []
  const spoilt: Stored<IntentRow>[] = []
  const fail = (rows: Unit, failure: Failure): void => {
    if (rows.length > 1) spoilt.push(...rows)
    else bad.push({ row: rows[0]!, failure })
  }

  const tried: Tried[] = []
  for (const rows of units) {
    const call = encode(context, rows)
    if ('error' in call) fail(rows, call)
    else tried.push({ rows, call })
  }
  const answers = await context.rpc.batch<Hex>(tried.map(({ call }) => asCall(context, now, call)))
  for (const [index, unit] of tried.entries()) {
    const answer = answers[index]!
    if ('result' in answer) {
      const whole = unit.rows.length === 1 || settledInBatch(answer.result) === unit.rows.length
      if (whole) good.push(unit)
      else spoilt.push(...unit.rows)
      continue
    }
    const failure = failureOf(answer.refused)
    if (failure) fail(unit.rows, failure)
    else context.log.warn({ refused: answer.refused }, 'the node could not try a transaction; it waits')
  }
  return { good, bad, spoilt }
}

/** The good items of a spoilt batch as a batch again, if they can be one. */
const together = (context: QueueContext, good: readonly Tried[]): readonly Tried[] => {
  if (good.length < 2) return good
  const rows = good.flatMap((unit) => unit.rows)
  const call = encode(context, rows)
  return 'error' in call ? good : [{ rows, call }]
}

const encode = (context: QueueContext, rows: Unit): ContractCall | Failure => {
  const { network, voices } = context
  try {
    return rows.length === 1
      ? intentCall(network, voices, rows[0]!.intent)
      : settleBatchCall(
          network,
          rows.map((row) => row.intent).filter((intent): intent is SettleIntent => isBatchable(intent)),
        )
  } catch (error) {
    // A field out of its range, a signature that is none: no transaction can say this.
    return { error: 'NotEncodable', args: [error instanceof Error ? error.message.split('\n')[0] : String(error)] }
  }
}

const asCall = (context: QueueContext, now: ChainNow, call: ContractCall): RpcCall => {
  const transaction = { from: context.senderAddress, to: call.to, data: call.data, gas: hex(call.gas) }
  if (!context.network.onDemand) return { method: 'eth_call', params: [transaction, 'latest'] }
  // The newest block may be hours old; the one that will hold the transaction has the present time.
  const time = hex(BigInt(Math.max(unixSeconds(context.clock()), now.head.timestamp)))
  return { method: 'eth_call', params: [transaction, 'latest', {}, { time }] }
}

const hex = (value: bigint): Hex => `0x${value.toString(16)}`
