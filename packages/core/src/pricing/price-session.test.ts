import { describe, expect, test } from 'vitest'
import { cdrFigures } from './cdr-figures.ts'
import { priceSession } from './price-session.ts'
import type { SessionPeriod, VehicleState } from './session-input.ts'
import type { Tariff } from './tariff.ts'
import { element, euro, price, tariffOf, utc } from './testing/fixtures.ts'

const timeZone = 'Europe/Paris'
const start = utc('2026-11-23 10:00').getTime()
type Row = [minutes: number, energyWh: number, state?: VehicleState]
const periods = (...rows: Row[]): SessionPeriod[] => {
  let at = start
  return rows.map(([minutes, energyWh, state = 'charging']) => {
    const startAt = new Date(at)
    at += minutes * 60_000
    return { startAt, endAt: new Date(at), energyWh, state }
  })
}
const priced = (tariff: Tariff, ...rows: Row[]) => priceSession({ tariff, timeZone, periods: periods(...rows) })

describe('FLAT', () => {
  test('is charged once, however often elements change', () => {
    const tariff = tariffOf([
      element({ max_kwh: 5 }, price('FLAT', 1)),
      element({}, price('FLAT', 2), price('ENERGY', 0.1)),
    ])
    expect(euro(priced(tariff, [60, 10_000], [60, 10_000]))).toBe(1 + 2)
  })

  test('is charged when its element becomes active for the first time', () => {
    const overstay = tariffOf([element({ min_duration: 14_400 }, price('FLAT', 10))])
    expect(euro(priced(overstay, [239, 10_000]))).toBe(0)
    expect(euro(priced(overstay, [241, 10_000]))).toBe(10)
  })

  test('is due from the first moment, before anything was taken', () => {
    const tariff = tariffOf([element({}, price('FLAT', 0.5), price('ENERGY', 0.25))])
    expect(euro(priceSession({ tariff, timeZone, samples: [{ at: new Date(start), energyWh: 77 }] }))).toBe(0.5)
  })
})

describe('step_size', () => {
  test('does not bill a step for a dimension that was not used', () => {
    const tariff = tariffOf([
      element({}, price('ENERGY', 1, 1000), price('PARKING_TIME', 6, 600), price('TIME', 6, 600)),
    ])
    expect(euro(priced(tariff, [0, 0]))).toBe(0)
    expect(euro(priced(tariff, [5, 0]))).toBe(1)
  })

  test('rounds only parking even if charging came after it', () => {
    const tariff = tariffOf([element({}, price('TIME', 6, 600), price('PARKING_TIME', 12, 600))])
    const session = priced(tariff, [15, 1000], [5, 0, 'parking'], [1, 100])
    expect(session.lines.map((line) => [line.dimension, line.billed])).toEqual([
      ['TIME', 960],
      ['PARKING_TIME', 600],
    ])
  })

  test('rounds charging when parking is not priced', () => {
    const tariff = tariffOf([element({}, price('TIME', 6, 600))])
    expect(euro(priced(tariff, [15, 1000], [5, 0, 'parking']))).toBe(2)
  })

  test('0 means no blocks', () => {
    const tariff = tariffOf([element({}, price('ENERGY', 1, 0))])
    expect(priced(tariff, [1, 0.3]).totalExclVatMicro).toBe(300n)
  })
})

describe('what the station withholds', () => {
  test('is neither charging nor parking, but the session goes on', () => {
    const tariff = tariffOf([
      element({ min_duration: 3600 }, price('ENERGY', 0.5)),
      element({}, price('ENERGY', 0.25), price('TIME', 6), price('PARKING_TIME', 6)),
    ])
    const session = priced(tariff, [30, 4000], [30, 0, 'suspended'], [10, 1000])
    expect(euro(session)).toBe(1 + 0.5 + 4)
    expect(session).toMatchObject({ chargingMs: 40 * 60_000, suspendedMs: 30 * 60_000, parkingMs: 0 })
  })
})

