import { createPublicClient, custom, http, type PublicClient } from 'viem'
import type { Deployment } from './deployment.ts'
import { createNodes, type Nodes } from './nodes.ts'

/** How long a node may take before the next is asked, ms. */
const nodeTimeoutMs = 8_000

const chainOf = ({ addresses, rpcUrls, nativeSymbol }: Deployment) => ({
  id: addresses.chainId,
  name: addresses.name,
  nativeCurrency: { name: nativeSymbol, symbol: nativeSymbol, decimals: 18 },
  rpcUrls: { default: { http: [...rpcUrls] } },
})

export type Reader = PublicClient & { readonly nodes: Nodes }

/** Reads the chain by the deployment's nodes, in their order; the next is asked when one is away or lags (nodes.ts). */
export const createReader = (deployment: Deployment): Reader => {
  const chain = chainOf(deployment)
  const nodes = createNodes(
    deployment.rpcUrls.map((url) => {
      const { request } = http(url, { timeout: nodeTimeoutMs, retryCount: 0 })({ chain, retryCount: 0 })
      return { url, ask: (call) => request(call as never) }
    }),
  )
  const client = createPublicClient({
    chain,
    // Once more when all are away: a phone that changes its network is away for a moment.
    transport: custom({ request: nodes.request as never }, { retryCount: 1 }),
    pollingInterval: 1_000,
    cacheTime: 0,
  })
  return Object.assign(client, { nodes })
}
