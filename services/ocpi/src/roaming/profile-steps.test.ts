import { describe, expect, it } from 'vitest'
import { leastOf, type Plan, profileAt, samePlan } from './profile-steps.ts'

const at = Date.parse('2026-11-23T10:00:00Z')
const plan = (...steps: [afterS: number, limitW: number][]): Plan => ({
  fromMs: at,
  untilMs: at + 1_800_000,
  steps: steps.map(([afterS, limitW]) => ({ atMs: at + afterS * 1_000, limitW })),
})

describe('two plans', () => {
  it('are the same however far each looks ahead, and a few seconds and watts apart', () => {
    expect(samePlan(plan([0, 11_040], [600, 6_900]), plan([0, 11_035], [602, 6_900]), at)).toBe(true)
    expect(samePlan(plan([0, 11_040]), { ...plan([0, 11_040]), untilMs: at + 9_000_000 }, at + 60_000)).toBe(true)
  })
  it('differ by a step, its height and its time', () => {
    expect(samePlan(plan([0, 11_040]), plan([0, 6_900]), at)).toBe(false)
    expect(samePlan(plan([0, 11_040]), plan([0, 11_040], [600, 6_900]), at)).toBe(false)
    expect(samePlan(plan([0, 11_040], [600, 6_900]), plan([0, 11_040], [660, 6_900]), at)).toBe(false)
  })
  it('differ when one has run out: nobody knows', () => {
    expect(samePlan(plan([0, 11_040]), plan([0, 11_040]), at + 1_800_000)).toBe(false)
  })
})

it('the least of several limits has steps of a second at least, and only where it changes', () => {
  const limitW = (ms: number): number => (ms < at + 1 ? 5_520 : ms < at + 60_000 ? 5_520 : 4_140)
  expect(leastOf(at, at + 900_000, [at + 1, at + 30_000, at + 60_000], limitW).steps).toEqual([
    { atMs: at, limitW: 5_520 },
    { atMs: at + 60_000, limitW: 4_140 },
  ])
})

it('a profile says nothing behind its duration', () => {
  const profile = {
    charging_rate_unit: 'W',
    duration: 60,
    charging_profile_period: [{ start_period: 0, limit: 7 }],
  } as const
  const startAt = new Date(at).toISOString()
  expect(profileAt(profile as never, startAt, new Date(at + 59_000))).toEqual({
    limit: 7,
    nextAt: new Date(at + 60_000).toISOString(),
  })
  expect(profileAt(profile as never, startAt, new Date(at + 60_000))).toEqual({ limit: undefined, nextAt: undefined })
})
