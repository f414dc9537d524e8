import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freshFees, raisedFees } from './fees.ts'
import { sendFate } from './refusal.ts'

const settings = { priorityFeeWei: 10n, feeCapWei: 1_000_000n }

test('a replacement always gives nodes at least the 10 % more they ask for, on both fees, and never exceeds the cap', () => {
  const fee = fc.bigInt(1n, 1_000_000n)
  fc.assert(
    fc.property(fee, fee, fee, (maxFeePerGas, maxPriorityFeePerGas, baseFee) => {
      const raised = raisedFees({ maxFeePerGas, maxPriorityFeePerGas }, baseFee, settings)
      if (!raised) return
      expect(raised.maxFeePerGas * 10n).toBeGreaterThanOrEqual(maxFeePerGas * 11n)
      expect(raised.maxPriorityFeePerGas * 10n).toBeGreaterThanOrEqual(maxPriorityFeePerGas * 11n)
      expect(raised.maxFeePerGas).toBeLessThanOrEqual(settings.feeCapWei)
    }),
  )
})

test('a fresh price leaves room for the base fee to double; above the cap there is none', () => {
  expect(freshFees(100n, settings)).toEqual({ maxFeePerGas: 210n, maxPriorityFeePerGas: 10n })
  expect(freshFees(600_000n, settings)).toEqual({ maxFeePerGas: 1_000_000n, maxPriorityFeePerGas: 10n })
  expect(freshFees(999_995n, settings)).toBeUndefined()
})

test.for([
  ['already known', 'known'],
  ['transaction already imported', 'known'],
  ['nonce too low: next nonce 5, tx nonce 4', 'nonce-used'],
  ['replacement transaction underpriced', 'underpriced'],
  ['max fee per gas less than block base fee', 'underpriced'],
  ['insufficient funds for gas * price + value', 'poor'],
  ['exceeds block gas limit', 'never'],
  ['txpool is full', 'later'],
  ['something nobody ever said', 'later'],
] as const)('a node that says "%s" means %s', ([message, fate]) => {
  expect(sendFate(message)).toBe(fate)
})
