import { type EventEnvelope, type StationReply, stationCommandSubject } from '@werenode/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, startNode, type TestNode } from './node.ts'
import { emspParty, location } from './samples.ts'
import { type StrangePartner, startStrangePartner } from './strange-partner.ts'

/** Our driver at a partner's plug: the manager drives it like any station, the partner's objects come back as events. */
let node: TestNode
let partner: StrangePartner
let stationId: string
const events: EventEnvelope[] = []
const shown: string[] = []
beforeAll(async () => {
  node = await startNode(
    { ...emspParty, country_code: 'FR', party_id: 'WRN' },
    {
      cdrWaitMs: 2_000,
      catalogue: {
        locations: async () => ({ items: [] }),
        location: async () => undefined,
        tariffs: async () => [],
        putRoaming: async ({ id, evses }) => {
          shown.push(id)
          stationId = evses[0]!.station!.stationId
        },
      },
    },
  )
  node.bus.tap(['transaction.*'], (event) => events.push(event))
  partner = await startStrangePartner()
  const { id } = await node.ocpi.partners.add({ url: partner.versionsUrl, token: 'token-A' })
  partner.behave(({ path }) =>
    path.endsWith('/sender/locations')
      ? { data: [{ ...location('AWAY'), country_code: 'DE', party_id: 'ABC' }], headers: { 'x-total-count': '1' } }
      : undefined,
  )
  await node.ocpi.pull(id, 'locations')
})
afterAll(async () => {
  await partner?.stop()
  await node?.stop()
})

const command = (verb: 'start' | 'stop', more: object = {}) =>
  node.bus.request<StationReply>(
    stationCommandSubject(stationId),
    { verb, evse: 1, connector: 1, sessionId: `0x${'1'.repeat(64)}`, ...more },
    { timeoutMs: 10_000 },
  )
const enter = async (method: string, path: string, body: object): Promise<number> => {
  const headers = { authorization: `Token ${partner.token()}`, 'content-type': 'application/json' }
  return (
    await fetch(path.startsWith('http') ? path : `${node.origin}/ocpi${path}`, {
      method,
      headers,
      body: JSON.stringify(body),
    })
  ).status
}
const session = (id: string, change: object) => ({
  country_code: 'DE',
  party_id: 'ABC',
  id,
  start_date_time: '2026-11-22T10:00:00.000Z',
  kwh: 0,
  cdr_token: { country_code: 'FR', party_id: 'WRN', uid: 'X', type: 'APP_USER', contract_id: 'X' },
  auth_method: 'COMMAND',
  location_id: 'AWAY',
  evse_uid: 'AWAY-1',
  connector_id: '1',
  currency: 'EUR',
  status: 'ACTIVE',
  last_updated: '2026-11-22T10:00:00.000Z',
  ...change,
})
const cdrOf = (sessionId: string, reference: string) => ({
  country_code: 'DE',
  party_id: 'ABC',
  id: `C-${sessionId}`,
  start_date_time: '2026-11-22T10:00:00Z',
  end_date_time: '2026-11-22T10:30:00Z',
  session_id: sessionId,
  cdr_token: session(sessionId, {}).cdr_token,
  authorization_reference: reference,
  auth_method: 'COMMAND',
  cdr_location: {
    id: 'AWAY',
    address: 'a',
    city: 'b',
    country: 'DEU',
    coordinates: { latitude: '50.770774', longitude: '6.104965' },
    evse_uid: 'AWAY-1',
    evse_id: 'DE*ABC*E1',
    connector_id: '1',
    connector_standard: 'IEC_62196_T2',
    connector_format: 'SOCKET',
    connector_power_type: 'AC_3_PHASE',
  },
  currency: 'EUR',
  charging_periods: [{ start_date_time: '2026-11-22T10:00:00Z', dimensions: [{ type: 'ENERGY', volume: 3 }] }],
  total_cost: { excl_vat: 1 },
  total_energy: 3,
  total_time: 0.5,
  last_updated: '2026-11-22T10:31:00Z',
})
/** The partner takes a command and tells its result. */
const answering = (result: string) =>
  partner.behave(({ path, body }) => {
    if (!path.includes('/commands/')) return undefined
    setTimeout(() => void enter('POST', (body as { response_url: string }).response_url, { result }), 10)
    return { data: { result: 'ACCEPTED', timeout: 5 } }
  })

