import { type Draft, setTimer } from './draft.ts'

/** How long before settleBy a charge is stopped that nobody ended, seconds: time enough to stop, price and settle it. */
const beforeSettleByS = 12 * 3600

/** A charge whose station never speaks again, or that nobody stops, is ended while the operator may still be paid. */
export const endInTime = (draft: Draft): Draft =>
  draft.record.paid
    ? setTimer(draft, 'assumeEnded', new Date((draft.record.terms.settleBy - beforeSettleByS) * 1000).toISOString())
    : draft
