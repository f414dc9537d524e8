import {
  type JsonObject,
  optional,
  readCount,
  readDateTime,
  readList,
  readNotNegative,
  readNumber,
  readObject,
  readText,
  unknownField,
} from './fields.ts'
import { parseRestrictions } from './parse-restrictions.ts'
import { badTariff, notComputable } from './refusal.ts'
import {
  type PriceComponent,
  type PriceLimit,
  type Tariff,
  type TariffDimension,
  type TariffElement,
  type TaxIncluded,
  tariffDimensions,
  taxIncludedValues,
} from './tariff.ts'

/**
 * Reads a Tariff object of OCPI 2.2.1 (also 2.1.1, and 2.3.0 where it says the same). Fields that do not touch the price
 * and that we do not use (`energy_mix`, extensions of the top level) are left out.
 *
 * @throws WerenodeError `invalid-input` where it is malformed, `not-computable` where it holds an element, dimension or
 * restriction we do not understand; `data.path` names the place, e.g. `$.elements[1].restrictions.min_vehicle_soc`.
 *
 * @example
 * const tariff = parseTariff({ id: '1', currency: 'EUR', elements: [{ price_components: [{ type: 'ENERGY', price: 0.25, vat: 20, step_size: 1 }] }] })
 */
export const parseTariff = (value: unknown): Tariff => {
  const path = '$'
  const source = readObject(value, path)
  const taxIncluded = optional(source, 'tax_included', path, readTaxIncluded)
  const elements = readList(source.elements, '$.elements').map((element, index) =>
    parseElement(element, `$.elements[${index}]`),
  )
  if (elements.length === 0) throw badTariff('$.elements', 'at least one element is expected')
  const tariff: Tariff = {
    ...optional(source, 'country_code', path, (text, at) => readText(text, at, 2)),
    ...optional(source, 'party_id', path, (text, at) => readText(text, at, 3)),
    id: readText(source.id, '$.id', 36),
    currency: readCurrency(source.currency, '$.currency'),
    ...optional(source, 'type', path, (text, at) => readText(text, at, 60)),
    ...optional(source, 'tariff_alt_text', path, readAltTexts),
    ...optional(source, 'tariff_alt_url', path, (text, at) => readText(text, at, 255)),
    ...optional(source, 'min_price', path, readLimit),
    ...optional(source, 'max_price', path, readLimit),
    elements,
    ...taxIncluded,
    ...optional(source, 'start_date_time', path, readDateTime),
    ...optional(source, 'end_date_time', path, readDateTime),
    ...optional(source, 'last_updated', path, readDateTime),
  }
  refuseUnknownTaxes(tariff)
  refuseContradictingLimits(tariff)
  return tariff
}

const parseElement = (value: unknown, path: string): TariffElement => {
  const source = readObject(value, path)
  const stranger = unknownField(source, ['price_components', 'restrictions'])
  if (stranger !== undefined)
    throw notComputable(`${path}.${stranger}`, `unknown field "${stranger}" of a tariff element`)
  const components = readList(source.price_components, `${path}.price_components`).map((component, index) =>
    parseComponent(component, `${path}.price_components[${index}]`),
  )
  if (components.length === 0) throw badTariff(`${path}.price_components`, 'at least one price component is expected')
  const restrictions = optional(source, 'restrictions', path, parseRestrictions)
  components.forEach((component, index) => {
    const at = `${path}.price_components[${index}].type`
    // Only one component of a dimension can be active at a time; of two in one element nobody can say which.
    if (components.findIndex((other) => other.type === component.type) !== index)
      throw notComputable(at, `a second ${component.type} component in one element`)
    if (restrictions.restrictions?.reservation && component.type !== 'FLAT' && component.type !== 'TIME')
      throw notComputable(at, `a reservation priced by ${component.type}; it can have FLAT and TIME only`)
  })
  return { price_components: components, ...restrictions }
}

const parseComponent = (value: unknown, path: string): PriceComponent => {
  const source = readObject(value, path)
  const type = readText(source.type, `${path}.type`, 60)
  if (!tariffDimensions.includes(type as TariffDimension))
    throw notComputable(`${path}.type`, `unknown dimension "${type}"`)
  const stranger = unknownField(source, ['type', 'price', 'vat', 'step_size'])
  if (stranger !== undefined)
    throw notComputable(`${path}.${stranger}`, `unknown field "${stranger}" of a price component`)
  return {
    type: type as TariffDimension,
    price: readNumber(source.price, `${path}.price`),
    ...optional(source, 'vat', path, readNotNegative),
    step_size: readCount(source.step_size, `${path}.step_size`),
  }
}

/** 2.2.1 `Price` {excl_vat, incl_vat?} or 2.3.0 `PriceLimit` {before_taxes, after_taxes?}. */
const readLimit = (value: unknown, path: string): PriceLimit => {
  const source = readObject(value, path)
  const [net, gross] = source.before_taxes === undefined ? ['excl_vat', 'incl_vat'] : ['before_taxes', 'after_taxes']
  const inclVat = optional(source, gross as string, path, readNotNegative)[gross as string]
  const limit = {
    excl_vat: readNotNegative(source[net as string], `${path}.${net}`),
    ...(inclVat === undefined ? {} : { incl_vat: inclVat }),
  }
  if (inclVat !== undefined && inclVat < limit.excl_vat) throw badTariff(`${path}.${gross}`, `it is lower than ${net}`)
  return limit
}

const readTaxIncluded = (value: unknown, path: string): TaxIncluded => {
  if (!taxIncludedValues.includes(value as TaxIncluded)) throw notComputable(path, `unknown value "${String(value)}"`)
  return value as TaxIncluded
}

const readCurrency = (value: unknown, path: string): string => {
  const text = readText(value, path, 3)
  if (!/^[A-Z]{3}$/.test(text)) throw badTariff(path, `"${text}" is not an ISO 4217 code like EUR`)
  return text
}

const readAltTexts = (value: unknown, path: string) =>
  readList(value, path).map((item, index) => {
    const source: JsonObject = readObject(item, `${path}[${index}]`)
    return {
      language: readText(source.language, `${path}[${index}].language`, 35),
      text: readText(source.text, `${path}[${index}].text`, 512),
    }
  })

/**
 * A 2.3.0 tariff may leave the VAT open (North American style): then either the gross or the net price is not known.
 * In 2.2.1 an absent `vat` plainly means that no VAT applies.
 */
const refuseUnknownTaxes = (tariff: Tariff): void => {
  if (tariff.tax_included === undefined) return
  tariff.elements.forEach((element, e) => {
    element.price_components.forEach((component, c) => {
      const at = `$.elements[${e}].price_components[${c}].vat`
      if (tariff.tax_included === 'N/A' && component.vat)
        throw notComputable(at, 'a VAT rate though tax_included is N/A')
      if (tariff.tax_included === 'N/A' || component.vat !== undefined || component.price === 0) return
      throw notComputable(
        at,
        tariff.tax_included === 'YES'
          ? 'tax is included at a rate that is not given, so the net price is unknown'
          : 'tax will be added at a rate that is not given, so the gross price is unknown',
      )
    })
  })
}

const refuseContradictingLimits = ({ min_price: min, max_price: max }: Tariff): void => {
  if (min === undefined || max === undefined) return
  if (min.excl_vat > max.excl_vat || (min.incl_vat ?? 0) > (max.incl_vat ?? Number.POSITIVE_INFINITY))
    throw badTariff('$.min_price', 'it is higher than max_price')
}
