import { describe, expect, it } from 'vitest'
import { judgeReading } from './judge-reading.ts'
import { sampleSession } from './sample-session.ts'
import { defaultSessionSettings as settings, step } from './step.ts'
import { dateOf } from './three-clocks.ts'

const now = Date.UTC(2026, 10, 22, 10)
const iso = (aheadS = 0) => new Date(now + aheadS * 1000).toISOString()
const dated = (stationAt: string, receivedAt: string, judgedAt: string, offline = false) =>
  dateOf({ stationAt, receivedAt, judgedAt, offline })

describe('three clocks', () => {
  it('believes the station and whoever judges against a receiver whose clock jumped', () => {
    expect(dated(iso(), iso(600), iso(1))).toEqual({ atMs: now, stationIsWrong: false })
    expect(dated(iso(), iso(-600), iso(1))).toEqual({ atMs: now, stationIsWrong: false })
  })
  it('believes receiver and judge against the station', () => {
    expect(dated('1970-01-01T00:00:00.000Z', iso(), iso(1))).toEqual({ atMs: now, stationIsWrong: true })
    expect(dated(iso(86_400), iso(), iso(1))).toEqual({ atMs: now, stationIsWrong: true })
  })
  it('believes station and receiver against the judge, whose turn may also come hours later', () => {
    expect(dated(iso(), iso(1), iso(-600))).toEqual({ atMs: now, stationIsWrong: false })
    expect(dated(iso(), iso(1), iso(7_200))).toEqual({ atMs: now, stationIsWrong: false })
    expect(dated('1970-01-01T00:00:00.000Z', iso(), iso(7_200))).toEqual({ atMs: now, stationIsWrong: true })
  })
  it('never dates by a receiver ahead of whoever judges, when the station has no time', () => {
    expect(dated('1970-01-01T00:00:00.000Z', iso(600), iso(1))).toEqual({ atMs: now + 1000, stationIsWrong: true })
    expect(dated('yesterday', iso(600), iso(1))).toEqual({ atMs: now + 1000, stationIsWrong: true })
  })
  it('trusts the clock of what was queued, up to now', () => {
    expect(dated(iso(-7_200), iso(), iso(1), true).atMs).toBe(now - 7_200_000)
    expect(dated(iso(7_200), iso(), iso(1), true).atMs).toBe(now)
    expect(dated(iso(7_200), iso(600), iso(1), true).atMs).toBe(now + 1000)
  })

  it('dates start and readings of a charge right though a process that hears them is ten minutes ahead', () => {
    const clocks = { stationAt: iso(), receivedAt: iso(600), judgedAt: iso(), offline: false }
    const funded = sampleSession({ state: 'funded', openedAt: iso(-5) })
    const started = step(
      funded,
      { type: 'transactionStarted', at: iso(), transactionId: '7', registerWh: 1000, ...clocks },
      settings,
    ).record
    expect(started.startedAt).toBe(iso())
    const later = { ...clocks, stationAt: iso(60), receivedAt: iso(660), judgedAt: iso(60) }
    expect(judgeReading(started, { registerWh: 1300, ...later }, true)).toEqual({
      takenAt: iso(60),
      believedWh: 1300,
      flags: [],
    })
  })
})
