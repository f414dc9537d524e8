import type { Document } from 'mongodb'
import type { Condition, Scalar } from '../filter.ts'

/** The types the port compares; a unique index holds only documents whose fields are of these, as SQL's NULLs are never equal. */
export const SCALARS = ['string', 'number', 'bool'] as const

/** Paths of unique indexes: their conditions say the type too, which lets the server use the partial index. */
export type IsTyped = (path: string) => boolean

const all = (parts: readonly Document[]): Document =>
  parts.length === 0 ? {} : parts.length === 1 ? parts[0]! : { $and: [...parts] }

const typed = (path: string, condition: Document, isTyped: IsTyped): Document =>
  isTyped(path) ? { $and: [{ [path]: condition }, { [path]: { $type: [...SCALARS] } }] } : { [path]: condition }

const oneOf = (path: string, values: readonly Scalar[], isTyped: IsTyped): Document => {
  const condition = values.length === 1 ? { $eq: values[0]! } : { $in: [...values] }
  return values.includes(null) ? { [path]: condition } : typed(path, condition, isTyped)
}

/** A parsed filter in MongoDB's language. Operands are always operands: no value is ever read as an operator. */
export const conditionQuery = (condition: Condition, isTyped: IsTyped): Document => {
  switch (condition.is) {
    case 'and':
      return all(condition.parts.map((part) => conditionQuery(part, isTyped)))
    case 'or':
      return { $or: condition.parts.map((part) => conditionQuery(part, isTyped)) }
    case 'in':
      return oneOf(condition.path, condition.values, isTyped)
    case 'notIn':
      return { [condition.path]: { $nin: [...condition.values] } }
    case 'compare':
      return typed(condition.path, { [condition.by]: condition.value }, isTyped)
    case 'exists':
      return { [condition.path]: { $exists: condition.wanted } }
  }
}

export const both = (...parts: readonly Document[]): Document =>
  all(parts.filter((part) => Object.keys(part).length > 0))
