/**
 * `Date.toISOString` writes a time letter by letter, `Date.parse` reads it so. Every message tells some times, nearly all of the same
 * minute as the last: of those only the seconds are written and read.
 */
const minuteMs = 60_000
/** After the year 9999 times are written longer. */
const endMs = 253_402_300_800_000

const seconds = Array.from({ length: 60 }, (_, second) => `${String(second).padStart(2, '0')}.`)
const milliseconds = Array.from({ length: 1_000 }, (_, ms) => `${String(ms).padStart(3, '0')}Z`)

/** Writes ms since 1970 as `Date.toISOString` does. One for each clock: they go alongside. */
export const createTimeWriter = (): ((ms: number) => string) => {
  let lastMs = Number.NaN
  let lastText = ''
  let minute = Number.NaN
  let head = ''
  return (ms) => {
    if (ms === lastMs) return lastText
    if (!(ms >= 0 && ms < endMs)) return new Date(ms).toISOString()
    const whole = Math.floor(ms / minuteMs)
    if (whole !== minute) {
      head = new Date(whole * minuteMs).toISOString().slice(0, 17)
      minute = whole
    }
    const rest = ms - whole * minuteMs
    const second = Math.floor(rest / 1_000)
    lastMs = ms
    lastText = head + seconds[second]! + milliseconds[rest - second * 1_000]!
    return lastText
  }
}

/** Reads a time that matches `….\d\d\d\d-\d\d-\d\dT\d\d:\d\d:\d\d` with up to three digits after a dot and a `Z`; NaN when it is none. */
export const createTimeReader = (): ((text: string) => number) => {
  let head = ''
  let headMs = Number.NaN
  return (text) => {
    if (text.length !== 24) return Date.parse(text)
    const start = text.slice(0, 17)
    if (start !== head) {
      headMs = Date.parse(`${start}00.000Z`)
      head = start
    }
    const second = twoDigits(text, 17)
    // A leap second and what is no second at all are left to the slow way.
    if (Number.isNaN(headMs) || second > 59) return Date.parse(text)
    return headMs + second * 1_000 + (text.charCodeAt(20) - 0x30) * 100 + twoDigits(text, 21)
  }
}

const twoDigits = (text: string, at: number): number =>
  (text.charCodeAt(at) - 0x30) * 10 + text.charCodeAt(at + 1) - 0x30
