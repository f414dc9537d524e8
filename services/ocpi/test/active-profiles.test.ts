import { type StationCommand, type StationSiteView, stationCommandSubject } from '@werenode/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startNode, type TestNode, eventually as withinS } from './node.ts'
import { cpoParty, expected, location } from './samples.ts'
import { type Asked, type StrangePartner, startStrangePartner } from './strange-partner.ts'

/** The machine may be busy: a look takes long then. */
const eventually = <T>(check: () => Promise<T | undefined | false>): Promise<T> => withinS(check, 25_000)

/**
 * mod_charging_profiles, Sender interface, PUT: "the Receiver SHALL call this interface every time it knows changes have been made that
 * influence the ActiveChargingProfile", for sessions whose profile the Sender has set once, and for no others.
 */
describe.each(['2.2.1', '2.3.0'] as const)('what is planned at our plug, by %s,', (version) => {
  let node: TestNode
  let partner: StrangePartner
  const limits: (number | undefined)[] = []
  let grantedW: number | undefined
  let stationW: number | undefined
  let up = true
  const maxW = 3 * 32 * 230

  beforeAll(async () => {
    node = await startNode(cpoParty, { versions: [version], profiles: { lookEveryMs: 20, askEveryMs: 30 } })
    partner = await startStrangePartner(version)
    for (const role of ['SENDER', 'RECEIVER'] as const)
      partner.endpoints.push({ identifier: 'chargingprofiles', role, url: `${partner.origin}/profiles/` })
    await node.ocpi.partners.add({ url: partner.versionsUrl, token: 'token-A' })
    node.bus.serve('catalogue.offer', async () => ({ stationId: 'S', evse: 1, connector: 1 }))
    node.bus.serve(stationCommandSubject('S'), async (payload) => {
      const command = payload as Extract<StationCommand, { verb: 'setLimit' }>
      limits.push(command.limitW)
      return { accepted: true }
    })
    const place = { stationId: 'S', evse: 1, maxW, minW: 4_140, connected: true, charging: true }
    node.bus.serve('stations.sites', async () => ({
      items:
        grantedW === undefined
          ? []
          : ([{ siteId: 'H', limitW: 50_000, grantedW, evses: [{ ...place, grantedW }] }] satisfies StationSiteView[]),
    }))
    node.bus.serve('stations.get', async () => ({ connected: true, link: { version: 'ocpp1.6' } }))
    node.bus.serve('stations.send', async (payload) => {
      expect(payload).toMatchObject({ party: 'FR*WRN', stationId: 'S', action: 'GetCompositeSchedule' })
      const chargingSchedulePeriod = [{ startPeriod: 0, limit: stationW ?? maxW }]
      return { answer: { status: 'Accepted', chargingSchedule: { chargingRateUnit: 'W', chargingSchedulePeriod } } }
    })
    await node.ocpi.putOwn('locations', location())
    for (const id of ['CHARGE-1', 'CHARGE-2']) {
      await node.ocpi.charges.expect(expected(id))
      await node.ocpi.charges.started(id, new Date())
    }
    partner.behave(({ method, path }) =>
      !up && method === 'PUT' && path.startsWith('/profiles/') ? { http: 503 } : undefined,
    )
  }, 30_000)
  afterAll(async () => {
    await node?.stop()
    await partner?.stop()
  })

  let count = 0
  const ask = async (method: string, profile?: object): Promise<{ result: string; profile?: Profile }> => {
    count += 1
    const path = `/results/${count}`
    const query = profile === undefined ? `?duration=600&response_url=${encodeURIComponent(partner.origin + path)}` : ''
    await fetch(`${node.origin}/ocpi/cpo/${version}/chargingprofiles/CHARGE-1${query}`, {
      method,
      headers: {
        authorization: `Token ${Buffer.from(partner.token()).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(profile === undefined
        ? {}
        : { body: JSON.stringify({ charging_profile: profile, response_url: partner.origin + path }) }),
    })
    return (await eventually(async () => partner.asked.find((one) => one.path === path))).body as never
  }
  type Profile = {
    start_date_time: string
    charging_profile: {
      charging_rate_unit: string
      duration: number
      charging_profile_period: { start_period: number; limit: number }[]
    }
  }
  const told = (): Asked[] =>
    partner.asked.filter(({ method, path }) => method === 'PUT' && path.startsWith('/profiles/'))
  /** The limit now, of the last that was told. */
  const lastLimit = (): number | undefined =>
    (told().at(-1)?.body as Profile | undefined)?.charging_profile.charging_profile_period[0]?.limit
  const steps = {
    charging_rate_unit: 'A',
    charging_profile_period: [
      { start_period: 0, limit: 16 },
      { start_period: 600, limit: 10 },
    ],
  }

  it('is not told before the partner has set a profile, nor of what it set itself', async () => {
    grantedW = 20_000
    expect(await ask('PUT', steps)).toEqual({ result: 'ACCEPTED' })
    expect(limits.at(-1)).toBe(16 * 690)
    const { profile } = await ask('GET')
    expect(profile).toEqual({
      start_date_time: expect.stringMatching(/Z$/),
      charging_profile: {
        charging_rate_unit: 'A',
        duration: 600,
        charging_profile_period: [
          { start_period: 0, limit: 16 },
          { start_period: expect.any(Number), limit: 10 },
        ],
      },
    })
    expect(told()).toEqual([])
  })

  it('is told when its site grants the plug less, and the plug never gets more than that', async () => {
    grantedW = 6_900
    await eventually(async () => lastLimit() === 10)
    const { path, headers, body } = told().at(-1)!
    expect(path).toBe('/profiles/CHARGE-1')
    expect(headers).toMatchObject({
      'ocpi-from-party-id': 'WRN',
      'ocpi-to-party-id': 'ABC',
      'ocpi-to-country-code': 'DE',
    })
    // ActiveChargingProfile, "a useful relevant duration": between 5 and 60 minutes.
    expect(body).toEqual({
      start_date_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      charging_profile: {
        charging_rate_unit: 'A',
        duration: 1_800,
        charging_profile_period: [{ start_period: 0, limit: 10 }],
      },
    })
    await eventually(async () => limits.at(-1) === 6_900)
    grantedW = undefined
    await eventually(async () => lastLimit() === 16 && limits.at(-1) === 16 * 690)
  })

  it('is told when the station plans less by itself', async () => {
    stationW = 5_520
    await eventually(async () => lastLimit() === 8)
    stationW = undefined
    await eventually(async () => lastLimit() === 16)
  })

  it('reaches a partner that could not be reached at first', async () => {
    up = false
    stationW = 4_140
    const before = told().length
    await eventually(async () => told().length > before)
    up = true
    stationW = undefined
    expect(told().length).toBeLessThan(before + 5)
  })

  it('is told no more when the charge has ended', async () => {
    await node.ocpi.charges.ended('CHARGE-1', new Date(), 1_000)
    await eventually(async () => (await node.store.count('ocpi_watched', {})) === 0)
    const before = told().length
    grantedW = 4_140
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(told().length).toBe(before)
    expect(told().every(({ path }) => path === '/profiles/CHARGE-1')).toBe(true)
  })
})
