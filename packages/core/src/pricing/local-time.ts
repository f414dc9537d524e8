import { WerenodeError } from '../errors.ts'

export const msPerDay = 86_400_000
export const msPerHour = 3_600_000

/** Local time of an IANA zone, with its daylight saving, from Intl alone (browsers, React Native, Node). */
export interface LocalTime {
  /**
   * Local minus UTC at an instant, ms, and until when (exclusive) it surely stays the same.
   * Local clocks jump there, so what depends on them must be looked at again.
   */
  readonly offsetAt: (utcMs: number) => { readonly offsetMs: number; readonly untilMs: number }
}

interface Span {
  readonly offsetMs: number
  readonly untilMs: number
}

const zones = new Map<string, LocalTime>()
/** A zone remembers that many UTC days before it forgets them all. */
const mostDays = 2_000

/** @throws WerenodeError `invalid-input` for a zone this machine does not know. */
export const localTimeOf = (timeZone: string): LocalTime => {
  const known = zones.get(timeZone)
  if (known !== undefined) return known
  const zone = makeZone(timeZone)
  zones.set(timeZone, zone)
  return zone
}

const makeZone = (timeZone: string): LocalTime => {
  const readOffset = offsetReader(timeZone)
  // One or two spans per UTC day: two when a clock change falls inside. Reading Intl is slow, a day's answer is kept.
  const days = new Map<number, readonly Span[]>()
  const spansOf = (day: number): readonly Span[] => {
    const startMs = day * msPerDay
    const endMs = startMs + msPerDay
    const before = readOffset(startMs)
    const after = readOffset(endMs)
    if (before === after) return [{ offsetMs: before, untilMs: endMs }]
    let [low, high] = [startMs, endMs]
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (readOffset(middle) === before) low = middle
      else high = middle
    }
    return [
      { offsetMs: before, untilMs: high },
      { offsetMs: after, untilMs: endMs },
    ]
  }
  return {
    offsetAt: (utcMs) => {
      const day = Math.floor(utcMs / msPerDay)
      let spans = days.get(day)
      if (spans === undefined) {
        if (days.size >= mostDays) days.clear()
        spans = spansOf(day)
        days.set(day, spans)
      }
      return spans.find((span) => utcMs < span.untilMs) ?? spans[spans.length - 1]!
    },
  }
}

const offsetReader = (timeZone: string): ((utcMs: number) => number) => {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hour12: false,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch (cause) {
    throw new WerenodeError('invalid-input', `"${timeZone.slice(0, 60)}" is not a time zone this machine knows`, {
      hint: 'Use an IANA name such as Europe/Paris, as in OCPI Location.time_zone.',
      cause,
    })
  }
  return (utcMs) => {
    const wholeSecond = Math.floor(utcMs / 1000) * 1000
    const part: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(wholeSecond)) part[type] = Number(value)
    // Some engines write midnight as 24.
    const local = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour! % 24, part.minute!, part.second!)
    return local - wholeSecond
  }
}

/** Local calendar of an instant: day number since 1970-01-01, day of week (0 = Monday), ms since local midnight. */
export const calendarAt = (utcMs: number, offsetMs: number) => {
  const localMs = utcMs + offsetMs
  const day = Math.floor(localMs / msPerDay)
  return { day, weekday: (((day + 3) % 7) + 7) % 7, timeOfDayMs: localMs - day * msPerDay }
}

/** Day number of a date `YYYY-MM-DD`. */
export const dayNumberOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / msPerDay

/** Ms since midnight of `HH:MM`. */
export const timeOfDayOf = (time: string): number => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000
