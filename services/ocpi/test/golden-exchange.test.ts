import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mapper221 } from '../src/v221/mapper.ts'
import { mapper230 } from '../src/v230/mapper.ts'
import { eventually, startNode, type TestNode } from './node.ts'
import { cpoParty, location, token } from './samples.ts'
import { type Asked, type StrangePartner, startStrangePartner } from './strange-partner.ts'

/**
 * What we say beside the objects of golden.test.ts, on the wire, against messages written by hand from the tables: the version and
 * endpoint lists, the envelope, commands and their results, authorisation, charging preferences, and the objects of the newer modules.
 */
const at = '2026-11-22T08:00:00.000Z'
const us = { country_code: 'FR', party_id: 'WRN' }
const them = { country_code: 'DE', party_id: 'ABC' }
const until = '2026-11-22T12:00:00.000Z'

/** mod_tokens 3.2 of 2.1.1 and the Token of 2.2: the same card of ours. */
const ownCard = token({ ...us, uid: 'WRNCARD1', contract_id: 'FR-WRN-C1', issuer: 'Werenode', visual_number: 'W1' })
const card = {
  '2.1.1': {
    uid: 'WRNCARD1',
    type: 'RFID',
    auth_id: 'FR-WRN-C1',
    visual_number: 'W1',
    issuer: 'Werenode',
    valid: true,
    whitelist: 'ALLOWED',
    last_updated: at,
  },
  '2.2.1': ownCard,
  '2.3.0': ownCard,
} as const

/** version_information_endpoint: identifier and role of every module; without roles before 2.2. */
const both = ['SENDER', 'RECEIVER']
const modules: Readonly<Record<keyof typeof card, Readonly<Record<string, readonly string[]>>>> = {
  '2.1.1': Object.fromEntries(
    ['cdrs', 'commands', 'credentials', 'locations', 'sessions', 'tariffs', 'tokens'].map((name) => [name, []]),
  ),
  '2.2.1': {
    ...Object.fromEntries(
      ['cdrs', 'chargingprofiles', 'commands', 'credentials', 'locations', 'sessions', 'tariffs', 'tokens'].map(
        (name) => [name, both],
      ),
    ),
    hubclientinfo: both,
  },
  '2.3.0': {
    ...Object.fromEntries(
      [
        'Booking',
        'cdrs',
        'chargingprofiles',
        'commands',
        'credentials',
        'invoicereconciliation',
        'locations',
        'payments',
        'sessions',
        'tariffs',
        'tokens',
      ].map((name) => [name, both]),
    ),
    hubclientinfo: both,
  },
}

