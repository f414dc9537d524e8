/** Wire times are ISO 8601 UTC with milliseconds, e.g. `2026-11-22T16:09:13.042Z`. */
export const isoTime = (date: Date): string => date.toISOString()
/** Unix seconds, as the chain counts. */
export const unixSeconds = (date: Date): number => Math.floor(date.getTime() / 1000)
/** Time is a parameter: services get a clock, tests turn it. */
export type Clock = () => Date
