import type { JudgedReading } from './input.ts'
import type { SessionRecord } from './record.ts'

/** Energy believed so far, Wh. */
export const receiptedWh = (record: SessionRecord): number =>
  record.startWh === undefined || record.lastWh === undefined ? 0 : record.lastWh - record.startWh

/**
 * Adds a judged reading: registers, live values, and the time since the reading before it, counted as charging, as idle
 * (the vehicle does not want power) or, while the EVSE withholds power, as neither.
 */
export const addReading = (record: SessionRecord, reading: JudgedReading): SessionRecord => {
  const from = record.lastMeterAt ?? record.startedAt ?? reading.takenAt
  const elapsedMs = Math.max(0, Date.parse(reading.takenAt) - Date.parse(from))
  const startWh = record.startWh ?? reading.believedWh
  const lastWh = reading.believedWh ?? record.lastWh
  return {
    ...record,
    ...(startWh === undefined ? {} : { startWh }),
    ...(lastWh === undefined ? {} : { lastWh }),
    ...(reading.believedWh === undefined ? {} : { lastBelievedAt: reading.takenAt }),
    startedAt: record.startedAt ?? reading.takenAt,
    lastMeterAt: reading.takenAt,
    meterCount: record.meterCount + 1,
    powerW: reading.powerW ?? record.powerW,
    socPercent: reading.socPercent ?? record.socPercent,
    suspended: reading.suspended ?? record.suspended,
    chargingMs: record.chargingMs + (record.suspended === 'no' ? elapsedMs : 0),
    idleMs: record.idleMs + (record.suspended === 'EV' ? elapsedMs : 0),
    flags: addFlags(record.flags, reading.flags),
  }
}

export const addFlags = (flags: readonly string[], more: readonly string[]): readonly string[] =>
  more.every((flag) => flags.includes(flag)) ? flags : [...new Set([...flags, ...more])]
