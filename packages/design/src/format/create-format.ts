import type { HouseTranslate } from '../catalogue/catalogue.ts'
import { houseWords } from '../catalogue/catalogue.ts'
import type { DateOptions, TimeOptions } from './date.ts'
import { formatDate, formatDateTime, formatPeriod, formatTime } from './date.ts'
import { formatDistance } from './distance.ts'
import { formatClock, formatDuration } from './duration.ts'
import type { EnergyOptions } from './energy.ts'
import { formatEnergy, formatPower } from './energy.ts'
import { formatEvseId, shortHex } from './identifiers.ts'
import type { Locale } from './locale.ts'
import type { MicroAmount, MoneyOptions, PriceUnit } from './money.ts'
import { formatMoney, formatPrice, formatUnitPrice } from './money.ts'
import type { Figure, NumberOptions } from './number.ts'
import { formatNumber, formatPercent } from './number.ts'
import { formatDay, formatRelative, spokenDuration } from './relative.ts'
import type { Moment } from './wall-clock.ts'
import { deviceTimeZone } from './wall-clock.ts'

/** Every form of the house for one reader: a language, a time zone, and how money is shown. */
export interface Format {
  readonly locale: Locale
  readonly timeZone: string
  /** An amount in micro-euro (bigint, or the wire's decimal string of whole ones). */
  money(amountMicro: MicroAmount, options?: MoneyOptions): string
  /** A price as a tariff writes it, in whole currency: `price('0.49', { per: 'kWh' })`. */
  price(price: string | number, options?: MoneyOptions & { readonly per?: PriceUnit }): string
  /** A price in micro-euro, as the terms hold it. */
  unitPrice(priceMicro: MicroAmount, options?: MoneyOptions & { readonly per?: PriceUnit }): string
  energy(energyWh: number | bigint | string, options?: EnergyOptions): string
  power(powerW: number): string
  number(value: Figure, options?: NumberOptions): string
  percent(value: Figure, options?: NumberOptions): string
  distance(metres: number): string
  duration(seconds: number): string
  spokenDuration(seconds: number): string
  clock(seconds: number): string
  date(moment: Moment, options?: DateOptions): string
  time(moment: Moment, options?: TimeOptions): string
  dateTime(moment: Moment, options?: DateOptions & TimeOptions): string
  period(from: Moment, to: Moment): string
  relative(moment: Moment, now: Moment): string
  day(moment: Moment, now: Moment): string
  evseId(id: string): string
  hex(hex: string): string
}

export interface FormatOptions {
  readonly locale: Locale
  /** IANA name. The place's own for a charge or opening hours; the device's when nothing is told. */
  readonly timeZone?: string
  /** Applied to money and prices unless a call says otherwise, e.g. `{ show: 'code' }` in a terminal. */
  readonly money?: MoneyOptions
}

/**
 * ```ts
 * const format = createFormat({ locale: 'fr', timeZone: 'Europe/Paris' })
 * format.money('25000000')   // 25,00 €
 * format.energy(12_480)      // 12,48 kWh
 * ```
 */
export const createFormat = ({ locale, timeZone = deviceTimeZone(), money }: FormatOptions): Format => {
  const t: HouseTranslate = houseWords(locale)
  return {
    locale,
    timeZone,
    money: (amountMicro, options) => formatMoney(amountMicro, locale, { ...money, ...options }),
    price: (price, options) => formatPrice(price, locale, { ...money, ...options }),
    unitPrice: (priceMicro, options) => formatUnitPrice(priceMicro, locale, { ...money, ...options }),
    energy: (energyWh, options) => formatEnergy(energyWh, locale, options),
    power: (powerW) => formatPower(powerW, locale),
    number: (value, options) => formatNumber(value, locale, options),
    percent: (value, options) => formatPercent(value, locale, options),
    distance: (metres) => formatDistance(metres, locale),
    duration: (seconds) => formatDuration(seconds, locale),
    spokenDuration: (seconds) => spokenDuration(seconds, t),
    clock: formatClock,
    date: (moment, options) => formatDate(moment, locale, timeZone, options),
    time: (moment, options) => formatTime(moment, timeZone, options),
    dateTime: (moment, options) => formatDateTime(moment, locale, timeZone, options),
    period: (from, to) => formatPeriod(from, to, locale, timeZone),
    relative: (moment, now) => formatRelative(moment, now, t, locale, timeZone),
    day: (moment, now) => formatDay(moment, now, t, locale, timeZone),
    evseId: formatEvseId,
    hex: shortHex,
  }
}
