import type { Charge } from '../charges/charge.ts'
import { dayAfter, daysBetween } from '../charges/local-moment.ts'
import { passedOf, type Span, spanBefore, within } from './span.ts'
import { pricePerKWhMicro, type Totals, totalsOf } from './totals.ts'

/** The span that passed so far beside as many days of the span before. */
export interface Comparison {
  readonly now: Totals
  readonly before: Totals
  readonly span: Span
  readonly spanBefore: Span
  /** Change in percent; undefined where there is nothing to compare with. */
  readonly energyPercent: number | undefined
  readonly costPercent: number | undefined
  readonly pricePercent: number | undefined
}

export const compareWithPast = (charges: readonly Charge[], span: Span, today: string): Comparison => {
  const passed = passedOf(span, today)
  const whole = spanBefore(span)
  const before =
    passed.to === span.to
      ? whole
      : { from: whole.from, to: dayAfter(whole.from, daysBetween(passed.from, passed.to) - 1) }
  const now = totalsOf(within(charges, passed))
  const then = totalsOf(within(charges, before))
  return {
    now,
    before: then,
    span: passed,
    spanBefore: before,
    energyPercent: change(now.energyWh, then.energyWh),
    costPercent: change(Number(now.costMicro), Number(then.costMicro)),
    pricePercent: change(Number(pricePerKWhMicro(now) ?? 0n), Number(pricePerKWhMicro(then) ?? 0n)),
  }
}

const change = (now: number, before: number): number | undefined =>
  before <= 0 || now <= 0 ? undefined : ((now - before) / before) * 100