describe('VAT and limits', () => {
  const mixed = [element({}, price('FLAT', 0.5, 1, 20), price('ENERGY', 0.25, 1, 10))]

  test('limits bind net and gross apart', () => {
    const tariff = tariffOf(mixed, { max_price: { excl_vat: 10, incl_vat: 10.5 } })
    expect(priced(tariff, [60, 37_000])).toMatchObject({
      totalExclVatMicro: 9_750_000n,
      totalInclVatMicro: 10_500_000n,
      limit: { exclVat: undefined, inclVat: 'max', exclVatMicro: 0n, inclVatMicro: -275_000n },
    })
  })

  test('lines, limit and rounding make up the total', () => {
    const tariff = tariffOf([
      element({}, price('TIME', 1, 1, 7.7), price('ENERGY', 0.333_333_3, 1, 2.1), price('FLAT', 0.1, 1)),
    ])
    const session = priced(tariff, [7, 1234.5])
    const sum = session.lines.reduce((total, line) => total + line.inclVatMicro, 0n)
    expect(sum + session.limit.inclVatMicro + session.rounding.inclVatMicro).toBe(session.totalInclVatMicro)
  })

  test('a limit without gross amount follows the one VAT rate', () => {
    const tariff = tariffOf([element({}, price('ENERGY', 0.25, 1, 20), price('FLAT', 0))], {
      min_price: { excl_vat: 1 },
    })
    expect(priced(tariff, [1, 0])).toMatchObject({ totalExclVatMicro: 1_000_000n, totalInclVatMicro: 1_200_000n })
  })

  test('and is refused where there are several', () => {
    expect(() => priced(tariffOf(mixed, { min_price: { excl_vat: 1 } }), [1, 0])).toThrow(
      expect.objectContaining({
        code: 'not-computable',
        data: expect.objectContaining({ path: '$.min_price.incl_vat' }),
      }),
    )
  })

  test('prices that hold their VAT (2.3.0) are taken apart', () => {
    const tariff = tariffOf([element({}, price('ENERGY', 0.3, 1, 20), price('TIME', 1, 1, 7))], { tax_included: 'YES' })
    const session = priced(tariff, [60, 10_000])
    expect(session.totalInclVatMicro).toBe(4_000_000n)
    // 3 / 1.2 + 1 / 1.07
    expect(session.totalExclVatMicro).toBe(3_434_579n)
  })

  test('a net price that never ends is still rounded right where a sum ends', () => {
    // 4 / 3 x 27 min + half a micro: a third has no last digit
    const elements = [element({}, price('TIME', 4, 1, 200), price('FLAT', 0.000_000_5, 1, 0))]
    expect(priced(tariffOf(elements, { tax_included: 'YES' }), [27, 1000]).totalExclVatMicro).toBe(600_001n)
  })

  test('negative prices are credited', () => {
    const tariff = tariffOf([element({}, price('ENERGY', -0.05, 1, 20))])
    expect(priced(tariff, [60, 10_000])).toMatchObject({ totalExclVatMicro: -500_000n, totalInclVatMicro: -600_000n })
  })
})

describe('reservations', () => {
  const reserve = (minutes: number, expired = false) => ({
    startAt: new Date(start - minutes * 60_000),
    endAt: new Date(start),
    expired,
  })
  const tariff = tariffOf(
    [
      element({ reservation: 'RESERVATION', max_duration: 900 }, price('TIME', 0)),
      element({ reservation: 'RESERVATION' }, price('TIME', 6), price('FLAT', 1)),
      element({ reservation: 'RESERVATION_EXPIRES' }, price('FLAT', 4)),
      element({}, price('FLAT', 0.5), price('ENERGY', 0.25)),
    ],
    { min_price: { excl_vat: 3, incl_vat: 3 } },
  )

  test('are not part of a charge without one', () => {
    expect(euro(priced(tariff, [60, 20_000]))).toBe(5.5)
  })

  test('have a fee and a duration of their own', () => {
    const session = priceSession({ tariff, timeZone, periods: periods([60, 20_000]), reservation: reserve(30) })
    expect(session.costs.RESERVATION.exclVatMicro).toBe(2_500_000n)
    expect(session.costs.FLAT.exclVatMicro).toBe(500_000n)
    expect(session.periods[0]).toMatchObject({
      state: 'reserved',
      dimensions: [{ type: 'RESERVATION_TIME', volume: 0.25 }],
    })
  })

  test('that expire take what expiry says, and the rest from the reservation', () => {
    expect(euro(priceSession({ tariff, timeZone, reservation: reserve(15, true) }))).toBe(4)
    expect(euro(priceSession({ tariff, timeZone, reservation: reserve(75, true) }))).toBe(10)
  })

  test('without a charge are not lifted to min_price, which is for charging sessions', () => {
    expect(euro(priceSession({ tariff, timeZone, reservation: reserve(15) }))).toBe(1)
  })

  test('that expire cannot be followed by a charge', () => {
    expect(() => priceSession({ tariff, timeZone, periods: periods([1, 1]), reservation: reserve(1, true) })).toThrow(
      /reservation\.expired/,
    )
  })
})

