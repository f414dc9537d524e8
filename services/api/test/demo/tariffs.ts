import type { OcpiTariff } from '../../src/catalogue/catalogue.ts'

const tariff = (id: string, fields: Record<string, unknown>): OcpiTariff => ({
  country_code: 'FR',
  party_id: 'WRN',
  id,
  currency: 'EUR',
  type: 'AD_HOC_PAYMENT',
  last_updated: '2026-01-01T00:00:00.000Z',
  ...fields,
})

/** 20 % French VAT; OCPI 2.2.1 prices are without it. */
const vat = 20
const energy = (price: number) => ({ type: 'ENERGY', price, vat, step_size: 1 })
/** Per hour, to the minute. */
const parking = (price: number) => ({ type: 'PARKING_TIME', price, vat, step_size: 60 })

/** The demo party's tariffs, from the plainest to one that uses much of what OCPI can say. */
export const demoTariffs: readonly OcpiTariff[] = [
  // 0.39 EUR/kWh, nothing else.
  tariff('WRN-PLAIN', { elements: [{ price_components: [energy(0.325)] }] }),

  // 0.59 EUR/kWh and, from the fifteenth minute after the battery is full, 0.30 EUR/min: motorway.
  tariff('WRN-MOTORWAY', {
    elements: [
      { price_components: [energy(0.491666)] },
      { price_components: [parking(15)], restrictions: { min_duration: 900 } },
    ],
  }),

  // A start fee; day, night and weekend prices; an evening peak above 50 kW; idle fee on working days; at least 1.20 EUR.
  tariff('WRN-CITY', {
    elements: [
      {
        price_components: [energy(0.541666)],
        restrictions: {
          start_time: '18:00',
          end_time: '20:00',
          day_of_week: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
          min_power: 50,
        },
      },
      { price_components: [energy(0.25)], restrictions: { start_time: '22:00', end_time: '06:00' } },
      { price_components: [energy(0.35)], restrictions: { day_of_week: ['SATURDAY', 'SUNDAY'] } },
      {
        price_components: [parking(6)],
        restrictions: {
          start_time: '08:00',
          end_time: '20:00',
          day_of_week: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'],
          min_duration: 1200,
        },
      },
      { price_components: [{ type: 'FLAT', price: 0.5, vat, step_size: 1 }, energy(0.425)] },
    ],
    min_price: { excl_vat: 1, incl_vat: 1.2 },
    tariff_alt_text: [
      { language: 'fr', text: 'Jour 0,51 €/kWh, nuit 0,30 €/kWh, week-end 0,42 €/kWh, plus 0,60 € par charge' },
      { language: 'en', text: 'Day €0.51/kWh, night €0.30/kWh, weekend €0.42/kWh, plus €0.60 per charge' },
    ],
  }),

  // By the hour, as slow plugs in car parks are still sold: 1.20 EUR/h, by the quarter of an hour.
  tariff('WRN-HOURLY', {
    elements: [
      {
        price_components: [
          { type: 'TIME', price: 1, vat, step_size: 900 },
          { type: 'PARKING_TIME', price: 1, vat, step_size: 900 },
        ],
      },
    ],
  }),

  // Given away.
  tariff('WRN-FREE', { type: 'REGULAR', elements: [{ price_components: [energy(0)] }] }),
]
