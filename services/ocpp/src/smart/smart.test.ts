import fc from 'fast-check'
import { expect, it } from 'vitest'
import { applyGrants } from './apply.ts'
import { compositeSchedule, differences } from './composite.ts'
import { profileOf } from './profile.ts'
import { type Sharer, shareSite } from './share.ts'

const fromMs = Date.UTC(2026, 4, 1, 12)
const hour = 3_600
const profile = (evse: number, purpose: string, stackLevel: number, more: object, ...periods: [number, number][]) =>
  profileOf(evse, {
    chargingProfilePurpose: purpose,
    stackLevel,
    chargingProfileKind: 'Absolute',
    ...more,
    chargingSchedule: {
      chargingRateUnit: 'W',
      startSchedule: new Date(fromMs).toISOString(),
      chargingSchedulePeriod: periods.map(([startPeriod, limit]) => ({ startPeriod, limit })),
    },
  })!
const composite = (
  profiles: Parameters<typeof compositeSchedule>[0],
  transactionStartMs?: number,
  durationS = 4 * hour,
) =>
  compositeSchedule(profiles, { evse: 1, fromMs, durationS, transactionStartMs }).map(({ startS, limitW }) => [
    startS,
    limitW,
  ])

it('without profiles nothing is limited', () => {
  expect(composite([])).toEqual([[0, undefined]])
})

it('the station and the default profile limit together: the least holds', () => {
  const all = [
    profile(0, 'ChargePointMaxProfile', 0, {}, [0, 11_000]),
    profile(1, 'TxDefaultProfile', 0, {}, [0, 22_000], [hour, 7_000]),
  ]
  expect(composite(all)).toEqual([
    [0, 11_000],
    [hour, 7_000],
  ])
})

it("the higher stack level governs while it is valid, and a transaction's own profile replaces the default", () => {
  const validTo = new Date(fromMs + hour * 1000).toISOString()
  const all = [
    profile(1, 'TxDefaultProfile', 0, {}, [0, 3_000]),
    profile(1, 'TxDefaultProfile', 5, { validTo }, [0, 9_000]),
    profile(1, 'TxProfile', 0, { chargingProfileKind: 'Relative' }, [0, 5_000], [2 * hour, 6_000]),
  ]
  expect(composite(all)).toEqual([
    [0, 9_000],
    [hour, 3_000],
  ])
  expect(composite(all, fromMs - hour * 1000)).toEqual([
    [0, 5_000],
    [hour, 6_000],
  ])
})

it('a recurring profile comes back every day, and amperes count by phase', () => {
  const daily = profileOf(0, {
    chargingProfilePurpose: 'ChargingStationMaxProfile',
    stackLevel: 1,
    chargingProfileKind: 'Recurring',
    recurrencyKind: 'Daily',
    chargingSchedule: [
      {
        chargingRateUnit: 'A',
        startSchedule: '2026-01-01T13:00:00Z',
        duration: hour,
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 16, numberPhases: 1 }],
      },
    ],
  })!
  expect(composite([daily], undefined, 26 * hour)).toEqual([
    [0, undefined],
    [hour, 3_680],
    [2 * hour, undefined],
    [25 * hour, 3_680],
  ])
})

it('tells where a station computed another schedule than we', () => {
  const ours = [
    { startS: 0, limitW: 11_000 },
    { startS: hour, limitW: 7_000 },
  ]
  expect(
    differences(ours, [
      { startS: 0, limitW: 11_040 },
      { startS: hour, limitW: 7_000 },
    ]),
  ).toEqual([])
  expect(differences(ours, [{ startS: 0, limitW: 11_000 }])).toEqual([{ fromS: hour, oursW: 7_000, stationW: 11_000 }])
})

const car = (key: string, more: Partial<Sharer> = {}): Sharer => ({
  key,
  maxW: 11_000,
  minW: 4_140,
  active: true,
  reachable: true,
  grantedW: 0,
  ...more,
})
const granted = (limitW: number, ...all: Sharer[]) => Object.fromEntries(shareSite(limitW, all, fromMs))

