import { legalDateTime, readDateTime } from './date-time.ts'
import type { Infer, Schema, Spec } from './schema.ts'

/** Where a partner's message leaves the specification though it can be understood. `kind` is counted per partner. */
export interface Deviation {
  readonly kind: DeviationKind
  readonly path: string
}
export type DeviationKind =
  | 'null'
  | 'unknown-field'
  | 'unknown-value'
  | 'date-form'
  | 'number-form'
  | 'text-form'
  | 'too-long'
  | 'not-a-list'
  | 'empty-list'
  | 'bad-optional'
  | 'bad-item'
  | 'letter-case'

export type Accepted<T> =
  | { readonly ok: true; readonly value: T; readonly deviations: readonly Deviation[] }
  | { readonly ok: false; readonly path: string; readonly what: string; readonly deviations: readonly Deviation[] }

/**
 * The lenient profile: reads what a partner sent, repairs what has one meaning only and notes it. Fails only where a required
 * field is absent or cannot be read. Unknown fields are left out (kept where the schema is exact), unknown enum words are kept.
 *
 * @example
 * accept(token221, body) // { ok: false, path: '$.uid', what: 'it is required' }
 */
export const accept = <S extends Schema>(schema: S, value: unknown): Accepted<Infer<S>> => {
  const deviations: Deviation[] = []
  const read = readValue(schema.spec, value, '$', deviations)
  return read instanceof Unreadable
    ? { ok: false, path: read.path, what: read.what, deviations }
    : { ok: true, value: read as Infer<S>, deviations }
}

/** As `accept` for a PATCH: fields that are absent stay absent at every depth, whatever their cardinality; an explicit null stays null. */
export const acceptPatch = <S extends Schema>(schema: S, value: unknown): Accepted<Partial<Infer<S>>> => {
  const deviations: Deviation[] = []
  if (schema.spec.kind !== 'object') throw new TypeError('Only objects are patched')
  const read = readObject(schema.spec, value, '$', deviations, true)
  return read instanceof Unreadable
    ? { ok: false, path: read.path, what: read.what, deviations }
    : { ok: true, value: read as Partial<Infer<S>>, deviations }
}

class Unreadable {
  readonly path: string
  readonly what: string
  constructor(path: string, what: string) {
    this.path = path
    this.what = what
  }
}

const readValue = (spec: Spec, value: unknown, path: string, notes: Deviation[], patch = false): unknown => {
  switch (spec.kind) {
    case 'text':
      return readText(spec, value, path, notes)
    case 'url':
      if (typeof value !== 'string') return new Unreadable(path, 'a URL is expected')
      if (!URL.canParse(value) || value.length > 255) notes.push({ kind: 'text-form', path })
      return value
    case 'dateTime': {
      const millis = typeof value === 'string' ? readDateTime(value) : undefined
      if (millis === undefined) return new Unreadable(path, 'a date and time is expected')
      if (!legalDateTime.test(value as string)) notes.push({ kind: 'date-form', path })
      return new Date(millis).toISOString()
    }
    case 'number':
      return readNumber(spec, value, path, notes)
    case 'boolean': {
      if (typeof value === 'boolean') return value
      if (value !== 'true' && value !== 'false') return new Unreadable(path, 'true or false is expected')
      notes.push({ kind: 'text-form', path })
      return value === 'true'
    }
    case 'enum':
      return readWord(spec, value, path, notes)
    case 'object':
      return readObject(spec, value, path, notes, patch)
  }
}

const readText = (spec: Extract<Spec, { kind: 'text' }>, value: unknown, path: string, notes: Deviation[]): unknown => {
  if (typeof value === 'number') {
    notes.push({ kind: 'text-form', path })
    return String(value)
  }
  if (typeof value !== 'string') return new Unreadable(path, 'a text is expected')
  if (value.length > spec.max) notes.push({ kind: 'too-long', path })
  else if (spec.pattern !== undefined && !spec.pattern.test(value)) notes.push({ kind: 'text-form', path })
  if (value.length > 20_000) return new Unreadable(path, 'the text is far too long')
  return value
}

const readNumber = (
  spec: Extract<Spec, { kind: 'number' }>,
  value: unknown,
  path: string,
  notes: Deviation[],
): unknown => {
  let number = value
  if (typeof value === 'string' && /^\s*-?\d{1,15}([.,]\d{1,15})?\s*$/.test(value)) {
    notes.push({ kind: 'number-form', path })
    number = Number(value.replace(',', '.'))
  }
  if (typeof number !== 'number' || !Number.isFinite(number)) return new Unreadable(path, 'a number is expected')
  if (!spec.int || Number.isInteger(number)) return number
  notes.push({ kind: 'number-form', path })
  return Math.round(number)
}

const readWord = (spec: Extract<Spec, { kind: 'enum' }>, value: unknown, path: string, notes: Deviation[]): unknown => {
  if (typeof value !== 'string' || value === '') return new Unreadable(path, 'a word is expected')
  if (spec.values.includes(value)) return value
  const same = spec.values.find((known) => known.toUpperCase() === value.trim().toUpperCase())
  notes.push({ kind: same === undefined ? 'unknown-value' : 'letter-case', path })
  return same ?? value
}

const readObject = (
  spec: Extract<Spec, { kind: 'object' }>,
  value: unknown,
  path: string,
  notes: Deviation[],
  patch: boolean,
): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return new Unreadable(path, `a ${spec.name} is expected`)
  const source = value as Readonly<Record<string, unknown>>
  const read: Record<string, unknown> = {}
  for (const name in source) {
    if (spec.fields[name] !== undefined || source[name] === null || source[name] === undefined) continue
    notes.push({ kind: 'unknown-field', path: `${path}.${name}` })
    if (spec.exact) read[name] = source[name]
  }
  for (const name in spec.fields) {
    const { card, schema } = spec.fields[name]!
    const at = `${path}.${name}`
    const given = source[name]
    if (given === undefined || given === null) {
      if (given === null) {
        if (patch) read[name] = null
        notes.push({ kind: 'null', path: at })
      }
      if (!patch && (card === '1' || card === '+')) return new Unreadable(at, 'it is required')
      continue
    }
    const one =
      card === '1' || card === '?'
        ? readValue(schema.spec, given, at, notes, patch)
        : readList(spec, schema.spec, given, at, card, notes, patch)
    if (!(one instanceof Unreadable)) read[name] = one
    else if (card === '1' || card === '+') return one
    else {
      notes.push({ kind: 'bad-optional', path: one.path })
      // What is not understood about a price must not get lost: pricing refuses it by name.
      if (spec.exact) read[name] = given
    }
  }
  return read
}

const readList = (
  parent: Extract<Spec, { kind: 'object' }>,
  spec: Spec,
  given: unknown,
  path: string,
  card: '*' | '+',
  notes: Deviation[],
  patch: boolean,
): unknown => {
  const items: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (!Array.isArray(given)) notes.push({ kind: 'not-a-list', path })
  const read: unknown[] = []
  let bad: Unreadable | undefined
  for (let i = 0; i < items.length; i += 1) {
    const at = `${path}[${i}]`
    const item = items[i] === null ? new Unreadable(at, 'it is null') : readValue(spec, items[i], at, notes, patch)
    if (!(item instanceof Unreadable)) read.push(item)
    else if (parent.exact) return item
    else {
      bad = item
      notes.push({ kind: 'bad-item', path: item.path })
    }
  }
  if (card === '+' && read.length === 0) {
    if (bad !== undefined) return bad
    notes.push({ kind: 'empty-list', path })
  }
  return read
}
