import { createHash } from 'node:crypto'
import { type BlobStore, type Clock, WerenodeError } from '@werenode/core'
import { AwsClient } from 'aws4fetch'
import { checkKey } from './key.ts'

export interface S3Options {
  /** The bucket's own address, path style or virtual host: `https://s3.eu-west-3.amazonaws.com/my-bucket`. */
  readonly bucketUrl: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of credentials that end by themselves. */
  readonly sessionToken?: string
  /** Before every key, so that several nodes may share a bucket: `node-1/`. */
  readonly prefix?: string
  readonly clock?: Clock
  /** A request that takes longer has failed; default 30 s. */
  readonly timeoutMs?: number
}

/** AWS signs an address for at most seven days. */
const longestUrlS = 7 * 24 * 3600

const failure = (what: string, cause: unknown): WerenodeError =>
  new WerenodeError('store-unavailable', `The blob store could not ${what}`, {
    hint: 'Check that the bucket is there and that the credentials may read, write and list it.',
    cause,
  })

/**
 * Blobs in a bucket of S3, or of anything that speaks it (AWS Signature Version 4). Signed addresses lead to the bucket itself: bytes do
 * not pass through this process.
 */
export const openS3BlobStore = (options: S3Options): BlobStore => {
  const { prefix = '', clock = () => new Date(), timeoutMs = 30_000 } = options
  const bucket = new URL(options.bucketUrl.endsWith('/') ? options.bucketUrl : `${options.bucketUrl}/`)
  const client = new AwsClient({ ...options, service: 's3', retries: 2 })
  const aws = () => ({
    datetime: clock()
      .toISOString()
      .replaceAll(/[:-]|\.\d{3}/g, ''),
  })
  const urlOf = (key: string): URL =>
    new URL((prefix + checkKey(key)).split('/').map(encodeURIComponent).join('/'), bucket)

  const ask = async (what: string, url: URL, init: RequestInit = {}): Promise<Response> => {
    try {
      return await client.fetch(url, { ...init, aws: aws(), signal: AbortSignal.timeout(timeoutMs) })
    } catch (cause) {
      throw failure(what, cause)
    }
  }
  /** What S3 says in XML, shortened: it may hold the key's name, never a secret. */
  const refused = async (what: string, answer: Response): Promise<WerenodeError> =>
    failure(what, new Error(`${answer.status} ${(await answer.text()).slice(0, 300)}`))

  return {
    put: async (key, bytes, { contentType }) => {
      const url = urlOf(key)
      const answer = await ask(`write ${key}`, url, {
        method: 'PUT',
        body: new Uint8Array(bytes),
        headers: {
          'content-type': contentType,
          // Said, not left unsigned: bytes that were changed on the way are refused.
          'x-amz-content-sha256': createHash('sha256').update(bytes).digest('hex'),
        },
      })
      if (!answer.ok) throw await refused(`write ${key}`, answer)
      await answer.body?.cancel()
    },

    get: async (key) => {
      const answer = await ask(`read ${key}`, urlOf(key))
      if (answer.status === 404 && (await isNoKey(answer))) return undefined
      if (!answer.ok) throw await refused(`read ${key}`, answer)
      const contentType = answer.headers.get('content-type') ?? 'application/octet-stream'
      try {
        return { bytes: new Uint8Array(await answer.arrayBuffer()), contentType }
      } catch (cause) {
        throw failure(`read ${key}`, cause)
      }
    },

    list: async (wanted) => {
      const keys: string[] = []
      let token: string | undefined
      do {
        const url = new URL(bucket)
        url.searchParams.set('list-type', '2')
        url.searchParams.set('encoding-type', 'url')
        url.searchParams.set('prefix', prefix + wanted)
        if (token !== undefined) url.searchParams.set('continuation-token', token)
        const answer = await ask('list its keys', url)
        if (!answer.ok) throw await refused('list its keys', answer)
        const xml = await answer.text()
        // A server that does not know `encoding-type` writes names as they are.
        const nameOf = xml.includes('<EncodingType>url</EncodingType>') ? decoded : unescaped
        for (const [, key] of xml.matchAll(/<Key>([^<]*)<\/Key>/g)) keys.push(nameOf(key!).slice(prefix.length))
        const [, next] = /<NextContinuationToken>([^<]*)</.exec(xml) ?? []
        token = next === undefined ? undefined : unescaped(next)
      } while (token !== undefined)
      return keys.sort()
    },

    signedUrl: async (key, { verb, expiresInS }) => {
      if (!Number.isFinite(expiresInS) || expiresInS <= 0)
        throw new WerenodeError('invalid-input', `A signed address cannot expire in ${expiresInS} s`)
      const url = urlOf(key)
      url.searchParams.set('X-Amz-Expires', String(Math.min(Math.ceil(expiresInS), longestUrlS)))
      const { url: signed } = await client.sign(url, {
        method: verb.toUpperCase(),
        aws: { ...aws(), signQuery: true },
      })
      return signed
    },
  }
}

/** A bucket that is not there is no missing blob. */
const isNoKey = async (answer: Response): Promise<boolean> => !/NoSuchBucket/.test(await answer.clone().text())

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')

/** `encoding-type=url` writes a space as `+`. */
const decoded = (key: string): string => decodeURIComponent(unescaped(key).replaceAll('+', ' '))
