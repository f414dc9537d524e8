import { describe, expect, test } from 'vitest'
import vectors from '../../vectors/pricing-ocpi-examples.json' with { type: 'json' }
import { exact } from './exact.ts'
import { parseTariff } from './parse-tariff.ts'
import { type PriceableSession, priceSession } from './price-session.ts'
import { toMicro } from './rounding.ts'
import type { VehicleState } from './session-input.ts'

type Example = (typeof vectors.examples)[number]

const sessionOf = (example: Example): PriceableSession => ({
  tariff: parseTariff(example.tariff),
  timeZone: example.timeZone,
  ...(example.periods === undefined
    ? {}
    : {
        periods: example.periods.map((period) => ({
          ...period,
          state: period.state as VehicleState,
          startAt: new Date(period.startAt),
          endAt: new Date(period.endAt),
        })),
      }),
  ...(example.reservation === undefined
    ? {}
    : {
        reservation: {
          ...example.reservation,
          startAt: new Date(example.reservation.startAt),
          endAt: new Date(example.reservation.endAt),
        },
      }),
})

describe('the worked examples of the OCPI specification', () => {
  test.each(vectors.examples.map((example) => [`${example.clause}: ${example.name}`, example] as const))(
    '%s',
    (_, example) => {
      const price = priceSession(sessionOf(example))
      expect(price.totalExclVatMicro).toBe(toMicro(exact(example.expect.exclVat)))
      expect(price.totalInclVatMicro).toBe(toMicro(exact(example.expect.inclVat)))
      const billed: Record<string, number> = {}
      for (const line of price.lines)
        if (!line.reservation) billed[line.dimension] = (billed[line.dimension] ?? 0) + line.billed
      if (example.expect.billed !== undefined) expect(billed).toEqual(example.expect.billed)
    },
  )
})
