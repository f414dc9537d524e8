import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eventually, startNode, type TestNode } from './node.ts'
import { cpoParty, location, token } from './samples.ts'
import { type Reply, type StrangePartner, startStrangePartner } from './strange-partner.ts'

/** How partners answer us, well and badly, over real HTTP. */
let node: TestNode
let partner: StrangePartner
beforeAll(async () => {
  node = await startNode(cpoParty, { peer: { timeoutMs: 1_000 }, pageLimits: { ask: 2 } })
})
afterAll(async () => {
  await node?.stop()
})
beforeEach(async () => {
  partner = await startStrangePartner()
})
afterEach(async () => {
  partner.behave(() => undefined)
  for (const { id } of await node.ocpi.partners.list()) await node.ocpi.partners.remove(id)
  await partner.stop()
})
const inState = async (state: string) => (await node.ocpi.partners.list()).find((one) => one.state === state)!
const add = () => node.ocpi.partners.add({ url: partner.versionsUrl, token: 'token-A' })
const theirs = (id: string) => ({ ...location(id), country_code: 'DE', party_id: 'ABC' })

describe('registration', () => {
  it('lets the partner call our versions while our POST is open', async () => {
    partner.behave(async ({ path, body }): Promise<Reply | undefined> => {
      if (!path.endsWith('/credentials')) return undefined
      const { url, token: tokenB } = body as { url: string; token: string }
      const answer = await fetch(url, { headers: { authorization: `Token ${Buffer.from(tokenB).toString('base64')}` } })
      return answer.ok ? undefined : { status: 3001 }
    })
    expect(await add()).toMatchObject({ state: 'registered', name: new URL(partner.origin).host })
  })

  it('finds out that a partner reads tokens raw', async () => {
    partner.behave(({ headers }) =>
      /^Token token-[AC]$/.test(headers.authorization!) ? undefined : { http: 401, text: '{"detail":"nope"}' },
    )
    const { id } = await add()
    expect(await node.ocpi.pull(id, 'locations')).not.toHaveProperty('trouble')
  })

  it('says in words what a partner that speaks no OCPI answered', async () => {
    partner.behave(() => ({ http: 403, text: '{"detail":"Not authenticated"}' }))
    await expect(add()).rejects.toThrow(
      /HTTP 403 with a body that is no OCPI answer \({"detail":"Not authenticated"}\)/,
    )
    const view = await inState('registering')
    expect(view).toMatchObject({ state: 'registering', lastTroubles: [{ about: 'registration' }] })
    partner.behave(() => undefined)
    expect(await add()).toMatchObject({ id: view.id, state: 'registered' })
  })

  it('names both sides’ versions when none is shared', async () => {
    partner.behave(({ path }) =>
      path === '/ocpi/versions' ? { data: [{ version: '2.0', url: `${partner.origin}/x` }] } : undefined,
    )
    await expect(add()).rejects.toThrow(/offers 2\.0; wanted is 2\.3\.0 or 2\.2\.1 or 2\.1\.1/)
  })

  it('follows a redirect to the same host, with the token, and to no other', async () => {
    partner.behave(({ path }) =>
      path === '/ocpi/versions/'
        ? { data: [{ version: '2.2.1', url: `${partner.origin}/ocpi/2.2.1` }] }
        : path === '/ocpi/versions'
          ? { http: 307, headers: { location: '/ocpi/versions/' }, text: '' }
          : undefined,
    )
    expect(await add()).toMatchObject({ state: 'registered' })
    partner.behave(() => ({ http: 307, headers: { location: 'http://evil.example/' }, text: '' }))
    const { id } = await inState('registered')
    expect((await node.ocpi.partners.test(id)).steps[0]!.words).toContain('redirects to another host')
  })

  it('keeps the old token good when a renewal fails', async () => {
    const { id } = await add()
    const before = partner.token()
    partner.behave(({ method }) => (method === 'PUT' ? { http: 500, text: 'oops' } : undefined))
    await expect(node.ocpi.partners.rotate(id)).rejects.toThrow(/did not accept our credentials/)
    const enter = (tokenB: string) =>
      fetch(`${node.origin}/ocpi/cpo/2.2.1/locations`, { headers: { authorization: `Token ${tokenB}` } })
    expect((await enter(before)).status).toBe(200)
    partner.behave(() => undefined)
    await node.ocpi.partners.rotate(id)
    const after = partner.token()
    expect(after).not.toBe(before)
    expect((await enter(before)).status).toBe(200)
    expect((await enter(after)).status).toBe(200)
    // The new one has been used: from here on the old one is no good.
    expect((await enter(before)).status).toBe(401)
  })
})

