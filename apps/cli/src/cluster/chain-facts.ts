import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, WerenodeError } from '@werenode/core'
import { type NetworkFacts, openKeyFile, type RelayerKeys } from '@werenode/relayer'
import type { Logger } from 'pino'
import { type ExistingChainOptions, openExistingChain } from '../node/operator/existing-chain.ts'
import { joinNetwork } from '../node/operator/join-network.ts'

/** What the other processes need to know of the chain. */
export interface ChainFacts {
  readonly chainId: number
  readonly rpcUrl: string
  readonly network: NetworkFacts
}

const fileIn = (folder: string): string => join(folder, 'network.json')

/** The process that runs the chain tells the others, in the folder they share. */
export const tellChainFacts = async (folder: string, facts: ChainFacts): Promise<void> => {
  const file = fileIn(folder)
  await writeFile(`${file}.new`, `${JSON.stringify(facts, null, 2)}\n`)
  await rename(`${file}.new`, file)
}

const readFacts = async (folder: string): Promise<ChainFacts | undefined> => {
  try {
    return JSON.parse(await readFile(fileIn(folder), 'utf8')) as ChainFacts
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The chain of this house: somebody else's, or the one that another process of this folder runs; waits a minute for it. */
export const learnChainFacts = async (deps: {
  folder: string
  existing: ExistingChainOptions | undefined
  party: string
  clock: Clock
  log: Logger
}): Promise<ChainFacts & { readonly keys: RelayerKeys }> => {
  const { folder, existing, party, clock, log } = deps
  const keyFile = join(folder, 'keys.json')
  if (existing !== undefined) {
    const chain = await openExistingChain(existing)
    const { network, keys } = await joinNetwork({ chain, keyFile, party, clock, log })
    return { chainId: chain.chainId, rpcUrl: chain.trustedRpcUrl, network, keys }
  }
  for (let tries = 0; ; tries++) {
    const facts = await readFacts(folder)
    if (facts !== undefined) return { ...facts, keys: await openKeyFile(keyFile) }
    if (tries === 240)
      throw new WerenodeError('chain-unavailable', `Nobody told of a chain in ${folder}`, {
        hint: 'Start a process with --services chain on the same --data, or name a chain with --rpc-url and --addresses.',
      })
    await pause(250)
  }
}
