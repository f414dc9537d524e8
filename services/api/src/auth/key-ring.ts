import { createCipheriv, createDecipheriv, generateKeyPairSync, hkdfSync, randomBytes } from 'node:crypto'
import {
  type Clock,
  type CollectionSpec,
  type Doc,
  isoTime,
  isWerenodeError,
  type Store,
  WerenodeError,
} from '@werenode/core'

/** A signing key of this node. The private part is kept encrypted under the node's secret. */
interface KeyDoc extends Doc {
  readonly createdAt: string
  /** From then on it signs; published before, so that nobody meets a signature whose key they cannot find. */
  readonly signsFrom: string
  /** AES-256-GCM: 12 bytes IV, 16 bytes tag, cipher text; base64url. */
  readonly sealed: string
}

const collection = 'api_oauth_keys'
export const keyCollection: CollectionSpec = { name: collection }

const dayMs = 24 * 3_600_000
const rotateAfterMs = 90 * dayMs
const publishedBeforeMs = dayMs
/** Longer than any token that was signed with it lives. */
const keptAfterMs = 2 * dayMs

export type Jwk = Readonly<Record<string, string>>

export interface KeyRing {
  /** Private keys, the signing one first; makes what is missing or due, forgets what is over. */
  current(): Promise<readonly Jwk[]>
  /** For cookies and forms. */
  readonly cookieKeys: readonly string[]
}

/**
 * Signing keys that rotate by themselves: each signs for 90 days, is published a day before and two days after. Several processes
 * share them through the store; the secret (32 bytes or more of randomness, in a file or the environment, never in the store) seals them.
 */
export const createKeyRing = ({
  store,
  clock,
  secret,
}: {
  store: Store
  clock: Clock
  secret: string | Buffer
}): KeyRing => {
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'werenode', purpose, 32))
  const sealing = derive('signing keys at rest')

  const seal = (jwk: Jwk): string => {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', sealing, iv)
    const text = Buffer.concat([cipher.update(JSON.stringify(jwk), 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')
  }
  const unseal = ({ _id, sealed }: KeyDoc): Jwk => {
    const bytes = Buffer.from(sealed, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28))
    try {
      return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')) as Jwk
    } catch (cause) {
      throw new WerenodeError('internal', `The signing key ${_id} is not sealed with this node's secret`, {
        hint: 'Start with the secret this node had before, or delete the collection api_oauth_keys: people sign in again then.',
        cause,
      })
    }
  }

  const make = async (signsFrom: Date, now: Date): Promise<void> => {
    const kid = randomBytes(9).toString('base64url')
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwk = { ...(privateKey.export({ format: 'jwk' }) as Jwk), kid, use: 'sig', alg: 'ES256' }
    const doc: KeyDoc = { _id: kid, createdAt: isoTime(now), signsFrom: isoTime(signsFrom), sealed: seal(jwk) }
    // One id for one generation: of two processes that find it missing, one makes it.
    await store
      .write([
        { op: 'insert', in: collection, doc: { ...doc, _id: `from ${isoTime(signsFrom).slice(0, 10)}` } as KeyDoc },
      ])
      .catch((error: unknown) => {
        if (!isWerenodeError(error) || error.code !== 'conflict') throw error
      })
  }

  const all = async (): Promise<readonly KeyDoc[]> =>
    (await store.find<KeyDoc>(collection, {}, { limit: 100 })).items.toSorted((a, b) =>
      a.signsFrom < b.signsFrom ? 1 : -1,
    )

  return {
    cookieKeys: [derive('cookies').toString('base64url')],
    async current() {
      const now = clock()
      let keys = await all()
      const newest = keys[0]
      if (!newest) await make(now, now)
      else if (now.getTime() >= Date.parse(newest.signsFrom) + rotateAfterMs - publishedBeforeMs)
        await make(
          new Date(Math.max(now.getTime() + publishedBeforeMs, Date.parse(newest.signsFrom) + rotateAfterMs)),
          now,
        )
      keys = await all()
      const signing = keys.find(({ signsFrom }) => signsFrom <= isoTime(now)) ?? keys.at(-1)!
      const over = keys.filter((key) => {
        const next = keys[keys.indexOf(key) - 1]
        return next !== undefined && Date.parse(next.signsFrom) + keptAfterMs < now.getTime()
      })
      if (over.length > 0) await store.write(over.map(({ _id }) => ({ op: 'delete', in: collection, id: _id })))
      return [signing, ...keys.filter((key) => key !== signing && !over.includes(key))].map(unseal)
    },
  }
}
