import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isOpenAt, readOpeningHours } from './opening-hours.ts'

const paris = 'Europe/Paris'
/** Sunday 22 November 2026, 13:00 in Paris. */
const sunday = new Date('2026-11-22T12:00:00.000Z')

test.each([
  ['24/7', true],
  ['Mo-Fr 08:00-19:00', false],
  ['Mo-Fr 08:00-19:00; Sa-Su 09:00-14:00', true],
  ['Mo 08:00-19:00,Su 13:00-14:00', true],
  ['Su 08:00-13:00', false],
  ['Sa 22:00-14:00', true],
  ['10:00-23:59', true],
  ['Fr-Mo 12:00-18:00', true],
  ['Tu-Sa 00:00-24:00', false],
])('%s on a Sunday at one: %s', (hours, open) => {
  expect(isOpenAt(hours, paris, sunday)).toBe(open)
})

test('a week that wraps is open on Monday night', () => {
  const mondayAtOne = new Date('2026-11-23T00:00:00.000Z')
  expect(isOpenAt('Su 20:00-02:00', paris, mondayAtOne)).toBe(true)
  expect(isOpenAt('Su 20:00-00:30', paris, mondayAtOne)).toBe(false)
})

test('what is not understood is not guessed', () => {
  for (const text of ['sur demande', 'Mo-Fr', 'PH off', 'Mo 25:00-26:00', '', '8h-19h'])
    expect(isOpenAt(text, paris, sunday)).toBeUndefined()
  fc.assert(fc.property(fc.string(), (text) => (readOpeningHours(text) ?? []).every(({ from, to }) => from < to)))
})
