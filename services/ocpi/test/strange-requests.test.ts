import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startNode, type TestNode } from './node.ts'
import { emspParty, location, tariff, token } from './samples.ts'
import { type StrangePartner, startStrangePartner } from './strange-partner.ts'

/** What partners send to us, good and bad, over real HTTP. */
let node: TestNode
let partner: StrangePartner
let partnerId: string
const base64 = (text: string) => Buffer.from(text).toString('base64')

beforeAll(async () => {
  node = await startNode({ ...emspParty, country_code: 'FR', party_id: 'WRN' })
  partner = await startStrangePartner()
  partnerId = (await node.ocpi.partners.add({ url: partner.versionsUrl, token: 'token-A' })).id
})
afterAll(async () => {
  await partner?.stop()
  await node?.stop()
})

interface Said {
  readonly http: number
  readonly status: number
  readonly message?: string
  readonly data: never
  readonly headers: Headers
}
const say = async (
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Said> => {
  const response = await fetch(`${node.origin}/ocpi${path}`, {
    method,
    headers: { authorization: `Token ${base64(partner.token())}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const answer = (await response.json()) as { status_code: number; status_message?: string; data: never }
  return {
    http: response.status,
    status: answer.status_code,
    message: answer.status_message!,
    data: answer.data,
    headers: response.headers,
  }
}
const theirs = (id: string) => ({ ...location(id), country_code: 'DE', party_id: 'ABC' })
const at = (id: string) => `/emsp/2.2.1/locations/DE/ABC/${id}`
const held = async (id: string) => (await node.ocpi.object(partnerId, 'locations', `DE|ABC|${id}`))?.object

describe('the door', () => {
  it('opens to a token in Base64, as it is, and with a newline behind it', async () => {
    for (const written of [base64(partner.token()), partner.token(), base64(`${partner.token()}\n`)])
      expect(await say('GET', '/versions', undefined, { authorization: `Token ${written}` })).toMatchObject({
        http: 200,
        status: 1000,
      })
  })
  it('answers 401 in an OCPI envelope to a stranger and to nobody', async () => {
    for (const authorization of ['Token nonsense', 'Bearer x', ''])
      expect(await say('GET', '/versions', undefined, { authorization })).toMatchObject({ http: 401, status: 2000 })
  })
  it('opens versions and credentials only to a registration token', async () => {
    const { token: tokenA } = await node.ocpi.partners.invite('New')
    const authorization = `Token ${base64(tokenA)}`
    expect(await say('GET', '/versions', undefined, { authorization })).toMatchObject({ http: 200 })
    expect(await say('GET', '/cpo/2.2.1/locations', undefined, { authorization })).toMatchObject({ http: 401 })
    expect(await say('PUT', '/2.2.1/credentials', partner.credentials(), { authorization })).toMatchObject({
      http: 405,
    })
    expect(await say('DELETE', '/2.2.1/credentials', undefined, { authorization })).toMatchObject({ http: 405 })
  })
  it('refuses to register whom it knows: 405', async () => {
    expect(await say('POST', '/2.2.1/credentials', partner.credentials())).toMatchObject({ http: 405 })
  })
  it('says 3001, 3002, 3003 of what it met when it called back', async () => {
    const { token: tokenA } = await node.ocpi.partners.invite('Unreachable')
    const authorization = `Token ${base64(tokenA)}`
    const register = (url: string) =>
      say(
        'POST',
        '/2.2.1/credentials',
        {
          ...partner.credentials(),
          roles: [{ role: 'CPO', party_id: 'NEW', country_code: 'DE', business_details: { name: 'New' } }],
          url,
        },
        { authorization },
      )
    expect(await register('http://127.0.0.1:9/ocpi/versions')).toMatchObject({ http: 200, status: 3001 })
    partner.behave(({ path }) =>
      path === '/old' ? { data: [{ version: '2.0', url: 'http://127.0.0.1:9/' }] } : undefined,
    )
    expect(await register(`${partner.origin}/old`)).toMatchObject({ http: 200, status: 3002 })
    const { endpoints } = partner
    partner.endpoints = endpoints.filter(({ identifier }) => identifier === 'credentials')
    expect(await register(partner.versionsUrl)).toMatchObject({ http: 200, status: 3003 })
    partner.endpoints = endpoints
    partner.behave(() => undefined)
  })
  it('does not let one partner register the party of another', async () => {
    const { token: tokenA } = await node.ocpi.partners.invite('Impostor')
    expect(
      await say('POST', '/2.2.1/credentials', partner.credentials(), { authorization: `Token ${base64(tokenA)}` }),
    ).toMatchObject({
      status: 2001,
      message: expect.stringContaining('already registered'),
    })
  })
  it('takes a trailing slash, doubled slashes and encoded letters', async () => {
    for (const path of ['/versions/', '//versions', '/2.2.1/', '/cpo/2.2.1/locations/', '/cpo//2.2.1/locations'])
      expect(await say('GET', path)).toMatchObject({ http: 200, status: 1000 })
  })
  it('answers what is no JSON with 400, and nowhere with 404, in envelopes', async () => {
    expect(await say('PUT', at('X'), '{"id":')).toMatchObject({ http: 400, status: 2001 })
    expect(await say('GET', '/cpo/9.9/locations')).toMatchObject({ http: 404, status: 2000 })
    expect(await say('GET', '/cpo/2.2.1/%zz')).toMatchObject({ http: 400 })
    expect(await say('DELETE', at('X'))).toMatchObject({ http: 405 })
  })
  it('returns request, correlation and routing headers, on errors too', async () => {
    const headers = {
      'x-request-id': 'r-1',
      'x-correlation-id': 'c-1',
      'ocpi-from-country-code': 'DE',
      'ocpi-from-party-id': 'ABC',
      'ocpi-to-country-code': 'fr',
      'ocpi-to-party-id': 'wrn',
    }
    for (const path of ['/cpo/2.2.1/tariffs', at('UNKNOWN')]) {
      const { headers: got } = await say('GET', path, undefined, headers)
      expect(Object.fromEntries(got)).toMatchObject({
        'x-request-id': 'r-1',
        'x-correlation-id': 'c-1',
        'ocpi-to-party-id': 'ABC',
        'ocpi-from-party-id': 'wrn',
      })
    }
    expect((await say('GET', '/versions', undefined, headers)).headers.has('ocpi-to-party-id')).toBe(false)
    expect(await say('GET', '/cpo/2.2.1/tariffs', undefined, { ...headers, 'ocpi-to-party-id': 'XYZ' })).toMatchObject({
      status: 4001,
    })
  })
})

describe('what partners push', () => {
  it('is created with 201 and replaced with 200, ids and parties in any case', async () => {
    expect(await say('PUT', at('L1'), theirs('L1'))).toMatchObject({ http: 201, status: 1000 })
    expect(await say('PUT', '/emsp/2.2.1/locations/de/abc/l1/', theirs('L1'))).toMatchObject({
      http: 200,
      status: 1000,
    })
    expect(await say('GET', '/emsp/2.2.1/locations/de/abc/l1/l1-1')).toMatchObject({ data: { uid: 'L1-1' } })
    expect(await say('GET', '/emsp/2.2.1/locations/de/abc/l1/l1-9')).toMatchObject({ http: 404 })
  })
  it('is refused with 404 for a party they did not register', async () => {
    expect(await say('PUT', '/emsp/2.2.1/locations/NL/XYZ/L1', theirs('L1'))).toMatchObject({ http: 404 })
  })
  it('is refused with HTTP 200 and 2001 when URL and body differ, or a field is missing', async () => {
    expect(await say('PUT', at('OTHER'), theirs('L1'))).toMatchObject({ http: 200, status: 2001 })
    const { time_zone, ...without } = theirs('L2')
    expect(await say('PUT', at('L2'), without)).toMatchObject({
      http: 200,
      status: 2001,
      message: '$.time_zone: it is required',
    })
  })
  it('is taken with nulls, odd dates, numbers as text, unknown words and fields, and counted', async () => {
    const odd = {
      ...theirs('ODD'),
      name: null,
      surprise: 1,
      facilities: ['HELIPORT'],
      charging_when_closed: 'true',
      opening_times: null,
      last_updated: '2026-11-22T09:00:00.123456+00:00',
      evses: [
        { ...theirs('ODD').evses![0], connectors: [{ ...theirs('ODD').evses![0]!.connectors[0], max_voltage: '230' }] },
      ],
    }
    expect(await say('PUT', at('ODD'), odd)).toMatchObject({ http: 201, status: 1000 })
    expect(await held('ODD')).toMatchObject({
      last_updated: '2026-11-22T09:00:00.123Z',
      charging_when_closed: true,
      facilities: ['HELIPORT'],
    })
    expect((await held('ODD'))?.evses?.[0]?.connectors[0]?.max_voltage).toBe(230)
    const counted = (await node.ocpi.partners.get(partnerId)).deviations.map(({ kind, path }) => `${kind} ${path}`)
    expect(counted).toEqual(
      expect.arrayContaining([
        'null $.name',
        'unknown-field $.surprise',
        'unknown-value $.facilities[]',
        'date-form $.last_updated',
        'number-form $.evses[].connectors[].max_voltage',
      ]),
    )
  })
  it.each([
    ['2026-11-22T08:00:00', '2026-11-22T08:00:00.000Z'],
    ['2026-11-22T08:00:00.2', '2026-11-22T08:00:00.200Z'],
    ['2026-11-22T09:00:00+01:00', '2026-11-22T08:00:00.000Z'],
    ['2026-11-22 08:00:00Z', '2026-11-22T08:00:00.000Z'],
  ])('reads the time %s', async (written, read) => {
    const id = `T${written.length}${written.slice(-3).replaceAll(/\W/g, '')}`
    await say('PUT', at(id), { ...theirs(id), last_updated: written })
    expect((await held(id))?.last_updated).toBe(read)
  })
  it('that is older than what we hold changes nothing', async () => {
    await say('PUT', at('NEW'), { ...theirs('NEW'), name: 'now', last_updated: '2026-11-22T10:00:00.000Z' })
    expect(
      await say('PUT', at('NEW'), { ...theirs('NEW'), name: 'before', last_updated: '2026-11-22T09:00:00.000Z' }),
    ).toMatchObject({ status: 1000 })
    expect((await held('NEW'))?.name).toBe('now')
  })
})

describe('a PATCH', () => {
  const later = '2026-11-22T12:00:00.000Z'
  it('needs last_updated, and something to change', async () => {
    await say('PUT', at('P1'), theirs('P1'))
    expect(await say('PATCH', at('P1'), { name: 'x' })).toMatchObject({ http: 200, status: 2001 })
    expect(await say('PATCH', at('GHOST'), { last_updated: later })).toMatchObject({ http: 404, status: 2003 })
  })
  it('of an EVSE changes its status and lifts the location', async () => {
    expect(await say('PATCH', `${at('P1')}/P1-1`, { status: 'REMOVED', last_updated: later })).toMatchObject({
      status: 1000,
    })
    expect(await held('P1')).toMatchObject({
      last_updated: later,
      evses: [
        { uid: 'P1-1', status: 'REMOVED' },
        { uid: 'P1-2', status: 'CHARGING' },
      ],
    })
  })
  it('with a part of the EVSEs loses none', async () => {
    await say('PATCH', at('P1'), {
      evses: [{ uid: 'p1-2', status: 'AVAILABLE', last_updated: later }],
      last_updated: later,
    })
    expect((await held('P1'))?.evses?.map(({ status }) => status)).toEqual(['REMOVED', 'AVAILABLE'])
  })
  it('of a session adds charging periods', async () => {
    const period = (hour: number) => ({
      start_date_time: `2026-11-22T${hour}:00:00.000Z`,
      dimensions: [{ type: 'ENERGY', volume: 1 }],
    })
    const session = {
      country_code: 'DE',
      party_id: 'ABC',
      id: 'S1',
      start_date_time: '2026-11-22T10:00:00Z',
      kwh: 1,
      cdr_token: { country_code: 'FR', party_id: 'WRN', uid: 'u', type: 'RFID', contract_id: 'c' },
      auth_method: 'WHITELIST',
      location_id: 'P1',
      evse_uid: 'P1-1',
      connector_id: '1',
      currency: 'EUR',
      charging_periods: [period(10)],
      status: 'ACTIVE',
      last_updated: '2026-11-22T10:00:00Z',
    }
    expect(await say('PUT', '/emsp/2.2.1/sessions/DE/ABC/S1', session)).toMatchObject({ http: 201 })
    const change = { kwh: 2, charging_periods: [period(11)], last_updated: '2026-11-22T11:00:00Z' }
    for (const _twice of [1, 2])
      expect(await say('PATCH', '/emsp/2.2.1/sessions/DE/ABC/S1', change)).toMatchObject({ status: 1000 })
    expect((await node.ocpi.object(partnerId, 'sessions', 'DE|ABC|S1'))?.object).toMatchObject({
      kwh: 2,
      charging_periods: [period(10), period(11)],
    })
  })
})

describe('prices, tokens, CDRs, commands', () => {
  it('keep a tariff we do not understand as it is, so that nobody prices by half of it', async () => {
    const strange = {
      ...tariff(),
      country_code: 'DE',
      party_id: 'ABC',
      elements: [
        {
          price_components: [{ type: 'CONGESTION_TIME', price: 1, step_size: 60 }],
          restrictions: { min_vehicle_soc: 80 },
        },
      ],
    }
    expect(await say('PUT', '/emsp/2.2.1/tariffs/DE/ABC/PLAIN', strange)).toMatchObject({ http: 201 })
    const { parseTariff } = await import('@werenode/core')
    const kept = (await node.ocpi.object(partnerId, 'tariffs', 'DE|ABC|PLAIN'))!.object
    expect(() => parseTariff(kept)).toThrow(/cannot be computed/)
    expect(await say('DELETE', '/emsp/2.2.1/tariffs/DE/ABC/PLAIN')).toMatchObject({ status: 1000 })
    expect(await say('GET', '/emsp/2.2.1/tariffs/DE/ABC/PLAIN')).toMatchObject({ http: 404 })
  })
  it('answer an unknown token with 404 and 2004, a blocked one with 200', async () => {
    await node.ocpi.putOwn('tokens', token({ country_code: 'FR', party_id: 'WRN', uid: 'BLOCKED-1', valid: false }))
    expect(await say('POST', '/emsp/2.2.1/tokens/none/authorize')).toMatchObject({ http: 404, status: 2004 })
    expect(await say('POST', '/emsp/2.2.1/tokens/blocked-1/authorize?type=RFID', { location_id: 'P1' })).toMatchObject({
      http: 200,
      status: 1000,
      data: { allowed: 'BLOCKED' },
    })
    expect(
      await say('PATCH', '/cpo/2.2.1/tokens/DE/ABC/X', { valid: false, last_updated: '2026-11-22T10:00:00Z' }),
    ).toMatchObject({ http: 404 })
  })
  it('take a CDR once, and never another under its id', async () => {
    const cdr = {
      country_code: 'DE',
      party_id: 'ABC',
      id: 'c-1',
      start_date_time: '2026-11-22T10:00:00Z',
      end_date_time: '2026-11-22T11:00:00Z',
      cdr_token: { country_code: 'FR', party_id: 'WRN', uid: 'u', type: 'RFID', contract_id: 'c' },
      auth_method: 'WHITELIST',
      cdr_location: {
        id: 'P1',
        address: 'a',
        city: 'b',
        country: 'DEU',
        coordinates: { latitude: '50.770774', longitude: '6.104965' },
        evse_uid: 'P1-1',
        evse_id: 'DE*ABC*E1',
        connector_id: '1',
        connector_standard: 'IEC_62196_T2',
        connector_format: 'SOCKET',
        connector_power_type: 'AC_3_PHASE',
      },
      currency: 'EUR',
      charging_periods: [{ start_date_time: '2026-11-22T10:00:00Z', dimensions: [{ type: 'ENERGY', volume: 9 }] }],
      total_cost: { excl_vat: 5 },
      total_energy: 10,
      total_time: 1,
      last_updated: '2026-11-22T11:00:00Z',
    }
    const first = await say('POST', '/emsp/2.2.1/cdrs', cdr)
    expect(first).toMatchObject({ http: 201, status: 1000 })
    expect(first.headers.get('location')).toBe(`${node.origin}/ocpi/emsp/2.2.1/cdrs/DE/ABC/c-1`)
    expect(await say('GET', '/emsp/2.2.1/cdrs/DE/ABC/C-1')).toMatchObject({ data: { id: 'c-1' } })
    expect(await say('POST', '/emsp/2.2.1/cdrs/', { ...cdr, id: 'C-1' })).toMatchObject({ http: 200, status: 1000 })
    expect(await say('POST', '/emsp/2.2.1/cdrs/', cdr)).toMatchObject({ http: 200, status: 1000 })
    expect(await say('POST', '/emsp/2.2.1/cdrs', { ...cdr, total_cost: { excl_vat: 6 } })).toMatchObject({
      status: 2001,
    })
    expect((await node.ocpi.object(partnerId, 'cdrs', 'DE|ABC|C-1'))?.findings).toEqual([
      'Its periods hold 9 kWh, its total_energy is 10 kWh.',
    ])
    const credit = { ...cdr, id: 'c-2', credit: true, credit_reference_id: 'c-1', total_cost: { excl_vat: -5 } }
    expect(await say('POST', '/emsp/2.2.1/cdrs', credit)).toMatchObject({ http: 201, status: 1000 })
    expect((await node.ocpi.object(partnerId, 'cdrs', 'DE|ABC|C-2'))?.findings ?? []).toEqual([])
  })
  it('send no result, and so no token, to a stranger’s address', async () => {
    const body = { response_url: 'https://elsewhere.example/steal', session_id: 'x' }
    expect(await say('POST', '/cpo/2.2.1/commands/STOP_SESSION', body)).toMatchObject({ http: 200, status: 2001 })
  })
  it('refuse a list with dates that are none', async () => {
    expect(await say('GET', '/cpo/2.2.1/locations?date_from=yesterday')).toMatchObject({ http: 200, status: 2001 })
    expect(
      await say('GET', '/cpo/2.2.1/locations?date_from=2026-01-01T00:00:00+00:00&date_to=None&limit=5'),
    ).toMatchObject({ status: 1000, data: [] })
  })
})
