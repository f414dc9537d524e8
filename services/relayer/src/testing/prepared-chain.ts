import { deployLocal } from '@werenode/chain/deploy'
import type { Hex } from '@werenode/core'
import { createWalletClient, http } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import type { NetworkFacts } from '../contracts/network.ts'
import { provisionLocalNetwork } from '../provision.ts'
import type { RelayerKeys } from '../signing/key-file.ts'
import { type Anvil, anvilKey, startAnvil } from './anvil.ts'
import { log } from './log.ts'

export const newKeys = (): RelayerKeys => ({
  sender: generatePrivateKey(),
  owner: generatePrivateKey(),
  signer: generatePrivateKey(),
  meter: generatePrivateKey(),
  issuer: generatePrivateKey(),
  issuerSession: generatePrivateKey(),
})

/** Contracts deployed and the demo party registered on a fresh node; blocks must come by themselves meanwhile. */
export const prepareChain = async (
  node: { readonly rpcUrl: string; readonly funderKey: Hex },
  keys: RelayerKeys,
): Promise<NetworkFacts> => {
  const client = createWalletClient({
    account: privateKeyToAccount(node.funderKey),
    transport: http(node.rpcUrl),
    pollingInterval: 20,
    cacheTime: 0,
  })
  const addresses = await deployLocal(client)
  return provisionLocalNetwork({
    ...node,
    chainId: 31_337,
    contracts: { ...addresses, token: addresses.tokens[0]!.address },
    keys,
    party: 'FR*WRN',
    clock: () => new Date(),
    log,
  })
}

let prepared: Promise<{ keys: RelayerKeys; network: NetworkFacts; dump: Hex }> | undefined

/** A fresh node that begins where the contracts are deployed and the operator is registered; made once per test file. */
export const startPreparedAnvil = async (
  mining: number,
): Promise<{ anvil: Anvil; keys: RelayerKeys; network: NetworkFacts }> => {
  prepared ??= (async () => {
    const anvil = await startAnvil({ mining: 10 })
    const keys = newKeys()
    const network = await prepareChain({ rpcUrl: anvil.url, funderKey: anvilKey }, keys)
    const dump = await anvil.rpc<Hex>('anvil_dumpState')
    await anvil.kill()
    return { keys, network, dump }
  })()
  const { keys, network, dump } = await prepared
  const anvil = await startAnvil({ mining })
  await anvil.rpc('anvil_loadState', dump)
  return { anvil, keys, network }
}