it('a limit is shared evenly, nobody beyond what they can take', () => {
  expect(granted(30_000, car('a'), car('b'), car('c', { maxW: 4_600 }))).toEqual({ a: 11_000, b: 11_000, c: 4_600 })
  expect(granted(18_600, car('a'), car('b'), car('c', { maxW: 4_600 }))).toEqual({ a: 7_000, b: 7_000, c: 4_600 })
})

it('an EVSE that cannot be reached keeps what it was granted', () => {
  expect(granted(20_000, car('a', { reachable: false, grantedW: 11_000, active: false }), car('b'))).toEqual({
    a: 11_000,
    b: 9_000,
  })
})

it('below the least that charges a car, some wait: who got less goes first', () => {
  expect(granted(6_000, car('a', { deliveredWh: 5_000 }), car('b', { deliveredWh: 100 }))).toEqual({ a: 0, b: 6_000 })
})

it('who must leave first gets what it takes to leave in time, the rest is shared', () => {
  const target = { energyWh: 20_000, departMs: fromMs + 2 * hour * 1000 }
  expect(granted(16_000, car('a', { target }), car('b'))).toEqual({ a: 10_000, b: 6_000 })
})

const sharer = fc.record({
  maxW: fc.integer({ min: 1_000, max: 150_000 }),
  minW: fc.integer({ min: 0, max: 5_000 }),
  active: fc.boolean(),
  reachable: fc.boolean(),
  grantedW: fc.integer({ min: 0, max: 20_000 }),
  deliveredWh: fc.integer({ min: 0, max: 50_000 }),
  target: fc.option(
    fc.record({
      energyWh: fc.integer({ min: 0, max: 90_000 }),
      departMs: fc.integer({ min: fromMs - 1, max: fromMs + 1e8 }),
    }),
    { nil: undefined },
  ),
})
const site = fc
  .array(sharer, { minLength: 1, maxLength: 12 })
  .map((all) => all.map((one, index) => ({ ...one, key: `e${index}` })))
const sum = (grants: Iterable<number>): number => [...grants].reduce((total, value) => total + value, 0)

it('never grants more than the limit and what is reserved, nor less than charges a car', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400_000 }), site, (limitW, all) => {
      const grants = shareSite(limitW, all, fromMs)
      const reserved = sum(all.filter(({ reachable }) => !reachable).map(({ grantedW }) => grantedW))
      expect(sum(grants.values())).toBeLessThanOrEqual(Math.max(limitW, reserved) + 1e-6)
      for (const { key, reachable, maxW, minW } of all) {
        const grant = grants.get(key)!
        if (reachable && grant > 0) expect(grant).toBeGreaterThanOrEqual(minW)
        if (reachable) expect(grant).toBeLessThanOrEqual(maxW + 1e-6)
      }
      expect(new Set(grants.keys())).toEqual(new Set(all.map(({ key }) => key)))
    }),
    { numRuns: 2_000 },
  )
})

it('at no moment of a change do stations hold more than the limit, whichever of them do not listen', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 20_000, max: 200_000 }),
      site,
      fc.array(fc.constantFrom('takes', 'declines', 'deaf')),
      async (limitW, all, moods) => {
        const before = shareSite(
          limitW,
          all.map((one) => ({ ...one, reachable: true })),
          fromMs,
        )
        const wanted = shareSite(
          limitW,
          all.map((one) => ({ ...one, active: !one.active, reachable: true })),
          fromMs,
        )
        const actual = new Map(before)
        let calls = 0
        let kept = new Map(before)
        const { inForce } = await applyGrants(
          limitW,
          before,
          wanted,
          async (key, toW) => {
            const mood = moods[calls++ % Math.max(1, moods.length)] ?? 'takes'
            // Deaf: it took the limit, and its answer was lost.
            if (mood !== 'declines') actual.set(key, toW)
            expect(sum(actual.values())).toBeLessThanOrEqual(limitW + 1e-6)
            return mood === 'takes'
          },
          async (grants) => {
            kept = new Map(grants)
          },
        )
        expect(sum(inForce.values())).toBeLessThanOrEqual(limitW + 1e-6)
        for (const [key, holds] of actual) expect(holds).toBeLessThanOrEqual(kept.get(key)! + 1e-6)
      },
    ),
    { numRuns: 1_000 },
  )
})
