import { describe, expect, test } from 'vitest'
import { compileTariff } from './compile.ts'
import { localTimeOf } from './local-time.ts'
import type { TariffRestrictions } from './tariff.ts'
import { element, price, tariffOf } from './testing/fixtures.ts'
import { walk } from './walk.ts'

/** Pieces as `startMs-endMs fromDWh-toDWh`. */
const pieces = (restrictions: TariffRestrictions, startMs: number, endMs: number, fromDWh: number, toDWh: number) => {
  const { charge } = compileTariff(tariffOf([element(restrictions, price('ENERGY', 1))]))
  const found: string[] = []
  walk(charge, localTimeOf('UTC'), 0, { startMs, endMs, fromDWh, toDWh }, (piece) =>
    found.push(`${piece.startMs}-${piece.endMs} ${piece.fromDWh}-${piece.toDWh}`),
  )
  return found
}

describe('cutting a stretch where a restriction can change', () => {
  test('is not done without restrictions', () => {
    expect(pieces({}, 0, 3, 0, 2)).toEqual(['0-3 0-2'])
  })

  test('takes energy at a moment to the nearest tenth of a Wh', () => {
    expect(pieces({ max_duration: 1 }, 0, 3000, 0, 2)).toEqual(['0-1000 0-1', '1000-3000 1-2'])
    expect(pieces({ max_duration: 1 }, 0, 3000, 0, 1)).toEqual(['0-1000 0-0', '1000-3000 0-1'])
    expect(pieces({ max_duration: 1 }, 0, 2000, 0, 1)).toEqual(['0-1000 0-1', '1000-2000 1-1'])
  })

  test('takes the moment at an energy to the next millisecond', () => {
    expect(pieces({ min_kwh: 0.0001 }, 0, 3, 0, 2)).toEqual(['0-2 0-1', '2-3 1-2'])
  })

  test('takes an energy between two tenths of a Wh as the upper one', () => {
    expect(pieces({ min_kwh: 0.00015 }, 0, 3, 0, 3)).toEqual(['0-2 0-2', '2-3 2-3'])
  })

  test('cuts energy that came in an instant, too', () => {
    expect(pieces({ max_kwh: 0.001 }, 5, 5, 0, 30)).toEqual(['5-5 0-10', '5-5 10-30'])
  })

  test('stays exact in numbers too large for floats', () => {
    const year = 31_536_000_000
    expect(pieces({ max_kwh: 33_333_333.3333 }, 0, year, 0, 1_000_000_000_000)[0]).toBe('0-10512000000 0-333333333333')
  })
})
