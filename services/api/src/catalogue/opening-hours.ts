/** Minutes of the week from Monday 00:00, `to` exclusive; a stretch past Sunday midnight goes on beyond 10,080. */
interface Stretch {
  readonly from: number
  readonly to: number
}

const days = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']
const dayMinutes = 1_440
const weekMinutes = 7 * dayMinutes

/**
 * Reads the opening hours that charging data holds: `24/7`, or parts of the OpenStreetMap syntax such as `Mo-Fr 08:00-19:00; Sa 09:00-12:00`
 * and `Mo 09:30-12:00,Mo 14:00-18:30`. Undefined for anything else: what is not understood is not guessed.
 */
export const readOpeningHours = (text: string): readonly Stretch[] | undefined => {
  const plain = text.trim().toLowerCase()
  if (plain === '24/7') return [{ from: 0, to: weekMinutes }]
  const stretches: Stretch[] = []
  let lastDays: readonly number[] = [0, 1, 2, 3, 4, 5, 6]
  for (const part of plain.split(/[,;]/)) {
    const match =
      /^\s*(?:(mo|tu|we|th|fr|sa|su)(?:\s*-\s*(mo|tu|we|th|fr|sa|su))?\s+)?(\d\d):(\d\d)\s*-\s*(\d\d):(\d\d)\s*$/.exec(
        part,
      )
    if (!match) return undefined
    const [, first, last, ...clock] = match
    const [fromHour, fromMinute, toHour, toMinute] = clock.map(Number) as [number, number, number, number]
    if (fromHour > 24 || toHour > 24 || fromMinute > 59 || toMinute > 59) return undefined
    if (first !== undefined) lastDays = daysBetween(days.indexOf(first), days.indexOf(last ?? first))
    const from = fromHour * 60 + fromMinute
    const closes = toHour * 60 + toMinute
    // Closing at or before opening is the next day's; 23:59 means midnight to those who cannot write 24:00.
    const to = closes <= from ? closes + dayMinutes : closes === dayMinutes - 1 ? dayMinutes : closes
    for (const day of lastDays) stretches.push({ from: day * dayMinutes + from, to: day * dayMinutes + to })
  }
  return stretches
}

const daysBetween = (first: number, last: number): readonly number[] =>
  Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, index) => (first + index) % 7)

/** Whether it is open at this moment, by the clock on its wall; undefined when its hours are not understood. */
export const isOpenAt = (hours: string, timeZone: string, at: Date): boolean | undefined => {
  const stretches = readOpeningHours(hours)
  if (!stretches) return undefined
  const minute = minuteOfWeek(timeZone, at)
  return stretches.some(
    ({ from, to }) => (minute >= from && minute < to) || (minute + weekMinutes >= from && minute + weekMinutes < to),
  )
}

const formats = new Map<string, Intl.DateTimeFormat>()

const minuteOfWeek = (timeZone: string, at: Date): number => {
  const known = formats.get(timeZone)
  const format =
    known ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
  if (!known) formats.set(timeZone, format)
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return (
    days.indexOf(parts.weekday!.slice(0, 2).toLowerCase()) * dayMinutes + Number(parts.hour) * 60 + Number(parts.minute)
  )
}
