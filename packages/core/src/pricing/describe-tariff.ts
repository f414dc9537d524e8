import { type CompiledComponent, type CompiledElement, compileTariff, type Limit, type Phase } from './compile.ts'
import { type Exact, exact } from './exact.ts'
import type { Tariff, TariffDimension, TariffRestrictions } from './tariff.ts'

export type PricedKind =
  | 'energy'
  | 'time'
  | 'parking'
  | 'start'
  | 'reservation-fee'
  | 'reservation-time'
  | 'expiry-fee'
  | 'expiry-time'

/** One thing a driver pays for, in figures. Words are `@werenode/design`'s. */
export interface TariffPart {
  readonly kind: PricedKind | 'min' | 'max'
  readonly unit: 'kWh' | 'minute' | 'session'
  /** Per unit, decimal strings to 6 places; the price a person sees is inclVat. */
  readonly inclVat: string
  readonly exclVat: string
  /** Null where the tariff names no VAT. */
  readonly vatPercent: string | null
  /** When it applies, as the tariff's JSON says, all of them at once. Absent: always, or whenever no part of its kind before it applies. */
  readonly restrictions?: Omit<TariffRestrictions, 'reservation'>
  /** The block that is billed; absent where blocks are a Wh or a second. */
  readonly stepWh?: number
  readonly stepSeconds?: number
}

/**
 * A tariff's parts for a screen, in AFIR's order (Regulation (EU) 2023/1804, Article 5): price per kWh, per minute, per session, then
 * everything else. Time prices are per minute. Elements that can never apply are left out; of a tariff that costs nothing, one part
 * without conditions remains.
 */
export const describeTariff = (tariff: Tariff): readonly TariffPart[] => {
  const compiled = compileTariff(tariff)
  const { charge, reserved, expired } = compiled
  const expiry: Phase = {
    ...expired,
    elements: expired.elements.filter((element) => !reserved.elements.includes(element)),
  }
  const partsOf = (phase: Phase, dimension: TariffDimension, kind: PricedKind) =>
    partsOfDimension(tariff, phase, dimension, kind)
  const parts = [
    ...partsOf(charge, 'ENERGY', 'energy'),
    ...partsOf(charge, 'TIME', 'time'),
    ...partsOf(charge, 'PARKING_TIME', 'parking'),
    ...partsOf(charge, 'FLAT', 'start'),
    ...partsOf(reserved, 'FLAT', 'reservation-fee'),
    ...partsOf(reserved, 'TIME', 'reservation-time'),
    ...partsOf(expiry, 'FLAT', 'expiry-fee'),
    ...partsOf(expiry, 'TIME', 'expiry-time'),
    ...(compiled.min === undefined ? [] : [limitPart('min', compiled.min)]),
    ...(compiled.max === undefined ? [] : [limitPart('max', compiled.max)]),
  ]
  const isFree = compiled.components.every(({ price }) => price.isZero()) && compiled.min === undefined
  const [first] = parts
  if (!isFree || first === undefined) return parts
  const { restrictions: _, ...always } = first
  return [always]
}

/** The components of a dimension up to the first unrestricted one, which hides the rest. */
const partsOfDimension = (
  tariff: Tariff,
  phase: Phase,
  dimension: TariffDimension,
  kind: PricedKind,
): readonly TariffPart[] => {
  const parts: TariffPart[] = []
  for (const element of phase.elements) {
    const component = element.components[dimension]
    if (component === undefined) continue
    parts.push(pricedPart(tariff, kind, component, element))
    if (element.condition === undefined) break
  }
  return parts
}

const pricedPart = (
  tariff: Tariff,
  kind: PricedKind,
  component: CompiledComponent,
  element: CompiledElement,
): TariffPart => {
  const perUnit = component.dimension === 'TIME' || component.dimension === 'PARKING_TIME' ? 60 : 1
  const { reservation: _, ...restrictions } = tariff.elements[element.index]!.restrictions ?? {}
  return {
    kind,
    unit: component.dimension === 'ENERGY' ? 'kWh' : perUnit === 60 ? 'minute' : 'session',
    inclVat: plain(component.inclPrice.dividedBy(perUnit)),
    exclVat: plain(component.exclPrice.dividedBy(perUnit)),
    vatPercent: component.vatPercent?.toString() ?? null,
    ...(element.condition === undefined ? {} : { restrictions }),
    ...(component.price.isZero() ? {} : stepFigure(component)),
  }
}

const limitPart = (kind: 'min' | 'max', { excl, incl }: Limit): TariffPart => ({
  kind,
  unit: 'session',
  inclVat: plain(incl),
  exclVat: plain(excl),
  vatPercent: null,
})

/** A compiled step is tenths of a Wh, or milliseconds. */
const stepFigure = ({ dimension, step }: CompiledComponent) => {
  if (dimension === 'FLAT') return {}
  if (dimension === 'ENERGY') return step <= 10 ? {} : { stepWh: step / 10 }
  return step <= 1000 ? {} : { stepSeconds: step / 1000 }
}

const plain = (amount: Exact): string => exact(amount.toDecimalPlaces(6).toString()).toString()
