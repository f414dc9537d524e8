import { walletOfAccount } from '@werenode/chain'
import { type Hex, type Wallet, WerenodeError } from '@werenode/core'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { makePrivate, readPrivate } from './private-file.ts'

/**
 * The driver of the command line: a key in a file of its own (mode 0600), made when there is none. It is never printed, and nothing
 * but signatures leaves it. Throws `store-unavailable` for a file that is not such a key.
 */
export const openDriverKey = async (path: string): Promise<{ readonly wallet: Wallet; readonly made: boolean }> => {
  const known = await readPrivate(path)
  const text = known ?? (await makePrivate(path, newKey()))
  const privateKey = keyIn(text)
  if (privateKey === undefined)
    throw new WerenodeError('store-unavailable', `${path} is not a driver's key`, {
      hint: 'Restore it from a backup, or move it away and a new one is made (credit of the old key stays with the old key).',
    })
  return { wallet: walletOfAccount(privateKeyToAccount(privateKey)), made: known === undefined }
}

const newKey = (): string => {
  const privateKey = generatePrivateKey()
  const { address } = privateKeyToAccount(privateKey)
  return `${JSON.stringify({ address, privateKey }, null, 2)}\n`
}

const keyIn = (text: string): Hex | undefined => {
  try {
    const { privateKey } = JSON.parse(text) as { privateKey?: unknown }
    return typeof privateKey === 'string' && /^0x[0-9a-f]{64}$/i.test(privateKey) ? (privateKey as Hex) : undefined
  } catch {
    // Not JSON; the error would quote the text.
    return undefined
  }
}
