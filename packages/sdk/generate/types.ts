/**
 * TypeScript from the committed OpenAPI document: one type for each named schema, one entry for each operation. Some of them look like
 * types of `@werenode/core` (plugs, locations) and are not imported from there on purpose: these say what this version of the wire
 * carries, plain strings and all, and change when the document does; those are branded, and are what the house works with.
 */

type Json = Readonly<Record<string, unknown>>
interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly schema: Json
}
interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Json }> }
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: Json }> }>
}
export interface OpenApi {
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { readonly schemas: Record<string, Json> }
}

const identifier = /^[A-Za-z_$][\w$]*$/

/** A schema as a TypeScript type. */
export const typeOf = (schema: Json): string => {
  if (typeof schema.$ref === 'string') return `Schemas['${schema.$ref.split('/').at(-1)}']`
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  const any = (schema.anyOf ?? schema.oneOf) as readonly Json[] | undefined
  if (any) return any.map(typeOf).map(parenthesised).join(' | ')
  if (Array.isArray(schema.allOf)) return (schema.allOf as Json[]).map(typeOf).map(parenthesised).join(' & ')
  if (Array.isArray(schema.type))
    return (schema.type as string[]).map((type) => typeOf({ ...schema, type })).join(' | ')
  switch (schema.type) {
    case 'string':
      return 'string'
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'null':
      return 'null'
    case 'array':
      if (Array.isArray(schema.prefixItems))
        return `readonly [${(schema.prefixItems as Json[]).map(typeOf).join(', ')}]`
      return `readonly ${parenthesised(typeOf((schema.items ?? {}) as Json))}[]`
    case 'object':
      return objectType(schema)
    default:
      return 'unknown'
  }
}

const objectType = (schema: Json): string => {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Json>)
  const required = new Set((schema.required ?? []) as string[])
  const rest = schema.additionalProperties
  if (properties.length === 0)
    return `{ readonly [name: string]: ${typeof rest === 'object' && rest !== null ? typeOf(rest as Json) : 'unknown'} }`
  const fields = properties.map(
    ([name, property]) =>
      `readonly ${identifier.test(name) ? name : JSON.stringify(name)}${required.has(name) ? '' : '?'}: ${typeOf(property)}`,
  )
  return `{ ${fields.join('; ')} }`
}

const parenthesised = (type: string): string => (/ [|&] /.test(type) && !/^[{(]/.test(type) ? `(${type})` : type)

/** What an answer's media type is read as. */
const answerOf = ({ responses }: Operation): { type: string; kind: 'json' | 'text' | 'bytes' | 'events' | 'none' } => {
  const good = Object.entries(responses).find(([status]) => /^2/.test(status))?.[1]
  const [media, content] = Object.entries(good?.content ?? {})[0] ?? []
  if (media === undefined || !content) return { type: 'undefined', kind: 'none' }
  if (media === 'application/json') return { type: typeOf(content.schema), kind: 'json' }
  if (media === 'text/event-stream') return { type: 'never', kind: 'events' }
  return content.schema.format === 'binary' ? { type: 'Uint8Array', kind: 'bytes' } : { type: 'string', kind: 'text' }
}

const parametersOf = (operation: Operation, where: Parameter['in']): string | undefined => {
  const found = operation.parameters.filter((one) => one.in === where)
  if (found.length === 0) return undefined
  const fields = found.map(
    ({ name, required, schema }) =>
      `readonly ${identifier.test(name) ? name : JSON.stringify(name)}${required ? '' : '?'}: ${typeOf(schema)}`,
  )
  return `{ ${fields.join('; ')} }`
}

/** The operations an app calls: no pages, no streams (those are `live`), no forms. */
const isCallable = (operation: Operation): boolean => {
  const media = Object.keys(operation.requestBody?.content ?? {})[0]
  const answer = Object.values(operation.responses).flatMap(({ content }) => Object.keys(content ?? {}))
  return (
    answerOf(operation).kind !== 'events' &&
    !answer.includes('text/html') &&
    media !== 'application/x-www-form-urlencoded'
  )
}

/** The text of src/api/operations.ts. */
export const operationsSource = (document: OpenApi): string => {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const callable = all.filter(({ operation }) => isCallable(operation))
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) => `${comment(schema.description)}  readonly ${name}: ${typeOf(schema)}`,
  )
  const operations = callable.map(({ operation }) => {
    const body = Object.entries(operation.requestBody?.content ?? {})[0]
    const params = parametersOf(operation, 'path')
    const query = parametersOf(operation, 'query')
    const required = operation.parameters.some((one) => one.in === 'query' && one.required)
    const parts = [
      ...(params ? [`readonly params: ${params}`] : []),
      ...(query ? [`readonly query${required ? '' : '?'}: ${query}`] : []),
      ...(body ? [`readonly body: ${body[0] === 'application/json' ? typeOf(body[1].schema) : 'Uint8Array'}`] : []),
      ...(operation.parameters.some(({ name }) => name === 'Idempotency-Key')
        ? ['readonly idempotencyKey?: string']
        : []),
    ]
    const ask = parts.length === 0 ? 'Record<never, never>' : `{ ${parts.join('; ')} }`
    return `${comment(operation.summary)}  readonly ${operation.operationId}: { readonly ask: ${ask}; readonly answer: ${answerOf(operation).type} }`
  })
  const doors = callable.map(({ path, method, operation }) => {
    const media = Object.keys(operation.requestBody?.content ?? {}).find((one) => one !== 'application/json')
    const parts = [
      `method: '${method}'`,
      `path: '${path}'`,
      `answer: '${answerOf(operation).kind}'`,
      ...(media === undefined ? [] : [`media: '${media}'`]),
    ]
    return `  ${operation.operationId}: { ${parts.join(', ')} },`
  })
  return `// Written by generate/write.ts from the OpenAPI document; change the contracts of services/api instead.

/** The named schemas of the OpenAPI document. */
export interface Schemas {
${schemas.join('\n')}
}

/** What each operation takes and gives. */
export interface Operations {
${operations.join('\n')}
}

/** Where each operation is. */
export const doors = {
${doors.join('\n')}
} as const
`
}

const comment = (text: unknown): string =>
  typeof text === 'string' && text !== '' ? `  /** ${text.replaceAll('*/', '* /').replaceAll('\n', ' ')} */\n` : ''
