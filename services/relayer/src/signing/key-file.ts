import { chmod, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Hex, WerenodeError } from '@werenode/core'
import { generatePrivateKey } from 'viem/accounts'

/** The keys of this node, each for one thing. Only the relayer holds them; nothing prints or tells them. */
export interface RelayerKeys {
  /** Sends every transaction and pays its gas; the operator's delegate for cancelling and acknowledging. */
  readonly sender: Hex
  /** Owns the operator on chain and receives its payout. Used at the first start only. */
  readonly owner: Hex
  /** Signs quotes and receipts as the operator's delegate. */
  readonly signer: Hex
  /** The gateway's meter key (keyClass GATEWAY). */
  readonly meter: Hex
  /** Pays for this node's own cards from its credit (R23). */
  readonly issuer: Hex
  /** Co-signs the receipts of card sessions. */
  readonly issuerSession: Hex
}

const names = ['sender', 'owner', 'signer', 'meter', 'issuer', 'issuerSession'] as const satisfies (keyof RelayerKeys)[]

/** Reads the key file, or makes it at the first start (mode 0600, durable before it is used). */
export const openKeyFile = async (path: string): Promise<RelayerKeys> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text !== undefined) {
    // Others may not read it, whatever a copy or a backup made of its mode.
    if (((await stat(path)).mode & 0o077) !== 0) await chmod(path, 0o600)
    return parseKeys(path, text)
  }
  const keys = Object.fromEntries(names.map((name) => [name, generatePrivateKey()])) as unknown as RelayerKeys
  await writeOnce(path, `${JSON.stringify(keys, null, 2)}\n`)
  return keys
}

const parseKeys = (path: string, text: string): RelayerKeys => {
  const damaged = (cause?: unknown) =>
    new WerenodeError('store-unavailable', `The key file ${path} cannot be read as this node's keys`, {
      hint: 'Restore it from a backup: without it, the operator and the issuer on chain cannot act.',
      ...(cause === undefined ? {} : { cause }),
    })
  let keys: Partial<Record<string, unknown>>
  try {
    keys = JSON.parse(text) as Partial<Record<string, unknown>>
  } catch {
    throw damaged() // The cause would quote the text.
  }
  for (const name of names) {
    const key = keys[name]
    if (typeof key !== 'string' || !/^0x[0-9a-f]{64}$/.test(key)) throw damaged()
  }
  return keys as unknown as RelayerKeys
}

const writeOnce = async (path: string, text: string): Promise<void> => {
  const file = await open(`${path}.tmp`, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.tmp`, path)
  if (process.platform === 'win32') return
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
