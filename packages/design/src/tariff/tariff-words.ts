import type { HouseTranslate } from '../catalogue/catalogue.ts'
import { houseWords } from '../catalogue/catalogue.ts'
import { formatDuration } from '../format/duration.ts'
import { formatEnergy } from '../format/energy.ts'
import type { Locale } from '../format/locale.ts'
import type { MoneyOptions } from '../format/money.ts'
import { formatPrice } from '../format/money.ts'
import { figure, formatPercent } from '../format/number.ts'
import type { TariffConditions } from './conditions.ts'
import { conditionWords } from './conditions.ts'

/** What a driver may pay for. */
export type TariffPartKind =
  | 'energy'
  | 'time'
  | 'parking'
  | 'start'
  | 'reservation-fee'
  | 'reservation-time'
  | 'expiry-fee'
  | 'expiry-time'
  | 'min'
  | 'max'

/** One part of a tariff in figures, as the pricing engine's `describeTariff` gives them; what it has beyond this is not read. */
export interface TariffPartFigures {
  readonly kind: TariffPartKind
  /** Per kWh, minute or charge, VAT included: a decimal string in whole currency. */
  readonly inclVat: string
  /** Null where the tariff names no VAT. */
  readonly vatPercent: string | null
  readonly restrictions?: TariffConditions
  /** The block that is billed. */
  readonly stepWh?: number
  readonly stepSeconds?: number
}

/** A part in sentences. */
export interface TariffSentence {
  readonly kind: TariffPartKind
  /** `€0.49 per kWh` */
  readonly price: string
  /** `incl. 20% VAT`; empty for limits and what is free. */
  readonly vat: string
  readonly conditions: readonly string[]
  readonly step: string | undefined
  /** All of it in one line. */
  readonly text: string
}

export interface TariffWordsOptions {
  readonly locale: Locale
  /** ISO 4217, as the tariff says. */
  readonly currency: string
  readonly money?: Pick<MoneyOptions, 'show'>
}

export const isLimit = (kind: TariffPartKind): boolean => kind === 'min' || kind === 'max'

const vatWords = ({ kind, vatPercent }: TariffPartFigures, t: HouseTranslate, locale: Locale): string => {
  if (isLimit(kind)) return ''
  return vatPercent === null
    ? t('tariff.noVat')
    : t('tariff.vat', { percent: formatPercent(vatPercent, locale, { maxDecimals: 4 }) })
}

const stepWords = (
  { stepWh, stepSeconds }: TariffPartFigures,
  t: HouseTranslate,
  locale: Locale,
): string | undefined => {
  // A block of one Wh or one second is no block to a driver.
  if (stepWh !== undefined && stepWh > 1)
    return t('tariff.step', { block: formatEnergy(stepWh, locale, { precision: 'exact' }) })
  if (stepSeconds !== undefined && stepSeconds > 1)
    return t('tariff.step', { block: formatDuration(stepSeconds, locale) })
  return undefined
}

const freeOfCharge = (kind: TariffPartKind, t: HouseTranslate): TariffSentence => {
  const text = t('price.free')
  return { kind, price: text, vat: '', conditions: [], step: undefined, text }
}

/**
 * A tariff's parts in sentences, in the order given (the engine gives AFIR's: per kWh, per minute, per charge, the rest).
 * ```ts
 * tariffWords(describeTariff(tariff), { locale: 'fr', currency: tariff.currency })
 * ```
 */
export const tariffWords = (
  parts: readonly TariffPartFigures[],
  { locale, currency, money }: TariffWordsOptions,
): readonly TariffSentence[] => {
  const t = houseWords(locale)
  return parts.map((part, index) => {
    const isFree = figure(part.inclVat).units === 0n
    if (isFree && parts.length === 1 && part.restrictions === undefined) return freeOfCharge(part.kind, t)
    const amount = formatPrice(part.inclVat, locale, { ...money, currency })
    const price = isFree ? t(`tariff.free.${part.kind}`) : t(`tariff.price.${part.kind}`, { price: amount })
    const vat = isFree ? '' : vatWords(part, t, locale)
    const isRest = parts.slice(0, index).some((before) => before.kind === part.kind)
    const conditions =
      part.restrictions === undefined
        ? isRest
          ? [t('tariff.otherwise')]
          : []
        : conditionWords(part.restrictions, t, locale)
    const step = isFree ? undefined : stepWords(part, t, locale)
    const text = [
      vat === '' ? price : t('tariff.withVat', { price, vat }),
      ...conditions,
      ...(step === undefined ? [] : [step]),
    ].join(', ')
    return { kind: part.kind, price, vat, conditions, step, text }
  })
}
