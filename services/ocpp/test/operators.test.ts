import { ask, type Party, type RequestSubject, type Requests } from '@werenode/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type House, openHouse } from './house.ts'
import { connectStation } from './station.ts'

const party = 'FR*WRN' as Party
const other = 'FR*XYZ' as Party
let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const want = <S extends RequestSubject>(subject: S, payload: Requests[S]['ask']) => ask(house.bus, subject, payload)

it('registers a station, shows its password once and its state', async () => {
  const setup = await want('stations.register', { party, station: { stationId: 'OP-1', label: 'Yard' } })
  expect(setup).toMatchObject({ user: 'OP-1', url: house.service.url, station: { connected: false, passwords: 1 } })
  expect(setup.password).toMatch(/^[A-Za-z0-9]{20}$/)
  expect(JSON.stringify(setup.station)).not.toContain('scrypt')
  await expect(want('stations.register', { party: other, station: { stationId: 'OP-1' } })).rejects.toMatchObject({
    code: 'conflict',
  })
  const station = await connectStation({
    url: house.service.url,
    stationId: 'OP-1',
    password: setup.password,
    version: 'ocpp1.6',
  })
  await station.boot()
  const view = await want('stations.get', { party, stationId: 'OP-1' })
  expect(view).toMatchObject({ connected: true, link: { version: 'ocpp1.6', boot: { vendor: expect.any(String) } } })
  expect((await want('stations.list', { party, limit: 10 })).items.map(({ stationId }) => stationId)).toContain('OP-1')
  station.close()
})

it.each(['0', '2', '3'])('registers by security profile %s', async (profile) => {
  const securityProfile = Number(profile) as 0 | 2 | 3
  const station = { stationId: `OP-P${profile}`, securityProfile }
  const setup = await want('stations.register', { party, station })
  expect(setup.password === undefined).toBe(securityProfile !== 2)
  expect(setup.warnings.length).toBeGreaterThan(0)
  expect(setup.url.startsWith(securityProfile === 0 ? 'ws:' : 'wss:')).toBe(true)
})

it('gives another party nothing of a station, whatever it asks', async () => {
  const station = await house.connect({ party })
  const its = { party: other, stationId: station.stationId }
  const wishes: Promise<unknown>[] = [
    want('stations.get', its),
    want('stations.change', { ...its, change: { blocked: true } }),
    want('stations.remove', its),
    want('stations.rekey', { ...its, tell: false }),
    want('stations.send', { ...its, action: 'Reset', payload: { type: 'Hard' }, timeoutMs: 1_000 }),
    want('stations.queued', its),
    want('stations.withdraw', { ...its, commandId: 'x' }),
    want('stations.messages', { ...its, limit: 10 }),
    want('stations.settings', its),
    want('stations.readSettings', its),
    want('stations.putSetting', { ...its, key: 'HeartbeatInterval', value: '1' }),
    want('stations.facts', { ...its, kind: 'profile' }),
    want('stations.transactions', { ...its, limit: 10 }),
    want('stations.signedValues', { ...its, transactionId: '1' }),
    want('stations.orphans', its),
    want('stations.deviations', its),
    want('stations.askLog', { ...its, kind: 'diagnostics' }),
    want('stations.putSite', {
      party: other,
      siteId: 'S',
      site: { limitW: 1, evses: [{ stationId: station.stationId, evse: 1, maxW: 11_000 }] },
    }),
    want('stations.beginCampaign', {
      party: other,
      campaign: { campaignId: 'C', url: 'https://f.example/x', stationIds: [station.stationId] },
    }),
  ]
  for (const wish of await Promise.allSettled(wishes))
    expect(wish).toMatchObject({ status: 'rejected', reason: { code: 'not-found' } })
  expect((await want('stations.list', { party: other, limit: 10 })).items).toEqual([])
  expect(station.received.filter(([, , action]) => action === 'Reset')).toEqual([])
})

