/** What a clock on the wall of a place shows. */
export interface WallClock {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  /** 0 (Monday) to 6. */
  readonly weekday: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** Minutes ahead of UTC. */
  readonly offsetMinutes: number
}

/** A moment: a Date, an ISO 8601 text of the wire, or milliseconds since 1970. */
export type Moment = Date | string | number

export const momentMs = (moment: Moment): number => {
  const ms = moment instanceof Date ? moment.getTime() : typeof moment === 'number' ? moment : Date.parse(moment)
  if (!Number.isFinite(ms))
    throw new RangeError(
      `"${String(moment).slice(0, 40)}" is not a time: write ISO 8601, e.g. 2026-11-22T16:09:13.042Z`,
    )
  return ms
}

const formatters = new Map<string, Intl.DateTimeFormat>()

const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formatters.get(timeZone)
  if (known !== undefined) return known
  try {
    const made = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formatters.set(timeZone, made)
    return made
  } catch (cause) {
    throw new RangeError(
      `"${timeZone.slice(0, 60)}" is not a time zone this device knows: use an IANA name, e.g. Europe/Paris`,
      { cause },
    )
  }
}

/** The device's own zone, `UTC` where it does not say. */
export const deviceTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

export const wallClock = (moment: Moment, timeZone: string): WallClock => {
  const ms = momentMs(moment)
  const found: Record<string, number> = {}
  for (const { type, value } of formatterOf(timeZone).formatToParts(ms)) found[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found
  // Some engines write midnight as 24 in spite of h23.
  const local = Date.UTC(year, month - 1, day, hour % 24, minute, second)
  return {
    year,
    month,
    day,
    weekday: (new Date(local).getUTCDay() + 6) % 7,
    hour: hour % 24,
    minute,
    second,
    offsetMinutes: Math.round((local - Math.floor(ms / 1000) * 1000) / 60_000),
  }
}