describe('pages', () => {
  const all = ['A', 'B', 'C', 'D', 'E'].map(theirs)
  const page = (link: (offset: number) => string | undefined, items: readonly unknown[] = all) =>
    partner.behave(({ path, query }) => {
      if (!/\/sender\/locations\/?$/.test(path)) return undefined
      const offset = Number(query.get('offset') ?? 0)
      const next = offset + 2 < items.length ? link(offset + 2) : undefined
      return {
        data: items.slice(offset, offset + 2),
        headers: { 'x-total-count': String(items.length), ...(next === undefined ? {} : { link: next }) },
      }
    })
  it.each([
    [
      'as it should be',
      (offset: number) => `<${partner.origin}/ocpi/2.2.1/sender/locations?offset=${offset}&limit=2>; rel="next"`,
    ],
    [
      'of https behind a proxy',
      (offset: number) => `<https://127.0.0.1/ocpi/2.2.1/sender/locations/?offset=${offset}&limit=2>; rel="next"`,
    ],
    ['that is empty', () => ''],
    ['that is missing', () => undefined],
    ['of another host', () => '<https://elsewhere.example/locations?offset=2&limit=2>; rel="next"'],
    ['that is a programming error', () => '<VersionNumber.v_2_2_1/ModuleID.locations?date_to=None>; rel="next"'],
    ['that leads back', () => `<${partner.origin}/ocpi/2.2.1/sender/locations?offset=0&limit=2>; rel="next"`],
  ] as const)('are walked to the end with a Link %s', async (_words, link) => {
    const { id } = await add()
    page(link)
    expect(await node.ocpi.pull(id, 'locations')).toMatchObject({ objects: 5, changed: 5, pages: 3, bad: 0 })
  })

  it('with bad objects give the good ones', async () => {
    const { id } = await add()
    page(() => undefined, [theirs('A'), { id: 'half' }, null, { ...theirs('B'), party_id: 'XYZ' }, theirs('C')])
    expect(await node.ocpi.pull(id, 'locations')).toMatchObject({ objects: 2, bad: 3 })
  })

  it('that break off are begun again, with nothing lost', async () => {
    const { id } = await add()
    page(() => undefined)
    let failed = false
    const walked = partner.asked.length
    partner.behave(({ path, query }) => {
      if (!/\/sender\/locations\/?$/.test(path)) return undefined
      const offset = Number(query.get('offset'))
      if (offset === 2 && !failed) {
        failed = true
        return { http: 500, text: '<html>' }
      }
      return { data: all.slice(offset, offset + 2), headers: { 'x-total-count': '5' } }
    })
    expect(await node.ocpi.pull(id, 'locations')).toMatchObject({
      objects: 2,
      trouble: expect.stringContaining('HTTP 500'),
    })
    expect(await node.ocpi.pull(id, 'locations')).toMatchObject({ objects: 5, changed: 3 })
    expect(partner.asked.slice(walked).filter(({ query }) => query.has('date_from'))).toEqual([])
  })

  it('that miss a location twice bury it, not once', async () => {
    const { id } = await add()
    page(() => undefined)
    await node.ocpi.pull(id, 'locations', { full: true })
    page(() => undefined, all.slice(1))
    const gone = async () => (await node.ocpi.object(id, 'locations', 'DE|ABC|A'))?.gone ?? false
    await node.ocpi.pull(id, 'locations', { full: true })
    expect(await gone()).toBe(false)
    await node.ocpi.pull(id, 'locations', { full: true })
    expect(await gone()).toBe(true)
  })
})

