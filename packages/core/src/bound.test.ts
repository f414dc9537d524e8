import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from '../vectors/bound.json' with { type: 'json' }
import { boundMicro } from './bound.ts'

const price = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
const seconds = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const prices = fc.record({ startFee: price, pricePerKWh: price, pricePerMinute: price, idlePerMinute: price })
const delivered = fc.record({ energyWh: price, chargingSeconds: seconds, idleSeconds: seconds })

describe('the price bound', () => {
  it.each(vectors.vectors)('$name', (vector) => {
    const bound = boundMicro(
      {
        startFee: BigInt(vector.startFee),
        pricePerKWh: BigInt(vector.pricePerKWh),
        pricePerMinute: BigInt(vector.pricePerMinute),
        idlePerMinute: BigInt(vector.idlePerMinute),
      },
      {
        energyWh: BigInt(vector.energyWh),
        chargingSeconds: vector.chargingSeconds,
        idleSeconds: vector.idleSeconds,
      },
    )
    expect(bound.toString()).toBe(vector.bound)
  })

  it('never falls when more is delivered', () => {
    fc.assert(
      fc.property(prices, delivered, price, (p, d, more) => {
        const grown = { ...d, energyWh: d.energyWh + more }
        expect(boundMicro(p, grown) >= boundMicro(p, d)).toBe(true)
      }),
    )
  })

  it('is the exact price rounded down once', () => {
    fc.assert(
      fc.property(prices, delivered, (p, d) => {
        const exact60000 =
          p.startFee * 60_000n +
          d.energyWh * p.pricePerKWh * 60n +
          BigInt(d.chargingSeconds) * p.pricePerMinute * 1000n +
          BigInt(d.idleSeconds) * p.idlePerMinute * 1000n
        const bound = boundMicro(p, d)
        expect(bound * 60_000n <= exact60000 && exact60000 < (bound + 1n) * 60_000n).toBe(true)
      }),
    )
  })
})
