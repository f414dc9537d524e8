import { deployLocal } from '@werenode/chain/deploy'
import type { Clock } from '@werenode/core'
import { type NetworkFacts, provisionLocalNetwork, type RelayerKeys } from '@werenode/relayer'
import type { Logger } from 'pino'
import { createWalletClient, http } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { EmbeddedChain } from './embedded-chain.ts'

/**
 * Contracts and demo operator on the embedded chain: made at the first start, only looked at later. Run it after the chain has
 * started and before the relayer does. The addresses are the same on every local chain.
 */
export const openLocalNetwork = async (options: {
  readonly chain: EmbeddedChain
  readonly keys: RelayerKeys
  /** Demo party, e.g. `FR*WRN`. */
  readonly party: string
  readonly clock: Clock
  readonly log: Pick<Logger, 'info'>
  readonly onProgress?: (step: string) => void
}): Promise<NetworkFacts> => {
  const { chain, onProgress } = options
  const client = createWalletClient({
    account: privateKeyToAccount(chain.funder.privateKey),
    transport: http(chain.trustedRpcUrl, { retryCount: 5, retryDelay: 200 }),
    pollingInterval: 50,
    cacheTime: 0,
  })
  const deployed = await deployLocal(client, onProgress ? { onProgress } : {})
  const [token] = deployed.tokens
  if (!token) throw new Error('the local deployment names no token')
  return provisionLocalNetwork({
    rpcUrl: chain.trustedRpcUrl,
    chainId: chain.chainId,
    contracts: { ...deployed, token: token.address },
    funderKey: chain.funder.privateKey,
    keys: options.keys,
    party: options.party,
    clock: options.clock,
    log: options.log,
  })
}
