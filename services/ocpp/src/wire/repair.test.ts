import { describe, expect, it } from 'vitest'
import { repair } from './repair.ts'
import { schemasOf } from './schemas.ts'

const v16 = schemasOf('ocpp1.6')

describe('repair', () => {
  it('turns an unknown error code into OtherError (Legrand sends "Error")', () => {
    const { payload, deviations } = repair(v16, 'StatusNotification', {
      connectorId: 1,
      errorCode: 'Error',
      status: 'available',
      timestamp: '2023-10-19T15:28:07',
    })
    expect(payload).toEqual({
      connectorId: 1,
      errorCode: 'OtherError',
      status: 'Available',
      timestamp: '2023-10-19T15:28:07.000Z',
    })
    expect(deviations.map((deviation) => deviation.rule).sort()).toEqual([
      'enum-spelling',
      'time-format',
      'unknown-enum',
    ])
  })

  it('reads numbers written as text and texts written as numbers', () => {
    const { payload } = repair(v16, 'StartTransaction', {
      connectorId: '1',
      idTag: 12345,
      meterStart: '1500,4',
      timestamp: '2026-01-01T00:00:00Z',
    })
    expect(payload).toEqual({ connectorId: 1, idTag: '12345', meterStart: 1500, timestamp: '2026-01-01T00:00:00Z' })
  })

  it('drops a unit it does not know and keeps the value', () => {
    const { payload } = repair(v16, 'MeterValues', {
      connectorId: 1,
      meterValue: [{ timestamp: '2026-01-01T00:00:00Z', sampledValue: { value: 50, unit: 'Hz' } }],
    })
    expect(payload).toEqual({
      connectorId: 1,
      meterValue: [{ timestamp: '2026-01-01T00:00:00Z', sampledValue: [{ value: '50' }] }],
    })
  })

  it('writes a DataTransfer object as text (Growatt)', () => {
    const { payload } = repair(v16, 'DataTransfer', { vendorId: 'Growatt', data: { a: 1 } })
    expect(payload).toEqual({ vendorId: 'Growatt', data: '{"a":1}' })
  })

  it('names missing members and leaves them missing', () => {
    const { payload, deviations } = repair(v16, 'StopTransaction', { transactionId: null, idTag: null, meterStop: 7 })
    expect(payload).toEqual({ meterStop: 7 })
    expect(deviations).toContainEqual({ rule: 'missing', path: '/transactionId' })
    expect(deviations).toContainEqual({ rule: 'missing', path: '/timestamp' })
  })

  it('survives a payload that is no object', () => {
    for (const payload of [null, 7, 'x', [], [[]]]) expect(repair(v16, 'Heartbeat', payload).payload).toEqual({})
  })

  it('does not follow __proto__', () => {
    const payload = JSON.parse('{"__proto__": {"polluted": true}, "connectorId": 1}')
    repair(v16, 'StatusNotification', payload)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
