import { type StationCommand, stationCommandSubject } from '@werenode/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, eventually, startNode, type TestNode } from './node.ts'
import { cpoParty, emspParty, expected, location } from './samples.ts'
import { startStrangePartner } from './strange-partner.ts'

/** mod_charging_profiles, Sender interface: we limit our driver's charge at a partner's plug. */
describe.each(['2.2.1', '2.3.0'] as const)('a profile we set at a foreign session, by %s,', (version) => {
  let cpo: TestNode
  let emsp: TestNode
  let cpoId: string
  const limits: (number | undefined)[] = []
  let accepts = true
  beforeAll(async () => {
    ;[cpo, emsp] = await Promise.all([
      startNode(cpoParty, { versions: [version] }),
      startNode(emspParty, { versions: [version] }),
    ])
    cpo.bus.serve('catalogue.offer', async () => ({ stationId: 'S', evse: 1, connector: 1 }))
    cpo.bus.serve(stationCommandSubject('S'), async (payload) => {
      const command = payload as Extract<StationCommand, { verb: 'setLimit' }>
      if (accepts) limits.push(command.limitW)
      return accepts ? { accepted: true } : { accepted: false, reason: 'no', retriable: false }
    })
    ;({ otherAtOne: cpoId } = await connect(emsp, cpo))
    await cpo.ocpi.putOwn('locations', location())
    await cpo.ocpi.charges.expect(expected())
    await cpo.ocpi.charges.started('CHARGE-1', new Date())
  }, 30_000)
  afterAll(async () => {
    await Promise.all([cpo?.stop(), emsp?.stop()])
  })

  it('reaches the plug, and its result comes back', async () => {
    const steps = { charging_rate_unit: 'W' as const, charging_profile_period: [{ start_period: 0, limit: 7400 }] }
    expect(await emsp.ocpi.profiles.set(cpoId, 'CHARGE-1', steps)).toEqual({ result: 'ACCEPTED' })
    expect(limits.at(-1)).toBe(7400)
    expect(await emsp.ocpi.profiles.active(cpoId, 'charge-1')).toMatchObject({ charging_profile: steps })
    expect(await emsp.ocpi.profiles.get(cpoId, 'CHARGE-1', 900)).toMatchObject({
      result: 'ACCEPTED',
      profile: { charging_profile: { charging_rate_unit: 'W' } },
    })
    expect((await emsp.ocpi.partners.get(cpoId)).lastTroubles).toEqual([])
  })

  it('is taken off, refused where the plug refuses, and unknown where there is no such session', async () => {
    expect(await emsp.ocpi.profiles.clear(cpoId, 'CHARGE-1')).toEqual({ result: 'ACCEPTED' })
    expect(limits.at(-1)).toBeUndefined()
    accepts = false
    expect(await emsp.ocpi.profiles.set(cpoId, 'CHARGE-1', { charging_rate_unit: 'W' })).toEqual({ result: 'REJECTED' })
    expect(await emsp.ocpi.profiles.clear(cpoId, 'NOBODY')).toEqual({ result: 'UNKNOWN_SESSION' })
    await expect(emsp.ocpi.profiles.set(cpoId, 'X', { charging_rate_unit: 'V' as never })).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })
})

describe('a partner that limits charges', () => {
  it('answers to the letter of the clause, changes a profile by itself, and stays silent', async () => {
    const node = await startNode(emspParty)
    const partner = await startStrangePartner('2.3.0')
    try {
      partner.endpoints.push({ identifier: 'chargingprofiles', role: 'RECEIVER', url: `${partner.origin}/profiles` })
      const { id } = await node.ocpi.partners.add({ url: partner.versionsUrl, token: 'token-A' })
      let silent = false
      partner.behave(({ path, body }) => {
        if (!path.startsWith('/profiles/')) return undefined
        const url = (body as { response_url: string }).response_url
        if (!silent) void told('POST', url, { result: 'ACCEPTED' })
        return { data: { result: 'ACCEPTED', timeout: 1 } }
      })
      const told = async (method: string, url: string, body: object): Promise<number> => {
        const headers = {
          authorization: `Token ${Buffer.from(partner.token()).toString('base64')}`,
          'content-type': 'application/json',
        }
        return (await fetch(url, { method, headers, body: JSON.stringify(body) })).status
      }
      const profile = { charging_rate_unit: 'A' as const, charging_profile_period: [{ start_period: 0, limit: 10 }] }
      expect(await node.ocpi.profiles.set(id, 'S1', profile)).toEqual({ result: 'ACCEPTED' })
      const asked = partner.asked.find(({ path }) => path === '/profiles/S1')!
      // SetChargingProfile: the profile, and an address made for this request.
      expect(asked.body).toEqual({
        charging_profile: { charging_rate_unit: 'A', charging_profile_period: [{ start_period: 0, limit: 10 }] },
        response_url: expect.stringMatching(/\/ocpi\/emsp\/2\.3\.0\/chargingprofiles\/[0-9a-f-]{36}$/),
      })
      expect(asked.headers).toMatchObject({ 'ocpi-to-party-id': 'ABC', 'ocpi-to-country-code': 'DE' })

      const changed = {
        start_date_time: '2026-11-22T12:00:00.000Z',
        charging_profile: { ...profile, charging_profile_period: [{ start_period: 0, limit: 6 }] },
      }
      const ours = `${node.origin}/ocpi/emsp/2.3.0/chargingprofiles`
      expect(await told('PUT', `${ours}/S1`, changed)).toBe(200)
      expect(await node.ocpi.profiles.active(id, 'S1')).toEqual(changed)
      expect(await told('PUT', `${ours}/NEVER-SET`, changed)).toBe(404)
      expect(await told('POST', `${ours}/nobody-asked`, { result: 'ACCEPTED' })).toBe(404)

      silent = true
      expect(await node.ocpi.profiles.set(id, 'S1', profile)).toMatchObject({ result: 'TIMEOUT' })
      await eventually(async () => partner.asked.length > 4)
    } finally {
      await partner.stop()
      await node.stop()
    }
  }, 20_000)
})
