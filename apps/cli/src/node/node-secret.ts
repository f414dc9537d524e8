import { randomBytes } from 'node:crypto'
import { WerenodeError } from '@werenode/core'
import { readPrivate, writePrivate } from '../driver/private-file.ts'

/**
 * What seals this node's signing keys and cookies: 32 bytes in a file of their own (mode 0600) beside the store, made at the first start.
 * Throws `store-unavailable` for a file that holds something else.
 */
export const nodeSecret = async (file: string): Promise<Buffer> => {
  const text = (await readPrivate(file))?.trim()
  if (text === undefined) {
    const secret = randomBytes(32)
    await writePrivate(file, `${secret.toString('base64url')}\n`)
    return secret
  }
  const secret = Buffer.from(text, 'base64url')
  if (secret.length === 32) return secret
  throw new WerenodeError('store-unavailable', `${file} does not hold this node's secret`, {
    hint: 'Restore it from a backup of the data folder; without it everybody signs in again after `--fresh`.',
  })
}
