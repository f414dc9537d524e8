import { writtenDateTime } from './date-time.ts'
import type { Schema, Spec } from './schema.ts'

/** One way in which a message of ours breaks the specification. */
export interface Problem {
  readonly path: string
  readonly what: string
}

/**
 * The strict profile: everything we emit passes it first. Answers what is wrong, nothing when all is well.
 *
 * @example
 * check(location221, ours) // [{ path: '$.evses[0].connectors', what: 'at least one is expected' }]
 */
export const check = (schema: Schema, value: unknown): readonly Problem[] => {
  const problems: Problem[] = []
  checkValue(schema.spec, value, '$', problems)
  return problems
}

const checkValue = (spec: Spec, value: unknown, path: string, problems: Problem[]): void => {
  const wrong = wrongOf(spec, value)
  if (wrong !== undefined) problems.push({ path, what: wrong })
  else if (spec.kind === 'object') checkFields(spec, value as Record<string, unknown>, path, problems)
}

const checkFields = (
  spec: Extract<Spec, { kind: 'object' }>,
  value: Readonly<Record<string, unknown>>,
  path: string,
  problems: Problem[],
): void => {
  for (const name in value) {
    if (value[name] !== undefined && spec.fields[name] === undefined)
      problems.push({ path: `${path}.${name}`, what: `${spec.name} has no such field` })
  }
  for (const name in spec.fields) {
    const { card, schema } = spec.fields[name]!
    const given = value[name]
    if (given === undefined) {
      if (card === '1' || card === '+') problems.push({ path: `${path}.${name}`, what: 'it is required' })
    } else if (card === '1' || card === '?') {
      checkValue(schema.spec, given, `${path}.${name}`, problems)
    } else if (!Array.isArray(given)) {
      problems.push({ path: `${path}.${name}`, what: 'a list is expected' })
    } else {
      if (card === '+' && given.length === 0)
        problems.push({ path: `${path}.${name}`, what: 'at least one is expected' })
      for (let i = 0; i < given.length; i += 1) checkValue(schema.spec, given[i], `${path}.${name}[${i}]`, problems)
    }
  }
}

const wrongOf = (spec: Spec, value: unknown): string | undefined => {
  switch (spec.kind) {
    case 'text':
      if (typeof value !== 'string') return 'a text is expected'
      if (value.length > spec.max) return `at most ${spec.max} characters are expected, not ${value.length}`
      if (value.length < (spec.min ?? 0)) return `at least ${spec.min} characters are expected`
      if (spec.ascii ? !/^[\x20-\x7e]*$/.test(value) : /\p{Cc}/u.test(value)) return 'a character is not printable'
      return spec.pattern !== undefined && !spec.pattern.test(value)
        ? `it does not match ${spec.pattern.source}`
        : undefined
    case 'url':
      return typeof value === 'string' && value.length <= 255 && URL.canParse(value)
        ? undefined
        : 'a URL of at most 255 characters is expected'
    case 'dateTime':
      return typeof value === 'string' && writtenDateTime.test(value) && !Number.isNaN(Date.parse(value))
        ? undefined
        : 'a time like 2026-11-22T16:09:13.042Z is expected'
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'a number is expected'
      if (spec.min !== undefined && value < spec.min) return `at least ${spec.min} is expected`
      if (spec.int) return Number.isInteger(value) ? undefined : 'a whole number is expected'
      return hasFourDecimals(value) ? undefined : 'at most 4 decimals are expected'
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'true or false is expected'
    case 'enum':
      if (typeof value !== 'string') return 'a word is expected'
      return spec.values.includes(value) || (spec.open && /^[\x21-\x7e]{1,255}$/.test(value))
        ? undefined
        : `"${value.slice(0, 40)}" is not one of ${spec.values.slice(0, 6).join(', ')}${spec.values.length > 6 ? ', …' : ''}`
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? undefined
        : `a ${spec.name} is expected`
  }
}

const hasFourDecimals = (value: number): boolean => {
  const scaled = value * 10_000
  return Math.abs(scaled - Math.round(scaled)) < 1e-6 * Math.max(1, Math.abs(scaled))
}
