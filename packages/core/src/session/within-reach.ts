import { later } from './draft.ts'
import type { SessionRecord, TimerName } from './record.ts'
import type { SessionSettings } from './step.ts'

/** No effect is put off for longer, seconds. */
export const longestPauseS = 60

/**
 * Brings near what was put off by a clock that ran ahead: an effect or a timer that is due later than any pause of ours lasts is due
 * now, or after that pause. Times that come from the terms or the chain stay as they are.
 */
export const withinReach = (
  { outbox, timers }: SessionRecord,
  at: string,
  settings: SessionSettings,
): Pick<SessionRecord, 'outbox' | 'timers'> => {
  const longest: Partial<Record<TimerName, number>> = {
    start: settings.startTimeoutS,
    cosign: settings.cosignTimeoutS,
    reopen: settings.reopenS,
    again: 3600,
  }
  const near = Object.entries(timers).map(([name, due]) => {
    const longestS = longest[name as TimerName]
    const latest = longestS === undefined ? due : later(at, longestS)
    return [name, due > latest ? latest : due]
  })
  return {
    outbox: outbox.map((entry) => (entry.dueAt > later(at, longestPauseS) ? { ...entry, dueAt: at } : entry)),
    timers: Object.fromEntries(near),
  }
}
