import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundMicro } from '../bound.ts'
import { ceilingOf } from './ceiling.ts'
import { priceSession } from './price-session.ts'
import type { MeterSample } from './session-input.ts'
import { sessions, tariffs, timeZones } from './testing/arbitraries.ts'
import { element, price, tariffOf } from './testing/fixtures.ts'

const useOf = (samples: readonly MeterSample[], session: ReturnType<typeof priceSession>) => ({
  energyWh: BigInt(Math.floor(samples.at(-1)!.energyWh - samples[0]!.energyWh)),
  chargingSeconds: Math.floor(session.chargingMs / 1000),
  idleSeconds: Math.floor(session.parkingMs / 1000),
})

describe('on-chain ceilings', () => {
  test('dominate every tariff for every session (R30)', () => {
    fc.assert(
      fc.property(tariffs(), timeZones, sessions, (tariff, timeZone, samples) => {
        const session = priceSession({ tariff, timeZone, samples })
        const bound = boundMicro(ceilingOf(tariff), useOf(samples, session))
        expect(session.totalInclVatMicro <= bound).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  test('dominate sessions of odd milliseconds and tenths of a Wh, whose receipt counts whole units', () => {
    fc.assert(
      fc.property(tariffs(), timeZones, sessions, fc.nat({ max: 999 }), (tariff, timeZone, whole, odd) => {
        const samples = whole.map((sample, index) => ({
          ...sample,
          at: new Date(sample.at.getTime() + index * odd),
          energyWh: sample.energyWh + (index * (odd % 10)) / 10,
        }))
        const session = priceSession({ tariff, timeZone, samples })
        const bound = boundMicro(ceilingOf(tariff), useOf(samples, session))
        expect(session.totalInclVatMicro <= bound).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('dominate the sessions within the largest one they were made for', () => {
    fc.assert(
      fc.property(tariffs(), timeZones, sessions, (tariff, timeZone, samples) => {
        const session = priceSession({ tariff, timeZone, samples })
        const max = {
          energyWh: session.energyWh,
          totalSeconds: (session.chargingMs + session.parkingMs + session.suspendedMs) / 1000,
        }
        const bound = boundMicro(ceilingOf(tariff, max), useOf(samples, session))
        expect(session.totalInclVatMicro <= bound).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('dominate a reservation, used or expired, where one is named', () => {
    const reserving = tariffOf([
      element({ reservation: 'RESERVATION' }, price('TIME', 6, 600, 20), price('FLAT', 2, 1, 20)),
      element({ reservation: 'RESERVATION_EXPIRES' }, price('FLAT', 5, 1, 20)),
      element({}, price('ENERGY', 0.25, 1, 20)),
    ])
    const ceiling = ceilingOf(reserving, { reservationSeconds: 3600 })
    const [startAt, endAt] = [new Date('2026-11-23T10:00:00Z'), new Date('2026-11-23T11:00:00Z')]
    const expired = priceSession({ tariff: reserving, timeZone: 'UTC', reservation: { startAt, endAt, expired: true } })
    expect(expired.totalInclVatMicro).toBe(13_200_000n)
    expect(boundMicro(ceiling, { energyWh: 0n, chargingSeconds: 0, idleSeconds: 0 })).toBeGreaterThanOrEqual(
      13_200_000n,
    )
  })

  test('stay close to the tariff', () => {
    const tariff = tariffOf([
      element({}, price('FLAT', 0.5, 1, 20), price('ENERGY', 0.25, 1, 20), price('PARKING_TIME', 6, 60, 20)),
    ])
    expect(ceilingOf(tariff)).toEqual({
      // 0.60 + one Wh (0.0003) + one minute of parking (0.12) + a millionth
      startFee: 720_301n,
      pricePerKWh: 300_000n,
      pricePerMinute: 0n,
      idlePerMinute: 120_000n,
    })
  })

  test('leave out elements that the largest session cannot reach, and those that another hides', () => {
    const tariff = tariffOf([
      element({ min_kwh: 100 }, price('ENERGY', 9)),
      element({ min_duration: 86_400 }, price('PARKING_TIME', 60)),
      element({}, price('ENERGY', 0.25)),
      element({ start_time: '18:00' }, price('ENERGY', 5)),
    ])
    expect(ceilingOf(tariff, { energyWh: 80_000, totalSeconds: 36_000 })).toMatchObject({
      pricePerKWh: 250_000n,
      idlePerMinute: 0n,
    })
    expect(ceilingOf(tariff)).toMatchObject({ pricePerKWh: 9_000_000n, idlePerMinute: 1_000_000n })
  })

  test('hold min_price, and are capped by max_price', () => {
    const tariff = tariffOf([element({}, price('ENERGY', 0.25, 1000))], {
      min_price: { excl_vat: 2 },
      max_price: { excl_vat: 3 },
    })
    expect(ceilingOf(tariff).startFee).toBe(2_000_000n)
    const dear = tariffOf([element({}, price('FLAT', 9))], { max_price: { excl_vat: 3 } })
    expect(ceilingOf(dear).startFee).toBe(3_000_000n)
  })

  test('are refused in another currency, and beyond 64 bits', () => {
    const pounds = { ...tariffOf([element({}, price('ENERGY', 0.25))]), currency: 'GBP' }
    expect(() => ceilingOf(pounds)).toThrow(expect.objectContaining({ code: 'not-payable' }))
    const absurd = tariffOf([element({}, price('ENERGY', 1e15))])
    expect(() => ceilingOf(absurd)).toThrow(/64 bits/)
  })
})
