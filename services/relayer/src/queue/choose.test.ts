import type { ChainIntent, SessionId, Stored } from '@werenode/core'
import { expect, test } from 'vitest'
import type { IntentRow } from '../rows.ts'
import { choose } from './choose.ts'

const options = { nowMs: 10_000, batchWaitMs: 100, batchMax: 3 }
const session = (letter: string) => `0x${letter.repeat(64)}` as SessionId

let order = 0
const row = (
  id: string,
  kind: ChainIntent['kind'],
  fields: Partial<IntentRow> & { source?: string } = {},
): Stored<IntentRow> => {
  const { source = 'Credit', ...rest } = fields
  order += 1
  return {
    _id: id,
    _rev: 1,
    kind,
    sessionId: session(id[0]!),
    intent: { kind, terms: { source } } as unknown as ChainIntent,
    status: 'queued',
    order,
    queuedAtMs: 0,
    attempts: 0,
    ...rest,
  }
}
const chosen = (rows: readonly Stored<IntentRow>[], busy: readonly SessionId[] = []) =>
  choose(rows, new Set(busy), options).units.map((unit) => unit.map(({ _id }) => _id).join('+'))

test('openings go first, because a driver stands at the plug', () => {
  expect(chosen([row('a', 'cancel'), row('b', 'propose'), row('c', 'open')])).toEqual(['c', 'a', 'b'])
})

test('one intent at a time per session, the earliest first', () => {
  const [first, second] = [row('a1', 'open'), row('a2', 'cancel')]
  expect(chosen([second, first])).toEqual(['a1'])
  expect(chosen([second], [session('a')])).toEqual([])
})

test('credit-funded settlements share batches; wallet-funded and spoilt ones go alone', () => {
  const rows = [
    row('a', 'settle'),
    row('b', 'settle'),
    row('c', 'settle', { source: 'Allowance' }),
    row('d', 'settle', { alone: true }),
    row('e', 'settle'),
    row('f', 'settle'),
  ]
  expect(chosen(rows)).toEqual(['c', 'd', 'a+b+e', 'f'])
})

test('a batch that is not full waits a moment for company, a full one does not', () => {
  const young = { queuedAtMs: 9_950 }
  const choice = choose([row('a', 'settle', young)], new Set(), options)
  expect(choice).toEqual({ units: [], nextDueAtMs: 10_050 })
  expect(chosen([row('a', 'settle', young), row('b', 'settle', young), row('c', 'settle', young)])).toEqual(['a+b+c'])
})

test('a settlement that was noted by a clock ahead of ours does not wait until that time comes', () => {
  const ahead = { queuedAtMs: 10_000 + 600_000 }
  expect(chosen([row('a', 'settle', ahead), row('b', 'settle', ahead)])).toEqual(['a+b'])
})
