import type { Address } from '@werenode/core'
import fc from 'fast-check'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { oauthDoors } from '../src/auth/mount.ts'
import { operations as allOperations, arbitraryOf, type Schema } from './arbitrary.ts'
import { putDemo } from './demo/put-demo.ts'
import { someSession, standInManager } from './manager.ts'
import { type Driver, openWorld, type World } from './world.ts'

/** Requests made from the OpenAPI document: right ones, nearly right ones and nonsense. None may end in a 5xx, and every answer is as described. */

/** Raise it for a longer search. */
const runs = Number(process.env.WERENODE_FUZZ_RUNS ?? 15)

let world: World
let driver: Driver
let own: string
let callers: readonly Readonly<Record<string, string>>[]
const admin = privateKeyToAccount(generatePrivateKey())
beforeAll(async () => {
  world = await openWorld({ admins: [admin.address.toLowerCase() as Address] })
  await putDemo(world.catalogue)
  const manager = standInManager(world.bus)
  driver = await world.driver()
  own = manager.put(someSession(driver.address)).id
  const boss = await world.driver(admin)
  await world.api.inject({
    method: 'POST',
    url: '/v1/parties',
    headers: boss.headers,
    payload: { party: 'FR*WRN', name: 'Demo' },
  })
  callers = [{}, driver.headers, driver.headers, boss.headers]
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

const operations = allOperations.filter(
  ({ operation: { operationId } }) => !operationId.startsWith('stream') && operationId !== 'signOut',
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
    /** Nobody, a driver, or somebody who may do everything. */
    caller: fc.integer({ min: 0, max: 3 }),
    useOwn: fc.boolean(),
    path: fc.constant(path),
  })
}

/** An upload gets what it asks for by name, though not by nature. */
const uploadTypeOf = ({ operation }: (typeof operations)[number]): string | undefined => {
  const type = Object.keys(operation.requestBody?.content ?? {})[0]
  return type === undefined || type === 'application/x-www-form-urlencoded' ? undefined : type
}

/** Anything as text; objects of hostile make too. */
const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))
const encode = (value: unknown): string => encodeURIComponent(textOf(value).replaceAll(/[\uD800-\uDFFF]/g, '?'))

/** Ids that are there. */
const known = (): Readonly<Record<string, string>> => ({
  sessionId: own,
  party: 'FR*WRN',
  locationId: 'wrn-lyon',
  evseId: 'FR*WRN*E000001',
})

/** No 5xx; but what this room does not have (a chain, a blob store, the services behind the bus) may be said to be missing. */
const mustBear = (answer: { statusCode: number; body: string }): void => {
  if (answer.statusCode < 500) return
  const problem = JSON.parse(answer.body) as { status: number; code?: string; detail?: string }
  const isMissing =
    problem.code === 'no-responder' ||
    problem.code === 'chain-unavailable' ||
    (problem.code === 'store-unavailable' && problem.detail === 'This node keeps no files')
  if (problem.status !== 503 || !isMissing) expect(problem).toBe('less than 500')
}

test.each(operations.map((one) => [one.operation.operationId, one] as const))(
  '%s bears anything',
  async (_id, one) => {
    await fc.assert(
      fc.asyncProperty(requestOf(one), async ({ values, body, caller, useOwn, path }) => {
        const of = (where: string) =>
          one.operation.parameters.filter((parameter) => parameter.in === where && values[parameter.name] !== undefined)
        let url = path
        for (const { name } of of('path'))
          url = url.replace(`{${name}}`, (useOwn ? known()[name] : undefined) ?? (encode(values[name]) || 'x'))
        const query = of('query').flatMap(({ name }) => {
          const value = values[name]
          return (Array.isArray(value) ? value : [value]).map((part) => `${name}=${encode(part)}`)
        })
        const headers = Object.fromEntries(
          of('header').map(({ name }) => [name.toLowerCase(), textOf(values[name]).replaceAll(/[^\x20-\x7e]/g, '?')]),
        )
        const answer = await world.api.inject({
          method: one.method as 'GET',
          url: query.length > 0 ? `${url}?${query.join('&')}` : url,
          headers: {
            ...headers,
            ...callers[caller],
            ...(body === undefined ? {} : { 'content-type': uploadTypeOf(one) ?? 'application/json' }),
          },
          ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
        })
        mustBear(answer)
      }),
      { numRuns: runs },
    )
  },
  Math.max(20_000, runs * 100),
)

const forms = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      'client_id',
      'grant_type',
      'code',
      'refresh_token',
      'redirect_uri',
      'code_verifier',
      'scope',
      'user_code',
      'device_code',
      'token',
      'resource',
      'response_type',
      'code_challenge',
      'code_challenge_method',
      'prompt',
      'claims',
      'request',
      'id_token_hint',
      'max_age',
    ),
    fc.string({ maxLength: 10 }),
  ),
  fc.oneof(
    fc.constantFrom(
      'portal',
      'cli',
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'openid',
      'code',
      'S256',
      ...nasty,
    ),
    fc.string({ maxLength: 60 }),
  ),
  { maxKeys: 8 },
)

test.each(oauthDoors.flatMap(({ path, methods }) => methods.map((method) => [method, path] as const)))(
  'OAuth %s %s bears anything',
  async (method, path) => {
    await fc.assert(
      fc.asyncProperty(forms, fc.boolean(), async (form, signed) => {
        const text = Object.entries(form)
          .map(([name, value]) => `${encode(name)}=${encode(value)}`)
          .join('&')
        const url = `/auth${path.replace(':uid', 'x'.repeat(43))}`
        const answer = await world.api.inject({
          method,
          url: method === 'GET' ? `${url}?${text}` : url,
          headers: {
            ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
            ...(signed
              ? { authorization: 'Basic cG9ydGFsOng=', cookie: 'werenode_session=x; werenode_sign_in=y' }
              : {}),
          },
          ...(method === 'POST' ? { payload: text } : {}),
        })
        if (answer.statusCode >= 500) expect(answer.body).toBe('less than 500')
      }),
      { numRuns: Math.ceil(runs / 2) },
    )
  },
  Math.max(20_000, runs * 100),
)

test('GraphQL bears anything', async () => {
  const pieces = fc.constantFrom(
    ...[
      '{',
      '}',
      '(',
      ')',
      ':',
      'query',
      'mutation',
      'subscription',
      'fragment X on Session',
      '...X',
      '$a',
      'session',
      'locations',
    ],
    ...[
      'items',
      'id',
      'limit: 3',
      'sessionId: "x"',
      '"',
      '__schema',
      '__typename',
      '@include(if: true)',
      '1e99',
      '\u0000',
      '💥',
    ],
  )
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join(' ')),
        fc.string(),
      ),
      junk,
      fc.integer({ min: 0, max: 3 }),
      async (query, variables, caller) => {
        const answer = await world.api.inject({
          method: 'POST',
          url: '/graphql',
          headers: { ...callers[caller]!, 'content-type': 'application/json' },
          payload: JSON.stringify({ query, variables }),
        })
        if (answer.statusCode >= 500) expect(answer.body).toBe('less than 500')
      },
    ),
    { numRuns: runs * 5 },
  )
}, 60_000)
