import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyMeter, type MeterLimits, type MeterSample, type MeterState, meter } from './register.ts'

const limits: MeterLimits = { ratedPowerW: 3680, resolutionWh: 1, maxGapMs: 180_000 }
const minute = 60_000
const run = (samples: readonly MeterSample[], more: Partial<MeterLimits> = {}) => {
  let state: MeterState = emptyMeter
  const flags: string[] = []
  let method = ''
  for (const sample of samples) {
    const next = meter(state, sample, { ...limits, ...more })
    state = next.state
    method = next.method
    flags.push(...next.flags)
  }
  return { registerWh: Math.round(state.registerWh * 1000) / 1000, flags, method }
}

describe('the register', () => {
  it('begins where the counter of the device stands and rises with it', () => {
    expect(
      run([
        { at: 0, counterWh: 5000 },
        { at: minute, counterWh: 5040 },
      ]),
    ).toEqual({
      registerWh: 5040,
      flags: [],
      method: 'counter',
    })
  })

  it('goes on over a reset and counts what the counter shows since', () => {
    const { registerWh, flags } = run([
      { at: 0, counterWh: 5000 },
      { at: minute, counterWh: 5050 },
      { at: 2 * minute, counterWh: 30 },
      { at: 3 * minute, counterWh: 80 },
    ])
    expect(registerWh).toBe(5130)
    expect(flags).toEqual(['counter-reset'])
  })

  it('does not count a reset that shows more than can have flowed', () => {
    expect(
      run([
        { at: 0, counterWh: 5000 },
        { at: minute, counterWh: 4000 },
      ]).registerWh,
    ).toBe(5000)
  })

  it('follows a counter that wraps', () => {
    const { registerWh, flags } = run(
      [
        { at: 0, counterWh: 999_980 },
        { at: minute, counterWh: 10 },
      ],
      { wrapsAtWh: 1_000_000 },
    )
    expect(registerWh).toBe(1_000_010)
    expect(flags).toEqual(['counter-wrap'])
  })

  it('looks past the rounding of a device', () => {
    expect(
      run([
        { at: 0, counterWh: 500.4 },
        { at: minute, counterWh: 500 },
      ]),
    ).toMatchObject({ registerWh: 500.4, flags: [] })
  })

  it('believes power and not a counter that suddenly speaks a thousandth of its unit', () => {
    const { registerWh, flags } = run([
      { at: 0, counterWh: 5000, powerW: 3000 },
      { at: minute, counterWh: 55_000, powerW: 3000 },
    ])
    expect(flags).toEqual(['unit-suspect'])
    expect(registerWh).toBe(5050)
  })

  it('does not count a jump beyond the rating', () => {
    const { registerWh, flags } = run([
      { at: 0, counterWh: 5000 },
      { at: minute, counterWh: 9000 },
      { at: 2 * minute, counterWh: 9020 },
    ])
    expect(flags).toEqual(['counter-jump'])
    expect(registerWh).toBe(5020)
  })

  it('believes messages that come late and in bunches', () => {
    const late = [
      { at: 0, counterWh: 5000 },
      { at: 119_999, counterWh: 5000 },
      { at: 120_000, counterWh: 5100 },
    ]
    expect(run(late)).toMatchObject({ registerWh: 5100, flags: [] })
  })

  it('takes what a long silence brought, as far as it can have flowed', () => {
    expect(
      run([
        { at: 0, counterWh: 5000 },
        { at: 60 * minute, counterWh: 8000 },
      ]),
    ).toMatchObject({ registerWh: 8000, flags: [] })
  })

  it('integrates power where there is no counter, but never over a gap', () => {
    expect(
      run([
        { at: 0, powerW: 1200 },
        { at: minute, powerW: 1200 },
        { at: 60 * minute, powerW: 1200 },
        { at: 61 * minute, powerW: 0 },
      ]),
    ).toEqual({
      registerWh: 30,
      flags: ['power-gap'],
      method: 'integrated',
    })
  })

  it('never falls and never counts more than the rating allows, whatever comes', () => {
    const sample = fc.record({
      step: fc.integer({ min: 0, max: 10 * minute }),
      counterWh: fc.option(fc.double({ min: -10, max: 1e9, noNaN: true }), { nil: undefined }),
      powerW: fc.option(fc.double({ min: -1000, max: 1e6, noNaN: true }), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(sample, { minLength: 2, maxLength: 30 }), (steps) => {
        let at = 0
        let state = meter(emptyMeter, { at, counterWh: 1000 }, limits).state
        for (const { step, counterWh, powerW } of steps) {
          at += step
          const before = state.registerWh
          state = meter(state, { at, counterWh, powerW }, limits).state
          expect(state.registerWh).toBeGreaterThanOrEqual(before)
        }
        expect(state.registerWh - 1000).toBeLessThanOrEqual(3680 * 1.25 * (at / 3_600_000) + 6 * (steps.length + 1))
      }),
    )
  })
})
