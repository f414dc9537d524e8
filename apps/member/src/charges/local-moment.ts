/** A moment on the wall clock of a place. */
export interface LocalMoment {
  /** `2026-11-22` */
  readonly day: string
  /** 0 to 23 */
  readonly hour: number
  /** 0 Monday to 6 Sunday */
  readonly weekday: number
}

const clocks = new Map<string, Intl.DateTimeFormat>()
/** Making one costs a thousand times what using it does. */
const clockOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = clocks.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  })
  clocks.set(timeZone, made)
  return made
}

export const localMoment = (at: Date, timeZone: string): LocalMoment => {
  // `22/11/2026, 09`
  const text = clockOf(timeZone).format(at)
  const day = `${text.slice(6, 10)}-${text.slice(3, 5)}-${text.slice(0, 2)}`
  return { day, hour: Number(text.slice(12, 14)), weekday: (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7 }
}

/** Days from the first to the last, both named. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000) + 1

export const dayAfter = (day: string, days = 1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** `2026-12` and -1 give `2026-11`. */
export const monthAfter = (month: string, months: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7)
}

/** Last day of a month: `2026-02` gives `2026-02-28`. */
export const lastDayOf = (month: string): string => dayAfter(`${monthAfter(month, 1)}-01`, -1)
