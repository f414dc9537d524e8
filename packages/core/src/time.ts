/** Wire times are ISO 8601 UTC with milliseconds, e.g. `2026-11-22T16:09:13.042Z`. */
export const isoTime = (date: Date): string => date.toISOString()
/** Unix seconds, as the chain counts. */
export const unixSeconds = (date: Date): number => Math.floor(date.getTime() / 1000)
/** Time is a parameter: services get a clock, tests turn it. */
export type Clock = () => Date

/** A clock is set back when more than this is lost, ms; less is drift, and costs a wait of as much. */
const leastSetBackMs = 5_000

/**
 * Tells, each time it is asked, whether the clock on the wall was set back since, measured by a steady one; true at the first time, because
 * who ran before may have had another clock. What was put off by a clock that ran ahead must not wait until its time comes.
 */
export const createSetBackWatch = (wallMs: () => number, steadyMs: () => number): (() => boolean) => {
  let before: { readonly wall: number; readonly steady: number } | undefined
  return () => {
    const now = { wall: wallMs(), steady: steadyMs() }
    const lostMs =
      before === undefined ? Number.POSITIVE_INFINITY : now.steady - before.steady - (now.wall - before.wall)
    before = now
    return lostMs > leastSetBackMs
  }
}
