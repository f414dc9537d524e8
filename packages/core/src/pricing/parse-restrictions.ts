import {
  optional,
  readCount,
  readList,
  readNotNegative,
  readNumber,
  readObject,
  readText,
  unknownField,
} from './fields.ts'
import { badTariff, notComputable } from './refusal.ts'
import {
  type DayOfWeek,
  daysOfWeek,
  type ReservationRestriction,
  reservationRestrictions,
  type TariffRestrictions,
} from './tariff.ts'

const known = [
  'start_time',
  'end_time',
  'start_date',
  'end_date',
  'min_kwh',
  'max_kwh',
  'min_current',
  'max_current',
  'min_power',
  'max_power',
  'min_duration',
  'max_duration',
  'day_of_week',
  'reservation',
]

/** OCPI 2.2.1 mod_tariffs, TariffRestrictions class. */
export const parseRestrictions = (value: unknown, path: string): TariffRestrictions => {
  const source = readObject(value, path)
  const stranger = unknownField(source, known)
  if (stranger !== undefined) throw notComputable(`${path}.${stranger}`, `unknown restriction "${stranger}"`)
  const restrictions: TariffRestrictions = {
    ...optional(source, 'start_time', path, readTimeOfDay),
    ...optional(source, 'end_time', path, readTimeOfDay),
    ...optional(source, 'start_date', path, readDate),
    ...optional(source, 'end_date', path, readDate),
    ...optional(source, 'min_kwh', path, readNotNegative),
    ...optional(source, 'max_kwh', path, readNotNegative),
    ...optional(source, 'min_current', path, readNumber),
    ...optional(source, 'max_current', path, readNumber),
    ...optional(source, 'min_power', path, readNumber),
    ...optional(source, 'max_power', path, readNumber),
    ...optional(source, 'min_duration', path, readCount),
    ...optional(source, 'max_duration', path, readCount),
    ...optional(source, 'day_of_week', path, readDays),
    ...optional(source, 'reservation', path, readReservation),
  }
  const { start_time, end_time } = restrictions
  // The text gives a meaning to "before" (wraps) and to 00:00 (end of day), none to other equal times: all day or never?
  if (start_time !== undefined && start_time === end_time && end_time !== '00:00')
    throw notComputable(
      `${path}.end_time`,
      `start_time and end_time are both ${end_time}, which may mean all day or never`,
    )
  return restrictions
}

const readTimeOfDay = (value: unknown, path: string): string => {
  const text = readText(value, path, 5)
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) throw badTariff(path, `"${text}" is not a time of day like 13:30`)
  return text
}

const readDate = (value: unknown, path: string): string => {
  const text = readText(value, path, 10)
  const millis = /^[12]\d{3}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(millis) || !new Date(millis).toISOString().startsWith(text))
    throw badTariff(path, `"${text}" is not a date like 2026-12-24`)
  return text
}

/** An empty list restricts nothing: the field's cardinality is 0 or more. */
const readDays = (value: unknown, path: string): readonly DayOfWeek[] =>
  readList(value, path).map((day, index) => {
    if (!daysOfWeek.includes(day as DayOfWeek)) throw notComputable(`${path}[${index}]`, `unknown day "${String(day)}"`)
    return day as DayOfWeek
  })

const readReservation = (value: unknown, path: string): ReservationRestriction => {
  if (!reservationRestrictions.includes(value as ReservationRestriction))
    throw notComputable(path, `unknown reservation restriction "${String(value)}"`)
  return value as ReservationRestriction
}
