export type { Format, FormatOptions } from './create-format.ts'
export { createFormat } from './create-format.ts'
export type { DateOptions, TimeOptions } from './date.ts'
export {
  calendarDays,
  formatDate,
  formatDateTime,
  formatOffset,
  formatPeriod,
  formatTime,
  monthName,
  weekdayName,
} from './date.ts'
export type { Rounding } from './decimal.ts'
export { formatDistance } from './distance.ts'
export { formatClock, formatDuration } from './duration.ts'
export type { EnergyOptions } from './energy.ts'
export { formatEnergy, formatPower, parseEnergy } from './energy.ts'
export { formatEvseId, shortEvseId, shortHex } from './identifiers.ts'
export type { Locale } from './locale.ts'
export { locales, minus, narrowNoBreak, noBreak, pickLocale, plainText } from './locale.ts'
export type { MicroAmount, MoneyOptions, PriceUnit } from './money.ts'
export { formatMoney, formatPrice, formatUnitPrice, parseMoney } from './money.ts'
export type { Figure, NumberOptions } from './number.ts'
export { formatNumber, formatPercent, parseNumber } from './number.ts'
export { formatDay, formatRelative, spokenDuration } from './relative.ts'
export type { Moment, WallClock } from './wall-clock.ts'
export { deviceTimeZone, wallClock } from './wall-clock.ts'
