import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SessionInput } from './input.ts'
import { judgeReading } from './judge-reading.ts'
import { ledgerEntries } from './ledger.ts'
import type { SessionRecord } from './record.ts'
import { sampleSession } from './sample-session.ts'
import { defaultSessionSettings as settings, step } from './step.ts'
import { terminalStates } from './view.ts'

const t0 = Date.UTC(2026, 10, 22, 10)

/** Any input at all, in any order: what the outside may do to a session. */
const anything = fc.oneof(
  fc.constantFrom(
    { type: 'opened' },
    { type: 'openFailed', message: 'x' },
    { type: 'openRolledBack' },
    { type: 'endRolledBack' },
    { type: 'toppedUp', limitMicro: '40000000' },
    { type: 'cancelRequested' },
    { type: 'cancelled', returnedMicro: 'limit' },
    { type: 'startAccepted' },
    { type: 'startRefused', reason: 'x' },
    { type: 'started', transactionId: '7' },
    { type: 'started', transactionId: '8' },
    { type: 'stopRequested', reason: 'driver' },
    { type: 'station', online: false },
    { type: 'station', online: true },
    { type: 'receiptReady' },
    { type: 'cosigned', signature: '0x06' },
    { type: 'proposed', txHash: '0x0c', disputeUntil: new Date(t0 + 3_600_000).toISOString() },
    { type: 'disputed', undisputedMicro: '1000000' },
    { type: 'settled', txHash: '0x0b' },
    { type: 'reclaimed', txHash: '0x0f', returnedMicro: 'limit' },
    { type: 'intentFailed', intent: 'settle', message: 'x' },
    { type: 'intentFailed', intent: 'propose', message: 'x' },
    { type: 'intentFailed', intent: 'cancel', message: 'x' },
    { type: 'clockSetBack' },
  ),
  fc.record({ type: fc.constantFrom('reading', 'ended'), wh: fc.integer({ min: 0, max: 90_000 }) }),
  fc.record({
    type: fc.constant('timer'),
    name: fc.constantFrom('start', 'cosign', 'reopen', 'finalise', 'assumeEnded', 'again'),
  }),
  fc.record({ type: fc.constantFrom('effectDone', 'effectFailed'), which: fc.nat(5) }),
)

const toInput = (record: SessionRecord, drawn: Record<string, unknown>, at: string): SessionInput => {
  const clocks = { stationAt: at, receivedAt: at, offline: false }
  switch (drawn.type) {
    case 'started':
      return {
        type: 'transactionStarted',
        at,
        transactionId: String(drawn.transactionId),
        registerWh: 1000,
        ...clocks,
      }
    case 'reading':
      return {
        type: 'reading',
        at,
        costMicro: '1000000',
        reading: judgeReading(record, { registerWh: Number(drawn.wh), ...clocks }),
      }
    case 'ended': {
      const reading = judgeReading(record, { registerWh: Number(drawn.wh), ...clocks }, true)
      return { type: 'transactionEnded', at, costMicro: '1000000', reading, reason: 'Local', estimated: false }
    }
    case 'receiptReady': {
      const figures = {
        sessionId: record._id,
        startWh: '0',
        endWh: '0',
        startedAt: 0,
        endedAt: 0,
        chargingSeconds: 0,
        idleSeconds: 0,
      }
      return {
        type: 'receiptReady',
        at,
        signature: '0x05',
        receipt: { ...figures, amount: '1000000', meterRoot: '0x00' },
      }
    }
    case 'settled':
      return {
        ...drawn,
        at,
        paidMicro: '1000000',
        returnedMicro: (BigInt(record.limitMicro) - 1_000_000n).toString(),
      } as SessionInput
    case 'cancelled':
    case 'reclaimed':
      return { ...drawn, at, returnedMicro: record.limitMicro } as SessionInput
    case 'effectDone':
    case 'effectFailed': {
      const effectId = record.outbox[Number(drawn.which) % Math.max(1, record.outbox.length)]?.id ?? -1
      return { type: drawn.type as 'effectFailed', at, effectId, message: 'x', retryAt: at }
    }
    default:
      return { ...drawn, at } as SessionInput
  }
}

describe('a session, whatever happens to it in whatever order', () => {
  it('never loses or doubles money, never rises from the dead, and always knows what to do next', () => {
    fc.assert(
      fc.property(fc.array(anything, { minLength: 1, maxLength: 40 }), fc.boolean(), (events, card) => {
        let record = sampleSession(card ? { door: 'card' } : {})
        const balances = new Map<string, bigint>()
        events.forEach((drawn, index) => {
          const at = new Date(t0 + (index + 1) * 120_000).toISOString()
          const input = toInput(record, drawn, at)
          const before = record
          const stepped = step(before, input, settings)
          record = stepped.record
          for (const entry of ledgerEntries(before, record, input, index)) {
            expect(entry.postings.reduce((sum, posting) => sum + BigInt(posting.micro), 0n)).toBe(0n)
            for (const { account, micro } of entry.postings)
              balances.set(account, (balances.get(account) ?? 0n) + BigInt(micro))
          }
          const revived = input.type === 'endRolledBack' || (before.state === 'rejected' && input.type === 'opened')
          if (terminalStates.has(before.state) && !revived) expect(record.state).toBe(before.state)
          const keys = record.outbox.flatMap((entry) => (entry.kind === 'submit' ? [entry.key] : []))
          expect(new Set(keys).size).toBe(keys.length)
          const times = [...Object.values(record.timers), ...record.outbox.map((entry) => entry.dueAt)].sort()
          expect(record.dueAt).toBe(times[0])
          // The same input again changes nothing more of the money.
          const again = step(record, input, settings)
          expect(
            ledgerEntries(record, again.record, input, index).filter(
              (entry) => entry.kind !== 'lock' || input.type !== 'toppedUp',
            ),
          ).toEqual([])
        })
        const locked = balances.get(`escrow:${record._id}`) ?? 0n
        const over = terminalStates.has(record.state)
        expect(locked).toBe(over || record.openedAt === undefined ? 0n : BigInt(record.limitMicro))
      }),
      { numRuns: 1000 },
    )
  })
})
