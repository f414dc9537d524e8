import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalTariff } from './canonical.ts'
import { exact } from './exact.ts'
import { createLiveCost } from './live-cost.ts'
import { parseTariff } from './parse-tariff.ts'
import { priceSession } from './price-session.ts'
import { toMicro } from './rounding.ts'
import type { MeterSample } from './session-input.ts'
import type { SessionPrice } from './session-price.ts'
import { clockRestrictions, sessions, tariffs, timeZones } from './testing/arbitraries.ts'

const numRuns = 200
const noSteps = fc.constant(0)

/** The same session with one stretch split where its straight line meets whole milliseconds and whole tenths of a Wh. */
const split = (samples: readonly MeterSample[], pick: number): readonly MeterSample[] => {
  const index = pick % (samples.length - 1)
  const [from, to] = [samples[index]!, samples[index + 1]!]
  const ms = to.at.getTime() - from.at.getTime()
  const dWh = Math.round((to.energyWh - from.energyWh) * 10)
  const parts = greatestCommonDivisor(ms, dWh)
  if (parts === 0) return samples
  const part = (pick % parts) / parts
  const middle = {
    ...from,
    at: new Date(from.at.getTime() + ms * part),
    energyWh: (Math.round(from.energyWh * 10) + Math.round(dWh * part)) / 10,
  }
  return [...samples.slice(0, index + 1), middle, ...samples.slice(index + 1)]
}
const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b))

describe('for every tariff and session', () => {
  test('splitting a period in two changes nothing', () => {
    fc.assert(
      fc.property(tariffs(), timeZones, sessions, fc.nat(), (tariff, timeZone, samples, pick) => {
        const whole = priceSession({ tariff, timeZone, samples })
        const parts = priceSession({ tariff, timeZone, samples: split(samples, pick) })
        expect(parts).toEqual(whole)
      }),
      { numRuns },
    )
  })

  test('the live cost ends as the price of the whole, and is never off on the way', () => {
    fc.assert(
      fc.property(tariffs(), timeZones, sessions, (tariff, timeZone, samples) => {
        const live = createLiveCost(tariff, timeZone)
        samples.forEach((sample, index) => {
          live.add(sample)
          expect(live.price()).toEqual(priceSession({ tariff, timeZone, samples: samples.slice(0, index + 1) }))
        })
      }),
      { numRuns: numRuns / 2 },
    )
  })

  test('samples and the periods between them cost the same', () => {
    fc.assert(
      fc.property(tariffs(), timeZones, sessions, (tariff, timeZone, samples) => {
        const periods = samples.slice(1).map((to, index) => {
          const from = samples[index]!
          return { ...from, startAt: from.at, endAt: to.at, energyWh: to.energyWh - from.energyWh }
        })
        expect(priceSession({ tariff, timeZone, periods })).toEqual(priceSession({ tariff, timeZone, samples }))
      }),
      { numRuns },
    )
  })

  test('the price is never above max_price and never below min_price', () => {
    fc.assert(
      fc.property(tariffs(), timeZones, sessions, (tariff, timeZone, samples) => {
        const price = priceSession({ tariff, timeZone, samples })
        const { min_price: min, max_price: max } = tariff
        if (max !== undefined) {
          expect(price.totalExclVatMicro <= toMicro(exact(max.excl_vat))).toBe(true)
          expect(price.totalInclVatMicro <= toMicro(exact(max.incl_vat!))).toBe(true)
        }
        if (min !== undefined) {
          expect(price.totalExclVatMicro >= toMicro(exact(min.excl_vat))).toBe(true)
          expect(price.totalInclVatMicro >= toMicro(exact(min.incl_vat!))).toBe(true)
        }
        expect(price.totalInclVatMicro >= price.totalExclVatMicro).toBe(true)
      }),
      { numRuns },
    )
  })

  test('lines, limit and rounding make up the total, and periods make up the session', () => {
    fc.assert(
      fc.property(tariffs(), timeZones, sessions, (tariff, timeZone, samples) => {
        const price = priceSession({ tariff, timeZone, samples })
        const sum = (pick: 'exclVatMicro' | 'inclVatMicro') =>
          price.lines.reduce((total, line) => total + line[pick], price.limit[pick] + price.rounding[pick])
        expect(sum('exclVatMicro')).toBe(price.totalExclVatMicro)
        expect(sum('inclVatMicro')).toBe(price.totalInclVatMicro)
        const small = (value: bigint) => value <= BigInt(price.lines.length) && value >= -BigInt(price.lines.length)
        expect(small(price.rounding.exclVatMicro) && small(price.rounding.inclVatMicro)).toBe(true)

        const { periods } = price
        expect(periods.reduce((total, period) => total + Math.round(period.energyWh * 10), 0)).toBe(
          Math.round(price.energyWh * 10),
        )
        for (const [index, period] of periods.entries())
          expect(period.endAt).toEqual(periods[index + 1]?.startAt ?? samples.at(-1)!.at)
        expect(price.chargingMs + price.parkingMs + price.suspendedMs).toBe(
          samples.at(-1)!.at.getTime() - samples[0]!.at.getTime(),
        )
      }),
      { numRuns },
    )
  })

  test('its own charging periods, priced again, cost the same', () => {
    fc.assert(
      fc.property(
        tariffs({ restrictions: fc.option(clockRestrictions, { nil: undefined }) }),
        timeZones,
        sessions,
        (tariff, timeZone, samples) => {
          const price = priceSession({ tariff, timeZone, samples })
          const periods = price.periods.map(({ startAt, endAt, energyWh, state }) => ({
            startAt,
            endAt,
            energyWh,
            state: state as 'charging',
          }))
          if (periods.length === 0) return
          expect(priceSession({ tariff, timeZone, periods }).totalInclVatMicro).toBe(price.totalInclVatMicro)
        },
      ),
      { numRuns },
    )
  })

  test('a tariff survives JSON and keeps its canonical text', () => {
    fc.assert(
      fc.property(tariffs(), timeZones, (tariff, timeZone) => {
        const back = parseTariff(JSON.parse(JSON.stringify(tariff)))
        expect(back).toEqual(tariff)
        expect(canonicalTariff(back, timeZone)).toBe(canonicalTariff(tariff, timeZone))
      }),
      { numRuns: 100 },
    )
  })
})

