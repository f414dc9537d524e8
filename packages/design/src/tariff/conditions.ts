import type { HouseTranslate } from '../catalogue/catalogue.ts'
import { formatDate, weekdayName } from '../format/date.ts'
import { formatDuration } from '../format/duration.ts'
import type { Locale } from '../format/locale.ts'
import { noBreak } from '../format/locale.ts'
import { formatNumber } from '../format/number.ts'

/** When a part of a tariff applies: the restrictions of OCPI 2.2.1 §11.4.6, as they stand in its JSON. All that are set hold at once. */
export interface TariffConditions {
  readonly start_time?: string
  readonly end_time?: string
  readonly start_date?: string
  readonly end_date?: string
  readonly min_kwh?: number
  readonly max_kwh?: number
  readonly min_power?: number
  readonly max_power?: number
  readonly min_current?: number
  readonly max_current?: number
  readonly min_duration?: number
  readonly max_duration?: number
  readonly day_of_week?: readonly string[]
}

const weekdays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']

/** Runs of three days or more become "Monday to Friday". */
const dayWords = (days: readonly string[], t: HouseTranslate, locale: Locale): string => {
  const chosen = weekdays.map((day) => days.includes(day))
  const words: string[] = []
  let first = 0
  while (first < 7) {
    let last = first
    while (chosen[first] && chosen[last + 1]) last += 1
    if (chosen[first] && last - first >= 2)
      words.push(t('tariff.dayRun', { first: weekdayName(first, locale), last: weekdayName(last, locale) }))
    else for (let day = first; chosen[first] && day <= last; day += 1) words.push(weekdayName(day, locale))
    first = last + 1
  }
  return t('tariff.days', { days: words.join(', ') })
}

/** Conditions in words, in the order people think of them: when, how long, how much, how fast. */
export const conditionWords = (conditions: TariffConditions, t: HouseTranslate, locale: Locale): readonly string[] => {
  const words: string[] = []
  const range = (
    kind: 'clock' | 'dates' | 'energy' | 'power' | 'duration',
    from: string | undefined,
    to: string | undefined,
  ): void => {
    if (from !== undefined && to !== undefined) words.push(t(`tariff.${kind}.both`, { from, to }))
    else if (from !== undefined) words.push(t(`tariff.${kind}.from`, { from }))
    else if (to !== undefined) words.push(t(`tariff.${kind}.to`, { to }))
  }
  const figure = (value: number | undefined, unit: string): string | undefined =>
    value === undefined ? undefined : `${formatNumber(value, locale, { maxDecimals: 4 })}${noBreak}${unit}`
  const date = (day: string | undefined): string | undefined =>
    day === undefined ? undefined : formatDate(`${day}T00:00:00Z`, locale, 'UTC')
  const duration = (seconds: number | undefined): string | undefined =>
    seconds === undefined ? undefined : formatDuration(seconds, locale)
  // From midnight, to midnight and from zero are no bounds worth a word.
  const clock = (time: string | undefined): string | undefined => (time === '00:00' ? undefined : time)

  const c = conditions
  if (c.day_of_week !== undefined && c.day_of_week.length > 0) words.push(dayWords(c.day_of_week, t, locale))
  range('clock', clock(c.start_time), clock(c.end_time))
  range('dates', date(c.start_date), date(c.end_date))
  range('duration', duration(c.min_duration || undefined), duration(c.max_duration))
  range('energy', figure(c.min_kwh || undefined, 'kWh'), figure(c.max_kwh, 'kWh'))
  range('power', figure(c.min_power, 'kW'), figure(c.max_power, 'kW'))
  range('power', figure(c.min_current, 'A'), figure(c.max_current, 'A'))
  return words
}
