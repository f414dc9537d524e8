import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import pino from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { schemasOf } from '../src/wire/schemas.ts'
import { type OcppVersion, ocppVersions } from '../src/wire/version.ts'
import type { Exchange } from './exchanges/exchange.ts'
import { exchanges16 } from './exchanges/v16.ts'
import { exchanges21 } from './exchanges/v21.ts'
import { exchanges201 } from './exchanges/v201.ts'
import { type House, openHouse } from './house.ts'

/** Cases for each version; `OCPP_FUZZ=40000` for the long run. */
const cases = Number(process.env.OCPP_FUZZ ?? 500)

let house: House
const failures: string[] = []
beforeAll(async () => {
  const write = (line: string) => void failures.push(line)
  house = await openHouse({ log: pino({ level: 'error' }, { write }) })
})
afterAll(() => house.close())

interface Honest {
  readonly action: string
  readonly request: unknown
}

const incoming = (exchanges: readonly Exchange[]): readonly Honest[] =>
  exchanges.filter(({ direction }) => direction === 'in')

const at = new Date().toISOString()
const charge16: readonly Honest[] = [
  { action: 'Authorize', request: { idTag: 'CARD' } },
  { action: 'BootNotification', request: { chargePointVendor: 'V', chargePointModel: 'M', firmwareVersion: '1' } },
  {
    action: 'StatusNotification',
    request: { connectorId: 1, errorCode: 'NoError', status: 'Available', timestamp: at },
  },
  { action: 'StartTransaction', request: { connectorId: 1, idTag: 'CARD', meterStart: 1, timestamp: at } },
  {
    action: 'StopTransaction',
    request: {
      transactionId: 1,
      idTag: 'CARD',
      meterStop: 2,
      timestamp: at,
      transactionData: [{ timestamp: at, sampledValue: [{ value: '2' }] }],
    },
  },
  {
    action: 'MeterValues',
    request: {
      connectorId: 1,
      transactionId: 1,
      meterValue: [{ timestamp: at, sampledValue: [{ value: '2', unit: 'kWh', phase: 'L1' }] }],
    },
  },
]
const charge2: readonly Honest[] = [
  { action: 'Authorize', request: { idToken: { idToken: 'CARD', type: 'ISO14443' } } },
  {
    action: 'BootNotification',
    request: { reason: 'PowerUp', chargingStation: { model: 'M', vendorName: 'V', modem: { iccid: '1' } } },
  },
  { action: 'StatusNotification', request: { timestamp: at, connectorStatus: 'Occupied', evseId: 1, connectorId: 1 } },
  { action: 'MeterValues', request: { evseId: 1, meterValue: [{ timestamp: at, sampledValue: [{ value: 1 }] }] } },
  {
    action: 'TransactionEvent',
    request: {
      eventType: 'Started',
      timestamp: at,
      triggerReason: 'Authorized',
      seqNo: 0,
      transactionInfo: { transactionId: 'T', chargingState: 'Charging', remoteStartId: 1 },
      evse: { id: 1, connectorId: 1 },
      idToken: { idToken: 'CARD', type: 'ISO14443' },
      meterValue: [
        {
          timestamp: at,
          sampledValue: [
            {
              value: 1,
              signedMeterValue: { signedMeterData: 'x', signingMethod: '', encodingMethod: 'OCMF', publicKey: '' },
              unitOfMeasure: { unit: 'Wh', multiplier: 0 },
            },
          ],
        },
      ],
    },
  },
  {
    action: 'TransactionEvent',
    request: {
      eventType: 'Ended',
      timestamp: at,
      triggerReason: 'EVDeparted',
      seqNo: 1,
      transactionInfo: { transactionId: 'T', stoppedReason: 'Local' },
    },
  },
]

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    '',
    '\u0000',
    '9'.repeat(400),
    '\ud800',
    '2026-02-31T25:61:00Z',
    '-1',
  ),
)
/** Names the handlers read, so that the noise gets past the first check. */
const members = [
  'connectorId',
  'transactionId',
  'idTag',
  'meterStart',
  'meterStop',
  'timestamp',
  'meterValue',
  'sampledValue',
  'value',
  'unit',
  'status',
  'errorCode',
  'reason',
  'eventType',
  'seqNo',
  'transactionInfo',
  'evse',
  'id',
  'idToken',
  'chargingStation',
  'data',
  'requestId',
  'component',
  'variable',
  'reportData',
  'eventData',
  'certificateHashData',
  'chargingProfile',
  'csr',
]

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, 0, -1, 1e308, -0.1, 2 ** 53),
    hostileText,
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(hostileText, fc.constantFrom(...members)), tie('any'), { maxKeys: 6 }),
  ),
})).any

/** Real messages, to be bent in one place: what looks right is the better disguise. */
const honest: Readonly<Record<OcppVersion, readonly Honest[]>> = {
  'ocpp1.6': [...incoming(exchanges16), ...charge16],
  'ocpp2.0.1': [...incoming(exchanges201), ...charge2],
  'ocpp2.1': [...incoming(exchanges201), ...incoming(exchanges21), ...charge2],
}

/** Puts `bad` somewhere into a copy of `payload`; `turns` choose the way down. */
const bent = (payload: unknown, turns: readonly number[], bad: unknown): unknown => {
  if (typeof payload !== 'object' || payload === null || turns.length === 0) return bad
  const copy = structuredClone(payload) as Record<string, unknown>
  const keys = Object.keys(copy)
  if (keys.length === 0) return bad
  const key = keys[turns[0]! % keys.length]!
  copy[key] = bent(copy[key], turns.slice(1), bad)
  return copy
}

it.each(ocppVersions)(
  'nothing a %s station can send stops the server, or its neighbour',
  async (version) => {
    const actions = [...schemasOf(version).actions]
    const neighbour = await house.connect()
    let station = await house.connect({ version })
    const before = process.memoryUsage().rss
    let sent = 0
    const disguised = fc
      .tuple(fc.constantFrom(...honest[version]), fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }), value)
      .map(([{ action, request }, turns, bad]) => [2, randomUUID(), action, bent(request, turns, bad)])
    const frame = fc.oneof(
      { weight: 8, arbitrary: disguised },
      { weight: 3, arbitrary: fc.tuple(fc.constant(2), fc.uuid(), fc.constantFrom(...actions), value) },
      { weight: 1, arbitrary: fc.tuple(fc.constantFrom(2, 3, 4, 5, 6, 99), value, value, value) },
      { weight: 1, arbitrary: value },
    )
    await fc.assert(
      fc.asyncProperty(frame, fc.nat(9), hostileText, async (frame, isCut, text) => {
        if (station.socket.readyState !== station.socket.OPEN) station = await house.connect({ version })
        const whole = JSON.stringify(frame) ?? text
        station.raw(isCut === 0 ? whole.slice(0, Math.floor(whole.length * 0.8)) : whole)
        sent += 1
        if (sent % 100 === 0) {
          expect(await neighbour.call('Heartbeat', {})).toHaveProperty('currentTime')
          expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
        }
      }),
      { numRuns: cases, endOnFailure: true },
    )
    expect(await neighbour.call('Heartbeat', {})).toHaveProperty('currentTime')
    // Whatever was nonsense was answered as nonsense, never by a fault of ours.
    expect(failures).toEqual([])
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000)
  },
  600_000,
)
