import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** A password as it may be stored. */
export interface CredentialHash {
  readonly kind: 'scrypt'
  readonly salt: string
  readonly hash: string
  readonly cost: number
}

const cost = 2 ** 14
const hashBytes = 32

const derive = (password: Uint8Array, salt: Uint8Array, n: number): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password, salt, hashBytes, { N: n, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  )

export const hashPassword = async (password: string): Promise<CredentialHash> => {
  const salt = randomBytes(16)
  const hash = await derive(Buffer.from(password, 'utf8'), salt, cost)
  return { kind: 'scrypt', salt: salt.toString('base64'), hash: hash.toString('base64'), cost }
}

/** 20 random letters and digits: fits 1.6's AuthorizationKey (at most 40 hex of 20 bytes) and 2.x's BasicAuthPassword (16 to 40). */
export const generatePassword = (): string => {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'
  return Array.from(randomBytes(20), (byte) => letters[byte % letters.length]).join('')
}

/** What a Basic header says, as bytes: 1.6 keys may be binary (security white paper §3.4). */
export interface BasicCredentials {
  readonly user: string
  readonly password: Buffer
}

/**
 * Reads `Authorization: Basic …`. The identity may itself hold a colon, so its own prefix is stripped first; otherwise the first
 * colon divides.
 */
export const readBasic = (header: string | undefined, identity: string): BasicCredentials | undefined => {
  const match = /^Basic\s+([A-Za-z0-9+/=_-]+)\s*$/i.exec(header ?? '')
  if (!match) return undefined
  const bytes = Buffer.from(match[1]!, 'base64')
  const prefix = Buffer.from(`${identity}:`, 'utf8')
  if (bytes.subarray(0, prefix.length).equals(prefix))
    return { user: identity, password: bytes.subarray(prefix.length) }
  const colon = bytes.indexOf(0x3a)
  if (colon < 0) return undefined
  return { user: bytes.subarray(0, colon).toString('utf8'), password: bytes.subarray(colon + 1) }
}

/**
 * Compares passwords in constant time. A key that was handed out as text may come back as that text, or, from stations that
 * follow the 1.6 white paper to the letter, as the bytes whose hexadecimal form it is, and the other way round.
 */
export interface CredentialChecker {
  /** The same time for an unknown station (no hashes) as for a wrong password. */
  matches(identity: string, password: Buffer, hashes: readonly CredentialHash[]): Promise<boolean>
}

export const createCredentialChecker = (options: { rememberMs?: number; now: () => number }): CredentialChecker => {
  const { rememberMs = 10 * 60_000, now } = options
  // A reconnect storm must not pay a full hash for every station: what matched is remembered under a key that dies with us.
  const secret = randomBytes(32)
  const remembered = new Map<string, { readonly until: number; readonly credential: string }>()
  const decoy = { kind: 'scrypt', salt: 'AAAAAAAAAAAAAAAAAAAAAA==', hash: '', cost } as const

  const matchesOne = async (password: Buffer, stored: CredentialHash): Promise<boolean> => {
    const expected = Buffer.from(stored.hash, 'base64')
    const actual = await derive(password, Buffer.from(stored.salt, 'base64'), stored.cost)
    return expected.length === actual.length && timingSafeEqual(expected, actual)
  }

  return {
    matches: async (identity, password, hashes) => {
      const mark = createHmac('sha256', secret).update(identity).update('\0').update(password).digest('base64')
      const known = remembered.get(mark)
      // Rotation takes effect at once: the remembered credential must still be one of the station's.
      if (known && known.until > now() && hashes.some((stored) => stored.hash === known.credential)) return true
      if (hashes.length === 0) {
        await matchesOne(password, decoy)
        return false
      }
      for (const form of forms(password))
        for (const stored of hashes)
          if (await matchesOne(form, stored)) {
            remembered.set(mark, { until: now() + rememberMs, credential: stored.hash })
            if (remembered.size > 50_000)
              for (const oldest of remembered.keys()) {
                remembered.delete(oldest)
                break
              }
            return true
          }
      return false
    },
  }
}

/** The password as it came; and, when it is hexadecimal text or binary, its other form. */
const forms = (password: Buffer): Buffer[] => {
  const text = password.toString('latin1')
  if (/^([0-9a-f]{2}){16,20}$/i.test(text)) return [password, Buffer.from(text, 'hex')]
  if (password.some((byte) => byte < 0x20 || byte > 0x7e))
    return [
      password,
      Buffer.from(password.toString('hex'), 'latin1'),
      Buffer.from(password.toString('hex').toUpperCase(), 'latin1'),
    ]
  return [password]
}
