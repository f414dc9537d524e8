import { type StationCommand, stationCommandSubject } from '@werenode/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, startNode, type TestNode } from './node.ts'
import { expected, location } from './samples.ts'
import { type StrangePartner, startStrangePartner } from './strange-partner.ts'

/** A partner limits the power of its driver's charge at our plug (mod_charging_profiles, Receiver interface). */
let node: TestNode
let partner: StrangePartner
const limits: (number | undefined)[] = []
let accepts = true
beforeAll(async () => {
  node = await startNode({ country_code: 'FR', party_id: 'WRN', name: 'Werenode' })
  partner = await startStrangePartner()
  await node.ocpi.partners.add({ url: partner.versionsUrl, token: 'token-A' })
  node.bus.serve('catalogue.offer', async () => ({ stationId: 'S', evse: 1, connector: 1 }))
  node.bus.serve(stationCommandSubject('S'), async (payload) => {
    const command = payload as Extract<StationCommand, { verb: 'setLimit' }>
    if (accepts) limits.push(command.limitW)
    return accepts ? { accepted: true } : { accepted: false, reason: 'no', retriable: false }
  })

  await node.ocpi.putOwn('locations', location())
  await node.ocpi.charges.expect(expected())
  await node.ocpi.charges.started('CHARGE-1', new Date())
})
afterAll(async () => {
  await partner?.stop()
  await node?.stop()
})

let count = 0
/** Asks, and waits for the result that comes to the address given. */
const ask = async (method: string, session: string, profile?: object) => {
  count += 1
  const path = `/results/${count}`
  const responseUrl = `${partner.origin}${path}`
  const query = profile === undefined ? `?duration=900&response_url=${encodeURIComponent(responseUrl)}` : ''
  const response = await fetch(`${node.origin}/ocpi/cpo/2.2.1/chargingprofiles/${session}${query}`, {
    method,
    headers: { authorization: `Token ${partner.token()}`, 'content-type': 'application/json' },
    ...(profile === undefined
      ? {}
      : { body: JSON.stringify({ charging_profile: profile, response_url: responseUrl }) }),
  })
  const { data } = (await response.json()) as { data?: { result: string } }
  if (data?.result !== 'ACCEPTED') return { said: data?.result }
  const told = await eventually(async () => partner.asked.find((one) => one.path === path))
  return { said: data.result, told: told.body as { result: string; profile?: object } }
}
const steps = {
  charging_rate_unit: 'A',
  charging_profile_period: [
    { start_period: 0, limit: 16 },
    { start_period: 1, limit: 8 },
  ],
}

describe('a charging profile', () => {
  it('is known of no session that is not there', async () => {
    expect(await ask('PUT', 'NOBODY', steps)).toEqual({ said: 'UNKNOWN_SESSION' })
    expect((await ask('GET', 'CHARGE-1')).told).toEqual({ result: 'UNKNOWN' })
  })

  it('limits the plug, period by period, in watt of its phases', async () => {
    expect((await ask('PUT', 'charge-1', steps)).told).toEqual({ result: 'ACCEPTED' })
    expect(limits[0]).toBe(16 * 230 * 3)
    await eventually(async () => limits.at(-1) === 8 * 230 * 3)
    expect((await ask('GET', 'CHARGE-1')).told).toMatchObject({
      result: 'ACCEPTED',
      profile: { charging_profile: { charging_rate_unit: 'A' } },
    })
  })

  it('ends with its duration', async () => {
    await ask('PUT', 'CHARGE-1', { ...steps, duration: 1, charging_profile_period: [{ start_period: 0, limit: 6 }] })
    await eventually(async () => limits.at(-1) === undefined && limits.length > 2)
  })

  it('is taken off when it is cleared, and refused where the plug refuses', async () => {
    expect((await ask('DELETE', 'CHARGE-1')).told).toEqual({ result: 'ACCEPTED' })
    expect(limits.at(-1)).toBeUndefined()
    accepts = false
    expect((await ask('PUT', 'CHARGE-1', steps)).told).toEqual({ result: 'REJECTED' })
  })
})
