import { expect, test } from 'vitest'
import { openApiDocument } from '../openapi/document.ts'
import { compareWithRelease, graphQlChanges } from './compare.ts'
import { type Document, openApiChanges } from './openapi-changes.ts'

test('nothing breaks apps of the last release, but what is recorded as meant', async () => {
  expect(await compareWithRelease()).toEqual({ unrecorded: [], idle: [] })
})

const now = openApiDocument() as unknown as Document
/** A document to be changed anyhow. */
// biome-ignore lint/suspicious/noExplicitAny: the changes reach anywhere into plain JSON
type Change = (document: any) => void
/** Today's document, changed. */
const changed = (change: Change): Document => {
  const copy = structuredClone(JSON.parse(JSON.stringify(now)))
  change(copy)
  return copy as Document
}
const plain = changed(() => undefined)

test.each<[string, Change, RegExp]>([
  ['a route that goes', (d) => delete d.paths['/v1/credit'], /^GET \/v1\/credit is gone$/],
  ['a method that goes', (d) => delete d.paths['/v1/sessions'].post, /^POST \/v1\/sessions is gone$/],
  [
    'a parameter that must be sent',
    (d) =>
      d.paths['/v1/credit'].get.parameters.push({ name: 'x', in: 'query', required: true, schema: { type: 'string' } }),
    /needs query parameter x/,
  ],
  ['a parameter that goes', (d) => d.paths['/v1/locations'].get.parameters.shift(), /takes no query \w+ any more/],
  [
    'a field of a body that must be sent',
    (d) => d.paths['/v1/quotes'].post.requestBody.content['application/json'].schema.required.push('maxAmountMicro'),
    /body\.maxAmountMicro must be there now/,
  ],
  [
    'a field of an answer that goes',
    (d) => delete d.components.schemas.Session.properties.energyWh,
    /answer\.energyWh is gone/,
  ],
  [
    'a field of an answer that may be left out',
    (d) => {
      d.components.schemas.Session.required = d.components.schemas.Session.required.filter(
        (one: string) => one !== 'state',
      )
    },
    /answer\.state may be left out now/,
  ],
  [
    'a field that changes its kind',
    (d) => (d.components.schemas.Session.properties.energyWh = { type: 'boolean' }),
    /energyWh was \w+ and is boolean/,
  ],
  [
    'a value that is not taken any more',
    (d) => (d.components.schemas.ConnectorStandard.enum = d.components.schemas.ConnectorStandard.enum.slice(1)),
    /does not take .* any more/,
  ],
  [
    'a status that goes',
    (d) => {
      d.paths['/v1/sessions'].post.responses['200'] = d.paths['/v1/sessions'].post.responses['201']
      delete d.paths['/v1/sessions'].post.responses['201']
    },
    /does not answer 201 any more/,
  ],
])('%s is found', (_what, change, words) => {
  expect(openApiChanges(plain, changed(change)).some((one) => words.test(one))).toBe(true)
})

test.each<[string, Change]>([
  ['a new route', (d) => (d.paths['/v1/new'] = d.paths['/v1/credit'])],
  ['a new field in an answer', (d) => (d.components.schemas.Session.properties.colour = { type: 'string' })],
  [
    'a parameter that may be sent',
    (d) =>
      d.paths['/v1/credit'].get.parameters.push({
        name: 'x',
        in: 'query',
        required: false,
        schema: { type: 'string' },
      }),
  ],
])('%s breaks nobody', (_what, change) => {
  expect(openApiChanges(plain, changed(change))).toEqual([])
})

test('the same of GraphQL', () => {
  const before = 'type Query { session(id: String): String credit: Int }'
  expect(graphQlChanges(before, 'type Query { session(id: String): String credit: Int more: Int }')).toEqual([])
  expect(graphQlChanges(before, 'type Query { session(id: String!): String }')).toHaveLength(3)
})