describe.each(['2.1.1', '2.2.1', '2.3.0'] as const)('the exchange in %s', (version) => {
  const roles = version !== '2.1.1'
  let node: TestNode
  let partner: StrangePartner
  let id: string
  beforeAll(async () => {
    node = await startNode(cpoParty, { versions: [version], carryOut: async () => ({ result: 'ACCEPTED' }) })
    partner = await startStrangePartner(version)
    if (!roles)
      partner.credentials = () => ({
        token: 'token-C',
        url: partner.versionsUrl,
        business_details: { name: 'Strange' },
        ...them,
      })
    ;({ id } = await node.ocpi.partners.add({ url: partner.versionsUrl, token: 'token-A' }))
    await node.ocpi.putOwn('locations', location())
    await node.ocpi.putOwn('tokens', ownCard)
  }, 30_000)
  afterAll(async () => {
    await partner?.stop()
    await node?.stop()
  })

  const say = async (method: string, path: string, body?: object) => {
    // Before 2.2 the token goes as it is, from then on in Base64 (transport_and_format, "Authorization header").
    const shown = roles ? Buffer.from(partner.token()).toString('base64') : partner.token()
    const response = await fetch(`${node.origin}/ocpi${path}`, {
      method,
      headers: { authorization: `Token ${shown}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { http: response.status, answer: (await response.json()) as Record<string, unknown> }
  }
  const asked = (path: RegExp, method = 'POST'): Asked | undefined =>
    partner.asked.findLast((one) => one.method === method && path.test(one.path))

  it('versions and endpoints, in an envelope', async () => {
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect((await say('GET', '/versions')).answer).toEqual({
      data: [{ version, url: `${node.origin}/ocpi/${version}` }],
      status_code: 1000,
      timestamp: time,
    })
    const { answer } = await say('GET', `/${version}`)
    const { endpoints, ...rest } = answer.data as { endpoints: { identifier: string; role?: string; url: string }[] }
    expect(rest).toEqual({ version })
    const listed = Map.groupBy(endpoints, ({ identifier }) => identifier)
    expect(
      Object.fromEntries([...listed].map(([name, all]) => [name, all.flatMap(({ role }) => role ?? []).sort()])),
    ).toEqual(Object.fromEntries(Object.entries(modules[version]).map(([name, all]) => [name, [...all].sort()])))
    // A role is required from 2.2 on and unknown before.
    expect(endpoints.every((one) => 'role' in one === roles)).toBe(true)
    expect((await say('GET', `/${version}/nothing`)).answer).toEqual({
      status_code: 2000,
      status_message: expect.any(String),
      timestamp: time,
    })
  })

  const place = { location_id: 'P1', evse_uid: 'P1-1' }
  const reference = roles ? { authorization_reference: 'REF-1' } : {}
  it.each([
    ['START_SESSION', { token: card[version], ...place, ...reference, ...(roles ? { connector_id: '1' } : {}) }],
    ['STOP_SESSION', { session_id: 'S1' }],
    [
      'RESERVE_NOW',
      // 2.1.1 counts reservations (mod_commands 3.2.1), later versions name them.
      { token: card[version], expiry_date: until, reservation_id: roles ? 'R1' : 7, ...place, ...reference },
    ],
    ['CANCEL_RESERVATION', { reservation_id: 'R1' }],
    ['UNLOCK_CONNECTOR', { ...place, connector_id: '1' }],
  ] as const)('%s, sent and answered', async (name, fields) => {
    partner.behave(({ path, body }) => {
      if (!path.endsWith(`/commands/${name}`)) return undefined
      const url = (body as { response_url: string }).response_url
      // The result comes as it is, without an envelope.
      void say('POST', new URL(url).pathname.slice('/ocpi'.length), { result: 'ACCEPTED' })
      return { data: roles ? { result: 'ACCEPTED', timeout: 30 } : { result: 'ACCEPTED' } }
    })
    const outcome = await node.ocpi.sendCommand(id, name, fields)
    if (name === 'CANCEL_RESERVATION' && !roles) {
      // Not a command before 2.2.
      expect(outcome.result).toBe('NOT_SUPPORTED')
      expect(asked(/CANCEL_RESERVATION/)).toBeUndefined()
      return
    }
    expect(outcome).toEqual({ result: 'ACCEPTED' })
    const sent = asked(new RegExp(`/commands/${name}$`))!
    expect(sent.body).toEqual({
      response_url: expect.stringMatching(
        new RegExp(`^${node.origin}/ocpi/emsp/${version}/commands/${name}/[0-9a-f-]{36}$`),
      ),
      ...fields,
    })
    expect(sent.headers['ocpi-to-party-id']).toBe(roles ? 'ABC' : undefined)
  })

  it('a command taken: its CommandResponse, and its result at the address it named', async () => {
    partner.behave(() => undefined)
    const body = {
      response_url: `${partner.origin}/result-of-unlock`,
      location_id: 'LYON-1',
      evse_uid: 'LYON-1-1',
      connector_id: '1',
    }
    const { http, answer } = await say('POST', `/cpo/${version}/commands/UNLOCK_CONNECTOR`, body)
    expect(http).toBe(200)
    expect(answer.data).toEqual(roles ? { result: 'ACCEPTED', timeout: 60 } : { result: 'ACCEPTED' })
    const told = await eventually(async () => asked(/^\/result-of-unlock$/))
    expect(told.body).toEqual({ result: 'ACCEPTED' })
    const unknown = await say('POST', `/cpo/${version}/commands/STOP_SESSION`, {
      response_url: `${partner.origin}/result-of-stop`,
      session_id: 'NOBODY',
    })
    expect(unknown.answer.data).toEqual(
      roles ? { result: 'UNKNOWN_SESSION', timeout: 60 } : { result: 'UNKNOWN_SESSION' },
    )
  })

  it('an AuthorizationInfo: allowed, with the token from 2.2 on, and where it was asked for', async () => {
    const { answer } = await say('POST', `/emsp/${version}/tokens/WRNCARD1/authorize`, {
      location_id: 'P1',
      evse_uids: ['P1-1'],
    })
    expect(answer.data).toEqual({
      allowed: 'ALLOWED',
      ...(roles ? { token: ownCard, authorization_reference: expect.stringMatching(/^[\x21-\x7e]{1,36}$/) } : {}),
      location: { location_id: 'P1', evse_uids: ['P1-1'] },
    })
  })

  it('charging preferences: told where there are roles, and refused for a plug that weighs none', async () => {
    const wanted = { profile_type: 'CHEAP', departure_time: until, energy_need: 20, discharge_allowed: false } as const
    partner.behave(({ path }) => (path.endsWith('/charging_preferences') ? { data: 'ACCEPTED' } : undefined))
    expect(await node.ocpi.prefer(id, 'S/1', wanted)).toBe(roles ? 'ACCEPTED' : 'NOT_SUPPORTED')
    const sent = asked(/charging_preferences$/, 'PUT')
    expect(sent?.body).toEqual(roles ? wanted : undefined)
    if (roles) expect(sent!.path).toBe(`/ocpi/${version}/sender/sessions/S%2F1/charging_preferences`)
    partner.behave(({ path }) => (path.endsWith('/charging_preferences') ? { http: 404, status: 2001 } : undefined))
    expect(await node.ocpi.prefer(id, 'S1', wanted)).toBe('NOT_SUPPORTED')

    await node.ocpi.putOwn(
      'sessions',
      {
        ...us,
        id: 'OWN-1',
        start_date_time: at,
        kwh: 1,
        cdr_token: { ...them, uid: 'U', type: 'RFID', contract_id: 'C' },
        auth_method: 'COMMAND',
        location_id: 'LYON-1',
        evse_uid: 'LYON-1-1',
        connector_id: '1',
        currency: 'EUR',
        status: 'ACTIVE',
        last_updated: at,
      },
      { forParty: them },
    )
    const put = (session: string, body: object) =>
      say('PUT', `/cpo/${version}/sessions/${session}/charging_preferences`, body)
    const refused = await put('OWN-1', wanted)
    expect([refused.http, refused.answer.status_code]).toEqual(roles ? [404, 2001] : [404, 2000])
    if (roles) expect(refused.answer.status_message).toContain('CHARGING_PREFERENCES_CAPABLE')
    expect((await put('NOBODY', wanted)).http).toBe(404)
    if (roles) expect((await put('OWN-1', { profile_type: 'SOON' })).answer.status_code).toBe(2001)
  })

  it('a tariff changed by PATCH: in 2.1.1, and in no later version', async () => {
    const before = {
      id: 'T1',
      currency: 'EUR',
      elements: [{ price_components: [{ type: 'ENERGY', price: 0.25, step_size: 1 }] }],
      ...(roles ? them : {}),
      ...(version === '2.3.0' ? { tax_included: 'NO' } : {}),
      last_updated: at,
    }
    const path = `/emsp/${version}/tariffs/DE/ABC/T1`
    expect((await say('PUT', path, before)).http).toBe(201)
    const change = { tariff_alt_url: 'https://partner.example/t1', last_updated: until }
    const patched = await say('PATCH', path, change)
    expect(patched.http).toBe(roles ? 405 : 200)
    expect((await say('GET', path)).answer.data).toEqual(roles ? before : { ...before, ...change })
  })
})

describe('the objects of the newer modules', () => {
  const context = { owner: us, holder: them }
  /** mod_hub_client_info 5.1. */
  const clientInfo = { ...them, role: 'EMSP', status: 'PLANNED', last_updated: at }
  /** mod_invoice_reconciliation, InvoiceReconciliationRecord. */
  const invoice = { ...us, id: 'R-1', invoice_id: '2026/11', cdrs: ['C-1', 'C-2'], last_updated: at }
  /** mod_bookings, BookingLocation and Booking. */
  const bookable = {
    ...us,
    id: 'BL-1',
    location_id: 'LYON-1',
    booking_option: { evse_uid: 'LYON-1-1' },
    booking_terms: { supported_access_methods: ['OPEN'], change_until_minutes: 0, cancel_until_minutes: 0 },
    calendars: [
      {
        id: 'CAL-1',
        begin_from: at,
        end_before: until,
        available_timeslots: [{ start_date_time: at, end_date_time: until, max_power: 22_000 }],
        last_updated: at,
      },
    ],
    last_updated: at,
  }
  const request = {
    ...them,
    request_id: 'RQ-1',
    location_id: 'LYON-1',
    booking_location_id: 'BL-1',
    period: { start_date_time: at, end_date_time: until },
    authorization_reference: 'REF-1',
  }
  const booking = {
    ...us,
    id: 'B-1',
    request_id: 'RQ-1',
    location_id: 'LYON-1',
    period: request.period,
    reservation_status: 'RESERVED',
    authorization_reference: 'REF-1',
    booking_terms: bookable.booking_terms,
    booking_requests: [{ request_status: 'ACCEPTED', booking_request: request, request_received: at }],
    last_updated: at,
  }
  it.each([
    ['hubclientinfo', '2.2.1', clientInfo],
    ['hubclientinfo', '2.3.0', clientInfo],
    ['invoicereconciliation', '2.3.0', invoice],
    ['bookinglocations', '2.3.0', bookable],
    ['bookings', '2.3.0', booking],
  ] as const)('%s of %s', async (kind, version, wire) => {
    const { check } = await import('../src/schema/check.ts')
    const { accept } = await import('../src/schema/accept.ts')
    const mapper = (version === '2.2.1' ? mapper221 : mapper230)[kind]!
    expect(check(mapper.schema, wire)).toEqual([])
    expect(accept(mapper.schema, wire)).toMatchObject({ ok: true, deviations: [] })
    const model = mapper.fromWire(wire as never, context)
    expect(mapper.toWire(model as never, context)).toEqual(wire)
  })
})
