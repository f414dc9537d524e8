import { type CompiledComponent, type CompiledTariff, dWhPerKWh, dWhPerWh, type Limit } from './compile.ts'
import { type Exact, zero } from './exact.ts'
import { msPerHour } from './local-time.ts'
import { periodsOf } from './periods.ts'
import { quotientToMicro } from './rounding.ts'
import type { Cost, CostGroup, PriceLine, SessionPrice } from './session-price.ts'
import { billedVolumes } from './step-size.ts'
import type { SessionTally, Tally } from './tally.ts'

/**
 * Amounts are kept as numerators over the milliseconds of an hour: price per hour x ms, price per kWh x dWh x 360,
 * price per session x 3,600,000. So a third of an hour is exact, and the only division is the rounding at the end.
 */
const perSession = msPerHour
const perDWh = msPerHour / dWhPerKWh

interface Sum {
  excl: Exact
  incl: Exact
}

/** The price of what was counted, as if the session ended now. */
export const priceTally = ({ compiled, charge, reservation }: SessionTally): SessionPrice => {
  const sum: Sum = { excl: zero, incl: zero }
  const lines = [
    ...(reservation === undefined ? [] : linesOf(compiled, reservation, sum)),
    ...(charge === undefined ? [] : linesOf(compiled, charge, sum)),
  ]
  const { total, limit } = limited(compiled, sum, charge !== undefined)
  const lineSum = sumOf(lines)
  return {
    tariffId: compiled.tariff.id,
    currency: compiled.tariff.currency,
    totalExclVatMicro: total.exclVatMicro,
    totalInclVatMicro: total.inclVatMicro,
    lines,
    costs: costsOf(lines),
    limit,
    rounding: minus(minus(total, limit), lineSum),
    appliedElements: [...new Set(lines.map((line) => line.elementIndex))].sort((a, b) => a - b),
    energyWh: (charge?.energyDWh ?? 0) / dWhPerWh,
    chargingMs: charge?.chargingMs ?? 0,
    parkingMs: charge?.parkingMs ?? 0,
    suspendedMs: charge?.suspendedMs ?? 0,
    reservationMs: reservation?.chargingMs ?? 0,
    periods: [...periodsOf(compiled.charge, reservation, true), ...periodsOf(compiled.charge, charge, false)],
  }
}

const linesOf = (compiled: CompiledTariff, tally: Tally, sum: Sum): readonly PriceLine[] => {
  const billed = billedVolumes(tally)
  const lines: PriceLine[] = []
  for (const component of compiled.components) {
    const volume = component === tally.flat ? 1 : billed.get(component)
    if (volume === undefined) continue
    const factor = volume * numeratorPer(component)
    const [excl, incl] = [component.exclPrice.times(factor), component.inclPrice.times(factor)]
    sum.excl = sum.excl.plus(excl)
    sum.incl = sum.incl.plus(incl)
    const unit = unitsPer(component)
    lines.push({
      dimension: component.dimension,
      reservation: component.reservation,
      elementIndex: component.elementIndex,
      componentIndex: component.componentIndex,
      price: component.price.toString(),
      vatPercent: component.vatPercent?.toString() ?? null,
      consumed: component === tally.flat ? 1 : tally.volumes.get(component)! / unit,
      billed: volume / unit,
      exclVatMicro: quotientToMicro(excl, msPerHour),
      inclVatMicro: quotientToMicro(incl, msPerHour),
    })
  }
  return lines
}

const numeratorPer = ({ dimension }: CompiledComponent): number =>
  dimension === 'FLAT' ? perSession : dimension === 'ENERGY' ? perDWh : 1
const unitsPer = ({ dimension }: CompiledComponent): number =>
  dimension === 'FLAT' ? 1 : dimension === 'ENERGY' ? dWhPerWh : 1000

/**
 * min_price and max_price bind net and gross apart (mod_tariffs, notes of the Tariff object). A reservation that expired
 * unused is no charging session: nothing lifts it to min_price, but max_price still protects.
 */
const limited = (compiled: CompiledTariff, sum: Sum, isSession: boolean) => {
  const min = isSession ? compiled.min : undefined
  const excl = bind(sum.excl, min, compiled.max, 'excl')
  const incl = bind(sum.incl, min, compiled.max, 'incl')
  const total: Cost = { exclVatMicro: toMicro(excl.amount), inclVatMicro: toMicro(incl.amount) }
  const free: Cost = { exclVatMicro: toMicro(sum.excl), inclVatMicro: toMicro(sum.incl) }
  return { total, limit: { ...minus(total, free), exclVat: excl.by, inclVat: incl.by } }
}

const bind = (amount: Exact, min: Limit | undefined, max: Limit | undefined, side: 'excl' | 'incl') => {
  const least = min?.[side].times(perSession)
  const most = max?.[side].times(perSession)
  if (most?.lessThan(amount)) return { amount: most, by: 'max' as const }
  if (least?.greaterThan(amount)) return { amount: least, by: 'min' as const }
  return { amount, by: undefined }
}

const toMicro = (numerator: Exact): bigint => quotientToMicro(numerator, msPerHour)

const costsOf = (lines: readonly PriceLine[]): Readonly<Record<CostGroup, Cost>> => {
  const of = (group: CostGroup) =>
    sumOf(lines.filter((line) => (line.reservation ? 'RESERVATION' : line.dimension) === group))
  return {
    ENERGY: of('ENERGY'),
    TIME: of('TIME'),
    PARKING_TIME: of('PARKING_TIME'),
    FLAT: of('FLAT'),
    RESERVATION: of('RESERVATION'),
  }
}

const sumOf = (costs: readonly Cost[]): Cost =>
  costs.reduce<Cost>(
    (total, cost) => ({
      exclVatMicro: total.exclVatMicro + cost.exclVatMicro,
      inclVatMicro: total.inclVatMicro + cost.inclVatMicro,
    }),
    { exclVatMicro: 0n, inclVatMicro: 0n },
  )

const minus = (a: Cost, b: Cost): Cost => ({
  exclVatMicro: a.exclVatMicro - b.exclVatMicro,
  inclVatMicro: a.inclVatMicro - b.inclVatMicro,
})
