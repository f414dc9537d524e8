import { createTimeReader } from './quick-time.ts'

/** RFC 3339 as the schemas ask for it. */
const strict = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/
const plain = /^\d{4}-\d\d-\d\dT[01]\d:\d\d:\d\d(\.\d{1,3})?Z$/
const lenient =
  /^(\d{4})[-/]?(\d{1,2})[-/]?(\d{1,2})(?:[Tt ]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?)?\s*([Zz]|UTC|[+-]\d{1,2}(?::?\d{2})?)?$/

const readPlain = createTimeReader()

/** A time is judged by its schema and read by its handler, mostly one right after the other. */
let lastText = ''
let lastMs = Number.NaN

export const isStrictTime = (text: string): boolean => {
  if (!strict.test(text)) return false
  const ms = plain.test(text) ? readPlain(text) : Date.parse(text)
  if (Number.isNaN(ms)) return false
  lastText = text
  lastMs = ms
  return true
}

/**
 * Reads what stations write as a time: without zone (taken as UTC), offsets like `+02`, a blank for the `T`, a comma for the dot.
 * Undefined when it is no time at all.
 */
export const parseStationTime = (value: unknown): Date | undefined => {
  if (typeof value === 'number') return parseUnix(value)
  if (typeof value !== 'string') return undefined
  if (value === lastText && plain.test(value)) return new Date(lastMs)
  const text = value.trim()
  if (/^\d{10}$|^\d{13}$/.test(text)) return parseUnix(Number(text))
  const match = lenient.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'))
  const local = Date.UTC(+year!, +month! - 1, +day!, +hour, +minute, +second, ms)
  const time = new Date(local - zoneOffsetMs(zone))
  // Date.UTC rolls 31 February over: such a date is no date.
  if (+month! < 1 || +month! > 12 || +day! < 1 || +day! > 31 || +hour > 24 || +minute > 59) return undefined
  return Number.isNaN(time.getTime()) ? undefined : time
}

const parseUnix = (value: number): Date | undefined => {
  const ms = value > 1e11 ? value : value * 1000
  return ms >= 0 && ms < 4.1e12 ? new Date(ms) : undefined
}

const zoneOffsetMs = (zone: string): number => {
  const match = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone)
  if (!match) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return (match[1] === '-' ? -minutes : minutes) * 60_000
}

/** A clock that was never set shows 1970 or 2000; nothing we serve was built before. */
export const isPlausibleTime = (time: Date): boolean => time.getTime() > Date.UTC(2020, 0, 1)
