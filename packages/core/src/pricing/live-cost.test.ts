import { describe, expect, test } from 'vitest'
import { createLiveCost } from './live-cost.ts'
import { element, price, tariffOf, utc } from './testing/fixtures.ts'

const tariff = tariffOf([
  element({ max_current: 32 }, price('ENERGY', 0.2)),
  element({}, price('ENERGY', 0.4), price('FLAT', 0.5)),
  element({ reservation: 'RESERVATION' }, price('FLAT', 1)),
])

describe('the live cost', () => {
  test('grows with every sample', () => {
    const live = createLiveCost(tariff, 'Europe/Paris', {
      reservation: { startAt: utc('2026-11-23 09:30'), endAt: utc('2026-11-23 10:00') },
    })
    live.add({ at: utc('2026-11-23 10:00'), energyWh: 100, currentA: 16 })
    expect(live.price().totalExclVatMicro).toBe(1_500_000n)
    live.add({ at: utc('2026-11-23 10:30'), energyWh: 5100, currentA: 48 })
    expect(live.price().totalExclVatMicro).toBe(2_500_000n)
    live.add({ at: utc('2026-11-23 11:00'), energyWh: 10_100 })
    expect(live.price().totalExclVatMicro).toBe(4_500_000n)
  })

  test('refuses a sample that cannot be and goes on as if it had not come', () => {
    const live = createLiveCost(tariff, 'Europe/Paris')
    expect(() => live.price()).toThrow(/no sample/)
    live.add({ at: utc('2026-11-23 10:00'), energyWh: 100 })
    expect(() => live.add({ at: utc('2026-11-23 10:30'), energyWh: 99, currentA: 16 })).toThrow(/lower than before/)
    expect(() => live.add({ at: utc('2026-11-23 09:30'), energyWh: 200, currentA: 16 })).toThrow(/earlier/)
    expect(() => live.add({ at: utc('2026-11-23 10:30'), energyWh: 5100 })).toThrow(/current is not known/)
    live.add({ at: utc('2026-11-23 10:30'), energyWh: 5100, currentA: 16 })
    expect(live.price().totalExclVatMicro).toBe(1_500_000n)
  })
})
