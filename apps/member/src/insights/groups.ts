import type { Charge } from '../charges/charge.ts'
import { monthAfter } from '../charges/local-moment.ts'
import { add, noTotals, type Totals } from './totals.ts'

/** Charges with one thing in common. */
export interface Group extends Totals {
  readonly key: string
}

/** One group per key, the dearest first; charges without a key stand in none. */
export const groupsOf = (
  charges: readonly Charge[],
  keyOf: (charge: Charge) => string | undefined,
): readonly Group[] => {
  const groups = new Map<string, Totals>()
  for (const charge of charges) {
    const key = keyOf(charge)
    if (key !== undefined) groups.set(key, add(groups.get(key) ?? noTotals, charge))
  }
  return [...groups]
    .map(([key, totals]) => ({ key, ...totals }))
    .sort((a, b) => (a.costMicro === b.costMicro ? a.key.localeCompare(b.key) : a.costMicro > b.costMicro ? -1 : 1))
}

/** One group per month, oldest first; months in between without a charge are there, empty. */
export const byMonth = (charges: readonly Charge[]): readonly Group[] => {
  const groups = new Map(groupsOf(charges, ({ local }) => local.day.slice(0, 7)).map((group) => [group.key, group]))
  const months = [...groups.keys()].sort()
  const [first] = months
  const last = months.at(-1)
  if (first === undefined || last === undefined) return []
  const all: Group[] = []
  for (let month = first; month <= last; month = monthAfter(month, 1))
    all.push(groups.get(month) ?? { key: month, ...noTotals })
  return all
}

/** 24 groups: charges by the hour of the plug's clock in which they began. */
export const byHour = (charges: readonly Charge[]): readonly Group[] => {
  const groups = new Map(groupsOf(charges, ({ local }) => String(local.hour)).map((group) => [group.key, group]))
  return Array.from({ length: 24 }, (_, hour) => groups.get(String(hour)) ?? { key: String(hour), ...noTotals })
}

/** 7 groups, from Monday. */
export const byWeekday = (charges: readonly Charge[]): readonly Group[] => {
  const groups = new Map(groupsOf(charges, ({ local }) => String(local.weekday)).map((group) => [group.key, group]))
  return Array.from({ length: 7 }, (_, day) => groups.get(String(day)) ?? { key: String(day), ...noTotals })
}

/** The first `most`, and what is left of them in one group called `rest`. */
export const withRest = (groups: readonly Group[], most: number): readonly Group[] => {
  if (groups.length <= most + 1) return groups
  const rest = groups.slice(most).reduce(
    (sum, group) => ({
      count: sum.count + group.count,
      energyWh: sum.energyWh + group.energyWh,
      costMicro: sum.costMicro + group.costMicro,
      chargingSeconds: sum.chargingSeconds + group.chargingSeconds,
      idleSeconds: sum.idleSeconds + group.idleSeconds,
    }),
    noTotals,
  )
  return [...groups.slice(0, most), { key: 'rest', ...rest }]
}
