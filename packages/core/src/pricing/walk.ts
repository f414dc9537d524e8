import type { Phase } from './compile.ts'
import { calendarAt, type LocalTime, msPerDay } from './local-time.ts'

/** A stretch of a session over which power is taken as even: energy grows in a straight line. */
export interface Stretch {
  readonly startMs: number
  readonly endMs: number
  /** Energy since the session began, dWh. */
  readonly fromDWh: number
  readonly toDWh: number
}

/**
 * Cuts a stretch wherever a restriction can change: local clock and calendar (and where the clock itself jumps), energy,
 * duration. Cuts lie on the straight line of the whole stretch (exact integers, energy to the nearest dWh, time to the next ms),
 * so a meter that had reported in between on that line changes nothing.
 */
export const walk = (
  phase: Phase,
  zone: LocalTime,
  phaseStartMs: number,
  stretch: Stretch,
  visit: (piece: Stretch) => void,
): void => {
  const { endMs, toDWh } = stretch
  let atMs = stretch.startMs
  let atDWh = stretch.fromDWh
  while (true) {
    const cutMs = Math.min(nextClockCut(phase, zone, atMs), nextDurationCut(phase, phaseStartMs, atMs))
    let next = cutMs < endMs ? { ms: cutMs, dWh: energyAt(stretch, cutMs) } : { ms: endMs, dWh: toDWh }
    const mark = phase.energyMarks.find((energy) => energy > atDWh)
    if (mark !== undefined && mark < toDWh) {
      const reachedMs = timeAt(stretch, mark)
      if (reachedMs <= next.ms) next = { ms: reachedMs, dWh: mark }
    }
    visit({ startMs: atMs, endMs: next.ms, fromDWh: atDWh, toDWh: next.dWh })
    if (next.ms >= endMs && next.dWh >= toDWh) return
    atMs = next.ms
    atDWh = next.dWh
  }
}

const nextClockCut = (phase: Phase, zone: LocalTime, atMs: number): number => {
  if (phase.clockMarks.length === 0) return Number.POSITIVE_INFINITY
  const { offsetMs, untilMs } = zone.offsetAt(atMs)
  const { timeOfDayMs } = calendarAt(atMs, offsetMs)
  const mark = phase.clockMarks.find((time) => time > timeOfDayMs) ?? msPerDay
  return Math.min(atMs + mark - timeOfDayMs, untilMs)
}

const nextDurationCut = (phase: Phase, phaseStartMs: number, atMs: number): number => {
  const mark = phase.durationMarks.find((duration) => phaseStartMs + duration > atMs)
  return mark === undefined ? Number.POSITIVE_INFINITY : phaseStartMs + mark
}

/** Energy on the line at a time, to the nearest dWh, halves up. */
const energyAt = ({ startMs, endMs, fromDWh, toDWh }: Stretch, atMs: number): number => {
  if (toDWh === fromDWh) return toDWh
  const span = BigInt(endMs - startMs)
  return fromDWh + Number((2n * BigInt(toDWh - fromDWh) * BigInt(atMs - startMs) + span) / (2n * span))
}

/** The first whole ms at which the line has reached an energy. */
const timeAt = ({ startMs, endMs, fromDWh, toDWh }: Stretch, dWh: number): number => {
  const rise = BigInt(toDWh - fromDWh)
  return startMs + Number((BigInt(dWh - fromDWh) * BigInt(endMs - startMs) + rise - 1n) / rise)
}
