import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** A password as it may be stored. */
export interface CredentialHash {
  readonly kind: 'scrypt'
  readonly salt: string
  readonly hash: string
  readonly cost: number
}

/**
 * Passwords of devices are made by the house (115 bits), so no hash is slow or fast enough to matter against guessing; it is chosen
 * so that ten thousand plugs that come back at once are all in within two minutes.
 */
const cost = 2 ** 12

const derive = (password: Uint8Array, salt: Uint8Array, n: number): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password, salt, 32, { N: n, r: 8, p: 1 }, (error, key) => (error ? reject(error) : resolve(key))),
  )

export const hashPassword = async (password: string): Promise<CredentialHash> => {
  const salt = randomBytes(16)
  const hash = await derive(Buffer.from(password, 'utf8'), salt, cost)
  return { kind: 'scrypt', salt: salt.toString('base64'), hash: hash.toString('base64'), cost }
}

/** 20 letters and digits that cannot be mistaken for each other, as they are typed into web pages of plugs. */
export const generatePassword = (): string => {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'
  return Array.from(randomBytes(20), (byte) => letters[byte % letters.length]).join('')
}

export interface CredentialChecker {
  /** Takes the same time for an unknown name (no hash) as for a wrong password. */
  matches(username: string, password: Uint8Array, stored: CredentialHash | undefined): Promise<boolean>
  /** It matched before, in this process. */
  remembers(username: string, password: Uint8Array, stored: CredentialHash | undefined): boolean
}

export const createCredentialChecker = (): CredentialChecker => {
  // After a power cut a whole street comes back at once: what matched is remembered under a key that dies with us.
  const secret = randomBytes(32)
  const remembered = new Map<string, string>()
  const decoy: CredentialHash = { kind: 'scrypt', salt: 'AAAAAAAAAAAAAAAAAAAAAA==', hash: '', cost }

  const markOf = (username: string, password: Uint8Array, stored: CredentialHash): string =>
    createHmac('sha256', secret).update(`${username}\0${stored.hash}\0`).update(password).digest('base64')
  const remembers: CredentialChecker['remembers'] = (username, password, stored) =>
    stored !== undefined && remembered.get(username) === markOf(username, password, stored)

  return {
    remembers,
    matches: async (username, password, stored) => {
      if (remembers(username, password, stored)) return true
      const { hash, salt, cost: n } = stored ?? decoy
      const expected = Buffer.from(hash, 'base64')
      const actual = await derive(password, Buffer.from(salt, 'base64'), n)
      const isRight = expected.length === actual.length && timingSafeEqual(expected, actual)
      if (isRight && stored) remembered.set(username, markOf(username, password, stored))
      return isRight
    },
  }
}
