import { describe, expect, test } from 'vitest'
import { priceSession } from './price-session.ts'
import type { MeterSample } from './session-input.ts'
import type { Tariff, TariffRestrictions } from './tariff.ts'
import { element, euro, price, tariffOf, utc } from './testing/fixtures.ts'

const timeZone = 'Europe/Paris'
/** One EUR per hour while the restrictions match, nothing else. */
const hourly = (restrictions: TariffRestrictions): Tariff => tariffOf([element(restrictions, price('TIME', 1))])
/** Hours for which the restrictions matched, between two UTC times. */
const matchedHours = (restrictions: TariffRestrictions, from: string, to: string, energyWh = 0): number =>
  euro(
    priceSession({
      tariff: hourly(restrictions),
      timeZone,
      samples: [
        { at: utc(from), energyWh: 0 },
        { at: utc(to), energyWh },
      ],
    }),
  )

describe('clock and calendar restrictions', () => {
  // Paris is UTC+1 in November; the 23rd is a Monday.
  test.each<[string, TariffRestrictions, string, string, number]>([
    ['start_time alone lasts to midnight', { start_time: '20:00' }, '2026-11-23 18:00', '2026-11-24 01:00', 4],
    ['end_time alone begins at midnight', { end_time: '06:00' }, '2026-11-23 22:00', '2026-11-24 10:00', 6],
    ['both bound a window', { start_time: '09:00', end_time: '11:00' }, '2026-11-23 07:00', '2026-11-23 12:00', 2],
    [
      'end before start wraps past midnight',
      { start_time: '22:00', end_time: '06:00' },
      '2026-11-23 19:00',
      '2026-11-24 09:00',
      8,
    ],
    [
      'end 00:00 is the end of the day',
      { start_time: '22:00', end_time: '00:00' },
      '2026-11-23 19:00',
      '2026-11-24 09:00',
      2,
    ],
    [
      '00:00 to 00:00 is all day',
      { start_time: '00:00', end_time: '00:00' },
      '2026-11-23 00:00',
      '2026-11-24 00:00',
      24,
    ],
    [
      '23:59 leaves out its last minute',
      { start_time: '23:00', end_time: '23:59' },
      '2026-11-23 21:00',
      '2026-11-24 00:00',
      59 / 60,
    ],
    ['days follow the local calendar', { day_of_week: ['TUESDAY'] }, '2026-11-23 20:00', '2026-11-24 01:00', 2],
    [
      'a wrapping window still asks for the day of the moment',
      { start_time: '22:00', end_time: '06:00', day_of_week: ['MONDAY'] },
      '2026-11-23 19:00',
      '2026-11-24 09:00',
      2,
    ],
    ['an empty list of days restricts nothing', { day_of_week: [] }, '2026-11-23 20:00', '2026-11-24 01:00', 5],
    ['start_date is inclusive', { start_date: '2026-11-24' }, '2026-11-23 20:00', '2026-11-24 01:00', 2],
    ['end_date is exclusive', { end_date: '2026-11-24' }, '2026-11-23 20:00', '2026-11-24 01:00', 3],
    [
      'a session of days meets the window every day',
      { start_time: '12:00', end_time: '13:00' },
      '2026-11-20 00:00',
      '2026-11-25 00:00',
      5,
    ],
  ])('%s', (_, restrictions, from, to, hours) => {
    expect(matchedHours(restrictions, from, to)).toBeCloseTo(hours, 6)
  })

  test('a boundary cuts energy where the straight line is', () => {
    const tariff = tariffOf([element({ end_time: '17:00' }, price('ENERGY', 0.2)), element({}, price('ENERGY', 0.5))])
    const session = priceSession({
      tariff,
      timeZone,
      samples: [
        { at: utc('2026-11-23 15:50'), energyWh: 1000 },
        { at: utc('2026-11-23 16:20'), energyWh: 4000 },
      ],
    })
    expect(session.lines.map((line) => line.consumed)).toEqual([1000, 2000])
    expect(session.periods.map((period) => period.startAt)).toEqual([utc('2026-11-23 15:50'), utc('2026-11-23 16:00')])
  })
})

