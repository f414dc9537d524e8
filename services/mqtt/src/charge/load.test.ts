import { describe, expect, it } from 'vitest'
import { shippedProfiles } from '../profile/families.ts'
import { beginLoad, followLoad, isIdle, type LoadState } from './load.ts'
import { watchSafety } from './safety.ts'

const limits = shippedProfiles.get('tasmota')!.load
/** Minutes of power, one reading each. */
const curve = (watts: readonly number[], plugged?: boolean) => {
  let state: LoadState = beginLoad(0)
  const phases: string[] = []
  for (const [minute, powerW] of watts.entries()) {
    const next = followLoad(state, { at: minute * 60_000, powerW, plugged }, limits)
    state = next.state
    phases.push(state.phase)
    if (next.end !== undefined) return { phases, end: next.end, minute }
  }
  return { phases, end: undefined, minute: watts.length }
}
const of = (count: number, watts: number) => Array.from({ length: count }, () => watts)

describe('the power curve', () => {
  it('shows a full vehicle, waits its grace, and ends', () => {
    const { end, minute, phases } = curve([...of(10, 2200), ...of(40, 6)])
    expect(end).toBe('full')
    expect(minute).toBe(30)
    expect(phases).toContain('full')
  })
  it('does not call a vehicle idle that is only waking up or pausing', () => {
    const waiting = beginLoad(0)
    expect(isIdle(waiting, 30_000, limits)).toBe(false)
    expect(isIdle(waiting, limits.unpluggedAfterS * 1000, limits)).toBe(true)
    const paused: LoadState = { phase: 'pausing', since: 0, band: 'idle', hasCharged: true }
    expect(isIdle(paused, 200_000, limits)).toBe(false)
    expect(isIdle({ ...paused, phase: 'full' }, 300_000, limits)).toBe(true)
  })
  it('shows an unplugged vehicle', () => {
    expect(curve([...of(10, 2200), ...of(10, 0)])).toMatchObject({ end: 'unplugged', minute: 11 })
  })
  it('forgives a pause', () => {
    expect(curve([...of(5, 2200), ...of(4, 5), ...of(5, 2200)]).end).toBeUndefined()
  })
  it('ends when nothing was ever drawn', () => {
    expect(curve(of(20, 0))).toMatchObject({ end: 'no-load', minute: 10 })
  })
  it('believes a device that sees the cable', () => {
    expect(curve([...of(5, 7000), ...of(10, 0)], true).end).toBeUndefined()
  })
})

describe('safety', () => {
  const rated = { maxTemperatureC: 80, overPowerFactor: 1.1, ratedPowerW: 2300 }
  it('lets an inrush pass and stops an overload', () => {
    const first = watchSafety({}, { at: 0, told: { power: 2600 } }, rated)
    expect(first.danger).toBeUndefined()
    expect(watchSafety(first.state, { at: 3_000, told: { power: 2600 } }, rated).danger).toBeUndefined()
    expect(watchSafety(first.state, { at: 6_000, told: { power: 2600 } }, rated).danger?.code).toBe('over-power')
    expect(watchSafety({}, { at: 0, told: { power: 4000 } }, rated).danger?.code).toBe('over-power')
  })
  it('stops a hot plug and a faulty one', () => {
    expect(watchSafety({}, { at: 0, told: { temperature: 85 } }, rated).danger?.code).toBe('over-temperature')
    expect(watchSafety({}, { at: 0, told: { fault: 'overpower' } }, rated).danger?.code).toBe('device-fault')
    expect(watchSafety({}, { at: 0, told: { fault: '', temperature: 30, power: 2000 } }, rated).danger).toBeUndefined()
  })
})
