import { randomBytes } from 'node:crypto'
import { WerenodeError } from '@werenode/core'
import { makePrivate, readPrivate } from '../driver/private-file.ts'

/**
 * What seals this node's signing keys and cookies: 32 bytes in a file of their own (mode 0600) beside the store, made at the first start.
 * Throws `store-unavailable` for a file that holds something else.
 */
export const nodeSecret = async (file: string): Promise<Buffer> => {
  const made = (): Promise<string> => makePrivate(file, `${randomBytes(32).toString('base64url')}\n`)
  const text = (await readPrivate(file)) ?? (await made())
  const secret = Buffer.from(text.trim(), 'base64url')
  if (secret.length === 32) return secret
  throw new WerenodeError('store-unavailable', `${file} does not hold this node's secret`, {
    hint: 'Restore it from a backup of the data folder; without it everybody signs in again after `--fresh`.',
  })
}
