import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startNode, type TestNode } from './node.ts'
import { cpoParty, location } from './samples.ts'
import { type StrangePartner, startStrangePartner } from './strange-partner.ts'

/** What an operator can send to a partner whose side does not work. */
let node: TestNode
let partner: StrangePartner
let id: string
beforeAll(async () => {
  node = await startNode(cpoParty)
  partner = await startStrangePartner()
  id = (await node.ocpi.partners.add({ url: partner.versionsUrl, token: 'token-A' })).id
})
afterAll(async () => {
  await partner?.stop()
  await node?.stop()
})

const answering = (items: readonly unknown[], headers: Record<string, string>) =>
  partner.behave(({ path }) => (path.endsWith('/sender/locations') ? { data: items, headers } : undefined))
const words = async (): Promise<string> => {
  const { steps } = await node.ocpi.check(id)
  return steps
    .filter(({ ok }) => !ok)
    .map(({ what, words: said }) => `${what}: ${said}`)
    .join('\n')
}
const theirs = { ...location('A'), country_code: 'DE', party_id: 'ABC' }

describe('the self-check', () => {
  it('has nothing to say of objects and pages as the specification has them', async () => {
    answering([theirs], { 'x-total-count': '1', 'x-limit': '5' })
    const { steps } = await node.ocpi.check(id)
    expect(steps).toContainEqual({
      what: 'objects of locations',
      ok: true,
      words: '1 read, as the specification has them',
    })
    expect(steps).toContainEqual({ what: 'clock', ok: true, words: 'Its clock and ours agree' })
  })

  it('names what cannot be read, and where', async () => {
    answering([{ ...theirs, time_zone: undefined }], {})
    expect(await words()).toContain('objects of locations: 1 of 1 cannot be read. A: it is required at $.time_zone')
  })

  it('names deviations that can be read, and missing page headers', async () => {
    answering([{ ...theirs, name: null, last_updated: '2026-11-22T10:00:00+00:00', colour: 'red' }], {})
    const said = await words()
    expect(said).toContain('a null where the field is to be left out at name')
    expect(said).toContain('a date that is not UTC with Z at last_updated')
    expect(said).toContain('x-total-count and x-limit missing')
  })

  it('names a Link that leads nowhere, and a next page nobody names', async () => {
    answering([theirs], { 'x-total-count': '9', 'x-limit': '5', link: '<VersionNumber.v_2_2_1/ModuleID>; rel="next"' })
    expect(await words()).toContain('Its Link cannot be followed: <VersionNumber.v_2_2_1/ModuleID>')
    answering([theirs], { 'x-total-count': '9', 'x-limit': '5' })
    expect(await words()).toContain('It has 9 objects and names no next page in Link')
  })

  it('names a clock that is off, and a door that is closed', async () => {
    partner.behave(({ path }) =>
      path === '/ocpi/versions'
        ? { headers: { date: 'Mon, 01 Jan 2024 00:00:00 GMT' }, status: 1000, data: [] }
        : undefined,
    )
    expect(await words()).toMatch(/clock: Its clock is \d+ s behind ours/)
    partner.behave(() => ({ http: 401, text: '{"detail":"Not authenticated"}' }))
    expect(await words()).toContain('HTTP 401 with a body that is no OCPI answer')
    partner.behave(() => undefined)
  })
})
