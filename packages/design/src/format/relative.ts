import type { HouseTranslate } from '../catalogue/catalogue.ts'
import { calendarDays, formatDate, formatTime } from './date.ts'
import type { Locale } from './locale.ts'
import type { Moment } from './wall-clock.ts'
import { momentMs } from './wall-clock.ts'

/**
 * A moment told from now: `just now`, `5 minutes ago`, `in 2 hours`, `3 days ago`; the date when it is a week away or more.
 * Now is a parameter, so that a screen decides how often it looks at the clock.
 */
export const formatRelative = (
  moment: Moment,
  now: Moment,
  t: HouseTranslate,
  locale: Locale,
  timeZone: string,
): string => {
  const ahead = momentMs(moment) - momentMs(now)
  const seconds = Math.abs(ahead) / 1000
  if (seconds < 45) return t(ahead > 0 ? 'in.moment' : 'ago.now')
  const tell = (unit: 'minutes' | 'hours' | 'days', count: number): string =>
    ahead > 0 ? t(`in.${unit}`, { count }) : t(`ago.${unit}`, { count })
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return tell('minutes', minutes)
  const hours = Math.round(seconds / 3600)
  if (hours < 24) return tell('hours', hours)
  const days = Math.round(seconds / 86_400)
  return days < 7 ? tell('days', days) : formatDate(moment, locale, timeZone)
}

/** `today at 14:05`, `tomorrow at 07:00`, else date and time; days as the calendar of the place counts them. */
export const formatDay = (moment: Moment, now: Moment, t: HouseTranslate, locale: Locale, timeZone: string): string => {
  const time = formatTime(moment, timeZone)
  const days = calendarDays(now, moment, timeZone)
  if (days === 0) return t('day.today', { time })
  if (days === 1) return t('day.tomorrow', { time })
  if (days === -1) return t('day.yesterday', { time })
  return `${formatDate(moment, locale, timeZone)}${locale === 'fr' ? ' à ' : ', '}${time}`
}

/** A duration in full words, for screen readers: `1 hour and 25 minutes`. */
export const spokenDuration = (seconds: number, t: HouseTranslate): string => {
  const whole = Math.max(0, Math.floor(seconds))
  const parts = [
    { unit: 'days', count: Math.floor(whole / 86_400) },
    { unit: 'hours', count: Math.floor(whole / 3600) % 24 },
    { unit: 'minutes', count: Math.floor(whole / 60) % 60 },
    { unit: 'seconds', count: whole % 60 },
  ] as const
  const first = parts.findIndex(({ count }) => count > 0)
  if (first === -1) return t('unit.seconds', { count: 0 })
  const told = parts.slice(first, first + 2).filter(({ count }) => count > 0)
  const [one = '', two] = told.map(({ unit, count }) => t(`unit.${unit}`, { count }))
  return two === undefined ? one : t('unit.and', { first: one, last: two })
}
