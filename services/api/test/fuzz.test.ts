import type { WerenodeError } from '@werenode/core'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openApiDocument } from '../src/openapi/document.ts'
import { putDemo } from './demo/put-demo.ts'
import { someSession, standInManager } from './manager.ts'
import { type Driver, openWorld, type World } from './world.ts'

/** Requests made from the OpenAPI document: right ones, nearly right ones and nonsense. None may end in a 5xx, and every answer is as described. */

type Schema = Readonly<Record<string, unknown>>
const document = openApiDocument() as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}
interface Operation {
  readonly operationId: string
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: Schema }[]
  readonly requestBody?: { content: Record<string, { schema: Schema }> }
}

/** Raise it for a longer search. */
const runs = Number(process.env.WERENODE_FUZZ_RUNS ?? 40)

let world: World
let driver: Driver
let own: string
beforeAll(async () => {
  world = await openWorld()
  await putDemo(world.catalogue)
  const manager = standInManager(world.bus)
  driver = await world.driver()
  own = manager.put(someSession(driver.address)).id
})
afterAll(() => world.close())

const nasty = [
  '',
  ' ',
  '\u0000',
  '../../etc/passwd',
  "' OR 1=1 --",
  '{"$gt":""}',
  '__proto__',
  'constructor',
  '%00',
  '%2e%2e%2f',
  '\uD800',
  '💥'.repeat(50),
  'x'.repeat(5_000),
  '-0',
  '1e309',
  'NaN',
  '0x',
  '9'.repeat(40),
  'true',
  'null',
]
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...nasty),
  fc.jsonValue(),
  fc.double(),
  fc.integer(),
  fc.constant(undefined),
)

/** A value of a schema, as good as this can make one. */
const arbitraryOf = (schema: Schema, depth = 0): fc.Arbitrary<unknown> => {
  if (typeof schema.$ref === 'string')
    return arbitraryOf(document.components.schemas[schema.$ref.split('/').at(-1)!]!, depth)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum)
  if (Array.isArray(schema.anyOf)) return fc.oneof(...(schema.anyOf as Schema[]).map((one) => arbitraryOf(one, depth)))
  switch (schema.type) {
    case 'string':
      return typeof schema.pattern === 'string'
        ? fc.stringMatching(new RegExp(schema.pattern))
        : fc.string({ maxLength: 50 })
    case 'integer':
      return fc.integer({
        min: Number(schema.minimum ?? -10),
        max: Math.min(Number(schema.maximum ?? 1e9), 2 ** 31 - 1),
      })
    case 'number':
      return fc.double({ noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'array':
      return depth > 3 ? fc.constant([]) : fc.array(arbitraryOf(schema.items as Schema, depth + 1), { maxLength: 3 })
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
/** Mostly right, sometimes not at all. */
const nearly = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: junk })
const nearlyBody = (schema: Schema): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 4, arbitrary: arbitraryOf(schema) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(arbitraryOf(schema), fc.string({ maxLength: 12 }), junk)
        .map(([body, key, value]) => (typeof body === 'object' ? { ...body, [key]: value } : body)),
    },
    { weight: 1, arbitrary: junk },
  )

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods)
    .filter(([, { operationId }]) => !operationId.startsWith('stream') && operationId !== 'signOut')
    .map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
)

const requestOf = ({ path, operation }: (typeof operations)[number]) => {
  const values = fc.record(
    Object.fromEntries(operation.parameters.map(({ name, schema }) => [name, nearly(arbitraryOf(schema))])),
    {
      requiredKeys: operation.parameters.filter(({ required }) => required).map(({ name }) => name),
    },
  )
  const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema
  return fc.record({
    values: values as fc.Arbitrary<Record<string, unknown>>,
    body: schema ? nearlyBody(schema) : fc.constant(undefined),
    signedIn: fc.boolean(),
    useOwn: fc.boolean(),
    path: fc.constant(path),
  })
}

/** An upload gets what it asks for by name, though not by nature. */
const uploadTypeOf = ({ operation }: (typeof operations)[number]): string | undefined => {
  const type = Object.keys(operation.requestBody?.content ?? {})[0]
  return type === undefined || type === 'application/x-www-form-urlencoded' ? undefined : type
}

const encode = (value: unknown): string => encodeURIComponent(String(value).replaceAll(/[\uD800-\uDFFF]/g, '?'))

test.each(operations.map((one) => [one.operation.operationId, one] as const))(
  '%s bears anything',
  async (_id, one) => {
    await fc.assert(
      fc.asyncProperty(requestOf(one), async ({ values, body, signedIn, useOwn, path }) => {
        const of = (where: string) =>
          one.operation.parameters.filter((parameter) => parameter.in === where && values[parameter.name] !== undefined)
        let url = path
        for (const { name } of of('path'))
          url = url.replace(`{${name}}`, useOwn && name === 'sessionId' ? own : encode(values[name]) || 'x')
        const query = of('query').flatMap(({ name }) => {
          const value = values[name]
          return (Array.isArray(value) ? value : [value]).map((part) => `${name}=${encode(part)}`)
        })
        const headers = Object.fromEntries(
          of('header').map(({ name }) => [name.toLowerCase(), String(values[name]).replaceAll(/[^\x20-\x7e]/g, '?')]),
        )
        const answer = await world.api.inject({
          method: one.method as 'GET',
          url: query.length > 0 ? `${url}?${query.join('&')}` : url,
          headers: {
            ...headers,
            ...(signedIn ? driver.headers : {}),
            ...(body === undefined ? {} : { 'content-type': uploadTypeOf(one) ?? 'application/json' }),
          },
          ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
        })
        if (answer.statusCode >= 500) expect(answer.json<WerenodeError>()).toBe('less than 500')
      }),
      { numRuns: runs },
    )
  },
  Math.max(20_000, runs * 100),
)
