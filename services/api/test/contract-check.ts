import { Ajv2020 } from 'ajv/dist/2020.js'
import { openApiDocument } from '../src/openapi/document.ts'

interface Operation {
  readonly operationId: string
  readonly responses: Record<string, { content?: Record<string, { schema?: object }> }>
}

const document = openApiDocument() as { paths: Record<string, Record<string, Operation>>; components: object }
const ajv = new Ajv2020({ strict: false, validateFormats: false })
ajv.addSchema({ $id: 'api', components: document.components })

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    method: method.toUpperCase(),
    // A fixed path goes before one with a parameter.
    weight: path.includes('{') ? 1 : 0,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
    operation,
  })),
)
operations.sort((a, b) => a.weight - b.weight)

const validators = new Map<string, ReturnType<typeof ajv.compile>>()

/** Throws when an answer is not what the OpenAPI document says of its route: every answer of every test passes here. */
export const checkAnswer = (
  method: string,
  url: string,
  answer: { readonly statusCode: number; readonly body: string; readonly headers: Readonly<Record<string, unknown>> },
): void => {
  const path = new URL(url, 'http://x').pathname
  const found = operations.find((one) => one.method === method && one.pattern.test(path))
  if (!found) return
  const { operationId, responses } = found.operation
  const fail = (words: string): never => {
    throw new Error(
      `${method} ${url} (${operationId}) answered ${answer.statusCode}, but ${words}: ${answer.body.slice(0, 300)}`,
    )
  }
  const response = responses[String(answer.statusCode)] ?? fail('the document does not know that status')
  if (answer.body === '') return
  const type = String(answer.headers['content-type']).split(';')[0]!
  const { schema } =
    response.content?.[type] ?? response.content?.['*/*'] ?? fail(`the document does not know ${type} there`)
  if (!schema || (type !== 'application/json' && type !== 'application/problem+json')) return
  const key = `${operationId} ${answer.statusCode} ${type}`
  const validate =
    validators.get(key) ??
    ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components')))
  validators.set(key, validate)
  if (!validate(JSON.parse(answer.body))) fail(`its body is not as described (${ajv.errorsText(validate.errors)})`)
}
