import type { OcpiTariff } from '@werenode/api'

/** Prices of the demo party, as any operator would write them: OCPI 2.2.1, before VAT, with its rate. */
const vat = 20
const common = { country_code: 'FR', party_id: 'WRN', currency: 'EUR', last_updated: '2026-11-01T00:00:00Z' }

export const demoTariffs = {
  /** 0.39 EUR/kWh with VAT; a car that is full and stays pays 0.06 EUR a minute. */
  alternating: {
    ...common,
    id: 'WRN-AC',
    elements: [
      {
        price_components: [
          { type: 'ENERGY', price: 0.325, vat, step_size: 1 },
          { type: 'PARKING_TIME', price: 3, vat, step_size: 60 },
        ],
      },
    ],
  },
  /** 0.54 EUR/kWh with VAT; 0.24 EUR a minute for a car that blocks a fast plug; never above 60 EUR. */
  direct: {
    ...common,
    id: 'WRN-DC',
    max_price: { excl_vat: 50, incl_vat: 60 },
    elements: [
      {
        price_components: [
          { type: 'ENERGY', price: 0.45, vat, step_size: 1 },
          { type: 'PARKING_TIME', price: 12, vat, step_size: 60 },
        ],
      },
    ],
  },
  /** 0.24 EUR/kWh at night, 0.42 by day. */
  night: {
    ...common,
    id: 'WRN-NIGHT',
    elements: [
      {
        price_components: [{ type: 'ENERGY', price: 0.2, vat, step_size: 1 }],
        restrictions: { start_time: '22:00', end_time: '06:00' },
      },
      { price_components: [{ type: 'ENERGY', price: 0.35, vat, step_size: 1 }] },
    ],
  },
  /** 0.30 EUR/kWh with VAT, nothing else. */
  socket: {
    ...common,
    id: 'WRN-SOCKET',
    elements: [{ price_components: [{ type: 'ENERGY', price: 0.25, vat, step_size: 1 }] }],
  },
  free: {
    ...common,
    id: 'WRN-FREE',
    elements: [{ price_components: [{ type: 'ENERGY', price: 0, step_size: 1 }] }],
  },
} as const satisfies Record<string, OcpiTariff>
