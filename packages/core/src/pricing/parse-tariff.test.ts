import { describe, expect, test } from 'vitest'
import { isWerenodeError } from '../errors.ts'
import { parseTariff } from './parse-tariff.ts'

const energy = { type: 'ENERGY', price: 0.25, vat: 20, step_size: 1 }
const base = { id: '1', currency: 'EUR', elements: [{ price_components: [energy] }] }
const withElement = (element: unknown) => ({ ...base, elements: [base.elements[0], element] })
const withRestriction = (restrictions: unknown) => withElement({ price_components: [energy], restrictions })

const refusal = (value: unknown) => {
  try {
    parseTariff(value)
  } catch (error) {
    if (!isWerenodeError(error)) throw error
    return `${error.code} ${error.data.path}`
  }
  return 'accepted'
}

describe('parseTariff', () => {
  test('keeps what prices and identifies a tariff, in OCPI names', () => {
    const tariff = {
      country_code: 'FR',
      party_id: 'WRN',
      ...base,
      type: 'REGULAR',
      min_price: { excl_vat: 0.5, incl_vat: 0.6 },
      last_updated: '2026-11-22T10:00:00.000Z',
    }
    expect(parseTariff({ ...tariff, energy_mix: { is_green_energy: true } })).toEqual(tariff)
  })

  test('takes explicit nulls as absent and the texts of 2.1.1 as numbers', () => {
    const loose = {
      ...base,
      type: null,
      max_price: null,
      elements: [{ price_components: [{ ...energy, price: '0.25', vat: null }], restrictions: null }],
    }
    expect(parseTariff(loose).elements).toEqual([{ price_components: [{ type: 'ENERGY', price: 0.25, step_size: 1 }] }])
  })

  test('reads times with and without zone and decimals', () => {
    const read = (text: string) => parseTariff({ ...base, start_date_time: text }).start_date_time
    for (const text of [
      '2026-01-02T03:04:05Z',
      '2026-01-02T03:04:05',
      '2026-01-02T03:04:05.000Z',
      '2026-01-02T04:04:05+01:00',
    ])
      expect(read(text)).toBe('2026-01-02T03:04:05.000Z')
  })

  test('takes the limits of 2.3.0', () => {
    expect(
      parseTariff({ ...base, tax_included: 'NO', max_price: { before_taxes: 10, after_taxes: 12 } }).max_price,
    ).toEqual({
      excl_vat: 10,
      incl_vat: 12,
    })
  })

  test.each<[string, unknown, string]>([
    [
      'an unknown dimension',
      withElement({ price_components: [{ ...energy, type: 'CONGESTION_TIME' }] }),
      '$.elements[1].price_components[0].type',
    ],
    ['an unknown restriction', withRestriction({ min_vehicle_soc: 80 }), '$.elements[1].restrictions.min_vehicle_soc'],
    ['an unknown day', withRestriction({ day_of_week: ['HOLIDAY'] }), '$.elements[1].restrictions.day_of_week[0]'],
    [
      'an unknown reservation kind',
      withRestriction({ reservation: 'NO_SHOW' }),
      '$.elements[1].restrictions.reservation',
    ],
    [
      'an unknown field of an element',
      withElement({ price_components: [energy], discount: 1 }),
      '$.elements[1].discount',
    ],
    [
      'an unknown field of a component',
      withElement({ price_components: [{ ...energy, tiers: [] }] }),
      '$.elements[1].price_components[0].tiers',
    ],
    [
      'two components of one dimension',
      withElement({ price_components: [energy, energy] }),
      '$.elements[1].price_components[1].type',
    ],
    [
      'energy in a reservation',
      withRestriction({ reservation: 'RESERVATION' }),
      '$.elements[1].price_components[0].type',
    ],
    [
      'a window that is all day or never',
      withRestriction({ start_time: '08:00', end_time: '08:00' }),
      '$.elements[1].restrictions.end_time',
    ],
    ['an unknown tax word', { ...base, tax_included: 'MAYBE' }, '$.tax_included'],
    ['a VAT rate where no tax applies', { ...base, tax_included: 'N/A' }, '$.elements[0].price_components[0].vat'],
    ...['YES', 'NO'].map((tax_included): [string, unknown, string] => [
      `open taxes (tax_included ${tax_included})`,
      { ...base, tax_included, elements: [{ price_components: [{ type: 'TIME', price: 2, step_size: 60 }] }] },
      '$.elements[0].price_components[0].vat',
    ]),
  ])('refuses %s as not computable and names it', (_, tariff, path) => {
    expect(refusal(tariff)).toBe(`not-computable ${path}`)
  })

  test.each<[string, unknown, string]>([
    ['no object', 'tariff', '$'],
    ['no id', { ...base, id: undefined }, '$.id'],
    ['a currency in words', { ...base, currency: 'euro' }, '$.currency'],
    ['no elements', { ...base, elements: [] }, '$.elements'],
    ['elements that are no list', { ...base, elements: {} }, '$.elements'],
    ['no components', withElement({ price_components: [] }), '$.elements[1].price_components'],
    [
      'no price',
      withElement({ price_components: [{ ...energy, price: undefined }] }),
      '$.elements[1].price_components[0].price',
    ],
    [
      'a price that is no number',
      withElement({ price_components: [{ ...energy, price: '1e3' }] }),
      '$.elements[1].price_components[0].price',
    ],
    [
      'a price of more digits than fit',
      withElement({ price_components: [{ ...energy, price: '0.12345678901234567890' }] }),
      '$.elements[1].price_components[0].price',
    ],
    [
      'a negative VAT rate',
      withElement({ price_components: [{ ...energy, vat: -1 }] }),
      '$.elements[1].price_components[0].vat',
    ],
    [
      'a missing step_size',
      withElement({ price_components: [{ type: 'ENERGY', price: 1 }] }),
      '$.elements[1].price_components[0].step_size',
    ],
    [
      'a broken step_size',
      withElement({ price_components: [{ ...energy, step_size: 0.5 }] }),
      '$.elements[1].price_components[0].step_size',
    ],
    ['a time of day out of range', withRestriction({ start_time: '24:00' }), '$.elements[1].restrictions.start_time'],
    ['a date that is none', withRestriction({ end_date: '2026-02-30' }), '$.elements[1].restrictions.end_date'],
    ['a month that is none', withRestriction({ end_date: '2026-13-01' }), '$.elements[1].restrictions.end_date'],
    ['a negative energy', withRestriction({ min_kwh: -1 }), '$.elements[1].restrictions.min_kwh'],
    ['a gross limit below the net one', { ...base, max_price: { excl_vat: 10, incl_vat: 9 } }, '$.max_price.incl_vat'],
    ['a minimum above the maximum', { ...base, min_price: { excl_vat: 5 }, max_price: { excl_vat: 4 } }, '$.min_price'],
    ['a moment that is none', { ...base, end_date_time: 'tomorrow' }, '$.end_date_time'],
  ])('refuses %s as malformed and names the place', (_, tariff, path) => {
    expect(refusal(tariff)).toBe(`invalid-input ${path}`)
  })
})
