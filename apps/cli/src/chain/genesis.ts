import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hex } from '@werenode/core'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { writeDurably } from './durable-file.ts'

export interface Genesis {
  readonly chainId: number
  /** Private key of the account that holds the coins of genesis: pays for the deployment and tops up the relayer. */
  readonly funderKey: Hex
  readonly genesisFile: string
}

/**
 * Reads the chain's genesis, or makes it at the first start: chain id, time and one funded account whose key never leaves the
 * folder (file mode 0600). Not one of anvil's well-known keys, which anybody who reaches the door could spend.
 */
export const openGenesis = async (folder: string, chainId: number, now: Date): Promise<Genesis> => {
  const genesisFile = join(folder, 'genesis.json')
  const keyFile = join(folder, 'funder.key')
  const existing = await readFile(genesisFile, 'utf8').catch(() => undefined)
  if (existing !== undefined) {
    const funderKey = (await readFile(keyFile, 'utf8')).trim() as Hex
    return { chainId: (JSON.parse(existing) as { config: { chainId: number } }).config.chainId, funderKey, genesisFile }
  }
  const funderKey = generatePrivateKey()
  const genesis = {
    config: { chainId },
    nonce: '0x0',
    timestamp: `0x${Math.floor(now.getTime() / 1000).toString(16)}`,
    gasLimit: '0x0',
    difficulty: '0x0',
    mixHash: `0x${'0'.repeat(64)}`,
    coinbase: `0x${'0'.repeat(40)}`,
    alloc: { [privateKeyToAddress(funderKey)]: { balance: `0x${(10n ** 27n).toString(16)}` } },
  }
  // The key first: a genesis without its key would be useless, a key without genesis is simply made anew.
  await writeDurably(keyFile, `${funderKey}\n`, { mode: 0o600 })
  await writeDurably(genesisFile, `${JSON.stringify(genesis, null, 2)}\n`)
  return { chainId, funderKey, genesisFile }
}
