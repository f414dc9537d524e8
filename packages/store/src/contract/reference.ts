import type { Filter } from '@werenode/core'

/** The filter language once more, in the plainest way: what adapters are compared with. */
const missing = Symbol('missing')

const at = (doc: unknown, path: string): unknown => {
  let value: unknown = doc
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return missing
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

const equals = (value: unknown, scalar: unknown): boolean =>
  scalar === null ? value === missing || value === null : value === scalar

/** By code point, as UTF-8 bytes sort; JavaScript's own < goes by UTF-16 unit. */
export const compareText = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

const compare = (value: unknown, bound: unknown): number => {
  if (typeof value !== typeof bound || value === null) return Number.NaN
  if (typeof value === 'string') return compareText(value, bound as string)
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value) - Number(bound)
  return Number.NaN
}

const holds = (value: unknown, operator: string, operand: unknown): boolean => {
  switch (operator) {
    case '$eq':
      return equals(value, operand)
    case '$ne':
      return !equals(value, operand)
    case '$in':
      return (operand as unknown[]).some((each) => equals(value, each))
    case '$nin':
      return !(operand as unknown[]).some((each) => equals(value, each))
    case '$gt':
      return compare(value, operand) > 0
    case '$gte':
      return compare(value, operand) >= 0
    case '$lt':
      return compare(value, operand) < 0
    case '$lte':
      return compare(value, operand) <= 0
    case '$exists':
      return (value !== missing) === operand
    default:
      throw new Error(operator)
  }
}

export const matches = (doc: unknown, filter: Filter): boolean =>
  Object.entries(filter).every(([key, condition]) => {
    if (key === '$and') return (condition as Filter[]).every((each) => matches(doc, each))
    if (key === '$or') return (condition as Filter[]).some((each) => matches(doc, each))
    const value = at(doc, key)
    if (typeof condition !== 'object' || condition === null) return equals(value, condition)
    return Object.entries(condition).every(([operator, operand]) => holds(value, operator, operand))
  })

/** Missing and null first, then by value. Of one type only: how types sort among each other is not promised. */
export const compareForSort = (a: unknown, b: unknown, path: string): number => {
  const [left, right] = [at(a, path), at(b, path)].map((value) => (value === missing || value === null ? null : value))
  if (left === null || right === null) return Number(left !== null) - Number(right !== null)
  return compare(left, right)
}
