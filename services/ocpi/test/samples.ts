import type { CdrToken, Location, Tariff, Token } from '../src/model/model.ts'
import type { Charge } from '../src/roaming/bill.ts'

export const cpoParty = { country_code: 'FR', party_id: 'WRN', name: 'Werenode' }
export const emspParty = { country_code: 'DE', party_id: 'ABC', name: 'Autobahn Charge' }
const at = '2026-11-22T08:00:00.000Z'

/** One place with two plugs, in words that every version knows. */
export const location = (id = 'LYON-1', change: Partial<Location> = {}): Location => ({
  country_code: 'FR',
  party_id: 'WRN',
  id,
  publish: true,
  name: 'Bellecour',
  address: 'Place Bellecour 1',
  city: 'Lyon',
  postal_code: '69002',
  country: 'FRA',
  coordinates: { latitude: '45.757800', longitude: '4.832200' },
  parking_type: 'ON_STREET',
  time_zone: 'Europe/Paris',
  operator: { name: 'Werenode' },
  opening_times: { twentyfourseven: true },
  evses: [
    {
      uid: `${id}-1`,
      evse_id: `FR*WRN*E${id.replaceAll('-', '')}1`,
      status: 'AVAILABLE',
      capabilities: ['REMOTE_START_STOP_CAPABLE', 'RFID_READER'],
      connectors: [
        {
          id: '1',
          standard: 'IEC_62196_T2',
          format: 'SOCKET',
          power_type: 'AC_3_PHASE',
          max_voltage: 230,
          max_amperage: 32,
          tariff_ids: ['PLAIN'],
          last_updated: at,
        },
      ],
      last_updated: at,
    },
    {
      uid: `${id}-2`,
      evse_id: `FR*WRN*E${id.replaceAll('-', '')}2`,
      status: 'CHARGING',
      connectors: [
        {
          id: '1',
          standard: 'IEC_62196_T2_COMBO',
          format: 'CABLE',
          power_type: 'DC',
          max_voltage: 500,
          max_amperage: 120,
          tariff_ids: ['PLAIN'],
          last_updated: at,
        },
      ],
      last_updated: at,
    },
  ],
  last_updated: at,
  ...change,
})

/** 0.25 EUR/kWh and 1 EUR per hour of parking. */
export const tariff = (change: Partial<Tariff> = {}): Tariff => ({
  country_code: 'FR',
  party_id: 'WRN',
  id: 'PLAIN',
  currency: 'EUR',
  elements: [
    {
      price_components: [
        { type: 'ENERGY', price: 0.25, vat: 20, step_size: 1 },
        { type: 'PARKING_TIME', price: 1, vat: 20, step_size: 60 },
      ],
    },
  ],
  last_updated: at,
  ...change,
})

export const token = (change: Partial<Token> = {}): Token => ({
  country_code: 'DE',
  party_id: 'ABC',
  uid: '04E2AB12C45D80',
  type: 'RFID',
  contract_id: 'DE8ACC12E46L89',
  visual_number: 'DF000-2001-8999-1',
  issuer: 'Autobahn Charge',
  valid: true,
  whitelist: 'ALLOWED',
  last_updated: at,
  ...change,
})
export const cdrToken: CdrToken = {
  country_code: 'DE',
  party_id: 'ABC',
  uid: '04E2AB12C45D80',
  type: 'RFID',
  contract_id: 'DE8ACC12E46L89',
}

/** What a charge at the first plug of `location()` is expected with. */
export const expected = (id = 'CHARGE-1', token: CdrToken = cdrToken): Charge => ({
  id,
  token,
  authMethod: 'WHITELIST',
  locationId: 'LYON-1',
  evseUid: 'LYON-1-1',
  connectorId: '1',
  tariff: tariff(),
  timeZone: 'Europe/Paris',
  currency: 'EUR',
})

/** A card of the partner whose software is another's. */
export const peersCard: CdrToken = {
  country_code: 'DE',
  party_id: 'ABC',
  uid: 'PEERCARD1',
  type: 'RFID',
  contract_id: 'DE-ABC-C00001',
}
