import { openApiDocument } from '../openapi/document.ts'
import { links, type RootType, rootFields } from './fields.ts'

type Json = Readonly<Record<string, unknown>>
interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly description?: string
  readonly schema: Json
}
interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Json }> }
  readonly responses: Record<string, { readonly content?: Record<string, Json & { readonly schema: Json }> }>
}

const validName = /^[A-Za-z][A-Za-z0-9_]*$/

/**
 * The GraphQL schema, written from the OpenAPI document: one domain, one description, two ways to ask. Arguments are the parameters of
 * the operation, and `input` its body.
 */
export const graphQlSdl = (): string => {
  const document = openApiDocument() as {
    paths: Record<string, Record<string, Operation>>
    components: { schemas: Record<string, Json> }
  }
  const operations = new Map(
    Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map((operation) => [operation.operationId, operation] as const),
    ),
  )
  const definitions = new Map<string, string>()

  const described = (text: unknown, indent = ''): string =>
    typeof text === 'string' && text !== '' ? `${indent}${JSON.stringify(text)}\n` : ''

  const scalar = (name: string, description?: unknown): string => {
    if (!definitions.has(name)) definitions.set(name, `${described(description)}scalar ${name}`)
    return name
  }

  const objectType = (name: string, schema: Json, input: boolean): string => {
    const fullName = input && !name.endsWith('Input') ? `${name}Input` : name
    if (definitions.has(fullName)) return fullName
    const properties = Object.entries((schema.properties ?? {}) as Record<string, Json>)
    // What has no names of its own to select by is handed over whole.
    if (properties.length === 0 || properties.some(([key]) => !validName.test(key))) return scalar('JSON')
    definitions.set(fullName, '')
    const required = new Set((schema.required ?? []) as string[])
    const fields = properties.map(([key, property]) => {
      const { type, nullable } = typeOf(property, `${name}${capital(key)}`, input)
      return `${described(property.description, '  ')}  ${key}: ${type}${required.has(key) && !nullable ? '!' : ''}`
    })
    const leads = input
      ? []
      : Object.entries((links as Record<string, Record<string, { type: string }>>)[name] ?? {}).map(
          ([key, { type }]) => `  ${key}: ${typeOf({ $ref: `#/components/schemas/${type}` }, type, false).type}`,
        )
    const body = [...fields, ...leads].join('\n')
    definitions.set(fullName, `${described(schema.description)}${input ? 'input' : 'type'} ${fullName} {\n${body}\n}`)
    return fullName
  }

  const typeOf = (schema: Json, name: string, input: boolean): { type: string; nullable: boolean } => {
    const is = (type: string, nullable = false) => ({ type, nullable })
    if (typeof schema.$ref === 'string') {
      const component = schema.$ref.split('/').at(-1)!
      const target = document.components.schemas[component]!
      if (target.type === 'object') return is(objectType(component, target, input))
      if (target.type === 'string') return is(scalar(component, target.description))
      return is(scalar('JSON'), true)
    }
    const any = (schema.anyOf ?? schema.oneOf) as readonly Json[] | undefined
    if (any) {
      const real = any.filter((one) => one.type !== 'null')
      if (real.length === 1) return { ...typeOf(real[0]!, name, input), nullable: real.length < any.length }
      return is(scalar('JSON'), true)
    }
    switch (schema.type) {
      case 'string':
        return is('String')
      case 'boolean':
        return is('Boolean')
      case 'number':
        return is('Float')
      case 'integer': {
        const small =
          Math.abs(Number(schema.minimum ?? -Infinity)) < 2 ** 31 && Number(schema.maximum ?? Infinity) < 2 ** 31
        return is(small ? 'Int' : scalar('SafeInt', 'A whole number below 2^53.'))
      }
      case 'array': {
        const item = typeOf((schema.items ?? {}) as Json, `${name}Item`, input)
        return is(`[${item.type}${item.nullable ? '' : '!'}]`)
      }
      case 'object':
        return is(objectType(name, schema, input))
      default:
        return is(scalar('JSON', 'Any JSON value.'), true)
    }
  }

  const answerType = ({ responses, operationId }: Operation): string => {
    const good = Object.entries(responses).find(([status]) => /^20[01]$/.test(status))?.[1]
    const content = good?.content?.['application/json'] ?? good?.content?.['text/event-stream']
    if (!content) return 'Boolean!'
    const { type, nullable } = typeOf(
      (content['x-event'] as Json | undefined) ?? content.schema,
      `${capital(operationId)}Answer`,
      false,
    )
    return nullable ? type : `${type}!`
  }

  const fieldOf = (root: RootType, name: string, operation: Operation): string => {
    const args = operation.parameters
      .filter((one) => one.in !== 'header')
      .map(({ name: arg, required, schema }) => `${arg}: ${argumentType(schema)}${required ? '!' : ''}`)
    const body = operation.requestBody?.content['application/json']?.schema
    if (body) args.push(`input: ${typeOf(body, capital(operation.operationId), true).type}!`)
    if (operation.parameters.some((one) => one.name === 'Idempotency-Key')) args.push('idempotencyKey: String')
    if (root === 'Subscription') args.push('afterSeq: SafeInt')
    const words = described([operation.summary, operation.description].filter(Boolean).join('. '), '  ')
    return `${words}  ${name}${args.length > 0 ? `(${args.join(', ')})` : ''}: ${answerType(operation)}`
  }

  /** Parameters are text in an address; here they are what they mean. */
  const argumentType = (schema: Json): string => {
    const kind = argumentKind(schema)
    if (kind !== undefined) return kind
    const list = (schema.anyOf as readonly Json[] | undefined)?.find((one) => one.type === 'array')
    return list ? `[${typeOf(list.items as Json, '', true).type}!]` : typeOf(schema, '', true).type
  }

  scalar('SafeInt', 'A whole number below 2^53.')
  scalar('JSON', 'Any JSON value.')
  const roots = (['Query', 'Mutation', 'Subscription'] as const).map((root) => {
    const fields = rootFields
      .filter((field) => field.root === root)
      .map(({ name, operation }) => fieldOf(root, name, operations.get(operation)!))
    return `type ${root} {\n${fields.join('\n')}\n}`
  })
  const rest = [...definitions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text)
  return `${[...roots, ...rest].join('\n\n')}\n`
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** What a parameter's text stands for, when it is not text. */
export const argumentKind = (schema: Json): 'Int' | 'Float' | 'Boolean' | undefined => {
  if (isDeep(schema.enum, ['true', 'false'])) return 'Boolean'
  if (typeof schema.pattern !== 'string') return undefined
  if (/^\^\[[01]-9\](?:\[0-9\])?\{[\d,]+\}\$$/.test(schema.pattern)) return 'Int'
  return /^\^-\?\[0-9\]\{[\d,]+\}\(\\\.\[0-9\]\{[\d,]+\}\)\?\$$/.test(schema.pattern) ? 'Float' : undefined
}

const isDeep = (value: unknown, expected: readonly string[]): boolean =>
  JSON.stringify(value) === JSON.stringify(expected)
