import { describe, expect, it } from 'vitest'
import { usualPlugTimes } from './settings.ts'
import { isWorthTelling, neverTold } from './tellings.ts'

const told = { at: 1_000_000, told: { power: 2_000, energy: 10, on: true } }
const after = (ms: number, change: Record<string, unknown>, isCharging = true): boolean =>
  isWorthTelling(told, { at: told.at + ms, told: { ...told.told, ...change }, isCharging }, usualPlugTimes)

describe('which readings go out to those who watch', () => {
  it('tells the first figures, and nothing before there are any', () => {
    expect(isWorthTelling(neverTold, { at: 5, told: { on: false }, isCharging: false }, usualPlugTimes)).toBe(false)
    expect(isWorthTelling(neverTold, { at: 1e12, told: { power: 0 }, isCharging: false }, usualPlugTimes)).toBe(true)
  })

  it('tells every few seconds while charging, and seldom while nothing changes', () => {
    expect(after(4_000, {})).toBe(false)
    expect(after(5_000, {})).toBe(true)
    expect(after(60_000, {}, false)).toBe(false)
    expect(after(900_000, {}, false)).toBe(true)
  })

  it('tells what changed soon, but not more often than once a second', () => {
    expect(after(1_500, { power: 2_060 }, false)).toBe(true)
    expect(after(1_500, { temperature: 60 }, false)).toBe(true)
    expect(after(500, { power: 1_000 })).toBe(false)
  })

  it('tells the end of a load at once', () => {
    expect(after(100, { power: 0 })).toBe(true)
  })
})
