import type { Condition, Scalar } from '../filter.ts'

export type SqlValue = string | number | null
/** A piece of SQL with the values of its `?` in order. */
export interface Sql {
  readonly text: string
  readonly values: readonly SqlValue[]
}

/** A text as an SQL literal; only for schema texts, values of queries are always bound. */
export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`

const jsonPath = (path: string): string =>
  `'$.${path
    .split('.')
    .map((name) => `"${name}"`)
    .join('.')}'`

/** The value at a parsed path. Written the same in indexes and queries, else SQLite would not see that an index fits. */
export const valueAt = (path: string, doc = 'doc'): string =>
  path === '_id' ? 'id' : path === '_rev' ? 'rev' : `json_extract(${doc},${jsonPath(path)})`

/** The JSON type at a path: 'text', 'integer', 'real', 'true', 'false', 'null', 'array', 'object', or NULL when missing. */
export const typeAt = (path: string, doc = 'doc'): string =>
  path === '_id' ? "'text'" : path === '_rev' ? "'integer'" : `json_type(${doc},${jsonPath(path)})`

/** The value at a path as JSON text, NULL when missing. */
export const jsonAt = (path: string): string =>
  path === '_id' ? 'json_quote(id)' : path === '_rev' ? 'json_quote(rev)' : `doc -> ${jsonPath(path)}`

/** Decides whether an equality is written as a literal, so that a partial index on exactly this value can be used. */
export type IsLiteral = (path: string, value: Scalar) => boolean
const never: IsLiteral = () => false

/** SQLite's JSON calls true and false 1 and 0, and arrays and objects text: the type is always compared too. */
const typeTest = (path: string, value: string | number | boolean): string => {
  if (path === '_id') return typeof value === 'string' ? '1' : '0'
  if (path === '_rev') return typeof value === 'number' ? '1' : '0'
  if (typeof value === 'string') return `${typeAt(path)} = 'text'`
  if (typeof value === 'number') return `${typeAt(path)} IN ('integer','real')`
  return `${typeAt(path)} IN ('true','false')`
}

/** A number travels as JSON text unless it is a safe integer, so that it is read by the same parser as the stored one. */
const bound = (value: string | number | boolean): Sql => {
  if (typeof value === 'boolean') return { text: value ? '1' : '0', values: [] }
  if (typeof value === 'string' || Number.isSafeInteger(value)) return { text: '?', values: [value] }
  return { text: "json_extract(?,'$')", values: [JSON.stringify(value)] }
}

const literal = (value: string | number | boolean): Sql => ({
  text: typeof value === 'string' ? quote(value) : String(Number(value)),
  values: [],
})

const compare = (path: string, by: string, value: string | number | boolean, asLiteral = false): Sql => {
  const operand = asLiteral ? literal(value) : bound(value)
  return { text: `${valueAt(path)} ${by} ${operand.text} AND ${typeTest(path, value)}`, values: operand.values }
}

const join = (parts: readonly Sql[], by: 'AND' | 'OR'): Sql => ({
  text: parts.map((part) => `(${part.text})`).join(` ${by} `),
  values: parts.flatMap((part) => part.values),
})

const membership = (path: string, values: readonly Scalar[], isLiteral: IsLiteral): Sql => {
  const kinds: Sql[] = []
  if (values.includes(null)) kinds.push({ text: `${valueAt(path)} IS NULL`, values: [] })
  for (const kind of ['string', 'number', 'boolean'] as const) {
    const same = values.filter((value): value is string | number | boolean => typeof value === kind)
    if (same.length === 1) kinds.push(compare(path, '=', same[0]!, isLiteral(path, same[0]!)))
    else if (same.length > 1) {
      kinds.push({
        text: `${valueAt(path)} IN (SELECT value FROM json_each(?)) AND ${typeTest(path, same[0]!)}`,
        values: [JSON.stringify(same)],
      })
    }
  }
  if (kinds.length === 0) return { text: '0', values: [] }
  return kinds.length === 1 ? kinds[0]! : join(kinds, 'OR')
}

const comparison = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' } as const

/** A parsed filter as an SQL condition on the columns `id`, `rev` and `doc`. */
export const conditionSql = (condition: Condition, isLiteral: IsLiteral = never): Sql => {
  switch (condition.is) {
    case 'and':
    case 'or':
      if (condition.parts.length === 0) return { text: '1', values: [] }
      return join(
        condition.parts.map((part) => conditionSql(part, isLiteral)),
        condition.is === 'and' ? 'AND' : 'OR',
      )
    case 'in':
      return membership(condition.path, condition.values, isLiteral)
    case 'notIn': {
      const inside = membership(condition.path, condition.values, never)
      // IS NOT TRUE, because a missing value makes the inner test NULL, and NULL must count as "not in".
      return { text: `(${inside.text}) IS NOT TRUE`, values: inside.values }
    }
    case 'compare':
      return compare(condition.path, comparison[condition.by], condition.value)
    case 'exists':
      return { text: `${typeAt(condition.path)} IS ${condition.wanted ? 'NOT ' : ''}NULL`, values: [] }
  }
}