it('shows what goes over the line up to this moment, by text and direction, without secrets', async () => {
  const station = await house.connect({ party })
  station.answering('ChangeConfiguration', { status: 'Accepted' })
  const its = { party, stationId: station.stationId }
  await want('stations.putSetting', { ...its, key: 'AuthorizationKey', value: 'c0ffee0123456789c0ffee0123456789' })
  await station.call('Heartbeat', {})
  const { items } = await want('stations.messages', { ...its, limit: 100 })
  expect(items.some(({ direction, text }) => direction === 'in' && text.includes('"Heartbeat"'))).toBe(true)
  expect(JSON.stringify(items)).not.toContain('c0ffee')
  const out = await want('stations.messages', { ...its, limit: 100, direction: 'out', containing: 'ChangeConfig' })
  expect(out.items.length).toBeGreaterThan(0)
  expect(out.items.every(({ direction }) => direction === 'out')).toBe(true)
  const { at } = items[0]!
  const since = await want('stations.messages', { ...its, limit: 100, after: at })
  expect(since.items.map((item) => item.at)).toContain(at)
  // The same before and after it is written down.
  const texts = items.map(({ text }) => text)
  await expect
    .poll(async () => (await want('stations.messages', { ...its, limit: 1_000 })).items.map(({ text }) => text))
    .toEqual(expect.arrayContaining(texts))
})

it('sends any message, refuses what breaks its schema, and queues for who is away', async () => {
  const station = await house.connect({ party })
  const its = { party, stationId: station.stationId }
  station.answering('Reset', { status: 'Accepted' })
  const send = (action: string, payload: Record<string, unknown>, more: { expiresInS?: number } = {}) =>
    want('stations.send', { ...its, action, payload, timeoutMs: 3_000, ...more })
  expect(await send('Reset', { type: 'Soft' })).toEqual({ answer: { status: 'Accepted' } })
  await expect(send('Reset', { type: 'Warm' })).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(send('Dance', {})).rejects.toMatchObject({ code: 'invalid-input' })
  station.close()
  await expect.poll(() => want('stations.get', its).then(({ connected }) => connected), { timeout: 10_000 }).toBe(false)
  await expect(send('Reset', { type: 'Soft' })).rejects.toMatchObject({ code: 'station-offline' })
  const { queued } = await send('Reset', { type: 'Soft' }, { expiresInS: 60 })
  expect(queued).toMatchObject({ state: 'waiting', action: 'Reset' })
  await want('stations.withdraw', { ...its, commandId: queued!.id })
  await expect(want('stations.withdraw', { ...its, commandId: queued!.id })).rejects.toMatchObject({ code: 'conflict' })
})

it('reads and writes variables of the device model by one name', async () => {
  const station = await house.connect({ party, version: 'ocpp2.0.1' })
  const its = { party, stationId: station.stationId }
  station.answering('SetVariables', {
    setVariableResult: [
      {
        attributeStatus: 'RebootRequired',
        component: { name: 'EVSE', evse: { id: 1 } },
        variable: { name: 'Power', instance: 'max' },
      },
    ],
  })
  const put = (key: string) => want('stations.putSetting', { ...its, key, value: '7400' })
  expect(await put('EVSE#1.Power[max]')).toEqual({ status: 'RebootRequired' })
  expect((await want('stations.settings', its)).items).toContainEqual(
    expect.objectContaining({ key: 'EVSE#1.Power[max]', value: '7400', rebootRequired: true }),
  )
  await expect(put('Power')).rejects.toMatchObject({ code: 'invalid-input' })
})

