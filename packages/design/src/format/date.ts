import type { Locale } from './locale.ts'
import { noBreak } from './locale.ts'
import type { Moment, WallClock } from './wall-clock.ts'
import { momentMs, wallClock } from './wall-clock.ts'

const months: Readonly<Record<Locale, { readonly long: readonly string[]; readonly short: readonly string[] }>> = {
  en: {
    long: [
      'January',
      'February',
      'March',
      'April',
      'May',
      'June',
      'July',
      'August',
      'September',
      'October',
      'November',
      'December',
    ],
    short: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  },
  fr: {
    long: [
      'janvier',
      'février',
      'mars',
      'avril',
      'mai',
      'juin',
      'juillet',
      'août',
      'septembre',
      'octobre',
      'novembre',
      'décembre',
    ],
    short: ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
  },
}

const weekdays: Readonly<Record<Locale, { readonly long: readonly string[]; readonly short: readonly string[] }>> = {
  en: {
    long: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    short: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  },
  fr: {
    long: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
    short: ['lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.', 'dim.'],
  },
}

export interface DateOptions {
  /** `short`: 12 Mar 2026; `long`: Thursday 12 March 2026; `numeric`: 12/03/2026. */
  readonly style?: 'short' | 'long' | 'numeric'
}
export interface TimeOptions {
  readonly seconds?: boolean
  /** Adds the offset: `14:05 UTC+1`; for papers and for places in another zone than the reader's. */
  readonly zone?: boolean
}

const two = (value: number): string => String(value).padStart(2, '0')

/** The day's number as spoken: the first of a month is `1er` in French. */
const dayOf = (day: number, locale: Locale): string => (locale === 'fr' && day === 1 ? '1er' : String(day))

/** `UTC`, `UTC+1`, `UTC+5:30`. */
export const formatOffset = (offsetMinutes: number): string => {
  if (offsetMinutes === 0) return 'UTC'
  const absolute = Math.abs(offsetMinutes)
  const minutes = absolute % 60
  return `UTC${offsetMinutes < 0 ? '\u2212' : '+'}${Math.floor(absolute / 60)}${minutes === 0 ? '' : `:${two(minutes)}`}`
}

const dateText = (clock: WallClock, locale: Locale, style: 'short' | 'long' | 'numeric'): string => {
  if (style === 'numeric') return `${two(clock.day)}/${two(clock.month)}/${String(clock.year).padStart(4, '0')}`
  const month = months[locale][style][clock.month - 1] ?? ''
  const date = `${dayOf(clock.day, locale)}${noBreak}${month}${noBreak}${clock.year}`
  return style === 'long' ? `${weekdays[locale].long[clock.weekday] ?? ''} ${date}` : date
}

const timeText = (clock: WallClock, { seconds = false, zone = false }: TimeOptions): string =>
  `${two(clock.hour)}:${two(clock.minute)}${seconds ? `:${two(clock.second)}` : ''}${zone ? `${noBreak}${formatOffset(clock.offsetMinutes)}` : ''}`

/** The date at a place, whose IANA time zone must be told: the day of a charge is the day at the plug. */
export const formatDate = (
  moment: Moment,
  locale: Locale,
  timeZone: string,
  { style = 'short' }: DateOptions = {},
): string => dateText(wallClock(moment, timeZone), locale, style)

/** `14:05`: 24 hours in both languages. */
export const formatTime = (moment: Moment, timeZone: string, options: TimeOptions = {}): string =>
  timeText(wallClock(moment, timeZone), options)

/** `12 Mar 2026, 14:05`, `12 mars 2026 à 14:05`. */
export const formatDateTime = (
  moment: Moment,
  locale: Locale,
  timeZone: string,
  { style = 'short', ...time }: DateOptions & TimeOptions = {},
): string => {
  const clock = wallClock(moment, timeZone)
  const join = locale === 'fr' ? (style === 'numeric' ? ' ' : ' à ') : ', '
  return `${dateText(clock, locale, style)}${join}${timeText(clock, time)}`
}

/** From and to, saying only once what is the same: `12 Mar 2026, 14:05–15:20`. */
export const formatPeriod = (from: Moment, to: Moment, locale: Locale, timeZone: string): string => {
  const sameDay = formatDate(from, locale, timeZone) === formatDate(to, locale, timeZone)
  const start = formatDateTime(from, locale, timeZone)
  return sameDay ? `${start}–${formatTime(to, timeZone)}` : `${start} – ${formatDateTime(to, locale, timeZone)}`
}

/** Days from one moment to another as the calendar of a place counts them: 0 today, 1 tomorrow. */
export const calendarDays = (from: Moment, to: Moment, timeZone: string): number => {
  const midnight = (moment: Moment): number => {
    const { year, month, day } = wallClock(momentMs(moment), timeZone)
    return Date.UTC(year, month - 1, day)
  }
  return Math.round((midnight(to) - midnight(from)) / 86_400_000)
}

/** Name of a weekday, 0 (Monday) to 6. */
export const weekdayName = (weekday: number, locale: Locale, style: 'long' | 'short' = 'long'): string =>
  weekdays[locale][style][weekday] ?? ''
/** Name of a month, 1 to 12. */
export const monthName = (month: number, locale: Locale, style: 'long' | 'short' = 'long'): string =>
  months[locale][style][month - 1] ?? ''
