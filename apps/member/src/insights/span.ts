import { type Charge, isCounted } from '../charges/charge.ts'
import { dayAfter, daysBetween, lastDayOf, monthAfter } from '../charges/local-moment.ts'

/** Days on the plugs' own calendars, both ends named. */
export interface Span {
  readonly from: string
  readonly to: string
}

/** What a person can choose: the last twelve months up to this one, everything, a year, a month. */
export type SpanName = 'months12' | 'all' | `${number}` | `${number}-${string}`

export const spanOf = (name: SpanName, today: string): Span => {
  const month = today.slice(0, 7)
  if (name === 'months12') return { from: `${monthAfter(month, -11)}-01`, to: lastDayOf(month) }
  if (name === 'all') return { from: '2000-01-01', to: '9999-12-31' }
  if (/^\d{4}$/.test(name)) return { from: `${name}-01-01`, to: `${name}-12-31` }
  return { from: `${name}-01`, to: lastDayOf(name) }
}

/** The span of the same length that ended where this one begins; whole months are compared with whole months. */
export const spanBefore = ({ from, to }: Span): Span => {
  if (from.endsWith('-01') && to === lastDayOf(to.slice(0, 7))) {
    const months = monthsBetween(from.slice(0, 7), to.slice(0, 7))
    return { from: `${monthAfter(from.slice(0, 7), -months)}-01`, to: dayAfter(from, -1) }
  }
  const days = daysBetween(from, to)
  return { from: dayAfter(from, -days), to: dayAfter(from, -1) }
}

const monthsBetween = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7)) + 1

/** Charges that count and began within these days. */
export const within = (charges: readonly Charge[], { from, to }: Span): readonly Charge[] =>
  charges.filter((charge) => charge.local.day >= from && charge.local.day <= to && isCounted(charge))

/** Part of the span that has passed, so that a month half over is compared with half a month. */
export const passedOf = (span: Span, today: string): Span => (span.to <= today ? span : { ...span, to: today })
