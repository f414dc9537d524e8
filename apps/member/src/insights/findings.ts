import type { Group } from './groups.ts'
import type { IdleFees } from './idle-fees.ts'
import type { Comparison } from './past.ts'
import { pricePerKWhMicro, type Totals } from './totals.ts'
import type { OtherHours, OtherPlugs } from './what-if.ts'

/** One sentence of the summary, before it is put into a language. */
export type Finding =
  | { readonly kind: 'spent'; readonly totals: Totals; readonly pricePerKWhMicro: bigint | undefined }
  | { readonly kind: 'price'; readonly percent: number; readonly now: bigint; readonly before: bigint }
  | { readonly kind: 'place'; readonly place: string; readonly sharePercent: number }
  | {
      readonly kind: 'cheaper-place'
      readonly place: string
      readonly pricePerKWhMicro: bigint
      readonly usual: bigint
    }
  | { readonly kind: 'hour'; readonly hour: number; readonly savedMicro: bigint; readonly count: number }
  | { readonly kind: 'plug'; readonly place: string; readonly savedMicro: bigint; readonly count: number }
  | { readonly kind: 'idle'; readonly costMicro: bigint; readonly seconds: number; readonly count: number }

/** Below this nobody cares to hear of it. */
const worthSayingMicro = 1_000_000n

/** What is worth telling, most telling first. Everything in it is a figure computed elsewhere; nothing is guessed. */
export const findingsOf = (facts: {
  readonly totals: Totals
  readonly places: readonly Group[]
  readonly comparison: Comparison
  readonly idle: IdleFees
  readonly hours: OtherHours
  readonly plugs: OtherPlugs
}): readonly Finding[] => {
  const { totals, places, comparison, idle, hours, plugs } = facts
  if (totals.count === 0) return []
  const usual = pricePerKWhMicro(totals)
  const findings: Finding[] = [{ kind: 'spent', totals, pricePerKWhMicro: usual }]
  const now = pricePerKWhMicro(comparison.now)
  const before = pricePerKWhMicro(comparison.before)
  if (comparison.pricePercent !== undefined && Math.abs(comparison.pricePercent) >= 2 && now && before)
    findings.push({ kind: 'price', percent: comparison.pricePercent, now, before })
  const [most] = [...places].sort((a, b) => b.count - a.count)
  if (most && places.length > 1)
    findings.push({ kind: 'place', place: most.key, sharePercent: (most.count / totals.count) * 100 })
  if (idle.costMicro > 0n)
    findings.push({ kind: 'idle', costMicro: idle.costMicro, seconds: idle.seconds, count: idle.count })
  if (hours.matters && hours.cheapest && hours.actualMicro - hours.cheapest.costMicro >= worthSayingMicro)
    findings.push({
      kind: 'hour',
      hour: hours.cheapest.hour,
      savedMicro: hours.actualMicro - hours.cheapest.costMicro,
      count: hours.count,
    })
  const cheapest = cheapestPlace(places)
  if (cheapest && usual && cheapest.price * 100n < usual * 95n && places.length > 1)
    findings.push({ kind: 'cheaper-place', place: cheapest.key, pricePerKWhMicro: cheapest.price, usual })
  const [plug] = plugs.plugs
  if (plug && plugs.actualMicro - plug.costMicro >= worthSayingMicro)
    findings.push({
      kind: 'plug',
      place: plug.place,
      savedMicro: plugs.actualMicro - plug.costMicro,
      count: plugs.count,
    })
  return findings
}

/** Among places used more than twice. */
const cheapestPlace = (places: readonly Group[]) =>
  places
    .flatMap((group) => {
      const price = pricePerKWhMicro(group)
      return price === undefined || group.count < 3 ? [] : [{ key: group.key, price }]
    })
    .sort((a, b) => (a.price < b.price ? -1 : 1))[0]
