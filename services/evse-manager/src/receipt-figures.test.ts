import type { SessionRecord } from '@werenode/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { receiptFigures } from './receipt-figures.ts'

const openedAt = Date.UTC(2026, 10, 22, 10)
const iso = (ms: number) => new Date(ms).toISOString()
const record = (part: Partial<SessionRecord>): SessionRecord =>
  ({
    _id: `0x${'ab'.repeat(32)}`,
    paid: true,
    terms: { maxPowerW: 24_000 },
    createdAt: iso(openedAt),
    openedAt: iso(openedAt),
    chargingMs: 0,
    idleMs: 0,
    ...part,
  }) as SessionRecord

describe('the figures of a receipt', () => {
  it('are those of the session', () => {
    expect(
      receiptFigures(
        record({
          startedAt: iso(openedAt + 5_000),
          endedAt: iso(openedAt + 3_605_000),
          startWh: 1_000,
          lastWh: 12_000,
          chargingMs: 3_000_400,
          idleMs: 599_600,
        }),
      ),
    ).toEqual({
      startWh: 1_000n,
      endWh: 12_000n,
      startedAt: openedAt / 1000 + 5,
      endedAt: openedAt / 1000 + 3_605,
      chargingSeconds: 3_000,
      idleSeconds: 599,
    })
  })

  it('are such as the contract takes, whatever clocks and meters said (R29)', () => {
    const time = fc.integer({ min: -3_600_000, max: 3_600_000 })
    const amount = fc.integer({ min: 0, max: 5_000_000 })
    fc.assert(
      fc.property(time, time, amount, amount, amount, amount, (start, end, startWh, moreWh, chargingMs, idleMs) => {
        const figures = receiptFigures(
          record({
            startedAt: iso(openedAt + start),
            endedAt: iso(openedAt + end),
            startWh,
            lastWh: startWh + moreWh,
            chargingMs,
            idleMs,
          }),
        )
        const lastedS = figures.endedAt - figures.startedAt
        expect(figures.startedAt + 300).toBeGreaterThanOrEqual(openedAt / 1000)
        expect(lastedS).toBeGreaterThanOrEqual(0)
        expect(figures.chargingSeconds + figures.idleSeconds).toBeLessThanOrEqual(lastedS)
        expect(figures.endWh).toBeGreaterThanOrEqual(figures.startWh)
        expect(figures.endWh - figures.startWh).toBeLessThanOrEqual((24_000n * BigInt(lastedS)) / 3600n + 100n)
      }),
    )
  })
})
