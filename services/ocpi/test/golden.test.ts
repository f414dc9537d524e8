import { describe, expect, it } from 'vitest'
import type { Cdr, Session } from '../src/model/model.ts'
import { accept } from '../src/schema/accept.ts'
import { check } from '../src/schema/check.ts'
import { credentials211, credentials221, credentials230 } from '../src/versions/credentials.ts'
import { ownEndpoints, type VersionNumber, versionOf } from '../src/versions/versions.ts'
import { cdrToken, location, tariff, token } from './samples.ts'

/** Messages written by hand from the tables of the specification, clause by clause; what we emit must equal them to the letter. */
const at = '2026-11-22T08:00:00.000Z'
const end = '2026-11-22T11:00:00.000Z'
const us = { country_code: 'FR', party_id: 'WRN' }

const evses211 = [
  {
    uid: 'LYON-1-1',
    evse_id: 'FR*WRN*ELYON11',
    status: 'AVAILABLE',
    capabilities: ['REMOTE_START_STOP_CAPABLE', 'RFID_READER'],
    connectors: [
      {
        id: '1',
        standard: 'IEC_62196_T2',
        format: 'SOCKET',
        power_type: 'AC_3_PHASE',
        voltage: 230,
        amperage: 32,
        tariff_id: 'PLAIN',
        last_updated: at,
      },
    ],
    last_updated: at,
  },
  {
    uid: 'LYON-1-2',
    evse_id: 'FR*WRN*ELYON12',
    status: 'CHARGING',
    connectors: [
      {
        id: '1',
        standard: 'IEC_62196_T2_COMBO',
        format: 'CABLE',
        power_type: 'DC',
        voltage: 500,
        amperage: 120,
        tariff_id: 'PLAIN',
        last_updated: at,
      },
    ],
    last_updated: at,
  },
]
/** 2.1.1 mod_locations 3.1: `type`, no owner, `voltage`, `amperage`, one `tariff_id`. */
const location211 = {
  id: 'LYON-1',
  type: 'ON_STREET',
  name: 'Bellecour',
  address: 'Place Bellecour 1',
  city: 'Lyon',
  postal_code: '69002',
  country: 'FRA',
  coordinates: { latitude: '45.757800', longitude: '4.832200' },
  evses: evses211,
  operator: { name: 'Werenode' },
  time_zone: 'Europe/Paris',
  opening_times: { twentyfourseven: true },
  last_updated: at,
}
const session: Session = {
  ...us,
  id: 'S1',
  start_date_time: at,
  end_date_time: end,
  kwh: 11.25,
  cdr_token: cdrToken,
  auth_method: 'COMMAND',
  authorization_reference: 'REF-1',
  location_id: 'LYON-1',
  evse_uid: 'LYON-1-1',
  connector_id: '1',
  currency: 'EUR',
  charging_periods: [
    {
      start_date_time: at,
      dimensions: [
        { type: 'ENERGY', volume: 11.25 },
        { type: 'MAX_POWER', volume: 11 },
      ],
      tariff_id: 'PLAIN',
    },
  ],
  total_cost: { excl_vat: 2.8125, incl_vat: 3.375 },
  status: 'COMPLETED',
  last_updated: end,
}
const cdrLocation = {
  id: 'LYON-1',
  name: 'Bellecour',
  address: 'Place Bellecour 1',
  city: 'Lyon',
  postal_code: '69002',
  country: 'FRA',
  coordinates: { latitude: '45.757800', longitude: '4.832200' },
  evse_uid: 'LYON-1-1',
  evse_id: 'FR*WRN*ELYON11',
  connector_id: '1',
  connector_standard: 'IEC_62196_T2',
  connector_format: 'SOCKET',
  connector_power_type: 'AC_3_PHASE',
} as const
const cdr: Cdr = {
  ...us,
  id: 'C1',
  start_date_time: at,
  end_date_time: end,
  session_id: 'S1',
  cdr_token: cdrToken,
  auth_method: 'WHITELIST',
  cdr_location: cdrLocation,
  currency: 'EUR',
  tariffs: [tariff()],
  charging_periods: [
    {
      start_date_time: at,
      dimensions: [
        { type: 'ENERGY', volume: 11.25 },
        { type: 'TIME', volume: 3 },
      ],
    },
  ],
  total_cost: { excl_vat: 2.8125, incl_vat: 3.375 },
  total_energy: 11.25,
  total_energy_cost: { excl_vat: 2.8125, incl_vat: 3.375 },
  total_time: 3,
  last_updated: end,
}
/** 2.3.0 types, Price: taxes are named amounts. */
const price230 = { before_taxes: 2.8125, taxes: [{ name: 'VAT', amount: 0.5625 }] }
const elements = [
  {
    price_components: [
      { type: 'ENERGY', price: 0.25, vat: 20, step_size: 1 },
      { type: 'PARKING_TIME', price: 1, vat: 20, step_size: 60 },
    ],
  },
]
const plugIn211 = { ...location211, evses: [evses211[0]] }

