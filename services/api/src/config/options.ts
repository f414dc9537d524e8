import { WerenodeError } from '@werenode/core'
import type { ApiOptions } from '../api.ts'
import { smtpMailer } from '../mail/smtp-mailer.ts'
import { readSettings, type SettingValues } from './settings.ts'

export type FromSettings = Partial<
  Pick<
    ApiOptions,
    | 'origin'
    | 'secret'
    | 'admins'
    | 'mailer'
    | 'trustProxy'
    | 'corsOrigins'
    | 'identityProviders'
    | 'oauthApps'
    | 'drainMs'
    | 'traces'
  >
> & {
  /** Where pictures and documents are kept instead of in files; whoever composes a node opens it. */
  readonly bucket?: Bucket
}

/** A bucket of S3 and who asks it. */
export interface Bucket {
  readonly bucketUrl: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly prefix?: string
}

const bucketOf = (values: SettingValues): { bucket?: Bucket } => {
  const { WERENODE_S3_URL: bucketUrl, WERENODE_S3_PREFIX: prefix, AWS_SESSION_TOKEN: sessionToken } = values
  const { AWS_REGION: region, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = values
  if (!bucketUrl || !region || !accessKeyId || !secretAccessKey) return {}
  const optional = {
    ...(prefix === undefined ? {} : { prefix }),
    ...(sessionToken === undefined ? {} : { sessionToken }),
  }
  return { bucket: { bucketUrl, region, accessKeyId, secretAccessKey, ...optional } }
}

/** The options of `createApi` that settings stand for. */
export const optionsOf = (values: SettingValues): FromSettings => ({
  ...bucketOf(values),
  ...(values.WERENODE_ORIGIN === undefined ? {} : { origin: values.WERENODE_ORIGIN }),
  ...(values.WERENODE_SECRET_FILE === undefined ? {} : { secret: values.WERENODE_SECRET_FILE.trim() }),
  ...(values.WERENODE_ADMINS === undefined ? {} : { admins: values.WERENODE_ADMINS }),
  ...(values.WERENODE_SMTP_URL === undefined || values.WERENODE_MAIL_FROM === undefined
    ? {}
    : { mailer: smtpMailer({ url: values.WERENODE_SMTP_URL, from: values.WERENODE_MAIL_FROM }) }),
  ...(values.WERENODE_TRUST_PROXY === undefined ? {} : { trustProxy: values.WERENODE_TRUST_PROXY }),
  ...(values.WERENODE_CORS_ORIGINS === undefined ? {} : { corsOrigins: values.WERENODE_CORS_ORIGINS }),
  ...(values.WERENODE_IDENTITY_PROVIDERS === undefined
    ? {}
    : { identityProviders: values.WERENODE_IDENTITY_PROVIDERS }),
  ...(values.WERENODE_OAUTH_APPS === undefined ? {} : { oauthApps: values.WERENODE_OAUTH_APPS }),
  ...(values.WERENODE_DRAIN_MS === undefined ? {} : { drainMs: values.WERENODE_DRAIN_MS }),
  ...(values.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
    ? {}
    : { traces: { endpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT, share: values.OTEL_TRACES_SAMPLER_ARG ?? 1 } }),
})

/** What the environment says, for a node that starts; throws `invalid-input` with all that is wrong. */
export const optionsOfEnvironment = (env: Readonly<Record<string, string | undefined>>): FromSettings => {
  const { values, problems } = readSettings(env)
  if (problems.length > 0)
    throw new WerenodeError('invalid-input', problems.map(({ name, problem }) => `${name} ${problem}`).join('; '), {
      hint: '`./werenode config` lists the settings, `./werenode config check` looks at those that are set.',
    })
  return optionsOf(values)
}
