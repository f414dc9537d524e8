import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** One setting of the environment: what it is for, what it may be, what it becomes. */
export interface Setting<T = unknown> {
  readonly words: string
  readonly example: string
  /** Not shown when settings are listed. */
  readonly secret?: true
  readonly schema: z.ZodType<T>
}

const list = <T>(item: z.ZodType<T, string>) =>
  z
    .string()
    .transform((text) => text.split(',').map((one) => one.trim()))
    .pipe(z.array(item).min(1))
const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, { error: 'is not a wallet address' })
  .transform((text) => text.toLowerCase() as `0x${string}`)
const origin = z
  .url({ protocol: /^https?$/, error: 'is not an http(s) address' })
  .refine((text) => !URL.canParse(text) || new URL(text).pathname === '/', {
    error: 'is not an origin: leave out the path',
  })
  .transform((text) => (URL.canParse(text) ? new URL(text).origin : text))
const file = z.string().transform((path, context) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    context.addIssue({ code: 'custom', message: `names a file that cannot be read: ${path}` })
    return z.NEVER
  }
})
const json = <T>(schema: z.ZodType<T>) =>
  file
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom', message: 'names a file that is no JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^[0-9]{1,9}$/, { error: 'is not a whole number' })
    .transform(Number)
    .pipe(z.number().min(least).max(most))

const identityProvider = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1),
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  clientSecret: z.exactOptional(z.string().min(1)),
  scope: z.exactOptional(z.string().min(1)),
})
const app = z.strictObject({
  clientId: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1),
  redirectUris: z.array(z.url()).min(1),
  scopes: z.array(z.string()),
  native: z.exactOptional(z.boolean()),
})

/** Everything the API takes from its environment. What is not in this list has no effect. */
export const settings = {
  WERENODE_ORIGIN: {
    words: 'Where this node is reached from outside: sign-in messages, links in letters and redirects name it.',
    example: 'https://charge.example',
    schema: origin,
  },
  WERENODE_SECRET_FILE: {
    words:
      'A file with 32 bytes or more of randomness, readable by its owner alone: seals signing keys, signs cookies.',
    example: '/run/secrets/werenode',
    secret: true,
    schema: file.pipe(z.string().min(32, { error: 'names a file with less than 32 characters' })),
  },
  WERENODE_ADMINS: {
    words: 'Wallets of those who run this node, with commas between: they may do everything on it.',
    example: '0x1f9840a85d5af5bf1d1762f925bdaddc4201f984',
    schema: list(address),
  },
  WERENODE_SMTP_URL: {
    words: 'The mail server for letters; without it they stay in the outbox on the admin port.',
    example: 'smtps://user:password@mail.example:465',
    secret: true,
    schema: z.url({ protocol: /^smtps?$/, error: 'is not an smtp(s) address' }),
  },
  WERENODE_MAIL_FROM: {
    words: 'The sender of letters.',
    example: 'Werenode <no-reply@charge.example>',
    schema: z.string().regex(/^[^\r\n]*@[^\r\n]+$/, { error: 'is not a mail address' }),
  },
  WERENODE_TRUST_PROXY: {
    words: 'Addresses of the proxies in front, with commas between; only their X-Forwarded-For is believed.',
    example: '10.0.0.0/8',
    schema: list(z.string().regex(/^[0-9a-fA-F.:]+(\/\d{1,3})?$/, { error: 'is not an address or network' })),
  },
  WERENODE_CORS_ORIGINS: {
    words: 'Origins of web pages that may read answers; without it all, because tokens travel in a header.',
    example: 'https://app.example',
    schema: list(origin),
  },
  WERENODE_IDENTITY_PROVIDERS: {
    words: 'A JSON file with OpenID Connect providers people may sign in from.',
    example: '/etc/werenode/providers.json',
    secret: true,
    schema: json(z.array(identityProvider)),
  },
  WERENODE_OAUTH_APPS: {
    words: 'A JSON file with apps of others that people may let in.',
    example: '/etc/werenode/apps.json',
    schema: json(z.array(app)),
  },
  WERENODE_DRAIN_MS: {
    words: 'How long a node that is told to stop lets running requests finish, ms.',
    example: '5000',
    schema: whole(0, 600_000),
  },
  WERENODE_S3_URL: {
    words:
      'The address of a bucket of S3, or of what speaks it, for pictures and documents; without it they are files.',
    example: 'https://s3.eu-west-3.amazonaws.com/my-bucket',
    schema: z.url({ protocol: /^https?$/, error: 'is not an http(s) address' }),
  },
  WERENODE_S3_PREFIX: {
    words: 'Before every key in the bucket, so that several nodes may share it.',
    example: 'node-1/',
    schema: z.string().regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*\/$/, { error: 'is not names with a / after each' }),
  },
  AWS_REGION: {
    words: 'The region of the bucket; what is not AWS mostly takes us-east-1.',
    example: 'eu-west-3',
    schema: z.string().regex(/^[a-z0-9-]{2,40}$/, { error: 'is not a region' }),
  },
  AWS_ACCESS_KEY_ID: {
    words: 'Who asks the bucket.',
    example: 'AKIAIOSFODNN7EXAMPLE',
    schema: z.string().regex(/^\S{3,128}$/, { error: 'is not a key id' }),
  },
  AWS_SECRET_ACCESS_KEY: {
    words: 'The secret of AWS_ACCESS_KEY_ID.',
    example: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    secret: true,
    schema: z.string().regex(/^\S{8,256}$/, { error: 'is not a secret key' }),
  },
  AWS_SESSION_TOKEN: {
    words: 'For credentials that end by themselves.',
    example: 'FwoGZXIvYXdzEXAMPLE',
    secret: true,
    schema: z.string().min(8),
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    words: 'Where traces go, by OTLP over HTTP; without it none are made.',
    example: 'http://localhost:4318',
    schema: z.url({ protocol: /^https?$/, error: 'is not an http(s) address' }),
  },
  OTEL_TRACES_SAMPLER_ARG: {
    words: 'What share of the requests is traced, 0 to 1; a caller that traces is always followed.',
    example: '0.1',
    schema: z
      .string()
      .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, { error: 'is not between 0 and 1' })
      .transform(Number),
  },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof settings