const golden: Record<VersionNumber, Record<string, unknown>> = {
  '2.1.1': {
    locations: location211,
    /** mod_tariffs 3.1, 4.2: no VAT, no owner. */
    tariffs: {
      id: 'PLAIN',
      currency: 'EUR',
      elements: [
        {
          price_components: [
            { type: 'ENERGY', price: 0.25, step_size: 1 },
            { type: 'PARKING_TIME', price: 1, step_size: 60 },
          ],
        },
      ],
      last_updated: at,
    },
    /** mod_tokens 3.2: `auth_id`, no owner. */
    tokens: {
      uid: '04E2AB12C45D80',
      type: 'RFID',
      auth_id: 'DE8ACC12E46L89',
      visual_number: 'DF000-2001-8999-1',
      issuer: 'Autobahn Charge',
      valid: true,
      whitelist: 'ALLOWED',
      last_updated: at,
    },
    /** mod_sessions 3.1: `start_datetime`, the location inside, total_cost a number; 4.1 of mod_cdrs has no COMMAND, 4.3 no MAX_POWER. */
    sessions: {
      id: 'S1',
      start_datetime: at,
      end_datetime: end,
      kwh: 11.25,
      auth_id: 'DE8ACC12E46L89',
      auth_method: 'AUTH_REQUEST',
      location: plugIn211,
      currency: 'EUR',
      charging_periods: [{ start_date_time: at, dimensions: [{ type: 'ENERGY', volume: 11.25 }] }],
      total_cost: 2.8125,
      status: 'COMPLETED',
      last_updated: end,
    },
    /** mod_cdrs 3.1: `stop_date_time`. */
    cdrs: {
      id: 'C1',
      start_date_time: at,
      stop_date_time: end,
      auth_id: 'DE8ACC12E46L89',
      auth_method: 'WHITELIST',
      location: plugIn211,
      currency: 'EUR',
      tariffs: [
        {
          id: 'PLAIN',
          currency: 'EUR',
          elements: [
            {
              price_components: [
                { type: 'ENERGY', price: 0.25, step_size: 1 },
                { type: 'PARKING_TIME', price: 1, step_size: 60 },
              ],
            },
          ],
          last_updated: at,
        },
      ],
      charging_periods: [
        {
          start_date_time: at,
          dimensions: [
            { type: 'ENERGY', volume: 11.25 },
            { type: 'TIME', volume: 3 },
          ],
        },
      ],
      total_cost: 2.8125,
      total_energy: 11.25,
      total_time: 3,
      last_updated: end,
    },
  },
  '2.2.1': {
    locations: location(),
    tariffs: { ...us, id: 'PLAIN', currency: 'EUR', elements, last_updated: at },
    tokens: token(),
    sessions: session,
    cdrs: cdr,
  },
  '2.3.0': {
    locations: location(),
    /** mod_tariffs: tax_included is required. */
    tariffs: { ...us, id: 'PLAIN', currency: 'EUR', elements, tax_included: 'NO', last_updated: at },
    tokens: token(),
    sessions: { ...session, total_cost: price230 },
    cdrs: {
      ...cdr,
      tariffs: [{ ...us, id: 'PLAIN', currency: 'EUR', elements, tax_included: 'NO', last_updated: at }],
      total_cost: price230,
      total_energy_cost: price230,
    },
  },
}
const models = { locations: location(), tariffs: tariff(), tokens: token(), sessions: session, cdrs: cdr }

