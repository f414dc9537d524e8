import {
  type EvseId,
  type Party,
  parseTariff,
  priceSession,
  type SessionId,
  type SessionRecord,
  type Store,
} from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectionSpecs, type Sample, series } from './collections.ts'
import { createCostMeter } from './cost-meter.ts'
import { newSession } from './new-session.ts'

const tariff = {
  id: 'T',
  currency: 'EUR',
  elements: [
    {
      price_components: [
        { type: 'FLAT', price: 0.5, vat: 20, step_size: 1 },
        { type: 'ENERGY', price: 0.4, vat: 20, step_size: 100 },
        { type: 'PARKING_TIME', price: 6, vat: 20, step_size: 60 },
      ],
    },
  ],
}
const start = Date.UTC(2026, 10, 22, 10)
const zero = `0x${'0'.repeat(64)}` as const
const account = `0x${'0'.repeat(40)}` as const

let store: Store
beforeAll(async () => {
  store = await openMemoryStore()
  await store.define(collectionSpecs)
})
afterAll(() => store.close())

const record = (id: string): SessionRecord => ({
  ...newSession({
    sessionId: id as SessionId,
    door: 'app',
    terms: {
      driver: account,
      operatorId: zero,
      payee: account,
      evseIdHash: zero,
      connector: 1,
      token: account,
      source: 'Credit',
      maxAmount: '1',
      startFee: '0',
      pricePerKWh: '0',
      pricePerMinute: '0',
      idlePerMinute: '0',
      tariffHash: zero,
      maxPowerW: 1,
      meterKeyHash: zero,
      disputeBond: '0',
      disputeWindow: 1,
      openBy: 1,
      startBy: 1,
      settleBy: 1,
      sessionKey: account,
      salt: zero,
    },
    operatorSignature: '0x',
    offer: {
      evseId: 'FR*WRN*E1' as EvseId,
      locationId: 'L',
      locationName: 'L',
      party: 'FR*WRN' as Party,
      stationId: 'S',
      evse: 1,
      connector: 1,
      connectorStandard: 'UNKNOWN',
      maxPowerW: 1,
      status: 'AVAILABLE',
      timeZone: 'Europe/Paris',
      payable: true,
      free: false,
      tariff,
      operatorId: zero,
      payee: account,
      keyClass: 'GATEWAY',
      meterCertified: true,
    },
    at: new Date(start).toISOString(),
  }),
  startedAt: new Date(start).toISOString(),
  startWh: 1000,
})

describe('what a running session costs', () => {
  it('is the same live, after a restart, and in one go', async () => {
    let serial = 0
    const readings = fc.array(
      fc.record({
        wh: fc.nat(500),
        gapS: fc.integer({ min: 1, max: 900 }),
        suspended: fc.constantFrom<Sample['suspended']>('no', 'EV', 'EVSE'),
      }),
      { minLength: 1, maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(readings, async (list) => {
        serial += 1
        const id = `0x${serial.toString(16).padStart(64, '0')}`
        let now = record(id)
        const live = createCostMeter(store)
        const samples = [
          { at: new Date(start), energyWh: 1000 } as Parameters<typeof priceSession>[0]['samples'] extends
            | readonly (infer S)[]
            | undefined
            ? S
            : never,
        ]
        let at = start
        let wh = 1000
        let cost = '0'
        for (const reading of list) {
          at += reading.gapS * 1000
          wh += reading.wh
          const sample: Sample = { wh, powerW: null, suspended: reading.suspended }
          cost = await live.with(now, new Date(at).toISOString(), sample)
          // A meter that was never warm answers the same.
          expect(await createCostMeter(store).with(now, new Date(at).toISOString(), sample)).toBe(cost)
          await store.write([{ op: 'append', series: series.readings, key: id, points: [{ at, value: sample }] }])
          now = { ...now, meterCount: now.meterCount + 1 }
          samples.push({
            at: new Date(at),
            energyWh: wh,
            state: reading.suspended === 'EV' ? 'parking' : reading.suspended === 'EVSE' ? 'suspended' : 'charging',
          })
        }
        const whole = priceSession({ tariff: parseTariff(tariff), timeZone: 'Europe/Paris', samples })
        expect(cost).toBe(whole.totalInclVatMicro.toString())
        expect((await live.final(now)).totalInclVatMicro).toBe(whole.totalInclVatMicro)
      }),
      { numRuns: 40 },
    )
  })

  it('counts time and start fee of a station that never told a register', async () => {
    const silent = { ...record(`0x${'f'.repeat(64)}`), endedAt: new Date(start + 600_000).toISOString() }
    const { startWh: _none, ...rest } = silent
    const price = await createCostMeter(store).final(rest as SessionRecord)
    expect(price.energyWh).toBe(0)
    expect(price.totalInclVatMicro).toBe(600_000n)
  })
})
