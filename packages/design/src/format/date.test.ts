import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { houseWords } from '../catalogue/index.ts'
import {
  createFormat,
  formatDate,
  formatDateTime,
  formatDay,
  formatPeriod,
  formatRelative,
  formatTime,
  plainText,
  spokenDuration,
  wallClock,
} from './index.ts'

const paris = 'Europe/Paris'

describe('dates', () => {
  test("are those of the place, in the reader's language", () => {
    const moment = '2026-11-22T23:30:13.042Z'
    expect(plainText(formatDate(moment, 'en', paris))).toBe('23 Nov 2026')
    expect(plainText(formatDate(moment, 'fr', 'America/New_York'))).toBe('22 nov. 2026')
    expect(plainText(formatDate(moment, 'fr', paris, { style: 'long' }))).toBe('lundi 23 novembre 2026')
    expect(plainText(formatDate(moment, 'en', paris, { style: 'long' }))).toBe('Monday 23 November 2026')
    expect(formatDate(moment, 'en', paris, { style: 'numeric' })).toBe('23/11/2026')
    expect(formatTime(moment, paris)).toBe('00:30')
    expect(formatTime(moment, paris, { seconds: true })).toBe('00:30:13')
    expect(plainText(formatTime(moment, 'Asia/Kolkata', { zone: true }))).toBe('05:00 UTC+5:30')
    expect(plainText(formatDateTime(moment, 'fr', paris))).toBe('23 nov. 2026 à 00:30')
    expect(plainText(formatDateTime(moment, 'en', 'UTC', { zone: true }))).toBe('22 Nov 2026, 23:30 UTC')
  })

  test('the first of a month is the 1er in French', () => {
    expect(plainText(formatDate('2026-03-01T12:00:00Z', 'fr', paris, { style: 'long' }))).toBe('dimanche 1er mars 2026')
    expect(plainText(formatDate('2026-03-21T12:00:00Z', 'fr', paris))).toBe('21 mars 2026')
  })

  test('a period says the day once', () => {
    expect(plainText(formatPeriod('2026-03-12T13:05:00Z', '2026-03-12T14:20:00Z', 'en', paris))).toBe(
      '12 Mar 2026, 14:05–15:20',
    )
    expect(plainText(formatPeriod('2026-03-12T22:05:00Z', '2026-03-13T01:20:00Z', 'en', paris))).toBe(
      '12 Mar 2026, 23:05 – 13 Mar 2026, 02:20',
    )
  })

  test('both changes of the clock are told right', () => {
    expect(wallClock('2026-03-29T00:59:59Z', paris)).toMatchObject({ hour: 1, minute: 59, offsetMinutes: 60 })
    expect(wallClock('2026-03-29T01:00:00Z', paris)).toMatchObject({ hour: 3, minute: 0, offsetMinutes: 120 })
    expect(wallClock('2026-10-25T01:00:00Z', paris)).toMatchObject({ hour: 2, minute: 0, offsetMinutes: 60 })
    expect(wallClock('2026-01-01T00:00:00Z', 'UTC')).toMatchObject({
      year: 2026,
      month: 1,
      day: 1,
      hour: 0,
      weekday: 3,
    })
  })

  test('the clock on the wall and its offset give back the moment', () => {
    const earliest = Date.UTC(1980, 0, 1)
    fc.assert(
      fc.property(
        fc.integer({ min: earliest, max: Date.UTC(2080, 0, 1) }),
        fc.constantFrom(paris, 'UTC', 'Asia/Kolkata', 'America/St_Johns'),
        (ms, zone) => {
          const { year, month, day, hour, minute, second, offsetMinutes } = wallClock(ms, zone)
          expect(Date.UTC(year, month - 1, day, hour, minute, second) - offsetMinutes * 60_000).toBe(
            Math.floor(ms / 1000) * 1000,
          )
        },
      ),
    )
  })

  test('what is no time and what is no zone is refused with a sentence', () => {
    expect(() => formatDate('yesterday', 'en', paris)).toThrow('"yesterday" is not a time')
    expect(() => formatDate(0, 'en', 'Europe/Pari')).toThrow('"Europe/Pari" is not a time zone this device knows')
  })
})

describe('moments told from now', () => {
  const now = '2026-11-22T12:00:00Z'
  const told = (moment: string, locale: 'en' | 'fr') =>
    plainText(formatRelative(moment, now, houseWords(locale), locale, paris))

  test("are spoken in the reader's language", () => {
    expect(told('2026-11-22T11:59:40Z', 'en')).toBe('just now')
    expect(told('2026-11-22T11:59:00Z', 'en')).toBe('1 minute ago')
    expect(told('2026-11-22T11:55:00Z', 'fr')).toBe('il y a 5 minutes')
    expect(told('2026-11-22T14:00:00Z', 'fr')).toBe('dans 2 heures')
    expect(told('2026-11-19T12:00:00Z', 'en')).toBe('3 days ago')
    expect(told('2026-11-01T12:00:00Z', 'fr')).toBe('1er nov. 2026')
  })

  test('days are those of the calendar, not of 24 hours', () => {
    const say = (moment: string) => plainText(formatDay(moment, '2026-11-22T22:30:00Z', houseWords('fr'), 'fr', paris))
    expect(say('2026-11-22T22:45:00Z')).toBe('aujourd’hui à 23:45')
    expect(say('2026-11-22T23:15:00Z')).toBe('demain à 00:15')
    expect(say('2026-11-21T22:45:00Z')).toBe('hier à 23:45')
    expect(say('2026-11-30T23:15:00Z')).toBe('1er déc. 2026 à 00:15')
  })

  test('a screen reader hears durations in full words', () => {
    expect(spokenDuration(5100, houseWords('en'))).toBe('1 hour and 25 minutes')
    expect(spokenDuration(60, houseWords('fr'))).toBe('1 minute')
    expect(spokenDuration(0, houseWords('fr'))).toBe('0 seconde')
  })
})

test('one format speaks for one reader', () => {
  const format = createFormat({ locale: 'fr', timeZone: paris, money: { show: 'code' } })
  expect(plainText(format.money('25000000'))).toBe('25,00 EUR')
  expect(plainText(format.money(25_000_000n, { show: 'symbol' }))).toBe('25,00 €')
  expect(plainText(format.unitPrice('490000', { per: 'kWh' }))).toBe('0,49 EUR/kWh')
  expect(plainText(format.dateTime('2026-03-12T13:05:00Z'))).toBe('12 mars 2026 à 14:05')
  expect(createFormat({ locale: 'en' }).timeZone).not.toBe('')
})