it('shares the limit of a site, tells the share of each EVSE, and lifts it', async () => {
  const begin = { connectorId: 1, idTag: 'CARD', meterStart: 0, timestamp: new Date().toISOString() }
  const stations = [await house.connect({ party }), await house.connect({ party })] as const
  for (const station of stations) {
    station.answering('SetChargingProfile', { status: 'Accepted' })
    await station.call('StartTransaction', begin)
  }
  const [first, second] = stations
  const evses = stations.map(({ stationId }) => ({ stationId, evse: 1, maxW: 22_000 }))
  const its = { party, siteId: 'garage' }
  expect(await want('stations.putSite', { ...its, site: { limitW: 16_000, evses } })).toMatchObject({
    siteId: 'garage',
    limitW: 16_000,
    grantedW: 16_000,
    evses: [
      { stationId: first.stationId, evse: 1, minW: 4_140, grantedW: 8_000, connected: true, charging: true },
      { stationId: second.stationId, evse: 1, minW: 4_140, grantedW: 8_000, connected: true, charging: true },
    ],
  })
  // The driver who leaves soon gets what it takes, the other what is left.
  const departAt = new Date(Date.now() + 3_600_000).toISOString()
  const wish = { ...its, stationId: second.stationId, evse: 1, target: { energyWh: 11_000, departAt } }
  const wished = await want('stations.siteTarget', wish)
  expect(wished.evses[1]).toMatchObject({ target: { energyWh: 11_000, departAt } })
  expect(wished.evses[1]!.grantedW).toBeGreaterThanOrEqual(11_000)
  expect(wished.grantedW).toBeLessThanOrEqual(16_000)

  expect((await want('stations.sites', { party })).items.map(({ siteId }) => siteId)).toEqual(['garage'])
  const foreign = { party: other, siteId: 'garage' }
  await expect(want('stations.site', foreign)).rejects.toMatchObject({ code: 'not-found' })
  await expect(want('stations.removeSite', foreign)).rejects.toMatchObject({ code: 'not-found' })
  const again = { limitW: 9_000, evses: [evses[0]!] }
  await expect(want('stations.putSite', { party, siteId: 'yard', site: again })).rejects.toMatchObject({
    code: 'conflict',
  })
  const twice = { limitW: 9_000, evses: [evses[0]!, evses[0]!] }
  await expect(want('stations.putSite', { ...its, site: twice })).rejects.toMatchObject({ code: 'invalid-input' })

  second.close()
  await expect.poll(async () => (await want('stations.site', its)).evses[1]!.connected, { timeout: 10_000 }).toBe(false)
  const { kept } = await want('stations.removeSite', its)
  expect(kept).toEqual([{ stationId: second.stationId, evse: 1, grantedW: wished.evses[1]!.grantedW }])
  expect(JSON.stringify(first.received.findLast(([, , action]) => action === 'SetChargingProfile'))).toContain('22000')
  await expect(want('stations.site', its)).rejects.toMatchObject({ code: 'not-found' })
})

it('exchanges a password through the station, and keeps the old one when it declines', async () => {
  const station = await house.connect({ party })
  const its = { party, stationId: station.stationId }
  station.answering('ChangeConfiguration', { status: 'Rejected' })
  await expect(want('stations.rekey', { ...its, tell: true })).rejects.toMatchObject({ code: 'station-refused' })
  expect((await want('stations.get', its)).passwords).toBe(1)
  station.answering('ChangeConfiguration', { status: 'Accepted' })
  const { password, told } = await want('stations.rekey', { ...its, tell: true })
  expect(told).toBe(true)
  const sent = station.received.findLast(([, , action]) => action === 'ChangeConfiguration')
  expect(sent?.[3]).toEqual({ key: 'AuthorizationKey', value: Buffer.from(password).toString('hex') })
  station.close()
  const back = await connectStation({ url: house.service.url, ...its, password, version: 'ocpp1.6' })
  back.close()
})

it('removes a station: its link ends, and the door stays shut', async () => {
  const station = await house.connect({ party })
  const its = { party, stationId: station.stationId }
  await want('stations.remove', its)
  await expect(want('stations.get', its)).rejects.toMatchObject({ code: 'not-found' })
})