export type SettingValues = { readonly [K in SettingName]?: z.output<(typeof settings)[K]['schema']> }

/** Something wrong with a setting, in words; never the value of a secret one. */
export interface SettingProblem {
  readonly name: string
  readonly problem: string
}

/** The settings of an environment, and what is wrong with it: all of it, not the first. */
export const readSettings = (
  env: Readonly<Record<string, string | undefined>>,
): { readonly values: SettingValues; readonly problems: readonly SettingProblem[] } => {
  const problems: SettingProblem[] = []
  const values: Record<string, unknown> = {}
  for (const [name, { schema }] of Object.entries(settings) as [SettingName, Setting][]) {
    const text = env[name]
    if (text === undefined || text === '') continue
    const parsed = schema.safeParse(text)
    if (parsed.success) values[name] = parsed.data
    else
      for (const { message, path } of parsed.error.issues)
        problems.push({ name, problem: [...path, message].join(' ') })
  }
  const tell = (name: SettingName, problem: string): void => void problems.push({ name, problem })
  if (values.WERENODE_SMTP_URL !== undefined && values.WERENODE_MAIL_FROM === undefined)
    tell('WERENODE_MAIL_FROM', 'is needed with WERENODE_SMTP_URL')
  if (values.WERENODE_S3_URL !== undefined)
    for (const name of ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const)
      if (values[name] === undefined) tell(name, 'is needed with WERENODE_S3_URL')
  const given = values.WERENODE_ORIGIN as string | undefined
  if (given?.startsWith('http:') && !/^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(given))
    tell('WERENODE_ORIGIN', 'is not https: passkeys and wallets do not work there, and tokens travel in the open')
  const near = Object.keys(env).filter((name) =>
    /^WERENODE_(SECRET|ADMIN|SMTP|MAIL|TRUST|CORS|IDENTITY|OAUTH|ORIGIN|DRAIN|S3)/.test(name),
  )
  for (const name of near.filter((one) => !Object.hasOwn(settings, one)))
    problems.push({ name, problem: 'is no setting; `werenode config` lists them' })
  return { values: values as SettingValues, problems }
}
