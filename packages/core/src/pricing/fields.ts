import { exact } from './exact.ts'
import { badTariff } from './refusal.ts'

/** Readers of untrusted JSON. OCPI peers send explicit nulls for absent fields and, in 2.1.1, numbers as strings: both are taken. */
export type JsonObject = Readonly<Record<string, unknown>>

export const readObject = (value: unknown, path: string): JsonObject => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badTariff(path, 'an object is expected')
  return value as JsonObject
}

export const readList = (value: unknown, path: string): readonly unknown[] => {
  if (!Array.isArray(value)) throw badTariff(path, 'a list is expected')
  return value
}

export const readText = (value: unknown, path: string, maxLength: number): string => {
  if (typeof value !== 'string') throw badTariff(path, 'a text is expected')
  if (value.length > maxLength) throw badTariff(path, `at most ${maxLength} characters are expected`)
  return value
}

const decimalPattern = /^-?\d{1,30}(\.\d{1,30})?$/

/** A decimal number. A text with more digits than a JSON number carries is refused rather than cut. */
export const readNumber = (value: unknown, path: string): number => {
  const number = typeof value === 'string' && decimalPattern.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) throw badTariff(path, 'a number is expected')
  if (typeof value === 'string' && !exact(value).equals(exact(number)))
    throw badTariff(path, 'the number has more digits than can be kept')
  return number === 0 ? 0 : number
}

export const readNotNegative = (value: unknown, path: string): number => {
  const number = readNumber(value, path)
  if (number < 0) throw badTariff(path, 'it must not be negative')
  return number
}

/** A whole number from 0 to a thousand million. */
export const readCount = (value: unknown, path: string): number => {
  const number = readNotNegative(value, path)
  if (!Number.isInteger(number) || number > 1_000_000_000) throw badTariff(path, 'a whole number is expected')
  return number
}

/** OCPI DateTime: with or without Z or offset, with or without decimals; read as UTC and answered with milliseconds and Z. */
export const readDateTime = (value: unknown, path: string): string => {
  const text = readText(value, path, 40)
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/i.exec(text)
  const millis = match === null ? Number.NaN : Date.parse(`${match[1]}${match[2] ?? ''}${match[3] ?? 'Z'}`)
  if (Number.isNaN(millis)) throw badTariff(path, `"${text}" is not a date and time`)
  return new Date(millis).toISOString()
}

/** Reads a field unless it is absent or null; answers an object to spread. */
export const optional = <Key extends string, Value>(
  source: JsonObject,
  key: Key,
  path: string,
  read: (value: unknown, path: string) => Value,
): { readonly [K in Key]?: Value } => {
  const value = source[key]
  return value === undefined || value === null
    ? {}
    : ({ [key]: read(value, `${path}.${key}`) } as { [K in Key]: Value })
}

/** The first field that is set and is not in the list. */
export const unknownField = (source: JsonObject, known: readonly string[]): string | undefined =>
  Object.keys(source).find((key) => !known.includes(key) && source[key] !== undefined && source[key] !== null)
