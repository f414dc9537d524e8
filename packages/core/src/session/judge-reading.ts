import type { JudgedReading } from './input.ts'
import type { SessionRecord } from './record.ts'
import { dateOf } from './three-clocks.ts'

/** A reading as a station driver emits it (`transaction.meter`, `transaction.ended`). */
export interface RawReading {
  readonly registerWh?: number
  readonly powerW?: number
  readonly socPercent?: number
  readonly suspended?: 'EV' | 'EVSE' | 'no'
  readonly stationAt: string
  readonly receivedAt: string
  /** When the manager took it in hand. */
  readonly judgedAt?: string
  readonly offline: boolean
  readonly flags?: readonly string[]
}

/** Slack of the plausibility rule and of the contract alike (chain.md R29). */
const slackWh = 100

/**
 * Decides what is believed of a reading. The record is kept either way; what is not believed is flagged and the session is
 * settled on the safe side for the driver:
 * - a register that falls is not believed (energy stays what it was);
 * - a register that rises faster than the terms' maxPowerW since the last believed one is not believed until time makes it
 *   plausible; a final one is cut to what is plausible;
 * - a clock that is off by more than five minutes is replaced by ours, unless the message was queued while offline.
 */
export const judgeReading = (record: SessionRecord, raw: RawReading, final = false): JudgedReading => {
  const flags = [...(raw.flags ?? [])]
  const takenAt = judgeTime(record, raw, flags)
  const base = {
    takenAt,
    ...(raw.powerW === undefined ? {} : { powerW: raw.powerW }),
    ...(raw.socPercent === undefined ? {} : { socPercent: raw.socPercent }),
    ...(raw.suspended === undefined ? {} : { suspended: raw.suspended }),
  }
  const lastWh = record.lastWh ?? record.startWh
  if (raw.registerWh === undefined) return { ...base, flags }
  if (lastWh === undefined) return { ...base, believedWh: raw.registerWh, flags }
  if (raw.registerWh < lastWh) return { ...base, flags: [...flags, 'meter-backwards'] }
  const mostWh = mostPlausibleWh(record, lastWh, takenAt)
  if (raw.registerWh <= mostWh) return { ...base, believedWh: raw.registerWh, flags }
  flags.push('meter-jump')
  return final ? { ...base, believedWh: mostWh, flags } : { ...base, flags }
}

/** The highest register the signed power allows at that time: since the last believed reading, and since the start (as the chain counts). */
const mostPlausibleWh = (record: SessionRecord, lastWh: number, takenAt: string): number => {
  const now = Date.parse(takenAt)
  const since = (from: string | undefined) => Math.max(0, now - Date.parse(from ?? takenAt))
  const reach = (ms: number) => Math.floor((record.terms.maxPowerW * ms) / 3_600_000)
  const sinceLast = lastWh + reach(since(record.lastBelievedAt ?? record.startedAt)) + slackWh
  // The contract counts whole seconds, so half a second of rounding at both ends must not cost the operator the receipt.
  const wholeSecondsMs = Math.floor(since(record.startedAt) / 1000) * 1000
  const sinceStart = (record.startWh ?? lastWh) + reach(wholeSecondsMs) + slackWh
  return Math.min(sinceLast, Math.max(sinceStart, lastWh))
}

const judgeTime = (record: SessionRecord, raw: RawReading, flags: string[]): string => {
  const { atMs, stationIsWrong } = dateOf(raw)
  if (stationIsWrong) flags.push('clock-wrong')
  const earliest = Date.parse(record.lastMeterAt ?? record.startedAt ?? record.openedAt ?? record.createdAt)
  return new Date(Math.max(earliest, atMs)).toISOString()
}
