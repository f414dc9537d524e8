import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeReading } from './judge-reading.ts'
import { addReading, receiptedWh } from './metering.ts'
import { sampleSession } from './sample-session.ts'

const t0 = Date.UTC(2026, 10, 22, 10)
const iso = (ms: number) => new Date(ms).toISOString()
const running = () =>
  sampleSession({
    state: 'charging',
    startedAt: iso(t0),
    startWh: 1000,
    lastWh: 1000,
    lastBelievedAt: iso(t0),
    transactionKey: 'SIM1/7',
  })
const raw = (registerWh: number | undefined, ms: number, more = {}) => ({
  ...(registerWh === undefined ? {} : { registerWh }),
  stationAt: iso(t0 + ms),
  receivedAt: iso(t0 + ms),
  offline: false,
  ...more,
})

describe('judgeReading', () => {
  it('believes a plausible register', () => {
    expect(judgeReading(running(), raw(2000, 600_000))).toEqual({
      takenAt: iso(t0 + 600_000),
      believedWh: 2000,
      flags: [],
    })
  })
  it('does not believe a register that falls', () => {
    expect(judgeReading(running(), raw(900, 600_000))).toMatchObject({ flags: ['meter-backwards'] })
    expect(judgeReading(running(), raw(900, 600_000)).believedWh).toBeUndefined()
  })
  it('does not believe a jump beyond the signed power, and cuts a final one', () => {
    // 24.2 kW for 10 min = 4033 Wh, + 100 Wh slack
    expect(judgeReading(running(), raw(9000, 600_000))).toMatchObject({ flags: ['meter-jump'] })
    expect(judgeReading(running(), raw(9000, 600_000), true).believedWh).toBe(1000 + 4033 + 100)
  })
  it('dates a live reading with a wrong clock by ours, and trusts the clock of queued ones', () => {
    const wrong = { stationAt: '1970-01-01T00:00:00.000Z' }
    expect(judgeReading(running(), raw(1100, 600_000, wrong))).toMatchObject({
      takenAt: iso(t0 + 600_000),
      flags: ['clock-wrong'],
    })
    const queued = raw(1100, 7_200_000, { stationAt: iso(t0 + 600_000), offline: true })
    expect(judgeReading(running(), queued)).toMatchObject({ takenAt: iso(t0 + 600_000), flags: [] })
  })
  it('copes with a clock that is no time at all', () => {
    expect(judgeReading(running(), raw(1100, 600_000, { stationAt: 'yesterday' })).flags).toEqual(['clock-wrong'])
  })

  it('never bills more than the signed power allows, whatever a meter says', () => {
    const readings = fc.array(
      fc.record({
        wh: fc.integer({ min: -1_000_000, max: 10_000_000 }),
        gapMs: fc.integer({ min: -60_000, max: 3_600_000 }),
        offline: fc.boolean(),
      }),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(readings, (list) => {
        let record = running()
        let at = t0
        let received = t0
        list.forEach(({ wh, gapMs, offline }, index) => {
          at += gapMs
          received = Math.max(received, at)
          const judged = judgeReading(
            record,
            { registerWh: wh, stationAt: iso(at), receivedAt: iso(received), offline },
            index === list.length - 1,
          )
          const before = receiptedWh(record)
          record = addReading(record, judged)
          expect(receiptedWh(record)).toBeGreaterThanOrEqual(before)
          const seconds = Math.floor((Date.parse(record.lastMeterAt!) - t0) / 1000)
          expect(receiptedWh(record)).toBeLessThanOrEqual((record.terms.maxPowerW * seconds) / 3600 + 100)
          expect(record.chargingMs + record.idleMs).toBeLessThanOrEqual(Date.parse(record.lastMeterAt!) - t0)
        })
      }),
    )
  })
})
