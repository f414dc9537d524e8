import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PlugCommand } from '../src/modules/commands.ts'
import { eventually, startNode, type TestNode } from './node.ts'
import { cpoParty, location, tariff, token } from './samples.ts'
import { type Asked, type StrangePartner, startStrangePartner } from './strange-partner.ts'

/** A hub that several parties stand behind: `hub_party_id` in 2.3.0, the role HUB in 2.2.1 (transport_and_format, "Message Routing"). */
describe.each(['2.2.1', '2.3.0'] as const)('behind a hub, by %s,', (version) => {
  let node: TestNode
  let hub: StrangePartner
  let id: string
  const commands: PlugCommand[] = []
  const aaa = { country_code: 'NL', party_id: 'AAA' }
  const infos = [
    { ...aaa, role: 'CPO', status: 'CONNECTED', last_updated: '2026-11-22T08:00:00.000Z' },
    { country_code: 'BE', party_id: 'BBB', role: 'EMSP', status: 'OFFLINE', last_updated: '2026-11-22T08:00:00.000Z' },
  ]

  beforeAll(async () => {
    node = await startNode(cpoParty, {
      versions: [version],
      carryOut: async (command) => {
        commands.push(command)
        return { result: 'ACCEPTED' }
      },
    })
    hub = await startStrangePartner(version)
    hub.endpoints.push({ identifier: 'hubclientinfo', role: 'SENDER', url: `${hub.origin}/clients` })
    const plain = hub.credentials.bind(hub)
    hub.credentials = () => {
      const credentials = plain() as { roles: { role: string; party_id: string }[] }
      const role = { ...credentials.roles[0]!, party_id: 'HUB' }
      return version === '2.3.0'
        ? { ...credentials, hub_party_id: 'DEHUB', roles: [{ ...role, role: 'CPO' }] }
        : { ...credentials, roles: [{ ...role, role: 'HUB' }] }
    }
    hub.behave(({ path }) =>
      path === '/clients' ? { data: infos, headers: { 'x-total-count': '2', 'x-limit': '50' } } : undefined,
    )
    ;({ id } = await node.ocpi.partners.add({ url: hub.versionsUrl, token: 'token-A' }))
  }, 30_000)
  afterAll(async () => {
    await hub?.stop()
    await node?.stop()
  })

  const sent = (path: RegExp, method = 'PUT'): Asked | undefined =>
    hub.asked.findLast((one) => one.method === method && path.test(one.path))
  const party = ({ headers }: Asked, way: 'to' | 'from'): string =>
    `${headers[`ocpi-${way}-country-code`]}*${headers[`ocpi-${way}-party-id`]}`
  /** As the hub forwards it for a party behind it. */
  const forward = async (
    method: string,
    path: string,
    from: object & { country_code: string; party_id: string },
    body?: object,
  ) => {
    const response = await fetch(`${node.origin}/ocpi/${path}`, {
      method,
      headers: {
        authorization: `Token ${Buffer.from(hub.token()).toString('base64')}`,
        'content-type': 'application/json',
        'OCPI-from-country-code': from.country_code,
        'OCPI-from-party-id': from.party_id,
        'OCPI-to-country-code': 'FR',
        'OCPI-to-party-id': 'WRN',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = (await response.json()) as { status_code: number; data?: unknown }
    return { http: response.status, headers: response.headers, answer }
  }

  it('what everybody may know is broadcast: addressed to the hub itself', async () => {
    await node.ocpi.putOwn('tariffs', tariff())
    await node.ocpi.putOwn('locations', location())
    const pushed = await eventually(async () => sent(/\/receiver\/locations\/FR\/WRN\/LYON-1$/))
    expect([party(pushed, 'from'), party(pushed, 'to')]).toEqual(['FR*WRN', 'DE*HUB'])
  })

  it('what is for one party is addressed to it', async () => {
    const at = new Date().toISOString()
    await node.ocpi.putOwn(
      'sessions',
      {
        ...cpoParty,
        id: 'S-HUB',
        start_date_time: at,
        kwh: 1,
        cdr_token: { ...aaa, uid: 'X1', type: 'RFID', contract_id: 'NL-AAA-C1' },
        auth_method: 'WHITELIST',
        location_id: 'LYON-1',
        evse_uid: 'LYON-1-1',
        connector_id: '1',
        currency: 'EUR',
        status: 'ACTIVE',
        last_updated: at,
        name: undefined,
      } as never,
      { forParty: aaa },
    )
    const pushed = await eventually(async () => sent(/\/sessions\/FR\/WRN\/S-HUB$/))
    expect(party(pushed, 'to')).toBe('NL*AAA')
    const list = async (from: typeof aaa) => {
      const { answer } = await forward('GET', `cpo/${version}/sessions?date_from=2020-01-01T00:00:00Z`, from)
      return (answer.data as { id: string }[]).map((one) => one.id)
    }
    expect(await list(aaa)).toEqual(['S-HUB'])
    expect(await list({ country_code: 'BE', party_id: 'BBB' })).toEqual([])
  })

  it('a party’s objects are its own, and answers go back to it', async () => {
    const theirs = { ...token(), ...aaa, uid: 'HUBCARD', contract_id: 'NL-AAA-C2' }
    const put = await forward('PUT', `cpo/${version}/tokens/NL/AAA/HUBCARD?type=RFID`, aaa, theirs)
    expect(put).toMatchObject({ http: 201, answer: { status_code: 1000 } })
    expect(put.headers.get('ocpi-to-party-id')).toBe('AAA')
    expect(put.headers.get('ocpi-from-party-id')).toBe('WRN')
    expect(await node.ocpi.authorizeToken({ uid: 'HUBCARD' })).toMatchObject({ partnerId: id, token: aaa })
    const lost = await forward('PUT', `cpo/${version}/tokens/NL/AAA/Y`, { country_code: 'NL', party_id: 'AAA' }, {})
    expect(lost.headers.get('ocpi-to-party-id')).toBe('AAA')
  })

  it('a party’s command is answered to that party, and another’s session is not its business', async () => {
    const responseUrl = `${hub.origin}/results/1`
    const command = {
      response_url: responseUrl,
      token: { ...token(), ...aaa },
      location_id: 'LYON-1',
      evse_uid: 'LYON-1-1',
    }
    const said = await forward('POST', `cpo/${version}/commands/START_SESSION`, aaa, command)
    expect(said.answer).toMatchObject({ data: { result: 'ACCEPTED' } })
    const result = await eventually(async () => hub.asked.find(({ path }) => path === '/results/1'))
    expect([party(result, 'from'), party(result, 'to')]).toEqual(['FR*WRN', 'NL*AAA'])
    expect(result.body).toMatchObject({ result: 'ACCEPTED' })
    expect(commands.at(-1)).toMatchObject({ name: 'START_SESSION', partnerId: id })
    const stop = { response_url: responseUrl, session_id: 'S-HUB' }
    const other = await forward(
      'POST',
      `cpo/${version}/commands/STOP_SESSION`,
      { country_code: 'BE', party_id: 'BBB' },
      stop,
    )
    expect(other.answer).toMatchObject({ data: { result: 'UNKNOWN_SESSION' } })
  })

  it('who is connected is known by pull and by push', async () => {
    expect(await node.ocpi.pull(id, 'hubclientinfo', { full: true })).toMatchObject({ objects: 2, bad: 0, changed: 2 })
    const asked = hub.asked.findLast(({ path }) => path === '/clients')!
    // Not routed (mod_hub_client_info).
    expect(asked.headers['ocpi-to-party-id']).toBeUndefined()
    expect((await node.ocpi.object(id, 'hubclientinfo', 'BE|BBB|EMSP'))?.object.status).toBe('OFFLINE')
    const later = { ...infos[1]!, status: 'CONNECTED', last_updated: '2026-11-22T09:00:00.000Z' }
    expect((await forward('PUT', `${version}/hubclientinfo/BE/BBB`, aaa, later)).http).toBe(200)
    expect((await node.ocpi.object(id, 'hubclientinfo', 'BE|BBB|EMSP'))?.object.status).toBe('CONNECTED')
    expect((await forward('GET', `${version}/hubclientinfo/BE/BBB`, aaa)).answer.data).toMatchObject({
      status: 'CONNECTED',
    })
  })

  it('a command of ours to a plug behind it names that party', async () => {
    hub.behave(({ path, body }) => {
      if (!path.includes('/commands/')) return undefined
      void fetch((body as { response_url: string }).response_url, {
        method: 'POST',
        headers: {
          authorization: `Token ${Buffer.from(hub.token()).toString('base64')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ result: 'ACCEPTED' }),
      })
      return { data: { result: 'ACCEPTED', timeout: 5 } }
    })
    expect(await node.ocpi.sendCommand(id, 'STOP_SESSION', { session_id: 'THEIRS' }, aaa)).toEqual({
      result: 'ACCEPTED',
    })
    expect(party(sent(/\/commands\/STOP_SESSION$/, 'POST')!, 'to')).toBe('NL*AAA')
  })

  it('that cannot reach a party (4002) is asked again, and is told nothing twice', async () => {
    let refusals = 2
    hub.behave(({ path }) =>
      path.includes('/tariffs/') && refusals-- > 0
        ? { status: 4002, text: JSON.stringify({ status_code: 4002, timestamp: '2026-11-22T08:00:00Z' }) }
        : undefined,
    )
    await node.ocpi.putOwn('tariffs', { ...tariff(), id: 'SECOND', last_updated: new Date().toISOString() })
    await eventually(async () => (await node.ocpi.partners.get(id)).waiting === 0)
    expect(hub.asked.filter(({ path }) => path.endsWith('/tariffs/FR/WRN/SECOND'))).toHaveLength(3)
  })
})
