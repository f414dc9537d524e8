import { type Exact, exact, hundred } from './exact.ts'
import { dayNumberOf, msPerDay, timeOfDayOf } from './local-time.ts'
import { parseTariff } from './parse-tariff.ts'
import { notComputable } from './refusal.ts'
import { daysOfWeek, type PriceLimit, type Tariff, type TariffDimension, type TariffRestrictions } from './tariff.ts'

/**
 * Energy inside the engine: whole tenths of a Wh (dWh). It is the grid of OCPI's numbers (4 decimals of a kWh, types "number"),
 * so that the charging periods we write are exactly the ones we priced.
 */
export const dWhPerKWh = 10_000
export const dWhPerWh = 10

/** A tariff made ready to price: exact decimals, whole units, and the marks at which something can change. */
export interface CompiledTariff {
  readonly tariff: Tariff
  readonly components: readonly CompiledComponent[]
  /** Elements of the charge itself. */
  readonly charge: Phase
  /** Elements of a reservation that was used, and of one that expired (RESERVATION_EXPIRES first, per dimension). */
  readonly reserved: Phase
  readonly expired: Phase
  readonly min: Limit | undefined
  readonly max: Limit | undefined
}

export interface CompiledComponent {
  /** Place in `CompiledTariff.components`. */
  readonly index: number
  readonly elementIndex: number
  readonly componentIndex: number
  readonly dimension: TariffDimension
  readonly reservation: boolean
  /** As written in the tariff, per kWh, hour or session. */
  readonly price: Exact
  readonly vatPercent: Exact | null
  /** The same per unit without and with VAT. */
  readonly exclPrice: Exact
  readonly inclPrice: Exact
  /** dWh or ms; 0 = none. */
  readonly step: number
}

/** The elements that compete in one phase, in the tariff's order, and what can make them change. */
export interface Phase {
  readonly elements: readonly CompiledElement[]
  /** Local times of day, ms, ascending. Empty when no element looks at the clock or the calendar. */
  readonly clockMarks: readonly number[]
  /** dWh, ascending. */
  readonly energyMarks: readonly number[]
  /** Ms since the phase began, ascending. */
  readonly durationMarks: readonly number[]
  /** W and A, ascending: where power and current begin or cease to match an element. */
  readonly powerMarks: readonly number[]
  readonly currentMarks: readonly number[]
  readonly looksAtPower: boolean
  readonly looksAtCurrent: boolean
}

export interface CompiledElement {
  readonly index: number
  readonly condition: Condition | undefined
  readonly components: Readonly<Partial<Record<TariffDimension, CompiledComponent>>>
}

/** Restrictions in whole units; ranges are [from, to). */
export interface Condition {
  readonly time: { readonly fromMs: number; readonly toMs: number } | undefined
  readonly days: { readonly from: number; readonly to: number } | undefined
  /** Indexed from Monday. */
  readonly weekdays: readonly boolean[] | undefined
  readonly dWh: { readonly from: number; readonly to: number } | undefined
  readonly durationMs: { readonly from: number; readonly to: number } | undefined
  readonly powerW: { readonly from: number; readonly to: number } | undefined
  readonly currentA: { readonly from: number; readonly to: number } | undefined
}

export interface Limit {
  readonly excl: Exact
  readonly incl: Exact
}

const compiled = new WeakMap<Tariff, CompiledTariff>()

/** Compiled once per tariff object. The tariff is parsed again here: one that came back from a store is no more trusted than a new one. */
export const compileTariff = (tariff: Tariff): CompiledTariff => {
  const known = compiled.get(tariff)
  if (known !== undefined) return known
  const fresh = compileFresh(parseTariff(tariff))
  compiled.set(tariff, fresh)
  return fresh
}

const compileFresh = (tariff: Tariff): CompiledTariff => {
  const components: CompiledComponent[] = []
  const elements = tariff.elements.map((element, elementIndex) => {
    const reservation = element.restrictions?.reservation
    const own: Partial<Record<TariffDimension, CompiledComponent>> = {}
    element.price_components.forEach((component, componentIndex) => {
      const price = exact(component.price)
      const vatPercent = component.vat === undefined ? null : exact(component.vat)
      const factor = hundred.plus(vatPercent ?? 0).dividedBy(hundred)
      const inclusive = tariff.tax_included === 'YES'
      own[component.type] = {
        index: components.length,
        elementIndex,
        componentIndex,
        dimension: component.type,
        reservation: reservation !== undefined,
        price,
        vatPercent,
        exclPrice: inclusive ? price.dividedBy(factor) : price,
        inclPrice: inclusive ? price : price.times(factor),
        step: component.step_size * (component.type === 'ENERGY' ? dWhPerWh : component.type === 'FLAT' ? 0 : 1000),
      }
      components.push(own[component.type]!)
    })
    return { index: elementIndex, condition: conditionOf(element.restrictions), components: own, reservation }
  })
  const of = (kind: (typeof elements)[number]['reservation']) =>
    elements.filter((element) => element.reservation === kind)
  return {
    tariff,
    components,
    charge: phaseOf(of(undefined)),
    reserved: phaseOf(of('RESERVATION')),
    expired: phaseOf([...of('RESERVATION_EXPIRES'), ...of('RESERVATION')]),
    min: tariff.min_price && limitOf(tariff.min_price, components, '$.min_price'),
    max: tariff.max_price && limitOf(tariff.max_price, components, '$.max_price'),
  }
}