describe('pushes', () => {
  const pushes = () =>
    partner.asked
      .filter(({ path }) => path.includes('/receiver/locations/'))
      .map(({ method, path }) => `${method} ${path.split('/').slice(-2).join('/')}`)
  const change = (status: 'AVAILABLE' | 'CHARGING' | 'BLOCKED', minute: number) => {
    const at = `2026-11-22T09:${String(minute).padStart(2, '0')}:00.000Z`
    const place = location('L')
    const [first, second] = place.evses!
    return node.ocpi.putOwn('locations', {
      ...place,
      evses: [{ ...first!, status, last_updated: at }, second!],
      last_updated: at,
    })
  }

  it('of a status alone travel as a PATCH of the EVSE, and as a PUT where that is not known', async () => {
    const { id } = await add()
    // Asked is not yet noted: the next change comes when the partner is owed nothing.
    const told = async (count: number): Promise<boolean> =>
      pushes().length >= count && (await node.ocpi.partners.get(id)).waiting === 0
    await change('AVAILABLE', 1)
    await eventually(() => told(1))
    await change('CHARGING', 2)
    await eventually(() => told(2))
    partner.behave(({ method }) => (method === 'PATCH' ? { http: 404, status: 2003 } : undefined))
    await change('BLOCKED', 3)
    await eventually(() => told(4))
    expect(pushes()).toEqual(['PUT WRN/L', 'PATCH L/L-1', 'PATCH L/L-1', 'PUT WRN/L'])
  })

  it('to a partner that fails wait, and end with the last state, in order', async () => {
    const { id } = await add()
    await change('AVAILABLE', 1)
    await eventually(async () => (await node.ocpi.partners.get(id)).waiting === 0)
    let failing = true
    partner.behave(() => (failing ? { http: 503, text: 'Service Unavailable' } : undefined))
    await change('CHARGING', 2)
    await change('BLOCKED', 3)
    await change('CHARGING', 4)
    await eventually(async () => (await node.ocpi.partners.get(id)).waiting === 1)
    failing = false
    await eventually(async () => (await node.ocpi.partners.get(id)).waiting === 0)
    const last = partner.asked.filter(({ method }) => method === 'PATCH').at(-1)!
    expect(last.body).toEqual({ status: 'CHARGING', last_updated: '2026-11-22T09:04:00.000Z' })
  })

  it('that a partner refuses are told to people, and sent again when they say so', async () => {
    const { id } = await add()
    partner.behave(({ path }) => (path.includes('/receiver/tokens/') ? { status: 2001 } : undefined))
    await node.ocpi.putOwn('tokens', token({ country_code: 'FR', party_id: 'WRN' }))
    const view = await eventually(async () => {
      const one = await node.ocpi.partners.get(id)
      return one.refused === 1 && one.lastTroubles.length > 0 && one
    })
    expect(view.lastTroubles[0]).toMatchObject({ about: 'push tokens', message: expect.stringContaining('OCPI 2001') })
    expect(view.lastTroubles[0]!.message).not.toContain('token-C')
    partner.behave(() => undefined)
    expect(await node.ocpi.partners.resend(id)).toBe(1)
    await eventually(async () => (await node.ocpi.partners.get(id)).refused === 0)
  })

  it('go to a partner that was away as soon as it is back', async () => {
    const { id } = await add()
    partner.behave(({ path }) =>
      path.includes('/receiver/')
        ? new Promise<Reply>((resolve) => setTimeout(() => resolve({}), 3_000).unref())
        : undefined,
    )
    await change('AVAILABLE', 1)
    await eventually(
      async () =>
        (await node.ocpi.partners.get(id)).waiting === 1 && partner.asked.some(({ method }) => method === 'PUT'),
    )
    partner.behave(() => undefined)
    await eventually(async () => (await node.ocpi.partners.get(id)).waiting === 0)
    expect(pushes().at(-1)).toBe('PUT WRN/L')
  })
})
