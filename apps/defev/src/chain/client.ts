import { createPublicClient, fallback, http, type PublicClient } from 'viem'
import type { Deployment } from './deployment.ts'

/** How long a node may take before the next is asked, ms. */
const nodeTimeoutMs = 8_000

/** Reads the chain by the deployment's nodes, in their order; the next is asked when one is away or lags. */
export const createReader = ({ addresses, rpcUrls, nativeSymbol }: Deployment): PublicClient =>
  createPublicClient({
    chain: {
      id: addresses.chainId,
      name: addresses.name,
      nativeCurrency: { name: nativeSymbol, symbol: nativeSymbol, decimals: 18 },
      rpcUrls: { default: { http: [...rpcUrls] } },
    },
    transport: fallback(
      rpcUrls.map((url) => http(url, { timeout: nodeTimeoutMs, retryCount: 1 })),
      { rank: false },
    ),
    pollingInterval: 1_000,
    cacheTime: 0,
  })
export type Reader = PublicClient
