import { openMemoryStore } from '@werenode/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startNode, type TestNode, eventually as withinS } from './node.ts'
import { cpoParty } from './samples.ts'
import { type Asked, type StrangePartner, startStrangePartner } from './strange-partner.ts'

/** The machine may be busy: a look takes long then. */
const eventually = <T>(check: () => Promise<T | undefined | false>): Promise<T> => withinS(check, 25_000)
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const info = (country_code: string, party_id: string, role: string, status: string) => ({
  country_code,
  party_id,
  role,
  status,
  last_updated: time,
})
const us = [info('FR', 'WRN', 'CPO', 'CONNECTED'), info('FR', 'WRN', 'EMSP', 'CONNECTED')]

const startPartner = async (version: string, party_id: string): Promise<StrangePartner> => {
  const partner = await startStrangePartner(version)
  const plain = partner.credentials.bind(partner)
  partner.credentials = (shown) => {
    const credentials = plain(shown) as { roles: object[] }
    return { ...credentials, roles: credentials.roles.map((role) => ({ ...role, party_id })) }
  }
  partner.endpoints.push({ identifier: 'hubclientinfo', role: 'RECEIVER', url: `${partner.origin}/clients` })
  return partner
}
const list = async (node: TestNode, partner: StrangePartner, version: string, query = '') => {
  const response = await fetch(`${node.origin}/ocpi/${version}/hubclientinfo${query}`, {
    headers: { authorization: `Token ${Buffer.from(partner.token()).toString('base64')}` },
  })
  const answer = (await response.json()) as { data?: object[]; status_code: number }
  return { http: response.status, headers: response.headers, data: answer.data, status: answer.status_code }
}

/** mod_hub_client_info, "Sender Interface" and "Push model". */
describe.each(['2.2.1', '2.3.0'] as const)('whom we know to be connected, by %s,', (version) => {
  let node: TestNode
  let one: StrangePartner
  let other: StrangePartner
  let otherId: string
  beforeAll(async () => {
    node = await startNode(cpoParty, {
      versions: [version],
      clientInfo: { partners: true, lookEveryMs: 20, silentForMs: 100 },
      peer: { timeoutMs: 2_000 },
    })
    one = await startPartner(version, 'ONE')
    other = await startPartner(version, 'TWO')
    await node.ocpi.partners.add({ url: one.versionsUrl, token: 'token-A' })
    ;({ id: otherId } = await node.ocpi.partners.add({ url: other.versionsUrl, token: 'token-A' }))
  }, 60_000)
  afterAll(async () => {
    await node?.stop()
    await one?.stop()
    await other?.stop()
  })
  const told = (partner: StrangePartner, party: string, status: string): Asked | undefined =>
    partner.asked.findLast(
      ({ method, path, body }) =>
        method === 'PUT' && path === `/clients/DE/${party}` && (body as { status: string }).status === status,
    )

  it('is answered as a list of ClientInfo objects, page by page', async () => {
    const all = [
      ...us,
      ...['ONE', 'TWO'].flatMap((id) => ['CPO', 'EMSP'].map((role) => info('DE', id, role, 'CONNECTED'))),
    ]
    const { headers, data, status } = await eventually(async () => {
      const answer = await list(node, one, version)
      return answer.data?.length === all.length && answer
    })
    expect(status).toBe(1000)
    expect(data).toEqual(expect.arrayContaining(all))
    expect(headers.get('x-total-count')).toBe('6')
    // Not routed.
    expect(headers.get('ocpi-to-party-id')).toBeNull()
    const first = await list(node, one, version, '?limit=2')
    expect(first.data).toHaveLength(2)
    expect(first.headers.get('link')).toBe(
      `<${node.origin}/ocpi/${version}/hubclientinfo?limit=2&offset=2>; rel="next"`,
    )
    expect((await list(node, one, version, '?date_from=2100-01-01T00:00:00Z')).data).toEqual([])
  })

  it('is pushed by PUT to the others, each party by its own address', async () => {
    const push = await eventually(async () => told(one, 'TWO', 'CONNECTED'))
    expect(push.body).toEqual(info('DE', 'TWO', expect.stringMatching(/^(CPO|EMSP)$/) as never, 'CONNECTED'))
    expect(Object.keys(push.headers).filter((name) => name.startsWith('ocpi-'))).toEqual([])
    // Nobody is told how its own connection is.
    expect(told(one, 'ONE', 'CONNECTED')).toBeUndefined()
  })

  it('becomes OFFLINE while an operator holds the connection, and CONNECTED again', async () => {
    await node.ocpi.partners.pause(otherId, true)
    await eventually(async () => told(one, 'TWO', 'OFFLINE'))
    one.asked.length = 0
    await node.ocpi.partners.pause(otherId, false)
    await eventually(async () => told(one, 'TWO', 'CONNECTED'))
  })

  it('becomes SUSPENDED when the connection is ended', async () => {
    await node.ocpi.partners.remove(otherId)
    await eventually(async () => told(one, 'TWO', 'SUSPENDED'))
    expect((await list(node, one, version)).data).toContainEqual(info('DE', 'TWO', 'CPO', 'SUSPENDED'))
  })
})

describe('whom we know to be connected', () => {
  it('is found out by asking the silent whether they are there', async () => {
    const node = await startNode(cpoParty, {
      clientInfo: { partners: true, lookEveryMs: 20, silentForMs: 50 },
      peer: { timeoutMs: 500 },
    })
    const one = await startPartner('2.2.1', 'ONE')
    const other = await startPartner('2.2.1', 'TWO')
    try {
      await node.ocpi.partners.add({ url: one.versionsUrl, token: 'token-A' })
      await node.ocpi.partners.add({ url: other.versionsUrl, token: 'token-A' })
      const statusOfOther = async () =>
        ((await list(node, one, '2.2.1')).data as { party_id: string; status: string }[]).find(
          ({ party_id }) => party_id === 'TWO',
        )?.status
      await eventually(async () => (await statusOfOther()) === 'CONNECTED')
      other.asked.length = 0
      await eventually(async () => other.asked.some(({ path }) => path === '/ocpi/versions'))
      await other.stop()
      await eventually(async () => (await statusOfOther()) === 'OFFLINE')
    } finally {
      await node.stop()
      await one.stop()
    }
  })

  it('is us alone, unless the operator wants partners to be told of each other', async () => {
    const node = await startNode(cpoParty)
    const one = await startPartner('2.2.1', 'ONE')
    try {
      await node.ocpi.partners.add({ url: one.versionsUrl, token: 'token-A' })
      expect((await list(node, one, '2.2.1')).data).toEqual(us)
    } finally {
      await node.stop()
      await one.stop()
    }
  })

  it('what was told once becomes SUSPENDED when it is told no more: there is no deleting', async () => {
    const store = await openMemoryStore()
    const first = await startNode(cpoParty, { store, clientInfo: { partners: true, lookEveryMs: 20 } })
    const one = await startPartner('2.2.1', 'ONE')
    try {
      await first.ocpi.partners.add({ url: one.versionsUrl, token: 'token-A' })
      const mine = async (node: TestNode) =>
        (await list(node, one, '2.2.1')).data?.filter((entry) => (entry as { party_id: string }).party_id === 'ONE')
      await eventually(async () => (await mine(first))?.length === 2)
      await first.stop()
      const second = await startNode(cpoParty, { store })
      expect(await mine(second)).toEqual(['CPO', 'EMSP'].map((role) => info('DE', 'ONE', role, 'SUSPENDED')))
      await second.stop()
    } finally {
      await one.stop()
    }
  })
})