/**
 * Going on never makes a session cheaper where prices are not negative and nothing is billed in blocks (step_size 0). With blocks it
 * can, by the specification's own rule: parking for a second takes back the block that charging was rounded up to, and a cheaper
 * last element takes over the rounding of a dearer one (with step_size 1 that is at most one Wh or second).
 */
describe('a session that goes on', () => {
  const neverCheaper = (
    tariff: Parameters<typeof priceSession>[0]['tariff'],
    timeZone: string,
    samples: readonly MeterSample[],
  ) => {
    let before: SessionPrice | undefined
    for (let count = 2; count <= samples.length; count += 1) {
      const now = priceSession({ tariff, timeZone, samples: samples.slice(0, count) })
      // Before anything was taken the load is taken as none, which may call for another FLAT.
      if (before === undefined || before.periods.length === 0) {
        before = now
        continue
      }
      expect(now.totalExclVatMicro >= before.totalExclVatMicro).toBe(true)
      expect(now.totalInclVatMicro >= before.totalInclVatMicro).toBe(true)
      before = now
    }
  }

  test('never gets cheaper without blocks, whatever the restrictions', () => {
    fc.assert(
      fc.property(tariffs({ step: noSteps }), timeZones, sessions, (tariff, timeZone, samples) => {
        neverCheaper(
          tariff,
          timeZone,
          samples.map(({ powerW, ...sample }) => ({ ...sample, powerW: powerW ?? 7000 })),
        )
      }),
      { numRuns },
    )
  })

  test('never gets cheaper with blocks where each dimension has one price and parking is not priced', () => {
    const shape = { dimensions: ['ENERGY', 'TIME', 'FLAT'] as const, restrictions: fc.constant(undefined) }
    fc.assert(fc.property(tariffs(shape), timeZones, sessions, neverCheaper), { numRuns })
  })
})

/** Where only the clock and the calendar restrict: otherwise more energy may reach a cheaper element sooner. */
describe('more of the same', () => {
  test('more energy in the same time never costs less', () => {
    const shape = { step: noSteps, restrictions: fc.option(clockRestrictions, { nil: undefined }) }
    fc.assert(
      fc.property(
        tariffs(shape),
        timeZones,
        sessions,
        fc.integer({ min: 1, max: 9 }),
        (tariff, timeZone, samples, factor) => {
          const base = samples[0]!.energyWh
          const more = samples.map((sample) => ({ ...sample, energyWh: base + (sample.energyWh - base) * factor }))
          const [less, most] = [samples, more].map(
            (samples) => priceSession({ tariff, timeZone, samples }).totalInclVatMicro,
          )
          expect(most! >= less!).toBe(true)
        },
      ),
      { numRuns },
    )
  })

  test('more time for the same energy never costs less, where nothing restricts and nothing comes in blocks', () => {
    const shape = { restrictions: fc.constant(undefined), step: noSteps }
    fc.assert(
      fc.property(
        tariffs(shape),
        timeZones,
        sessions,
        fc.integer({ min: 2, max: 5 }),
        (tariff, timeZone, samples, factor) => {
          const base = samples[0]!.at.getTime()
          const slower = samples.map((sample) => ({
            ...sample,
            at: new Date(base + (sample.at.getTime() - base) * factor),
          }))
          const [fast, slow] = [samples, slower].map(
            (samples) => priceSession({ tariff, timeZone, samples }).totalInclVatMicro,
          )
          expect(slow! >= fast!).toBe(true)
        },
      ),
      { numRuns },
    )
  })
})
