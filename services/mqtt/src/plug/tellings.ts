import type { Told } from '../profile/quantities.ts'
import type { PlugTimes } from './settings.ts'

/** The reading last told to those who watch. */
export interface Tellings {
  /** ms since 1970. */
  readonly at: number
  readonly told: Told
}

export const neverTold: Tellings = { at: 0, told: {} }

/** Power that moved this far is news at once, W. */
const jumpW = 50
const jumpC = 5
/** The end of a load is told at once: no other reading may come for a long time. */
const zeroW = 3
/** Even news waits this long, so that a device that babbles is not repeated to everybody. */
const leastMs = 1_000

/** Every reading is kept, but only these go out to streams: what changed, and now and then a sign that all is as before. */
export const isWorthTelling = (
  last: Tellings,
  now: { readonly at: number; readonly told: Told; readonly isCharging: boolean },
  times: Pick<PlugTimes, 'tellEveryMs' | 'tellIdleEveryMs'>,
): boolean => {
  if (now.told.power === undefined && now.told.energy === undefined) return false
  const sinceMs = now.at - last.at
  if (sinceMs >= (now.isCharging ? times.tellEveryMs : times.tellIdleEveryMs)) return true
  const ends = (now.told.power ?? 0) < zeroW && (last.told.power ?? 0) >= jumpW
  if (ends) return true
  if (sinceMs < leastMs) return false
  return (
    now.told.on !== last.told.on ||
    moved(now.told.power, last.told.power, jumpW) ||
    moved(now.told.temperature, last.told.temperature, jumpC)
  )
}

const moved = (now: number | undefined, before: number | undefined, by: number): boolean =>
  now !== undefined && (before === undefined || Math.abs(now - before) >= by)
