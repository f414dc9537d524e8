import { type CompiledComponent, type CompiledElement, compileTariff, type Limit, type Phase } from './compile.ts'
import { conditionWords, durationWords } from './condition-words.ts'
import { type Exact, exact } from './exact.ts'
import type { Tariff, TariffDimension, TariffRestrictions } from './tariff.ts'
import { englishWords, frenchWords, type PartKind, type PricedKind, type TariffWords } from './tariff-words.ts'

/** One thing a driver pays for, in figures and in words. */
export interface TariffPart {
  readonly kind: PartKind
  readonly unit: 'kWh' | 'minute' | 'session'
  /** Per unit, decimal strings to 6 places; the price a person sees is inclVat. */
  readonly inclVat: string
  readonly exclVat: string
  /** Null where the tariff names no VAT. */
  readonly vatPercent: string | null
  /** `€0.275 per kWh` */
  readonly price: string
  /** `incl. 10% VAT` */
  readonly vat: string
  /** When it applies, all of them at once; empty: always. */
  readonly conditions: readonly string[]
  /** `billed per 15 min`; absent where blocks are a Wh or a second. */
  readonly step?: string
  /** The same in figures, for who words it himself: what the tariff's JSON says. Absent: always, or whenever no part before it applies. */
  readonly restrictions?: Omit<TariffRestrictions, 'reservation'>
  readonly stepWh?: number
  readonly stepSeconds?: number
  /** All of it in one line. */
  readonly text: string
}

/**
 * A tariff in plain words for a screen, in AFIR's order (Regulation (EU) 2023/1804, Article 5): price per kWh, per minute, per session,
 * then everything else. Time prices are told per minute, prices with VAT. Elements that can never apply are left out.
 */
export const describeTariff = (tariff: Tariff, locale: 'en' | 'fr'): readonly TariffPart[] => {
  const compiled = compileTariff(tariff)
  const words = locale === 'fr' ? frenchWords : englishWords
  const writer = createWriter(tariff, words)
  const { charge, reserved, expired } = compiled
  const expiry: Phase = {
    ...expired,
    elements: expired.elements.filter((element) => !reserved.elements.includes(element)),
  }
  const parts = [
    ...writer.parts(charge, 'ENERGY', 'energy'),
    ...writer.parts(charge, 'TIME', 'time'),
    ...writer.parts(charge, 'PARKING_TIME', 'parking'),
    ...writer.parts(charge, 'FLAT', 'start'),
    ...writer.parts(reserved, 'FLAT', 'reservation-fee'),
    ...writer.parts(reserved, 'TIME', 'reservation-time'),
    ...writer.parts(expiry, 'FLAT', 'expiry-fee'),
    ...writer.parts(expiry, 'TIME', 'expiry-time'),
    ...(compiled.min === undefined ? [] : [writer.limit('min', compiled.min)]),
    ...(compiled.max === undefined ? [] : [writer.limit('max', compiled.max)]),
  ]
  const isFree = compiled.components.every(({ price }) => price.isZero()) && compiled.min === undefined
  const [first] = parts
  return isFree && first !== undefined
    ? [{ ...first, conditions: [], price: words.freeOfCharge, text: words.freeOfCharge }]
    : parts
}

const createWriter = (tariff: Tariff, words: TariffWords) => {
  const money = new Intl.NumberFormat(words.locale, {
    style: 'currency',
    currency: tariff.currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: 4,
  })
  const show = (amount: Exact) => money.format(amount.toNumber())

  const part = (
    kind: PricedKind,
    component: CompiledComponent,
    element: CompiledElement,
    isRest: boolean,
  ): TariffPart => {
    const perUnit = component.dimension === 'TIME' || component.dimension === 'PARKING_TIME' ? 60 : 1
    const inclVat = component.inclPrice.dividedBy(perUnit)
    const vatPercent = component.vatPercent?.toString() ?? null
    const { reservation: _, ...restrictions } = tariff.elements[element.index]!.restrictions ?? {}
    const own = conditionWords(restrictions, words)
    const conditions = isRest && own.length === 0 ? [words.otherwise] : own
    const isFree = component.price.isZero()
    const price = isFree ? words.free[kind] : words.price[kind](show(inclVat))
    const vat = words.vat(vatPercent === null ? undefined : percentText(vatPercent, words))
    const step = isFree ? undefined : stepWords(component, words)
    return {
      kind,
      unit: component.dimension === 'ENERGY' ? 'kWh' : perUnit === 60 ? 'minute' : 'session',
      inclVat: plain(inclVat),
      exclVat: plain(component.exclPrice.dividedBy(perUnit)),
      vatPercent,
      price,
      vat,
      conditions,
      ...(own.length === 0 ? {} : { restrictions }),
      ...(step === undefined ? {} : { step, ...stepFigure(component) }),
      text: [`${price}${isFree ? '' : ` (${vat})`}`, ...conditions, ...(step === undefined ? [] : [step])].join(
        words.and,
      ),
    }
  }

  return {
    /** The components of a dimension up to the first unrestricted one, which hides the rest. */
    parts: (phase: Phase, dimension: TariffDimension, kind: PricedKind): readonly TariffPart[] => {
      const parts: TariffPart[] = []
      for (const element of phase.elements) {
        const component = element.components[dimension]
        if (component === undefined) continue
        parts.push(part(kind, component, element, parts.length > 0))
        if (element.condition === undefined) break
      }
      return parts
    },
    limit: (kind: 'min' | 'max', { excl, incl }: Limit): TariffPart => {
      const price = words.price[kind](show(incl))
      return {
        kind,
        unit: 'session',
        inclVat: plain(incl),
        exclVat: plain(excl),
        vatPercent: null,
        price,
        vat: '',
        conditions: [],
        text: price,
      }
    },
  }
}

const stepWords = ({ dimension, step }: CompiledComponent, words: TariffWords): string | undefined => {
  if (dimension === 'FLAT') return undefined
  if (dimension === 'ENERGY')
    return step <= 10 ? undefined : words.step(`${new Intl.NumberFormat(words.locale).format(step / 10_000)}\u00a0kWh`)
  return step <= 1000 ? undefined : words.step(durationWords(step / 1000))
}

const stepFigure = ({ dimension, step }: CompiledComponent) =>
  dimension === 'ENERGY' ? { stepWh: step / 10 } : { stepSeconds: step / 1000 }

const percentText = (percent: string, { locale }: TariffWords): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(Number(percent))
const plain = (amount: Exact): string => exact(amount.toDecimalPlaces(6).toString()).toString()