describe('a partner’s plug', () => {
  it('is shown in our catalogue', () => {
    expect(shown).toHaveLength(1)
    expect(stationId).toContain('AWAY-1')
  })

  it('is started with a token of the session alone, and its session becomes events, once', async () => {
    answering('ACCEPTED')
    expect(await command('start', { idTag: 'TAG-1', remoteStartId: 1 })).toEqual({ accepted: true })
    const asked = partner.asked.find(({ path }) => path.endsWith('/START_SESSION'))!
    expect(asked.body).toMatchObject({
      location_id: 'AWAY',
      evse_uid: 'AWAY-1',
      connector_id: '1',
      authorization_reference: 'TAG-1',
      token: { uid: 'TAG-1', type: 'APP_USER', whitelist: 'NEVER' },
    })
    const active = session('S1', { authorization_reference: 'TAG-1', kwh: 1.5 })
    for (const _twice of [1, 2]) expect(await enter('PUT', '/emsp/2.2.1/sessions/DE/ABC/S1', active)).toBeLessThan(300)
    const done = {
      kwh: 7.25,
      status: 'COMPLETED',
      end_date_time: '2026-11-22T11:00:00Z',
      last_updated: '2026-11-22T11:00:00Z',
    }
    expect(await enter('PATCH', '/emsp/2.2.1/sessions/DE/ABC/S1', done)).toBe(200)
    await eventually(async () => events.length >= 3)
    expect(events.map(({ type }) => type)).toEqual(['transaction.started', 'transaction.meter', 'transaction.ended'])
    expect(events[0]!.data).toMatchObject({ stationId, transactionId: 'S1', idTag: 'TAG-1', registerWh: 0 })
    expect(events[2]!.data).toMatchObject({ registerWh: 7_250, stationAt: '2026-11-22T11:00:00.000Z' })
    // No CDR came: the session's own figures end it, and say so.
    expect(events[2]!.data).toMatchObject({ flags: ['cdr-missing'] })
  })

  it('that refuses says why in words', async () => {
    answering('EVSE_OCCUPIED')
    expect(await command('start', { idTag: 'TAG-2', remoteStartId: 2 })).toEqual({
      accepted: false,
      reason: 'The plug is in use.',
      retriable: false,
    })
    partner.behave(() => undefined)
  })

  it('may begin after a TIMEOUT: the session is told all the same', async () => {
    answering('TIMEOUT')
    expect(await command('start', { idTag: 'TAG-3', remoteStartId: 3 })).toMatchObject({
      accepted: false,
      retriable: true,
    })
    events.length = 0
    await enter('PUT', '/emsp/2.2.1/sessions/DE/ABC/S3', session('S3', { authorization_reference: 'TAG-3' }))
    await eventually(async () => events.some(({ type }) => type === 'transaction.started'))
    expect(events[0]!.data).toMatchObject({ transactionId: 'S3', idTag: 'TAG-3' })
  })

  it('ends by a CDR that comes before the end of its session', async () => {
    events.length = 0
    const cdr = cdrOf('S3', 'TAG-3')
    expect(await enter('POST', '/emsp/2.2.1/cdrs', cdr)).toBe(201)
    await eventually(async () => events.some(({ type }) => type === 'transaction.ended'))
    await enter('PATCH', '/emsp/2.2.1/sessions/DE/ABC/S3', {
      status: 'COMPLETED',
      kwh: 3,
      last_updated: '2026-11-22T10:32:00Z',
    })
    expect(events.filter(({ type }) => type === 'transaction.ended')).toHaveLength(1)
    expect(events.find(({ type }) => type === 'transaction.ended')!.data).toMatchObject({ registerWh: 3_000 })
  })

  it('whose CDR disagrees with its session is flagged, and costs the driver the less of both', async () => {
    answering('ACCEPTED')
    expect(await command('start', { idTag: 'TAG-4', remoteStartId: 4 })).toEqual({ accepted: true })
    events.length = 0
    const done = {
      authorization_reference: 'TAG-4',
      kwh: 3,
      status: 'COMPLETED',
      total_cost: { excl_vat: 1, incl_vat: 1.2 },
      end_date_time: '2026-11-22T10:30:00Z',
      last_updated: '2026-11-22T10:30:00Z',
    }
    // The pause until the CDR is waited for no longer is 100 ms here: it comes at once.
    await enter('PUT', '/emsp/2.2.1/sessions/DE/ABC/S4', session('S4', { authorization_reference: 'TAG-4', kwh: 3 }))
    await enter('PUT', '/emsp/2.2.1/sessions/DE/ABC/S4', session('S4', done))
    const cdr = {
      ...cdrOf('S4', 'TAG-4'),
      total_energy: 9,
      total_cost: { excl_vat: 3, incl_vat: 3.6 },
      charging_periods: [{ start_date_time: '2026-11-22T10:00:00Z', dimensions: [{ type: 'ENERGY', volume: 9 }] }],
    }
    expect(await enter('POST', '/emsp/2.2.1/cdrs', cdr)).toBe(201)
    await eventually(async () => events.some(({ type }) => type === 'transaction.ended'))
    expect(events.find(({ type }) => type === 'transaction.ended')!.data).toMatchObject({
      registerWh: 3_000,
      flags: ['cdr-disagrees'],
      billedMicro: '3600000',
    })
    const [partnerView] = await node.ocpi.partners.list()
    expect(partnerView!.lastTroubles.map(({ message }) => message)).toContain(
      'The session ended at 3 kWh, the CDR bills 9 kWh.',
    )
  })
})
