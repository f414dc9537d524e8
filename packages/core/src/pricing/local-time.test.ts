import { describe, expect, test } from 'vitest'
import { isWerenodeError } from '../errors.ts'
import { calendarAt, localTimeOf, msPerHour } from './local-time.ts'
import { utc } from './testing/fixtures.ts'

const offsetHours = (zone: string, at: string) => localTimeOf(zone).offsetAt(utc(at).getTime()).offsetMs / msPerHour

describe('local time', () => {
  test.each([
    ['Europe/Paris', '2026-07-01 12:00', 2],
    ['Europe/Paris', '2026-12-01 12:00', 1],
    ['Europe/Paris', '2026-03-29 00:59:59.999', 1],
    ['Europe/Paris', '2026-03-29 01:00', 2],
    ['Europe/Paris', '2026-10-25 00:59:59.999', 2],
    ['Europe/Paris', '2026-10-25 01:00', 1],
    ['Asia/Kathmandu', '2026-06-01 00:00', 5.75],
    ['America/St_Johns', '2026-01-01 00:00', -3.5],
    ['Australia/Lord_Howe', '2026-01-01 00:00', 11],
    ['Australia/Lord_Howe', '2026-07-01 00:00', 10.5],
    ['UTC', '2026-07-01 00:00', 0],
  ])('%s at %s UTC is %d h ahead', (zone, at, hours) => {
    expect(offsetHours(zone, at)).toBe(hours)
  })

  test('says until when an offset holds, to the millisecond', () => {
    const before = utc('2026-10-25 00:30').getTime()
    expect(localTimeOf('Europe/Paris').offsetAt(before).untilMs).toBe(utc('2026-10-25 01:00').getTime())
  })

  test('knows weekdays, from Monday, before 1970 too', () => {
    expect(calendarAt(utc('2026-11-23 00:00').getTime(), 0).weekday).toBe(0)
    expect(calendarAt(utc('2026-11-22 23:30').getTime(), msPerHour)).toMatchObject({
      weekday: 0,
      timeOfDayMs: msPerHour / 2,
    })
    expect(calendarAt(utc('1969-12-28 12:00').getTime(), 0).weekday).toBe(6)
  })

  test('refuses a zone it does not know', () => {
    expect(() => localTimeOf('Mars/Olympus')).toThrow(expect.toSatisfy(isWerenodeError))
  })
})
