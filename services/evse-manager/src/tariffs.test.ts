import { describe, expect, it } from 'vitest'
import { ceilings, tariffHash } from './tariffs.ts'

const element = (more = {}) => ({ price_components: [{ type: 'ENERGY', price: 0.45, vat: 20, step_size: 1 }], ...more })

describe('tariffs at the quote', () => {
  it('become gross ceilings', () => {
    expect(ceilings({ id: 'T', currency: 'EUR', elements: [element()] })).toMatchObject({
      pricePerKWh: 540_000n,
      pricePerMinute: 0n,
    })
  })
  it('that depend on current are refused, because stations do not tell it reliably', () => {
    const tariff = { id: 'T', currency: 'EUR', elements: [element({ restrictions: { max_current: 16 } })] }
    expect(() => ceilings(tariff)).toThrow(expect.objectContaining({ code: 'not-computable' }))
  })
  it('with an element nobody understands are refused, never priced wrongly', () => {
    const tariff = { id: 'T', currency: 'EUR', elements: [element({ restrictions: { min_vehicle_soc: 20 } })] }
    expect(() => ceilings(tariff)).toThrow(expect.objectContaining({ code: 'not-computable' }))
  })
  it('have the same hash whatever the order of their fields, and another in another time zone', () => {
    const one = { id: 'T', currency: 'EUR', elements: [element()] }
    const other = { elements: [element()], currency: 'EUR', id: 'T' }
    expect(tariffHash(one, 'Europe/Paris')).toBe(tariffHash(other, 'Europe/Paris'))
    expect(tariffHash(one, 'Europe/Paris')).not.toBe(tariffHash(one, 'Europe/Lisbon'))
  })
})