describe('daylight saving', () => {
  test.each<[string, TariffRestrictions, string, string, number]>([
    ['the day clocks go forward has 23 hours', { day_of_week: ['SUNDAY'] }, '2026-03-28 12:00', '2026-03-30 12:00', 23],
    ['the day clocks go back has 25 hours', { day_of_week: ['SUNDAY'] }, '2026-10-24 12:00', '2026-10-26 12:00', 25],
    [
      'a night window is an hour shorter in spring',
      { start_time: '22:00', end_time: '06:00' },
      '2026-03-28 18:00',
      '2026-03-29 10:00',
      7,
    ],
    [
      'and an hour longer in autumn',
      { start_time: '22:00', end_time: '06:00' },
      '2026-10-24 18:00',
      '2026-10-25 10:00',
      9,
    ],
    [
      'a window inside the hour that is skipped never comes',
      { start_time: '02:10', end_time: '02:50' },
      '2026-03-28 22:00',
      '2026-03-29 06:00',
      0,
    ],
    [
      'one that begins in it begins after it',
      { start_time: '02:30', end_time: '04:00' },
      '2026-03-28 22:00',
      '2026-03-29 06:00',
      1,
    ],
    [
      'a window inside the hour that is repeated comes twice',
      { start_time: '02:15', end_time: '02:45' },
      '2026-10-24 20:00',
      '2026-10-25 06:00',
      1,
    ],
  ])('%s', (_, restrictions, from, to, hours) => {
    expect(matchedHours(restrictions, from, to)).toBeCloseTo(hours, 6)
  })

  test('the hour that is repeated is billed twice, it passed twice', () => {
    expect(matchedHours({}, '2026-10-24 22:00', '2026-10-25 23:00')).toBe(25)
  })
})

describe('restrictions on what was used', () => {
  type Row = [minute: number, energyWh: number, more?: Partial<MeterSample>]
  const samples = (...rows: Row[]): MeterSample[] =>
    rows.map(([minute, energyWh, more]) => ({
      at: new Date(utc('2026-11-23 10:00').getTime() + minute * 60_000),
      energyWh,
      ...more,
    }))

  test('min_kwh is inclusive and max_kwh exclusive: tiers meet without a gap', () => {
    const tariff = tariffOf([
      element({ max_kwh: 10 }, price('ENERGY', 0.2)),
      element({ min_kwh: 10, max_kwh: 20 }, price('ENERGY', 0.3)),
      element({ min_kwh: 20 }, price('ENERGY', 0.4)),
    ])
    const session = priceSession({ tariff, timeZone, samples: samples([0, 0], [60, 25_000]) })
    expect(session.lines.map((line) => line.consumed)).toEqual([10_000, 10_000, 5_000])
    expect(euro(session)).toBe(7)
  })

  test('duration counts from the start of the session, parking included', () => {
    const tariff = tariffOf([element({ min_duration: 7200 }, price('PARKING_TIME', 6))])
    const session = priceSession({
      tariff,
      timeZone,
      samples: samples([0, 0], [60, 9000, { state: 'parking' }], [180, 9000]),
    })
    expect(euro(session)).toBe(6)
  })

  test('power is the mean between two samples unless it was measured', () => {
    const tariff = tariffOf([element({ max_power: 11 }, price('ENERGY', 0.2)), element({}, price('ENERGY', 0.5))])
    const total = (...rows: Row[]) => euro(priceSession({ tariff, timeZone, samples: samples(...rows) }))
    expect(total([0, 0], [60, 10_000])).toBe(2)
    expect(total([0, 0], [60, 11_000])).toBe(5.5)
    expect(total([0, 0, { powerW: 22_000 }], [60, 10_000])).toBe(5)
  })

  test('current holds from its sample on, else the next one tells it', () => {
    const tariff = tariffOf([element({ max_current: 32 }, price('TIME', 1)), element({}, price('TIME', 3))])
    const total = (...rows: Row[]) => euro(priceSession({ tariff, timeZone, samples: samples(...rows) }))
    expect(total([0, 0], [60, 10_000, { currentA: 16 }], [120, 40_000, { currentA: 48 }], [180, 70_000])).toBe(
      1 + 1 + 3,
    )
    expect(() => total([0, 0], [60, 10_000])).toThrow(/samples\[0\]\.currentA/)
  })

  test('all restrictions of an element must match', () => {
    const tariff = tariffOf([element({ start_time: '12:00', min_kwh: 5 }, price('ENERGY', 1))])
    // 10:00 UTC is 11:00 in Paris: noon comes at 10 kWh.
    expect(euro(priceSession({ tariff, timeZone, samples: samples([0, 0], [120, 20_000]) }))).toBe(10)
  })

  test('the first matching element wins, dimension by dimension', () => {
    const tariff = tariffOf([
      element({ max_kwh: 10 }, price('ENERGY', 0.2)),
      element({}, price('ENERGY', 0.4), price('TIME', 1)),
      element({}, price('TIME', 100), price('FLAT', 0.5)),
    ])
    expect(euro(priceSession({ tariff, timeZone, samples: samples([0, 0], [60, 20_000]) }))).toBe(2 + 4 + 1 + 0.5)
  })

  test('a dimension nobody prices costs nothing', () => {
    const tariff = tariffOf([element({ min_kwh: 5 }, price('ENERGY', 1))])
    expect(euro(priceSession({ tariff, timeZone, samples: samples([0, 0], [60, 4000]) }))).toBe(0)
  })
})
