import pino from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createStationConsole } from '../../src/index.ts'
import { type House, openHouse } from '../house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
  house.cards.add('CARD')
})
afterAll(() => house.close())

const now = () => new Date().toISOString()
const deviationsOf = ({ stationId }: { stationId: string }) =>
  createStationConsole({ ...house, clock: () => new Date(), log: pino({ level: 'silent' }) }).deviations(stationId)

/** Each is a message of real hardware that breaks the schema, and the rule it is counted under. */
const deviant: readonly (readonly [string, string, unknown, string])[] = [
  [
    'errorCode "Error" (Legrand)',
    'StatusNotification',
    { connectorId: 1, errorCode: 'Error', status: 'Faulted' },
    'unknown-enum',
  ],
  [
    'a serial number of 26 characters',
    'BootNotification',
    { chargePointVendor: 'V', chargePointModel: 'M', chargePointSerialNumber: 'S'.repeat(26) },
    'text-too-long',
  ],
  ['an idTag of 21 characters', 'Authorize', { idTag: 'T'.repeat(21) }, 'text-too-long'],
  ['an object as DataTransfer.data (Growatt)', 'DataTransfer', { vendorId: 'G', data: { a: 1 } }, 'object-for-text'],
  [
    'a context no schema knows (Alfen)',
    'MeterValues',
    { connectorId: 1, meterValue: [{ timestamp: now(), sampledValue: [{ value: '1', context: 'Whenever' }] }] },
    'unknown-enum',
  ],
  [
    'the unit Hz',
    'MeterValues',
    {
      connectorId: 1,
      meterValue: [{ timestamp: now(), sampledValue: [{ value: '50', measurand: 'Frequency', unit: 'Hz' }] }],
    },
    'unknown-enum',
  ],
  ['missing members', 'StopTransaction', { transactionId: 5 }, 'missing'],
  ['members no schema knows', 'Heartbeat', { vendor: 'x' }, 'extra-member'],
  [
    'a number as text',
    'StatusNotification',
    { connectorId: '1', errorCode: 'NoError', status: 'Available' },
    'text-for-number',
  ],
  [
    'a time without zone (Growatt THOR)',
    'StatusNotification',
    { connectorId: 1, errorCode: 'NoError', status: 'Available', timestamp: '2023-10-19T15:28:07' },
    'time-format',
  ],
  [
    'a time with an offset of hours only',
    'StatusNotification',
    { connectorId: 1, errorCode: 'NoError', status: 'Available', timestamp: '2023-10-19T15:28:07+02' },
    'time-format',
  ],
]

it.each(deviant)('tolerates %s, and counts it', async (_, action, payload, rule) => {
  const station = await house.connect()
  await station.call(action, payload)
  const isCounted = async () =>
    Object.keys(await deviationsOf(station)).some((kind) => kind.startsWith(`${rule} ${action}`))
  await expect.poll(isCounted, { timeout: 20_000 }).toBe(true)
})

it('counts the same JSON key twice, and takes the last', async () => {
  const station = await house.connect()
  station.raw('[2,"d","Authorize",{"idTag":"NOBODY","idTag":"CARD"}]')
  await station.call('Heartbeat', {})
  expect(station.received).toContainEqual([3, 'd', { idTagInfo: { status: 'Accepted' } }])
  // Of many frames only some are looked at: a firmware that writes keys twice does so again.
  let repeats = 0
  const isCounted = async () => {
    station.raw(`[2,"d${repeats++}","Authorize",{"idTag":"NOBODY","idTag":"CARD"}]`)
    return Object.keys(await deviationsOf(station)).includes('duplicate-key frame')
  }
  await expect.poll(isCounted, { timeout: 20_000, interval: 500 }).toBe(true)
})

it.each([
  ['ocpp1.6', { connectorId: 'one' }, 'OccurenceConstraintViolation'],
  ['ocpp1.6', { connectorId: 1, errorCode: 'Error', status: 'Available' }, 'PropertyConstraintViolation'],
  ['ocpp1.6', { connectorId: '1', errorCode: 'NoError', status: 'Available' }, 'TypeConstraintViolation'],
  ['ocpp1.6', { connectorId: 1, errorCode: 'NoError', status: 'Available', x: 1 }, 'FormationViolation'],
  ['ocpp2.0.1', {}, 'OccurrenceConstraintViolation'],
  ['ocpp2.0.1', { timestamp: now(), connectorStatus: 'Available', evseId: 1, connectorId: 1, x: 1 }, 'FormatViolation'],
])('a strict station of %s is refused in the words of its version: %j', async (version, payload, code) => {
  const station = await house.connect({ version, strict: true })
  await expect(station.call('StatusNotification', payload)).rejects.toMatchObject({ code })
})

it('unreadable frames are answered as the version asks, and the link goes on', async () => {
  const [older, newer] = [await house.connect(), await house.connect({ version: 'ocpp2.0.1' })]
  for (const station of [older, newer]) {
    for (const text of [
      '',
      'null',
      '{}',
      '[]',
      '[2]',
      '[99,"x",{}]',
      '[2,"y",5,{}]',
      '[3,"nobody-asked",{}]',
      '\u0000',
    ])
      station.raw(text)
    expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
  }
  expect(older.received).toContainEqual([4, 'x', 'ProtocolError', expect.any(String), {}])
  expect(newer.received).toContainEqual([4, '-1', 'RpcFrameworkError', expect.any(String), {}])
})

it('an unknown action is NotImplemented, one that only we send is NotSupported', async () => {
  const station = await house.connect()
  await expect(station.call('MakeCoffee', {})).rejects.toMatchObject({ code: 'NotImplemented' })
  await expect(station.call('Reset', { type: 'Soft' })).rejects.toMatchObject({ code: 'NotSupported' })
  await expect(station.call('constructor', {})).rejects.toMatchObject({ code: 'NotImplemented' })
  await expect(station.call('__proto__', {})).rejects.toMatchObject({ code: 'NotImplemented' })
})

it('a station that cannot read fractions of a second gets whole ones', async () => {
  const station = await house.connect({ wholeSeconds: true })
  expect(await station.call('Heartbeat', {})).toEqual({ currentTime: expect.stringMatching(/:\d\dZ$/) })
})

it('an answer of ours that the station misspells is still understood', async () => {
  const station = await house.connect()
  station.answering('UnlockConnector', { status: 'unlocked' })
  const { stationCommandSubject } = await import('@werenode/core')
  expect(
    await house.bus.request(stationCommandSubject(station.stationId), { verb: 'unlock', evse: 1, connector: 1 }),
  ).toEqual({
    accepted: true,
  })
})
