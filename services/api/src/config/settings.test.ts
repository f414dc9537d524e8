import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { optionsOf, optionsOfEnvironment } from './options.ts'
import { readSettings, settings } from './settings.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'settings-'))
})
afterAll(() => rm(folder, { recursive: true }))
const file = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text)
  return join(folder, name)
}

test('an empty environment is good: there is a default for everything', () => {
  expect(readSettings({})).toEqual({ values: {}, problems: [] })
  expect(optionsOf({})).toEqual({})
})

test('settings become what the API takes', async () => {
  const { values, problems } = readSettings({
    WERENODE_ORIGIN: 'https://charge.example/',
    WERENODE_SECRET_FILE: await file('secret', `${'s'.repeat(43)}\n`),
    WERENODE_ADMINS: '0x1F9840a85d5aF5bf1D1762F925BDADdC4201F984, 0x0000000000000000000000000000000000000001',
    WERENODE_SMTP_URL: 'smtps://u:p@mail.example:465',
    WERENODE_MAIL_FROM: 'Werenode <no-reply@charge.example>',
    WERENODE_TRUST_PROXY: '10.0.0.0/8,::1',
    WERENODE_IDENTITY_PROVIDERS: await file(
      'idp.json',
      JSON.stringify([{ id: 'acme', name: 'Acme', issuer: 'https://acme.example', clientId: 'x' }]),
    ),
    WERENODE_DRAIN_MS: '2500',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318',
    OTEL_TRACES_SAMPLER_ARG: '0.25',
    WERENODE_S3_URL: 'https://s3.example/bucket',
    WERENODE_S3_PREFIX: 'node-1/',
    AWS_REGION: 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG',
    PATH: '/bin',
  })
  expect(problems).toEqual([])
  const options = optionsOf(values)
  expect(options).toMatchObject({
    origin: 'https://charge.example',
    secret: 's'.repeat(43),
    admins: ['0x1f9840a85d5af5bf1d1762f925bdaddc4201f984', '0x0000000000000000000000000000000000000001'],
    trustProxy: ['10.0.0.0/8', '::1'],
    identityProviders: [{ id: 'acme' }],
    drainMs: 2500,
    bucket: { bucketUrl: 'https://s3.example/bucket', region: 'eu-west-3', prefix: 'node-1/' },
    traces: { endpoint: 'http://localhost:4318', share: 0.25 },
  })
  expect(options.mailer?.keeps).toBe(false)
})

test.each([
  ['WERENODE_ORIGIN', 'charge.example', /address/],
  ['WERENODE_ORIGIN', 'https://charge.example/x', /leave out the path/],
  ['WERENODE_ORIGIN', 'http://charge.example', /not https/],
  ['WERENODE_SECRET_FILE', '/does/not/exist', /cannot be read/],
  ['WERENODE_ADMINS', '0x12', /wallet address/],
  ['WERENODE_SMTP_URL', 'smtp://mail.example', /./],
  ['WERENODE_TRUST_PROXY', 'everybody', /address or network/],
  ['WERENODE_S3_URL', 'https://s3.example/bucket', /is needed with WERENODE_S3_URL/],
  ['WERENODE_S3_PREFIX', '../x', /names/],
  ['WERENODE_DRAIN_MS', '-1', /whole number/],
  ['OTEL_TRACES_SAMPLER_ARG', '2', /between 0 and 1/],
  ['WERENODE_SMTP', 'x', /is no setting/],
])('%s=%s is said to be wrong, and why', (name, value, words) => {
  const { problems } = readSettings({ [name]: value })
  expect(problems.length).toBeGreaterThan(0)
  expect(problems.some(({ problem }) => words.test(problem))).toBe(true)
})

test('all that is wrong is told, and no secret with it', () => {
  const { problems } = readSettings({
    WERENODE_SMTP_URL: 'https://user:hunter2@mail',
    WERENODE_ADMINS: 'x',
    WERENODE_DRAIN_MS: 'y',
  })
  expect(new Set(problems.map(({ name }) => name)).size).toBe(3)
  expect(JSON.stringify(problems)).not.toContain('hunter2')
})

test('every setting says what it is for, with an example that is understood', () => {
  for (const [name, { words, example, schema }] of Object.entries(settings)) {
    expect(words.length).toBeGreaterThan(10)
    if (!example.startsWith('/')) expect([name, schema.safeParse(example).success]).toEqual([name, true])
  }
})

test('a node does not start on a wrong environment', () => {
  expect(() => optionsOfEnvironment({ WERENODE_ADMINS: 'x', WERENODE_DRAIN_MS: 'y' })).toThrow(
    /WERENODE_ADMINS .*WERENODE_DRAIN_MS/,
  )
  expect(optionsOfEnvironment({ WERENODE_DRAIN_MS: '1' })).toEqual({ drainMs: 1 })
})