describe('input that cannot be', () => {
  const tariff = tariffOf([element({}, price('ENERGY', 0.25))])
  const at = (seconds: number) => new Date(start + seconds * 1000)

  test.each<[string, Omit<Parameters<typeof priceSession>[0], 'tariff' | 'timeZone'>]>([
    [
      'samples[1].at',
      {
        samples: [
          { at: at(1), energyWh: 0 },
          { at: at(0), energyWh: 0 },
        ],
      },
    ],
    [
      'samples[1].energyWh',
      {
        samples: [
          { at: at(0), energyWh: 5 },
          { at: at(1), energyWh: 4 },
        ],
      },
    ],
    ['samples[0].energyWh', { samples: [{ at: at(0), energyWh: Number.NaN }] }],
    ['samples[0].at', { samples: [{ at: new Date('never'), energyWh: 0 }] }],
    ['samples[0].powerW', { samples: [{ at: at(0), energyWh: 0, powerW: Number.POSITIVE_INFINITY }] }],
    [
      'periods[1].startAt',
      {
        periods: [
          { startAt: at(0), endAt: at(1), energyWh: 0 },
          { startAt: at(2), endAt: at(3), energyWh: 0 },
        ],
      },
    ],
    ['periods[0].endAt', { periods: [{ startAt: at(1), endAt: at(0), energyWh: 0 }] }],
    ['periods[0].energyWh', { periods: [{ startAt: at(0), endAt: at(1), energyWh: -1 }] }],
    ['periods', { periods: [], samples: [] }],
    ['samples', {}],
    ['samples', { samples: [] }],
  ])('is refused with its place: %s', (path, input) => {
    expect(() => priceSession({ tariff, timeZone, ...input })).toThrow(
      expect.objectContaining({ code: 'invalid-input', data: expect.objectContaining({ path }) }),
    )
  })
})

describe('the figures of a CDR', () => {
  test('carry OCPI names, VAT apart, and a period at every change of price', () => {
    const tariff = tariffOf([
      element({ max_kwh: 10 }, price('ENERGY', 0.2, 1, 20)),
      element({}, price('ENERGY', 0.4, 1, 20), price('FLAT', 0.5, 1, 20), price('PARKING_TIME', 6, 600, 20)),
    ])
    expect(cdrFigures(priced(tariff, [60, 20_000], [15, 0, 'parking']))).toEqual({
      currency: 'EUR',
      total_cost: { excl_vat: 8.5, incl_vat: 10.2 },
      total_fixed_cost: { excl_vat: 0.5, incl_vat: 0.6 },
      total_energy: 20,
      total_energy_cost: { excl_vat: 6, incl_vat: 7.2 },
      total_time: 1.25,
      total_parking_time: 0.25,
      total_parking_cost: { excl_vat: 2, incl_vat: 2.4 },
      charging_periods: [
        {
          start_date_time: '2026-11-23T10:00:00.000Z',
          dimensions: [
            { type: 'ENERGY', volume: 10 },
            { type: 'TIME', volume: 0.5 },
          ],
          tariff_id: 'T',
        },
        {
          start_date_time: '2026-11-23T10:30:00.000Z',
          dimensions: [
            { type: 'ENERGY', volume: 10 },
            { type: 'TIME', volume: 0.5 },
          ],
          tariff_id: 'T',
        },
        {
          start_date_time: '2026-11-23T11:00:00.000Z',
          dimensions: [{ type: 'PARKING_TIME', volume: 0.25 }],
          tariff_id: 'T',
        },
      ],
    })
  })

  test('name no gross amount where the tariff names no VAT', () => {
    expect(cdrFigures(priced(tariffOf([element({}, price('ENERGY', 0.2))]), [60, 10_000])).total_cost).toEqual({
      excl_vat: 2,
    })
  })

  test('tell power where the tariff looks at it', () => {
    const tariff = tariffOf([element({ max_power: 11 }, price('ENERGY', 0.2)), element({}, price('ENERGY', 0.5))])
    expect(priced(tariff, [60, 10_000]).periods[0]!.dimensions).toContainEqual({ type: 'MAX_POWER', volume: 10 })
  })

  /** What whoever prices the CDR again can see of power is the least and the most of a period. */
  test('have no period that spans a limit of power', () => {
    const tariff = tariffOf([
      element({ min_power: 18, max_power: 32 }, price('TIME', 9)),
      element({}, price('ENERGY', 0.5)),
    ])
    const { periods: found } = priced(tariff, [60, 5_000], [60, 40_000], [60, 50_000])
    expect(found.map(({ dimensions }) => dimensions.find(({ type }) => type === 'MAX_POWER')?.volume)).toEqual([5, 50])
  })

  test('begin a period where a flat fee falls due', () => {
    const tariff = tariffOf([element({}, price('ENERGY', 0.2)), element({ min_duration: 3_600 }, price('FLAT', 5))])
    expect(priced(tariff, [90, 9_000]).periods.map(({ elements }) => elements)).toEqual([
      { ENERGY: 0 },
      { ENERGY: 0, FLAT: 1 },
    ])
  })

  test('say a volume of 0 only where nothing was taken at all', () => {
    const tariff = tariffOf([element({}, price('ENERGY', 0.2))])
    expect(priced(tariff, [60, 9_000], [15, 0, 'suspended']).periods.map(({ dimensions }) => dimensions)).toEqual([
      [
        { type: 'ENERGY', volume: 9 },
        { type: 'TIME', volume: 1 },
      ],
      [{ type: 'ENERGY', volume: 0 }],
    ])
  })
})
