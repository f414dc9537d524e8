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
