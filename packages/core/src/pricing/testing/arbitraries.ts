import fc from 'fast-check'
import type { MeterSample } from '../session-input.ts'
import {
  daysOfWeek,
  type PriceComponent,
  type Tariff,
  type TariffDimension,
  type TariffElement,
  type TariffRestrictions,
  tariffDimensions,
} from '../tariff.ts'
import { utc } from './fixtures.ts'

/** Random tariffs and sessions for the property tests of this folder. */
export const zones = ['Europe/Paris', 'America/New_York', 'Asia/Kathmandu', 'UTC'] as const

const vat = fc.constantFrom(undefined, 0, 5.5, 10, 20, 7.7)
const amount = fc.integer({ min: 0, max: 99_999 }).map((value) => value / 10_000)

export interface TariffShape {
  /** Default: any up to 3000. */
  readonly step?: fc.Arbitrary<number>
  readonly restrictions?: fc.Arbitrary<TariffRestrictions | undefined>
  readonly limits?: boolean
  readonly dimensions?: readonly TariffDimension[]
}

const component = (type: TariffDimension, step: fc.Arbitrary<number>): fc.Arbitrary<PriceComponent> =>
  fc.record({ price: amount, vat, step_size: step }).map(({ price, vat, step_size }) => ({
    type,
    price,
    ...(vat === undefined ? {} : { vat }),
    step_size,
  }))

const compact = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T

const timeOfDay = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })

/** Restrictions that look at the clock and the calendar only. */
export const clockRestrictions: fc.Arbitrary<TariffRestrictions> = fc
  .record({
    start_time: maybe(timeOfDay),
    end_time: maybe(timeOfDay),
    start_date: maybe(fc.constantFrom('2026-10-24', '2026-10-25')),
    end_date: maybe(fc.constantFrom('2026-10-25', '2026-10-27')),
    day_of_week: maybe(fc.subarray([...daysOfWeek])),
  })
  .filter(({ start_time, end_time }) => start_time === undefined || start_time !== end_time)
  .map(compact) as fc.Arbitrary<TariffRestrictions>

/** All restrictions. */
export const anyRestrictions: fc.Arbitrary<TariffRestrictions> = fc
  .tuple(
    clockRestrictions,
    fc.record({
      min_kwh: maybe(fc.integer({ min: 0, max: 400 }).map((value) => value / 10)),
      max_kwh: maybe(fc.integer({ min: 1, max: 600 }).map((value) => value / 10)),
      min_power: maybe(fc.integer({ min: 0, max: 30 })),
      max_power: maybe(fc.integer({ min: 1, max: 60 })),
      min_current: maybe(fc.integer({ min: 0, max: 30 })),
      max_current: maybe(fc.integer({ min: 1, max: 60 })),
      min_duration: maybe(fc.integer({ min: 0, max: 20_000 })),
      max_duration: maybe(fc.integer({ min: 1, max: 40_000 })),
    }),
  )
  .map(([clock, use]) => ({ ...clock, ...compact(use) })) as fc.Arbitrary<TariffRestrictions>

export const tariffs = (shape: TariffShape = {}): fc.Arbitrary<Tariff> => {
  const step = shape.step ?? fc.constantFrom(0, 1, 7, 60, 100, 300, 900, 3000)
  const element: fc.Arbitrary<TariffElement> = fc
    .tuple(
      fc
        .subarray([...(shape.dimensions ?? tariffDimensions)], { minLength: 1 })
        .chain((types) => fc.tuple(...types.map((type) => component(type, step)))),
      shape.restrictions ?? fc.option(anyRestrictions, { nil: undefined }),
    )
    .map(([price_components, restrictions]) => compact({ price_components, restrictions }) as TariffElement)
  return fc
    .tuple(fc.array(element, { minLength: 1, maxLength: 5 }), limits(shape.limits ?? true))
    .map(([elements, limits]) => ({ id: 'random', currency: 'EUR', ...limits, elements }))
}

const limits = (wanted: boolean) =>
  !wanted
    ? fc.constant({})
    : fc
        .record({
          min: maybe(fc.integer({ min: 0, max: 300 })),
          span: maybe(fc.integer({ min: 0, max: 2000 })),
          vat: fc.constantFrom(1, 1.2),
        })
        .map(({ min, span, vat }) => {
          const limit = (cents: number) => ({ excl_vat: cents / 100, incl_vat: Math.round(cents * vat) / 100 })
          return {
            ...(min === undefined ? {} : { min_price: limit(min) }),
            ...(span === undefined ? {} : { max_price: limit((min ?? 0) + span) }),
          }
        })

/** Whole Wh, whole seconds, around the night in which Europe's clocks go back. */
export const sessions: fc.Arbitrary<MeterSample[]> = fc
  .tuple(
    fc.integer({ min: 0, max: 72 * 3600 }),
    fc.array(
      fc.record({
        seconds: fc.integer({ min: 0, max: 4 * 3600 }),
        energyWh: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30_000 })),
        state: fc.constantFrom('charging', 'charging', 'parking', 'suspended'),
        currentA: fc.integer({ min: 0, max: 64 }),
        powerW: maybe(fc.integer({ min: 0, max: 60_000 })),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  )
  .map(([offset, rows]) => {
    let at = utc('2026-10-23 12:00').getTime() + offset * 1000
    let energyWh = 5_000_000
    const samples: MeterSample[] = []
    for (const { seconds, energyWh: taken, state, currentA, powerW } of rows) {
      samples.push({
        at: new Date(at),
        energyWh,
        state,
        currentA,
        ...(powerW === undefined ? {} : { powerW }),
      } as MeterSample)
      at += seconds * 1000
      energyWh += state === 'charging' && seconds > 0 ? taken : 0
    }
    samples.push({ at: new Date(at), energyWh })
    return samples
  })

export const timeZones = fc.constantFrom(...zones)