describe.each(Object.keys(golden) as VersionNumber[])('the messages of %s', (number) => {
  it.each(Object.keys(models) as (keyof typeof models)[])('%s', (kind) => {
    const mapper = versionOf(number).mapper[kind]!
    const wire = mapper.toWire(models[kind] as never, { owner: us, holder: us, location: location() })
    expect(wire).toEqual(golden[number][kind])
    expect(check(mapper.schema, golden[number][kind])).toEqual([])
    expect(accept(mapper.schema, golden[number][kind])).toMatchObject({ ok: true, deviations: [] })
  })
})

describe('what the tables refuse', () => {
  const wrong: readonly [string, VersionNumber, 'locations' | 'tariffs' | 'tokens' | 'cdrs', object, string][] = [
    [
      'an EVSE without a connector (mod_locations, connectors +)',
      '2.2.1',
      'locations',
      { ...location(), evses: [{ ...location().evses![0], connectors: [] }] },
      '$.evses[0].connectors',
    ],
    ['a 2.2.1 price in 2.3.0 (types, Price)', '2.3.0', 'cdrs', { ...cdr, tariffs: [] }, '$.total_cost.excl_vat'],
    ['a tariff without tax_included in 2.3.0', '2.3.0', 'tariffs', tariff(), '$.tax_included'],
    ['a party id of two letters', '2.2.1', 'tokens', token({ party_id: 'AB' }), '$.party_id'],
    [
      'an APP_USER in 2.1.1 (4.3 has RFID and OTHER)',
      '2.1.1',
      'tokens',
      { ...(golden['2.1.1'].tokens as object), type: 'APP_USER' },
      '$.type',
    ],
    [
      'a time without milliseconds',
      '2.2.1',
      'tokens',
      token({ last_updated: '2026-11-22T08:00:00Z' }),
      '$.last_updated',
    ],
    ['a fifth decimal (types, number)', '2.2.1', 'cdrs', { ...cdr, total_energy: 1.00001 }, '$.total_energy'],
  ]
  it.each(wrong)('%s', (_words, number, kind, wire, path) => {
    expect(check(versionOf(number).mapper[kind]!.schema, wire).map((problem) => problem.path)).toContain(path)
  })
})

describe('the handshake', () => {
  const ours = {
    token: 'tok',
    url: 'https://node.example/ocpi/versions',
    roles: [{ role: 'CPO' as const, ...us, business_details: { name: 'Werenode' } }],
  }
  it('names one party in 2.1.1 (credentials 2.1)', () => {
    expect(credentials211.toWire(ours)).toEqual({
      token: 'tok',
      url: ours.url,
      ...us,
      business_details: { name: 'Werenode' },
    })
    expect(check(credentials211.schema, credentials211.toWire(ours))).toEqual([])
  })
  it('names roles from 2.2.1 on', () => {
    expect(credentials221.toWire(ours)).toEqual(ours)
    expect(check(credentials221.schema, ours)).toEqual([])
    expect(check(credentials230.schema, { ...ours, hub_party_id: 'DEHUB' })).toEqual([])
  })
  it('lists endpoints with a role from 2.2 on, without before', () => {
    const of = (number: VersionNumber) => ownEndpoints(versionOf(number), 'https://n.example/ocpi')
    expect(of('2.1.1')[0]).toEqual({ identifier: 'credentials', url: 'https://n.example/ocpi/2.1.1/credentials' })
    expect(of('2.2.1')).toContainEqual({
      identifier: 'tokens',
      role: 'RECEIVER',
      url: 'https://n.example/ocpi/cpo/2.2.1/tokens',
    })
    expect(of('2.3.0')).toContainEqual({
      identifier: 'cdrs',
      role: 'RECEIVER',
      url: 'https://n.example/ocpi/emsp/2.3.0/cdrs',
    })
  })
})
