import fc from 'fast-check'
import { openApiDocument } from '../src/openapi/document.ts'

export type Schema = Readonly<Record<string, unknown>>
export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly schema: Schema
}
export interface Operation {
  readonly operationId: string
  readonly 'x-access': string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> }
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema?: Schema }> }>
}

const document = openApiDocument() as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/** Every operation as the OpenAPI document tells it. */
export const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase() as 'GET', operation })),
)

/** What a schema leads to, behind its reference. */
export const resolved = (schema: Schema): Schema =>
  typeof schema.$ref === 'string' ? document.components.schemas[schema.$ref.split('/').at(-1)!]! : schema

/** A value of a schema, as good as this can make one. */
export const arbitraryOf = (schema: Schema, depth = 0): fc.Arbitrary<unknown> => {
  if (typeof schema.$ref === 'string') return arbitraryOf(resolved(schema), depth)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum)
  if (Array.isArray(schema.anyOf)) return fc.oneof(...(schema.anyOf as Schema[]).map((one) => arbitraryOf(one, depth)))
  switch (schema.type) {
    case 'string':
      return typeof schema.pattern === 'string'
        ? fc.stringMatching(new RegExp(schema.pattern))
        : fc.string({
            minLength: Number(schema.minLength ?? 0),
            maxLength: Math.min(Number(schema.maxLength ?? 50), 50),
          })
    case 'integer':
      return fc.integer({
        min: Math.max(Number(schema.minimum ?? -10), -(2 ** 31)),
        max: Math.min(Number(schema.maximum ?? 1e9), 2 ** 31 - 1),
      })
    case 'number':
      return fc.double({ noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array': {
      const [least, most] = [Number(schema.minItems ?? 0), Math.min(Number(schema.maxItems ?? 3), 3)]
      return depth > 3 && least === 0
        ? fc.constant([])
        : fc.array(arbitraryOf((schema.items ?? {}) as Schema, depth + 1), {
            minLength: least,
            maxLength: Math.max(least, most),
          })
    }
    case 'object': {
      const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
      const required = (schema.required ?? []) as string[]
      return fc.record(Object.fromEntries(properties.map(([name, one]) => [name, arbitraryOf(one, depth + 1)])), {
        requiredKeys: required.filter((name) => properties.some(([known]) => known === name)),
      })
    }
    default:
      return fc.jsonValue()
  }
}

/** Some bodies an operation ought to take. */
export const bodiesOf = (operation: Operation, count: number): readonly unknown[] => {
  const schema = operation.requestBody?.content['application/json']?.schema
  return schema ? fc.sample(arbitraryOf(schema), { numRuns: count, seed: 42 }) : [undefined]
}
