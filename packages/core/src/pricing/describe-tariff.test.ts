import { describe, expect, test } from 'vitest'
import { describeTariff } from './describe-tariff.ts'
import type { Tariff } from './tariff.ts'
import { element, price, tariffOf } from './testing/fixtures.ts'

const plainSpaces = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')
const texts = (tariff: Tariff, locale: 'en' | 'fr') =>
  describeTariff(tariff, locale).map((part) => plainSpaces(part.text))

const full = tariffOf(
  [
    element({}, price('FLAT', 0.5, 1, 20)),
    element(
      {
        start_time: '09:00',
        end_time: '17:00',
        day_of_week: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'SATURDAY'],
        max_power: 16.5,
      },
      price('ENERGY', 0.25, 100, 10),
    ),
    element({}, price('ENERGY', 0.3, 1, 5.5), price('TIME', 0)),
    element({ min_duration: 5400, min_kwh: 20 }, price('PARKING_TIME', 5, 300, 20)),
    element({ start_time: '18:00' }, price('ENERGY', 99)),
    element({ reservation: 'RESERVATION' }, price('TIME', 6, 60)),
    element({ reservation: 'RESERVATION_EXPIRES' }, price('FLAT', 4)),
  ],
  { max_price: { excl_vat: 10, incl_vat: 11 } },
)

describe('a tariff in words', () => {
  test('begins with the price per kWh and leaves out what never applies', () => {
    expect(texts(full, 'en')).toEqual([
      '€0.275 per kWh (incl. 10% VAT), on Monday to Wednesday, Saturday, from 09:00 to 17:00, at less than 16.5 kW, billed per 0.1 kWh',
      '€0.3165 per kWh (incl. 5.5% VAT), otherwise',
      'charging time is free',
      '€0.10 per minute plugged in without charging (incl. 20% VAT), after 1 h 30 min, beyond 20 kWh, billed per 5 min',
      '€0.60 per charge (incl. 20% VAT)',
      '€0.10 per minute of reservation (no VAT), billed per 1 min',
      '€4.00 if a reservation expires unused (no VAT)',
      'never more than €11.00 per charge',
    ])
  })

  test('is told in French too', () => {
    expect(texts(full, 'fr')).toEqual([
      '0,275 € par kWh (TVA 10 % incluse), du lundi au mercredi, samedi, de 09:00 à 17:00, à moins de 16,5 kW, facturé par tranche de 0,1 kWh',
      '0,3165 € par kWh (TVA 5,5 % incluse), sinon',
      'temps de charge gratuit',
      '0,10 € par minute branché sans charger (TVA 20 % incluse), après 1 h 30 min, au-delà de 20 kWh, facturé par tranche de 5 min',
      '0,60 € par charge (TVA 20 % incluse)',
      '0,10 € par minute de réservation (sans TVA), facturé par tranche de 1 min',
      '4,00 € si une réservation expire sans être utilisée (sans TVA)',
      'jamais plus de 11,00 € par charge',
    ])
  })

  test('gives the figures beside the words', () => {
    expect(describeTariff(full, 'en')[0]).toMatchObject({
      kind: 'energy',
      unit: 'kWh',
      inclVat: '0.275',
      exclVat: '0.25',
      vatPercent: '10',
      step: expect.stringContaining('0.1'),
      stepWh: 100,
      restrictions: { start_time: '09:00', max_power: 16.5 },
    })
  })

  test.each([
    ['en', 'free of charge'],
    ['fr', 'gratuit'],
  ] as const)('says in one word that a charge is free (%s)', (locale, word) => {
    expect(texts(tariffOf([element({}, price('FLAT', 0, 0))]), locale)).toEqual([word])
  })

  test('names every restriction', () => {
    const restrictions = {
      start_date: '2026-12-24',
      end_date: '2026-12-27',
      end_time: '06:00',
      min_current: 16,
      max_current: 32,
      max_duration: 45,
    }
    expect(texts(tariffOf([element(restrictions, price('TIME', 3))]), 'en')).toEqual([
      '€0.05 per minute of charging (no VAT), until 06:00, from 24 December 2026 until before 27 December 2026, for the first 45 s, at 16 A or more but less than 32 A',
    ])
  })
})
