import { errorStatus } from '@werenode/core'
import { z } from 'zod'
import { access, type OperationId, operationIds } from '../contract/access.ts'
import { type Contract, tags } from '../contract/contract.ts'
import { contracts } from '../contract/contracts.ts'
import { problem } from '../contract/schemas/problem.ts'
import { errorsOfEveryRoute } from '../http/problem.ts'

type Json = Record<string, unknown>

export const apiVersion = '0.1.0'

/** The OpenAPI 3.1 document of the whole service, from the same table and contracts that the routes run on. */
export const openApiDocument = (): Json => {
  const schemas: Json = {}
  const schemaOf = (schema: z.ZodType): Json =>
    hoist(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), schemas)
  schemaOf(problem)

  const paths: Record<string, Json> = {}
  for (const id of operationIds) {
    const { path, method } = access[id]
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(id, schemaOf) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Werenode API',
      version: apiVersion,
      description:
        'Money is a decimal string of micro-euro, energy whole Wh, times ISO 8601 UTC with milliseconds. Errors are RFC 9457 problem details with a stable `code` and, where it helps, a `hint`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'Access token of POST /auth/siwe, or the API key of a party.',
        },
      },
    },
  }
}

const operation = (id: OperationId, schemaOf: (schema: z.ZodType) => Json): Json => {
  const contract: Contract = contracts[id]
  const { access: needs, path } = access[id]
  const open = needs === 'anyone' || needs === 'catalogue:read'
  return {
    operationId: id,
    summary: contract.summary,
    description: [
      contract.description,
      'events' in contract.answer
        ? 'Also over a WebSocket at the same address, whose messages are `{ id?, event, data }`: `afterSeq` in the query goes on after an id, and the subprotocols `werenode.v1, bearer.<access token>` stand for the Authorization header.'
        : undefined,
      `Access: \`${needs}\`${needs === 'catalogue:read' ? ' (given to everybody)' : ''}.`,
    ]
      .filter(Boolean)
      .join(' '),
    tags: [contract.tag],
    'x-access': needs,
    security: open ? [{}, { bearer: [] }] : [{ bearer: [] }],
    parameters: [
      ...parameters('path', contract.params, schemaOf),
      ...parameters('query', contract.query, schemaOf),
      ...parameters('header', contract.headers, schemaOf),
      ...(contract.idempotent ? [idempotencyParameter] : []),
    ],
    ...(contract.upload
      ? {
          requestBody: {
            required: true,
            content: Object.fromEntries(
              contract.upload.types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
            ),
          },
        }
      : {}),
    ...(contract.body
      ? {
          requestBody: {
            required: true,
            content: {
              [contract.form ? 'application/x-www-form-urlencoded' : 'application/json']: {
                schema: schemaOf(contract.body),
              },
            },
          },
        }
      : {}),
    responses: responses(contract, schemaOf, path.includes('{')),
  }
}

const idempotencyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key with the same body within 24 hours answers what it answered the first time.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

const parameters = (
  where: 'path' | 'query' | 'header',
  schema: z.ZodType | undefined,
  schemaOf: (schema: z.ZodType) => Json,
): Json[] => {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name: where === 'header' ? name.replaceAll(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()) : name,
    in: where,
    required: where === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: property,
  }))
}

const responses = (contract: Contract, schemaOf: (schema: z.ZodType) => Json, hasIds: boolean): Json => {
  const { answer } = contract
  const good: Json = { description: answer.words }
  if ('schema' in answer) good.content = { 'application/json': { schema: schemaOf(answer.schema) } }
  if ('events' in answer)
    good.content = { 'text/event-stream': { schema: { type: 'string' }, 'x-event': schemaOf(answer.events) } }
  if ('text' in answer) good.content = { [answer.text]: { schema: { type: 'string' } } }
  if ('bytes' in answer) good.content = { [answer.bytes]: { schema: { type: 'string', format: 'binary' } } }
  if ('page' in answer) good.content = { 'text/html': { schema: { type: 'string' } } }
  if ('etag' in answer) good.headers = { ETag: { schema: { type: 'string' } } }
  const byStatus = new Map<number, string[]>()
  const repeated = contract.idempotent ? (['conflict'] as const) : []
  for (const code of [
    ...errorsOfEveryRoute,
    ...(hasIds ? (['not-found'] as const) : []),
    ...repeated,
    ...contract.errors,
  ])
    byStatus.set(errorStatus[code], [...(byStatus.get(errorStatus[code]) ?? []), code])
  return {
    [answer.status]: good,
    ...('page' in answer ? { 303: { description: 'Leads on.' } } : {}),
    ...('etag' in answer ? { 304: { description: 'Nothing changed.' } } : {}),
    ...Object.fromEntries(
      [...byStatus].map(([status, codes]) => [
        status,
        {
          description: [...new Set(codes)].map((code) => `\`${code}\``).join(', '),
          content: {
            'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
            ...('page' in answer ? { 'text/html': { schema: { type: 'string' } } } : {}),
          },
        },
      ]),
    ),
  }
}

/** Moves `$defs` into the document's components and points the references there. */
const hoist = (schema: Json, into: Json): Json => {
  const {
    $schema: _dialect,
    $defs,
    id,
    ...rest
  } = schema as { $schema?: string; $defs?: Record<string, Json>; id?: string } & Json
  for (const [name, definition] of Object.entries($defs ?? {})) into[name] = hoist(definition, into)
  const plain = JSON.parse(JSON.stringify(rest).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json
  if (id === undefined) return plain
  into[id] = plain
  return { $ref: `#/components/schemas/${id}` }
}
