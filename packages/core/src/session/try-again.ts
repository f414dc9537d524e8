import { change, type Draft, effect, later, setTimer, submit } from './draft.ts'

/** What ends a session on chain: asked once more when it was refused. */
export const endingIntents: ReadonlySet<string> = new Set([
  'settle',
  'propose',
  'finalise',
  'prove',
  'cancel',
  'reclaim',
])

/** A refusal may pass: a clock that was wrong, a node that lagged, a key that was not yet a delegate. 1, 2, 4 ... 60 minutes. */
export const againAt = ({ record, at }: Draft): string => later(at, 60 * Math.min(60, 2 ** (record.triesAgain ?? 0)))

/**
 * Asks the chain again for whatever would end this session now: the receipt while it may be settled, afterwards that the deposit
 * goes back. So no refusal leaves money in the escrow for longer than the terms say.
 */
export const tryAgain = (draft: Draft): Draft => {
  const { record, at } = draft
  const next = change(draft, { triesAgain: (record.triesAgain ?? 0) + 1 })
  const isPast = (time: string | undefined): boolean => time !== undefined && at > time
  const { terms, receipt, receiptSignature, cosignature } = record
  const isTooLate = isPast(new Date(terms.settleBy * 1000).toISOString())
  switch (record.state) {
    case 'cancelling':
      return submit(next, { kind: isTooLate ? 'reclaim' : 'cancel', terms })
    case 'disputed':
      if (isPast(record.proveUntil) && receipt !== undefined) return submit(next, { kind: 'finalise', terms, receipt })
      return effect(next, { kind: 'prove' })
    case 'settling': {
      if (receipt === undefined || receiptSignature === undefined) return draft
      const signed = { terms, receipt, operatorSignature: receiptSignature }
      if (isPast(record.disputeUntil)) return submit(next, { kind: 'finalise', terms, receipt })
      if (record.disputeUntil === undefined && isTooLate) return submit(next, { kind: 'reclaim', terms })
      if (cosignature !== undefined) return submit(next, { kind: 'settle', ...signed, driverSignature: cosignature })
      if (record.disputeUntil === undefined) return submit(next, { kind: 'propose', ...signed })
      return setTimer(draft, 'finalise', later(record.disputeUntil, 1))
    }
    default:
      return draft
  }
}
