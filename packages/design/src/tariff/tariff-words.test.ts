import { describeTariff, parseTariff } from '@werenode/core'
import { describe, expect, test } from 'vitest'
import { plainText } from '../format/index.ts'
import type { TariffPartFigures } from './index.ts'
import { tariffShort, tariffWords } from './index.ts'

const parts: readonly TariffPartFigures[] = [
  { kind: 'energy', inclVat: '0.49', vatPercent: '20' },
  {
    kind: 'parking',
    inclVat: '0.1',
    vatPercent: '20',
    restrictions: { min_duration: 7200, start_time: '08:00', end_time: '20:00' },
    stepSeconds: 900,
  },
  { kind: 'start', inclVat: '0', vatPercent: null },
  { kind: 'max', inclVat: '30', vatPercent: null },
]
const said = (locale: 'en' | 'fr', list = parts) =>
  tariffWords(list, { locale, currency: 'EUR' }).map((sentence) => plainText(sentence.text))

describe('a tariff in words', () => {
  test('reads as a person would say it', () => {
    expect(said('en')).toEqual([
      '€0.49 per kWh (incl. 20% VAT)',
      '€0.10 per minute plugged in without charging (incl. 20% VAT), from 08:00 to 20:00, after 2 h, billed per 15 min',
      'no start fee',
      'never more than €30.00 per charge',
    ])
    expect(said('fr')).toEqual([
      '0,49 € par kWh (TVA 20 % comprise)',
      '0,10 € par minute branché sans recharger (TVA 20 % comprise), de 08:00 à 20:00, après 2 h, facturé par tranche de 15 min',
      'sans frais de démarrage',
      'jamais plus de 30,00 € par recharge',
    ])
  })

  test('all conditions are told, open ends too', () => {
    const conditions = (restrictions: TariffPartFigures['restrictions']) =>
      said('en', [{ kind: 'energy', inclVat: '0.3', vatPercent: null, ...(restrictions && { restrictions }) }])[0]
    expect(conditions({ day_of_week: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'SUNDAY'] })).toBe(
      '€0.30 per kWh (no VAT), on Monday to Wednesday, Sunday',
    )
    expect(conditions({ day_of_week: ['SATURDAY', 'SUNDAY'], start_time: '00:00', end_time: '07:00' })).toBe(
      '€0.30 per kWh (no VAT), on Saturday, Sunday, until 07:00',
    )
    expect(conditions({ start_date: '2026-12-01', min_kwh: 0, max_kwh: 10.5 })).toBe(
      '€0.30 per kWh (no VAT), from 1 Dec 2026 on, for the first 10.5 kWh',
    )
    expect(conditions({ min_power: 22, max_current: 32 })).toBe(
      '€0.30 per kWh (no VAT), at 22 kW or more, at less than 32 A',
    )
  })

  test('the parts of the pricing engine are said in our words', () => {
    const tariff = parseTariff({
      country_code: 'FR',
      party_id: 'WRN',
      id: 'day-night',
      currency: 'EUR',
      last_updated: '2026-01-01T00:00:00Z',
      elements: [
        {
          price_components: [{ type: 'ENERGY', price: 0.25, vat: 20, step_size: 1 }],
          restrictions: { start_time: '22:00', end_time: '06:00' },
        },
        {
          price_components: [
            { type: 'ENERGY', price: 0.35, vat: 20, step_size: 1 },
            { type: 'PARKING_TIME', price: 6, vat: 20, step_size: 900 },
          ],
        },
      ],
    })
    const engine = describeTariff(tariff)
    expect(tariffWords(engine, { locale: 'en', currency: tariff.currency }).map(({ text }) => plainText(text))).toEqual(
      [
        '€0.30 per kWh (incl. 20% VAT), from 22:00 to 06:00',
        '€0.42 per kWh (incl. 20% VAT), otherwise',
        '€0.12 per minute plugged in without charging (incl. 20% VAT), billed per 15 min',
      ],
    )
    expect(plainText(tariffShort(engine, { locale: 'fr', currency: tariff.currency }))).toBe('0,30 €–0,42 €/kWh +')
  })

  test('what applies when nothing before it does says so', () => {
    expect(
      said('fr', [
        { kind: 'energy', inclVat: '0.3', vatPercent: null, restrictions: { max_kwh: 10 } },
        { kind: 'energy', inclVat: '0.5', vatPercent: null },
      ])[1],
    ).toBe('0,50 € par kWh (sans TVA), sinon')
  })

  test('a charge that costs nothing is said in one word', () => {
    expect(said('en', [{ kind: 'start', inclVat: '0', vatPercent: null }])).toEqual(['Free of charge'])
    expect(said('fr', [{ kind: 'energy', inclVat: '0', vatPercent: '20' }])).toEqual(['Gratuit'])
  })

  test('in a list it is one figure', () => {
    const short = (list: readonly TariffPartFigures[]) =>
      plainText(tariffShort(list, { locale: 'en', currency: 'EUR' }))
    expect(short(parts)).toBe('€0.49/kWh +')
    expect(short(parts.slice(0, 1))).toBe('€0.49/kWh')
    expect(short([...parts.slice(0, 1), { kind: 'energy', inclVat: '0.250', vatPercent: null }])).toBe(
      '€0.25–€0.49/kWh',
    )
    expect(short([{ kind: 'time', inclVat: '0.2', vatPercent: null }])).toBe('€0.20/min')
    expect(short([{ kind: 'start', inclVat: '3', vatPercent: null }])).toBe('€3.00 per charge')
    expect(short([{ kind: 'energy', inclVat: '0', vatPercent: null }])).toBe('Free of charge')
    expect(
      short([
        { kind: 'energy', inclVat: '0', vatPercent: null },
        { kind: 'min', inclVat: '1', vatPercent: null },
      ]),
    ).toBe('at least €1.00 per charge')
  })
})
