import { houseWords } from '../catalogue/catalogue.ts'
import { decimalText, toScale } from '../format/decimal.ts'
import { formatPrice } from '../format/money.ts'
import { figure } from '../format/number.ts'
import type { TariffPartFigures, TariffWordsOptions } from './tariff-words.ts'
import { isLimit } from './tariff-words.ts'

/** Decimal strings from the smallest value to the largest, each value once. */
const ascending = (values: readonly string[]): readonly string[] => {
  const exact = values.map(figure)
  const scale = Math.max(0, ...exact.map((value) => value.scale))
  const units = new Set(exact.map((value) => toScale(value, scale).units))
  return [...units].sort((one, other) => (one < other ? -1 : 1)).map((value) => decimalText({ units: value, scale }))
}

/**
 * The one line of lists and markers: the price per kWh (from the lowest to the highest where it changes), and a plus where there is
 * more to pay: `€0.49/kWh`, `€0.25–€0.49/kWh +`.
 */
export const tariffShort = (
  parts: readonly TariffPartFigures[],
  { locale, currency, money }: TariffWordsOptions,
): string => {
  const t = houseWords(locale)
  const options = { ...money, currency }
  const costs = parts.filter((part) => part.kind !== 'max' && figure(part.inclVat).units !== 0n)
  const [first] = costs.filter((part) => !isLimit(part.kind)).concat(costs)
  if (first === undefined) return t('price.free')
  const more = costs.some((part) => part.kind !== first.kind) ? ' +' : ''
  const prices = ascending(parts.filter((part) => part.kind === first.kind).map((part) => part.inclVat))
  const per = first.kind === 'energy' ? 'kWh' : first.kind === 'time' || first.kind === 'parking' ? 'min' : undefined
  const [lowest = first.inclVat, ...higher] = prices
  const highest = higher.at(-1)
  if (per === undefined)
    return t(`tariff.price.${first.kind}`, { price: formatPrice(highest ?? lowest, locale, options) }) + more
  const from = highest === undefined ? '' : `${formatPrice(lowest, locale, options)}–`
  return `${from}${formatPrice(highest ?? lowest, locale, { ...options, per })}${more}`
}
