import { type Filter, WerenodeError } from '@werenode/core'
import { parsePath } from './path.ts'

export type Scalar = string | number | boolean | null
export type Comparison = '$gt' | '$gte' | '$lt' | '$lte'

/** A filter after parsing: nothing unknown is left in it, so every adapter may translate it without looking twice. */
export type Condition =
  | { readonly is: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly is: 'in' | 'notIn'; readonly path: string; readonly values: readonly Scalar[] }
  | {
      readonly is: 'compare'
      readonly path: string
      readonly by: Comparison
      readonly value: string | number | boolean
    }
  | { readonly is: 'exists'; readonly path: string; readonly wanted: boolean }

const MAX_DEPTH = 12
const MAX_CONDITIONS = 500
const MAX_VALUES = 10_000

const refuse = (message: string, hint?: string): never => {
  throw new WerenodeError('invalid-input', `Filter: ${message}`, hint === undefined ? {} : { hint })
}

const isPlainObject = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

const parseScalar = (value: unknown, at: string): Scalar => {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') {
    if (!value.isWellFormed()) refuse(`${at}: the text is not well-formed Unicode`)
    return value
  }
  if (typeof value === 'number' && Number.isFinite(value)) return value
  const given = value === undefined ? 'undefined' : Array.isArray(value) ? 'an array' : `a ${typeof value}`
  return refuse(
    `${at} is compared with ${given}`,
    'Compare with a string, a finite number, a boolean or null; leave the path out if there is nothing to compare.',
  )
}

const parseValues = (value: unknown, at: string): readonly Scalar[] => {
  if (!Array.isArray(value)) return refuse(`${at} needs an array`)
  if (value.length > MAX_VALUES) refuse(`${at} has more than ${MAX_VALUES} values`)
  return Array.from(value, (each) => parseScalar(each, at))
}

const parseOperator = (path: string, operator: string, value: unknown): Condition => {
  const at = `${path} ${operator}`
  switch (operator) {
    case '$eq':
      return { is: 'in', path, values: [parseScalar(value, at)] }
    case '$ne':
      return { is: 'notIn', path, values: [parseScalar(value, at)] }
    case '$in':
      return { is: 'in', path, values: parseValues(value, at) }
    case '$nin':
      return { is: 'notIn', path, values: parseValues(value, at) }
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte': {
      const bound = parseScalar(value, at)
      if (bound === null) return refuse(`${at} null has no meaning`, 'Use $eq or $ne with null.')
      return { is: 'compare', path, by: operator, value: bound }
    }
    case '$exists':
      if (typeof value !== 'boolean') return refuse(`${at} needs true or false`)
      return { is: 'exists', path, wanted: value }
    default:
      return refuse(
        `unknown operator ${JSON.stringify(operator)} at ${path}`,
        'Known: $eq $ne $in $nin $gt $gte $lt $lte $exists, and $and $or.',
      )
  }
}

/**
 * Parses the port's filter language; throws `invalid-input` for anything it does not know, never ignores it.
 *
 * What the language means (the contract suite holds every adapter to it):
 * - a path names the scalar found by walking objects; arrays are not walked, an array or object equals no scalar;
 * - null equals null and a missing path; `$ne` and `$nin` are the exact opposites of `$eq` and `$in`, so they match missing paths;
 * - `$gt` and its kin compare only values of the same type: numbers by size, strings by code point, false before true;
 * - `$exists` is about the path alone: null exists.
 */
export const parseFilter = (filter: Filter): Condition => {
  let conditions = 0
  const parse = (node: unknown, depth: number): Condition => {
    if (!isPlainObject(node)) return refuse('expected an object of paths and conditions')
    if (depth > MAX_DEPTH) refuse(`nested deeper than ${MAX_DEPTH}`)
    const parts: Condition[] = []
    for (const [key, value] of Object.entries(node)) {
      if (++conditions > MAX_CONDITIONS) refuse(`more than ${MAX_CONDITIONS} conditions`)
      if (key === '$and' || key === '$or') {
        if (!Array.isArray(value) || value.length === 0) return refuse(`${key} needs a non-empty array of filters`)
        parts.push({ is: key === '$and' ? 'and' : 'or', parts: value.map((each) => parse(each, depth + 1)) })
      } else if (key.startsWith('$')) {
        refuse(`unknown operator ${JSON.stringify(key)}`, 'At this place only $and and $or are known.')
      } else {
        const path = parsePath(key, 'Filter')
        if (isPlainObject(value)) {
          const operators = Object.entries(value)
          if (operators.length === 0) refuse(`${path} has no condition`)
          for (const [operator, operand] of operators) parts.push(parseOperator(path, operator, operand))
        } else {
          parts.push({ is: 'in', path, values: [parseScalar(value, path)] })
        }
      }
    }
    return parts.length === 1 ? parts[0]! : { is: 'and', parts }
  }
  return parse(filter, 0)
}
