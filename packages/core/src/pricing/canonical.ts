import { exact } from './exact.ts'
import type { Tariff } from './tariff.ts'

/**
 * The text whose hash is a session's `tariffHash`: everything that decides the price (elements, limits, currency, time zone) and the
 * tariff's identity, as JSON with sorted keys, no spaces, and numbers as plain decimal strings. Two parties that hold the same tariff
 * get the same text whatever order or number format they received it in.
 */
export const canonicalTariff = (tariff: Tariff, timeZone: string): string =>
  write({
    country_code: tariff.country_code,
    party_id: tariff.party_id,
    id: tariff.id,
    currency: tariff.currency,
    min_price: tariff.min_price,
    max_price: tariff.max_price,
    elements: tariff.elements,
    tax_included: tariff.tax_included,
    time_zone: timeZone,
  })

const write = (value: unknown): string => {
  if (typeof value === 'number') return JSON.stringify(exact(value).toFixed())
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${write(field)}`).join(',')}}`
}
