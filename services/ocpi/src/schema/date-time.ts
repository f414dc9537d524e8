/** What other implementations write: with or without Z or offset, any number of decimals, a space or a lost plus sign. */
const seen = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d{1,9}))?\s*(Z|z|[+\- ]?\d{2}:?\d{2})?$/

/** Milliseconds since 1970; undefined when it is not a date and time. No designator means UTC (types, DateTime). */
export const readDateTime = (text: string): number | undefined => {
  const match = seen.exec(text.trim())
  if (match === null) return undefined
  const [, day, time, fraction = '', zone = 'Z'] = match
  const clock = time!.length === 5 ? `${time}:00` : time
  const offset = /^z$/i.test(zone) ? 'Z' : zone.replace(/^ /, '+').replace(/^(\d)/, '+$1')
  const colon = offset === 'Z' || offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`
  const millis = Date.parse(`${day}T${clock}.${fraction.slice(0, 3).padEnd(3, '0')}${colon}`)
  return Number.isNaN(millis) ? undefined : millis
}

/** The only form we write: UTC with milliseconds and Z. */
export const writtenDateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
/** The forms the specification allows (types, DateTime). */
export const legalDateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z?$/