const conditionOf = (restrictions: TariffRestrictions | undefined): Condition | undefined => {
  if (restrictions === undefined) return undefined
  const r = restrictions
  const [startTime, endTime] = [r.start_time ?? '00:00', r.end_time ?? '00:00']
  const toMs = endTime === '00:00' ? msPerDay : timeOfDayOf(endTime)
  const condition: Condition = {
    time: startTime === '00:00' && toMs === msPerDay ? undefined : { fromMs: timeOfDayOf(startTime), toMs },
    days: range(r.start_date && dayNumberOf(r.start_date), r.end_date && dayNumberOf(r.end_date)),
    weekdays: r.day_of_week?.length ? daysOfWeek.map((day) => r.day_of_week!.includes(day)) : undefined,
    // On a grid of whole dWh, "at least 0.00005 kWh" is "at least 1 dWh".
    dWh: range(wholeUp(r.min_kwh, dWhPerKWh), wholeUp(r.max_kwh, dWhPerKWh)),
    durationMs: range(wholeUp(r.min_duration, 1000), wholeUp(r.max_duration, 1000)),
    powerW: range(wholeUnits(r.min_power, 1000), wholeUnits(r.max_power, 1000)),
    currentA: range(r.min_current, r.max_current),
  }
  return Object.values(condition).every((part) => part === undefined) ? undefined : condition
}

const wholeUnits = (value: number | undefined, factor: number) =>
  value === undefined ? undefined : exact(value).times(factor).toNumber()
const wholeUp = (value: number | undefined, factor: number) =>
  value === undefined ? undefined : exact(value).times(factor).ceil().toNumber()
const range = (from: number | '' | undefined, to: number | '' | undefined) =>
  from === undefined && to === undefined
    ? undefined
    : { from: (from as number) ?? Number.NEGATIVE_INFINITY, to: (to as number) ?? Number.POSITIVE_INFINITY }

const phaseOf = (elements: readonly CompiledElement[]): Phase => {
  const conditions = elements.flatMap((element) => element.condition ?? [])
  const calendar = conditions.some((condition) => condition.days || condition.weekdays || condition.time)
  const marks = (pick: (condition: Condition) => readonly number[]) =>
    [...new Set(conditions.flatMap(pick))].filter((mark) => mark > 0 && Number.isFinite(mark)).sort((a, b) => a - b)
  const ends = (part: { readonly from: number; readonly to: number } | undefined) => (part ? [part.from, part.to] : [])
  return {
    elements,
    clockMarks: calendar
      ? [0, ...marks(({ time }) => (time ? [time.fromMs, time.toMs] : [])).filter((mark) => mark < msPerDay)]
      : [],
    energyMarks: marks(({ dWh }) => ends(dWh)),
    durationMarks: marks(({ durationMs }) => ends(durationMs)),
    powerMarks: marks(({ powerW }) => ends(powerW)),
    currentMarks: marks(({ currentA }) => ends(currentA)),
    looksAtPower: conditions.some(({ powerW }) => powerW !== undefined),
    looksAtCurrent: conditions.some(({ currentA }) => currentA !== undefined),
  }
}

/**
 * A limit binds net and gross apart. Where only the net one is given, the gross one follows if the whole tariff has one VAT
 * rate (or none); with several rates nobody can say it.
 */
const limitOf = (limit: PriceLimit, components: readonly CompiledComponent[], path: string): Limit => {
  const excl = exact(limit.excl_vat)
  if (limit.incl_vat !== undefined) return { excl, incl: exact(limit.incl_vat) }
  const rates = new Set(
    components.filter(({ price }) => !price.isZero()).map(({ vatPercent }) => (vatPercent ?? 0).toString()),
  )
  if (rates.size > 1) throw notComputable(`${path}.incl_vat`, 'it is absent though the tariff has several VAT rates')
  const [rate] = rates
  return { excl, incl: excl.times(hundred.plus(rate ?? 0)).dividedBy(hundred) }
}
