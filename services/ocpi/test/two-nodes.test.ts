import type { CarryOut, PlugCommand } from '@werenode/ocpi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { versionNumbers } from '../src/versions/versions.ts'
import { connect, eventually, startNode, type TestNode } from './node.ts'
import { cdrToken, cpoParty, emspParty, expected, location, tariff, token } from './samples.ts'

describe.each(versionNumbers)('two nodes that speak %s', (version) => {
  let cpo: TestNode
  let emsp: TestNode
  let cpoId: string
  let emspId: string
  const commands: PlugCommand[] = []
  beforeAll(async () => {
    const carryOut: CarryOut = async (command) => {
      commands.push(command)
      return command.name === 'START_SESSION' ? { result: 'ACCEPTED' } : { result: 'REJECTED', message: 'Not now' }
    }
    ;[cpo, emsp] = await Promise.all([
      startNode(cpoParty, { versions: [version], pageLimits: { give: 2 }, carryOut }),
      startNode(emspParty, { versions: [version] }),
    ])
    for (let i = 1; i <= 5; i += 1) await cpo.ocpi.putOwn('locations', location(`PLACE-${i}`))
    ;({ otherAtOne: cpoId, oneAtOther: emspId } = await connect(emsp, cpo))
  }, 30_000)
  afterAll(async () => {
    await Promise.all([cpo?.stop(), emsp?.stop()])
  })

  it('register with each other', async () => {
    expect(await cpo.ocpi.partners.get(emspId)).toMatchObject({
      state: 'registered',
      version,
      lastTroubles: [],
      deviations: [],
    })
    expect(await emsp.ocpi.partners.get(cpoId)).toMatchObject({
      state: 'registered',
      version,
      lastTroubles: [],
      deviations: [],
    })
    expect((await emsp.ocpi.partners.test(cpoId)).steps).toEqual([
      { what: 'versions', ok: true, words: `It answers and speaks ${version}` },
      { what: 'modules', ok: true, words: 'It offers every module we use' },
    ])
  })

  it('pull page by page what was there before they met', async () => {
    expect(await emsp.ocpi.pull(cpoId, 'locations')).toEqual({
      kind: 'locations',
      objects: 5,
      changed: 5,
      pages: 3,
      bad: 0,
    })
    await emsp.ocpi.pull(cpoId, 'tariffs')
    expect(await emsp.ocpi.pull(cpoId, 'locations')).toMatchObject({ changed: 0, bad: 0 })
  })

  it('share locations, tariffs and every change of a status', async () => {
    await cpo.ocpi.putOwn('tariffs', tariff())
    await cpo.ocpi.putOwn('locations', location())
    const id = 'FR|WRN|LYON-1'
    const held = await eventually(async () => (await emsp.ocpi.object(cpoId, 'locations', id))?.object)
    expect(held).toMatchObject({ id: 'LYON-1', country_code: 'FR', time_zone: 'Europe/Paris' })
    expect(held.evses?.map(({ status }) => status)).toEqual(['AVAILABLE', 'CHARGING'])
    await eventually(async () => (await emsp.ocpi.object(cpoId, 'tariffs', 'FR|WRN|PLAIN'))?.object)

    const later = '2026-11-22T09:00:00.000Z'
    const before = location()
    const [first, second] = before.evses!
    await cpo.ocpi.putOwn('locations', {
      ...before,
      evses: [{ ...first!, status: 'CHARGING', last_updated: later }, second!],
      last_updated: later,
    })
    await eventually(
      async () => (await emsp.ocpi.object(cpoId, 'locations', id))?.object.evses?.[0]?.status === 'CHARGING',
    )
    expect((await emsp.ocpi.object(cpoId, 'locations', id))?.object.evses).toHaveLength(2)
    expect((await emsp.ocpi.partners.get(cpoId)).deviations).toEqual([])
  })

  it('let a card charge and bill it to the cent, once', async () => {
    await cpo.ocpi.putOwn('locations', location())
    await emsp.ocpi.putOwn('tokens', token())
    await eventually(async () => (await cpo.ocpi.authorizeToken({ uid: '04e2ab12c45d80' })).by === 'list')
    expect(await cpo.ocpi.authorizeToken({ uid: '04e2ab12c45d80' })).toMatchObject({
      allowed: 'ALLOWED',
      by: 'list',
      partnerId: emspId,
    })

    const id = await cpo.ocpi.charges.expect(expected('charge-1'))
    await cpo.ocpi.charges.started(id, new Date('2026-11-22T10:00:00Z'))
    await cpo.ocpi.charges.meter(id, new Date('2026-11-22T10:30:00Z'), 5_000)
    await eventually(async () => (await emsp.ocpi.object(cpoId, 'sessions', 'FR|WRN|CHARGE-1'))?.object.kwh === 5)
    await cpo.ocpi.charges.ended(id, new Date('2026-11-22T11:00:00Z'), 11_250)
    await cpo.ocpi.charges.ended(id, new Date('2026-11-22T11:00:00Z'), 11_250)
    const cdr = await eventually(async () => await emsp.ocpi.object(cpoId, 'cdrs', 'FR|WRN|CHARGE-1'))
    const session = await eventually(async () => {
      const doc = await emsp.ocpi.object(cpoId, 'sessions', 'FR|WRN|CHARGE-1')
      return doc?.object.status === 'COMPLETED' && doc.object
    })
    expect(cdr.object.total_cost.excl_vat).toBe(2.8125)
    if (version !== '2.1.1') expect(cdr.object.total_cost.incl_vat).toBe(3.375)
    expect(cdr.object.total_cost.excl_vat).toBe(session.total_cost?.excl_vat)
    expect(cdr.object).toMatchObject({ total_energy: 11.25, total_time: 1, currency: 'EUR', cdr_token: cdrToken })
    expect(cdr.findings ?? []).toEqual([])

    await cpo.ocpi.charges.credit('charge-1')
    const credit = await eventually(async () => (await emsp.ocpi.object(cpoId, 'cdrs', 'FR|WRN|CHARGE-1-C'))?.object)
    expect(credit.total_cost.excl_vat).toBe(-2.8125)
    expect(await emsp.ocpi.pull(cpoId, 'cdrs')).toMatchObject({ objects: 2, changed: 0, bad: 0 })
  })

  it('authorise a token in real time', async () => {
    const asked = { uid: 'ASKED-1', whitelist: 'NEVER', contract_id: 'DE-ABC-C1' } as const
    await emsp.ocpi.putOwn('tokens', token({ ...asked }))
    await eventually(async () => (await cpo.ocpi.object(emspId, 'tokens', 'DE|ABC|ASKED-1|RFID')) !== undefined)
    expect(await cpo.ocpi.authorizeToken({ uid: asked.uid })).toMatchObject({ allowed: 'ALLOWED', by: 'issuer' })
    expect(await cpo.ocpi.authorizeToken({ uid: 'nobodys' })).toEqual({ allowed: 'UNKNOWN', by: 'nobody' })
    await emsp.ocpi.putOwn('tokens', token({ ...asked, valid: false, last_updated: '2026-11-22T12:00:00.000Z' }))
    expect(await cpo.ocpi.authorizeToken({ uid: asked.uid })).toMatchObject({ allowed: 'BLOCKED', by: 'issuer' })
  })

  it('start a session by command and tell what came of it', async () => {
    await cpo.ocpi.putOwn('locations', location())
    const mapper = (await import('../src/versions/versions.ts')).versionOf(version).mapper
    const wire = mapper.tokens!.toWire(token(), { owner: emspParty, holder: emspParty })
    const start = (evse: string) =>
      emsp.ocpi.sendCommand(cpoId, 'START_SESSION', { token: wire, location_id: 'LYON-1', evse_uid: evse })
    expect(await start('LYON-1-1')).toEqual({ result: 'ACCEPTED' })
    expect(commands).toMatchObject([
      {
        name: 'START_SESSION',
        locationId: 'LYON-1',
        evseUid: 'LYON-1-1',
        token: { uid: token().uid, country_code: 'DE' },
      },
    ])
    expect(await start('NOWHERE')).toMatchObject({ result: 'FAILED', message: expect.stringContaining('OCPI 2003') })
    expect(await emsp.ocpi.sendCommand(cpoId, 'STOP_SESSION', { session_id: 'none' })).toMatchObject({
      result: 'REJECTED',
      message: expect.stringContaining('UNKNOWN_SESSION'),
    })
    expect(
      await emsp.ocpi.sendCommand(cpoId, 'UNLOCK_CONNECTOR', {
        location_id: 'LYON-1',
        evse_uid: 'LYON-1-1',
        connector_id: '1',
      }),
    ).toMatchObject({ result: 'REJECTED' })
  })

  it('renew their tokens from either side, and part', async () => {
    await emsp.ocpi.partners.rotate(cpoId)
    await cpo.ocpi.partners.rotate(emspId)
    await cpo.ocpi.putOwn('locations', location())
    await eventually(async () => (await emsp.ocpi.object(cpoId, 'locations', 'FR|WRN|LYON-1')) !== undefined)
    expect(await emsp.ocpi.pull(cpoId, 'locations')).toMatchObject({ bad: 0 })
    expect(await emsp.ocpi.partners.remove(cpoId)).toEqual({ told: true })
    expect(await cpo.ocpi.partners.get(emspId)).toMatchObject({ state: 'unregistered', modules: [] })
  })
})
