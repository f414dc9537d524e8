import { expect, test } from 'vitest'
import vectors from '../../vectors/pricing-bound.json' with { type: 'json' }
import { ceilingBound } from './ceiling-bound.ts'

test.each(vectors.vectors)('bound $bound', ({ price, use, bound }) => {
  const ceiling = {
    startFee: BigInt(price.startFee),
    pricePerKWh: BigInt(price.pricePerKWh),
    pricePerMinute: BigInt(price.pricePerMinute),
    idlePerMinute: BigInt(price.idlePerMinute),
  }
  const receipt = {
    energyWh: BigInt(use.energyWh),
    chargingSeconds: BigInt(use.chargingSeconds),
    idleSeconds: BigInt(use.idleSeconds),
  }
  expect(ceilingBound(ceiling, receipt)).toBe(BigInt(bound))
})
