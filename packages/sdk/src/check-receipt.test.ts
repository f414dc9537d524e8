import { boundMicro } from '@werenode/chain'
import {
  type ChargeReceipt,
  ceilingOf,
  createLiveCost,
  parseTariff,
  receiptToWire,
  type SessionView,
  termsFromWire,
  type VehicleState,
} from '@werenode/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkReceipt } from './check-receipt.ts'
import type { SeenReading } from './readings.ts'

const component = (type: string, price: number, step_size = 1) => ({ type, price, vat: 20, step_size })
/** A start fee, day and night, idle fee after a while: what depends on time and power as much as on energy. */
const tariff = parseTariff({
  id: 'T',
  currency: 'EUR',
  elements: [
    { price_components: [component('ENERGY', 0.2)], restrictions: { start_time: '22:00', end_time: '06:00' } },
    { price_components: [component('PARKING_TIME', 6, 60)], restrictions: { min_duration: 1800 } },
    { price_components: [component('FLAT', 0.5), component('ENERGY', 0.4), component('TIME', 1.2, 60)] },
  ],
  min_price: { excl_vat: 1, incl_vat: 1.2 },
})
const zero = `0x${'0'.repeat(64)}` as const
const someone = `0x${'1'.repeat(40)}` as const
const start = Date.parse('2026-11-22T20:30:00.000Z')

const viewOf = (receipt: ChargeReceipt, limitMicro = 60_000_000n): SessionView => {
  const ceiling = ceilingOf(tariff)
  return {
    id: zero,
    limitMicro: limitMicro.toString(),
    tariff,
    timeZone: 'Europe/Paris',
    receipt: receiptToWire(receipt),
    terms: {
      driver: someone,
      operatorId: zero,
      payee: someone,
      evseIdHash: zero,
      connector: 1,
      token: someone,
      source: 'Credit',
      maxAmount: limitMicro.toString(),
      startFee: ceiling.startFee.toString(),
      pricePerKWh: ceiling.pricePerKWh.toString(),
      pricePerMinute: ceiling.pricePerMinute.toString(),
      idlePerMinute: ceiling.idlePerMinute.toString(),
      tariffHash: zero,
      maxPowerW: 24_000,
      meterKeyHash: zero,
      disputeBond: '0',
      disputeWindow: 86_400,
      openBy: 0,
      startBy: 0,
      settleBy: 0,
      sessionKey: someone,
      salt: zero,
    },
  } as unknown as SessionView
}

/** A charge as its manager meters it: a reading every half minute, at most 22 kW, sometimes full. */
const charges = fc
  .array(
    fc.record({
      watts: fc.integer({ min: 0, max: 22_000 }),
      state: fc.constantFrom<VehicleState>('charging', 'charging', 'parking', 'suspended'),
    }),
    {
      minLength: 2,
      maxLength: 300,
    },
  )
  .map((steps) => {
    const readings: SeenReading[] = []
    let energyWh = 0
    for (const [index, { watts, state }] of steps.entries()) {
      energyWh += state === 'charging' ? Math.floor((watts * 30) / 3600) : 0
      readings.push({ at: start + (index + 1) * 30_000, energyWh, state })
    }
    return readings
  })

const receiptOf = (readings: readonly SeenReading[]): ChargeReceipt => {
  const cost = createLiveCost(tariff, 'Europe/Paris')
  cost.add({ at: new Date(start), energyWh: 0, state: 'charging' })
  let chargingMs = 0
  let idleMs = 0
  let before = { at: start, state: 'charging' as VehicleState }
  for (const { at, energyWh, state } of readings) {
    cost.add({ at: new Date(at), energyWh, state })
    if (before.state === 'charging') chargingMs += at - before.at
    if (before.state === 'parking') idleMs += at - before.at
    before = { at, state }
  }
  const figures = {
    sessionId: zero,
    startWh: 1_000n,
    endWh: 1_000n + BigInt(readings.at(-1)!.energyWh),
    startedAt: start / 1000,
    endedAt: readings.at(-1)!.at / 1000,
    chargingSeconds: Math.floor(chargingMs / 1000),
    idleSeconds: Math.floor(idleMs / 1000),
  }
  const price = cost.price().totalInclVatMicro
  const bound = boundMicro(termsFromWire(viewOf({ ...figures, amount: 0n, meterRoot: zero }).terms), {
    ...figures,
    energyWh: figures.endWh - figures.startWh,
  })
  return { ...figures, amount: price < bound ? price : bound, meterRoot: zero }
}

test('an honest receipt always holds for a device that saw every reading, to the micro-euro', () => {
  fc.assert(
    fc.property(charges, (readings) => {
      const receipt = receiptOf(readings)
      expect(checkReceipt(viewOf(receipt), readings)).toEqual({ holds: true, recomputedMicro: receipt.amount })
    }),
    { numRuns: 100 },
  )
})

test('a receipt that asks for more than the tolerance never holds', () => {
  fc.assert(
    fc.property(charges, fc.bigInt({ min: 1n, max: 5_000_000n }), (readings, more) => {
      const receipt = receiptOf(readings)
      const tolerance = receipt.amount / 100n > 20_000n ? receipt.amount / 100n : 20_000n
      expect(checkReceipt(viewOf({ ...receipt, amount: receipt.amount + tolerance + more }), readings).holds).toBe(
        false,
      )
    }),
    { numRuns: 100 },
  )
})

test('energy that the plug could not have delivered since the last reading seen never holds', () => {
  fc.assert(
    fc.property(charges, fc.integer({ min: 200, max: 50_000 }), (readings, moreWh) => {
      const receipt = receiptOf(readings)
      expect(checkReceipt(viewOf({ ...receipt, endWh: receipt.endWh + BigInt(moreWh) }), readings).holds).toBe(false)
    }),
    { numRuns: 50 },
  )
})

test('a receipt below what was seen is in the driver’s favour', () => {
  const readings: SeenReading[] = [{ at: start + 600_000, energyWh: 3_000, state: 'charging' }]
  const receipt = receiptOf(readings)
  expect(
    checkReceipt(viewOf({ ...receipt, endWh: receipt.endWh - 500n, amount: receipt.amount / 2n }), readings).holds,
  ).toBe(true)
})

test('nothing is confirmed without a receipt, above the limit, or above the signed ceiling', () => {
  const readings: SeenReading[] = [{ at: start + 600_000, energyWh: 3_000, state: 'charging' }]
  const receipt = receiptOf(readings)
  const { receipt: _none, ...without } = viewOf(receipt)
  expect(checkReceipt(without as SessionView, readings)).toMatchObject({
    holds: false,
    why: 'There is no receipt yet.',
  })
  expect(checkReceipt(viewOf(receipt, receipt.amount - 1n), readings).holds).toBe(false)
  const cheap = viewOf(receipt)
  const terms = { ...cheap.terms, startFee: '0', pricePerKWh: '1', pricePerMinute: '0', idlePerMinute: '0' }
  expect(checkReceipt({ ...cheap, terms }, readings)).toMatchObject({
    holds: false,
    why: expect.stringContaining('ceiling'),
  })
})
