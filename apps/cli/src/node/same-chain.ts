import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isWerenodeError, WerenodeError } from '@werenode/core'
import { createPublicClient, http } from 'viem'
import type { EmbeddedChain } from '../chain/embedded-chain.ts'

/** What a chain folder that cannot be opened looks like to a person, whatever the file that was damaged. */
export const openedInWords = async (folder: string, open: () => Promise<EmbeddedChain>): Promise<EmbeddedChain> => {
  try {
    return await open()
  } catch (cause) {
    if (isWerenodeError(cause)) throw cause
    throw new WerenodeError('store-unavailable', `The local chain in ${folder} cannot be opened`, {
      hint: 'A file of it is damaged: restore the data folder from a backup, or begin anew with --fresh (it forgets sessions and the local chain).',
      cause,
    })
  }
}

/**
 * The sessions of the store were opened on one chain, and their money is there. A folder whose chain is another one (it was deleted, or
 * a backup holds one half only) is refused with `conflict`, before anything is written about sessions that this chain never saw.
 */
export const assertSameChain = async (
  dataFolder: string,
  chain: Pick<EmbeddedChain, 'trustedRpcUrl'>,
): Promise<void> => {
  const client = createPublicClient({ transport: http(chain.trustedRpcUrl) })
  const { hash: genesis } = await client.getBlock({ blockNumber: 0n })
  const file = join(dataFolder, 'chain-identity.json')
  const known = await readFile(file, 'utf8').then(
    (text) => /0x[0-9a-f]{64}/.exec(text)?.[0],
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    },
  )
  if (known === undefined) {
    await writeFile(`${file}.new`, `${JSON.stringify({ genesis })}\n`)
    await rename(`${file}.new`, file)
  } else if (known !== genesis)
    throw new WerenodeError('conflict', `The local chain in ${dataFolder} is not the one its sessions were opened on`, {
      hint: 'Its folder was removed or exchanged, or --rpc-url names another chain. Restore the whole data folder from one backup, or begin anew with --fresh.',
    })
}
