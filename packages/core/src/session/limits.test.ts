import { describe, expect, it } from 'vitest'
import { mostWh } from './limits.ts'
import { sampleSession, sampleTerms } from './sample-session.ts'
import { defaultSessionSettings as settings, step } from './step.ts'

describe('the energy a deposit can pay', () => {
  it('is what is left beside bond and start fee, at the signed price', () => {
    const terms = { ...sampleTerms, disputeBond: '1000000', startFee: '500000' }
    // 25 less 1 less 0.50 EUR at 0.50 EUR/kWh.
    expect(mostWh({ terms, limitMicro: '25000000' })).toBe(47_000)
    expect(mostWh({ terms, limitMicro: '1200000' })).toBe(0)
  })

  it('has no bound where energy costs nothing', () => {
    expect(mostWh({ terms: { ...sampleTerms, pricePerKWh: '0' }, limitMicro: '25000000' })).toBeUndefined()
  })

  it('is told to the station again when the deposit is raised while it gives power', () => {
    const input = { type: 'toppedUp', limitMicro: '40000000', at: '2026-11-22T10:10:00.000Z' } as const
    const charging = sampleSession({
      state: 'charging',
      openedAt: '2026-11-22T10:00:05.000Z',
      transactionKey: 'SIM1/7',
      startedAt: '2026-11-22T10:00:10.000Z',
    })
    expect(step(charging, input, settings).record.outbox).toMatchObject([{ kind: 'limit' }])
    expect(step(sampleSession({ openedAt: input.at }), input, settings).record.outbox).toEqual([])
  })
})
