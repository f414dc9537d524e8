import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { WerenodeError } from '@werenode/core'

const run = promisify(argon2)

/** OWASP's parameters for argon2id (19 MiB, two passes, one lane); written into each hash, so that they can grow. */
const parameters = { memory: 19_456, passes: 2, parallelism: 1 }

/** `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, as everybody writes it. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, parameters)
  const { memory, passes, parallelism } = parameters
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${b64(salt)}$${b64(hash)}`
}

/** Whether a password is the one that was hashed. Takes the same time for an account that does not exist (`undefined`). */
export const verifyPassword = async (password: string, encoded: string | undefined): Promise<boolean> => {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(
    encoded ?? nobodys,
  )
  if (!match) return false
  const expected = Buffer.from(match[5]!, 'base64')
  const hash = await derive(password, Buffer.from(match[4]!, 'base64'), {
    memory: Number(match[1]),
    passes: Number(match[2]),
    parallelism: Number(match[3]),
  })
  return hash.length === expected.length && timingSafeEqual(hash, expected) && encoded !== undefined
}

/** Length over cleverness (NIST SP 800-63B §3.1.1.2); nothing that is the address itself. */
export const checkPassword = (password: string, email: string): void => {
  const refuse = (why: string): never => {
    throw new WerenodeError('invalid-input', `This password ${why}`, {
      hint: 'Four words that only you put together are good.',
    })
  }
  if ([...password].length < 10) refuse('is shorter than ten characters')
  if (password.length > 256) refuse('is longer than 256 characters')
  if (new Set(password).size < 5) refuse('is too easy to guess')
  const name = email.split('@')[0]!.toLowerCase()
  if (name.length >= 4 && password.toLowerCase().includes(name) && password.length - name.length < 8)
    refuse('is close to your address')
}

const derive = (password: string, nonce: Buffer, { memory, passes, parallelism }: typeof parameters): Promise<Buffer> =>
  run('argon2id', {
    message: password.normalize('NFKC'),
    nonce,
    parallelism,
    tagLength: 32,
    memory,
    passes,
  }) as Promise<Buffer>

const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '')

/** A hash that no password has, for accounts that do not exist. */
const nobodys = `$argon2id$v=19$m=${parameters.memory},t=${parameters.passes},p=${parameters.parallelism}$${b64(Buffer.alloc(16, 1))}$${b64(Buffer.alloc(32, 2))}`
