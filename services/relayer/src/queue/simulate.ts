import type { Stored } from '@werenode/core'
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
import type { RpcAnswer, RpcCall } from '../rpc/chain-rpc.ts'
import type { QueueContext } from './context.ts'

export interface Simulated {
  /** Would succeed now: one transaction each. */
  readonly good: readonly { readonly rows: readonly Stored<IntentRow>[]; readonly call: ContractCall }[]
  /** Would fail, and why. */
  readonly bad: readonly { readonly row: Stored<IntentRow>; readonly failure: Failure }[]
}

type Unit = readonly Stored<IntentRow>[]

/**
 * Tries every unit on the node before anything is signed. A batch with a bad item is tried item by item: the good ones stay
 * together, the bad ones get their own reason. What the node could not judge stays in the queue.
 */
export const simulate = async (context: QueueContext, units: readonly Unit[]): Promise<Simulated> => {
  const bad: { row: Stored<IntentRow>; failure: Failure }[] = []
  const good: { rows: Unit; call: ContractCall }[] = []

  const encoded: { rows: Unit; call: ContractCall }[] = []
  for (const rows of units) {
    const call = encode(context, rows)
    if ('error' in call) for (const row of rows) bad.push({ row, failure: call })
    else encoded.push({ rows, call })
  }

  const answers = await context.rpc.batch<`0x${string}`>(encoded.map(({ call }) => asCall(context, call)))
  const spoilt: Stored<IntentRow>[] = []
  for (const [index, unit] of encoded.entries()) {
    const verdict = judge(answers[index]!)
    const whole = verdict === 'good' && unit.rows.length > 1 && 'result' in answers[index]!
    if (whole && settledInBatch((answers[index] as { result: `0x${string}` }).result) < unit.rows.length) {
      spoilt.push(...unit.rows)
    } else if (verdict === 'good') good.push(unit)
    else if (verdict === 'unclear')
      context.log.warn({ answer: answers[index] }, 'the node could not try a transaction; it waits')
    else if (unit.rows.length > 1) spoilt.push(...unit.rows)
    else bad.push({ row: unit.rows[0]!, failure: verdict })
  }

  if (spoilt.length > 0) {
    const alone = spoilt.map((row) => ({ rows: [row] as const, call: encode(context, [row]) as ContractCall }))
    const single = await context.rpc.batch(alone.map(({ call }) => asCall(context, call)))
    const fine: Stored<IntentRow>[] = []
    for (const [index, { rows }] of alone.entries()) {
      const verdict = judge(single[index]!)
      if (verdict === 'good') fine.push(rows[0])
      else if (verdict !== 'unclear') bad.push({ row: rows[0], failure: verdict })
    }
    if (fine.length > 0) good.push({ rows: fine, call: encode(context, fine) as ContractCall })
  }
  return { good, bad }
}

const encode = (context: QueueContext, rows: Unit): ContractCall | Failure => {
  const { network, voices } = context
  try {
    return rows.length === 1
      ? intentCall(network, voices, rows[0]!.intent)
      : settleBatchCall(
          network,
          voices,
          rows.map((row) => row.intent).filter((intent): intent is SettleIntent => isBatchable(intent)),
        )
  } catch (error) {
    // A field out of its range: no transaction can say this.
    return { error: 'NotEncodable', args: [error instanceof Error ? error.message.split('\n')[0] : String(error)] }
  }
}

const asCall = (context: QueueContext, call: ContractCall): RpcCall => ({
  method: 'eth_call',
  params: [{ from: context.senderAddress, to: call.to, data: call.data, gas: `0x${call.gas.toString(16)}` }, 'latest'],
})

const judge = (answer: RpcAnswer): 'good' | 'unclear' | Failure =>
  'result' in answer ? 'good' : (failureOf(answer.refused) ?? 'unclear')
