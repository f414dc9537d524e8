import type { Locale } from './locale.ts'
import { noBreak } from './locale.ts'
import { formatNumber } from './number.ts'

const dayUnit: Readonly<Record<Locale, string>> = { en: 'd', fr: 'j' }

const wholeSeconds = (seconds: number): number => {
  if (!Number.isFinite(seconds)) throw new RangeError(`${seconds} is not a duration in seconds`)
  return Math.max(0, Math.floor(seconds))
}

/** A duration given in seconds, in its two largest units: `45 s`, `12 min`, `1 h 25 min`, `2 d 3 h`. Below zero counts as zero. */
export const formatDuration = (seconds: number, locale: Locale): string => {
  const whole = wholeSeconds(seconds)
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(whole / 86_400), dayUnit[locale]],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ]
  const first = parts.findIndex(([count]) => count > 0)
  if (first === -1) return `0${noBreak}s`
  // Seconds tell something only below ten minutes.
  const shown = parts
    .slice(first, first + 2)
    .filter(([count, unit], index) => index === 0 || (count > 0 && (unit !== 's' || whole < 600)))
  return shown.map(([count, unit]) => `${formatNumber(count, locale)}${noBreak}${unit}`).join(noBreak)
}

/** A running clock: `5:07`, `1:25:07`. */
export const formatClock = (seconds: number): string => {
  const whole = wholeSeconds(seconds)
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor(whole / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}
