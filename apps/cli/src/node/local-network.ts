import { rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { addressesToJson } from '@werenode/chain'
import { deployLocal, testEuroAddress } from '@werenode/chain/deploy'
import type { Clock } from '@werenode/core'
import { type NetworkFacts, openKeyFile, provisionLocalNetwork, type RelayerKeys } from '@werenode/relayer'
import type { Logger } from 'pino'
import { createWalletClient, http } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { EmbeddedChain } from '../chain/embedded-chain.ts'

export const demoParty = 'FR*WRN'

/**
 * The contracts on the embedded chain, from the committed bytecode, and the demo party as their operator. On a chain where all that
 * stands already it only reads. The node's keys are made at the first start and stay in `keyFile`.
 */
export const openLocalNetwork = async (deps: {
  readonly chain: EmbeddedChain
  readonly keyFile: string
  /** Whose plugs these are; the demo party by default. */
  readonly party?: string
  readonly clock: Clock
  readonly log: Logger
}): Promise<{ readonly network: NetworkFacts; readonly keys: RelayerKeys }> => {
  const { chain, keyFile, party = demoParty, clock, log } = deps
  const keys = await openKeyFile(keyFile)
  const client = createWalletClient({
    account: privateKeyToAccount(chain.funder.privateKey),
    chain: {
      id: chain.chainId,
      name: 'local',
      nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
      rpcUrls: { default: { http: [chain.trustedRpcUrl] } },
    },
    transport: http(chain.trustedRpcUrl),
    pollingInterval: 50,
  })
  const deployed = await deployLocal(client, { onProgress: (step) => log.info({ step }, 'Contract') })
  const { escrow, operatorRegistry, evseRegistry } = deployed
  // For other nodes on this chain: `werenode start --operator-node --rpc-url ... --addresses this file`.
  const book = addressesToJson({ ...deployed, fromBlock: 0n })
  const bookFile = join(dirname(keyFile), 'addresses.json')
  await writeFile(`${bookFile}.new`, `${JSON.stringify(book, null, 2)}\n`)
  await rename(`${bookFile}.new`, bookFile)
  const network = await provisionLocalNetwork({
    rpcUrl: chain.trustedRpcUrl,
    chainId: chain.chainId,
    contracts: { escrow, token: testEuroAddress, operatorRegistry, evseRegistry },
    funderKey: chain.funder.privateKey,
    keys,
    party,
    clock,
    log,
  })
  return { network, keys }
}
