import { type DayOfWeek, daysOfWeek, type TariffRestrictions } from './tariff.ts'
import type { TariffWords } from './tariff-words.ts'

/** Restrictions in words, in the order people think of them: when, how long, how much, how fast. */
export const conditionWords = (restrictions: TariffRestrictions | undefined, words: TariffWords): readonly string[] => {
  if (restrictions === undefined) return []
  const r = restrictions
  const figure = (value: number, unit: string) =>
    `${new Intl.NumberFormat(words.locale, { maximumFractionDigits: 4 }).format(value)}\u00a0${unit}`
  const ranged = <T>(
    kind: keyof TariffWords['ranges'],
    from: T | undefined,
    to: T | undefined,
    text: (value: T) => string,
  ) =>
    from === undefined && to === undefined
      ? []
      : [words.ranges[kind](from === undefined ? undefined : text(from), to === undefined ? undefined : text(to))]
  return [
    ...(r.day_of_week?.length ? [dayWords(r.day_of_week, words)] : []),
    ...ranged('clock', midnightIsOpen(r.start_time), midnightIsOpen(r.end_time), (time) => time),
    ...ranged('dates', r.start_date, r.end_date, (date) => dateWords(date, words)),
    ...ranged('duration', r.min_duration || undefined, r.max_duration, durationWords),
    ...ranged('energy', r.min_kwh || undefined, r.max_kwh, (value) => figure(value, 'kWh')),
    ...ranged('power', r.min_power, r.max_power, (value) => figure(value, 'kW')),
    ...ranged('current', r.min_current, r.max_current, (value) => figure(value, 'A')),
  ]
}

/** 3600 -> `1 h`, 5400 -> `1 h 30 min`, 45 -> `45 s`. */
export const durationWords = (seconds: number): string => {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const
  const words = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}\u00a0${unit}`)
  return words.length === 0 ? '0\u00a0s' : words.join(' ')
}

/** From midnight, or until midnight, is no bound worth a word. */
const midnightIsOpen = (time: string | undefined) => (time === '00:00' ? undefined : time)

const dateWords = (date: string, { locale }: TariffWords): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))

/** Runs of three days or more become "Monday to Friday". */
const dayWords = (days: readonly DayOfWeek[], words: TariffWords): string => {
  const monday = Date.UTC(2024, 0, 1)
  const format = new Intl.DateTimeFormat(words.locale, { weekday: 'long', timeZone: 'UTC' })
  const name = (index: number) => format.format(new Date(monday + index * 86_400_000))
  const chosen = daysOfWeek.map((day) => days.includes(day))
  const names: string[] = []
  for (let first = 0; first < 7; first += 1) {
    if (!chosen[first]) continue
    let last = first
    while (chosen[last + 1]) last += 1
    if (last - first >= 2) names.push(words.dayRun(name(first), name(last)))
    else for (let day = first; day <= last; day += 1) names.push(name(day))
    first = last
  }
  return words.days(names)
}
