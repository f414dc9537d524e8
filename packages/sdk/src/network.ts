import { escrowDomain, type SigningDomain } from '@werenode/chain'
import { type Address, type ChainNetwork, type Hex, WerenodeError } from '@werenode/core'
import type { Http } from './http.ts'
import { jsonIn, type Storage } from './storage.ts'

/** The chain a node settles on, and where a client may ask it. */
export type Network = ChainNetwork & { readonly rpcUrl?: string }

/** What a client must not be talked out of: where its signatures are good. */
export interface PinnedNetwork {
  readonly chainId: number
  readonly escrow: Address
  readonly token: Address
  readonly operatorRegistry: Address
}

/** Reads what the chain says of an operator; the independent check of a payee (R15, R16). */
export type PayoutReader = (registry: Address, operatorId: Hex) => Promise<Address>

/**
 * The network, held to what was pinned: what the app was built with, or what the node said the first time. A node that later names
 * another escrow or token is refused, because every signature is for one escrow.
 */
export const createNetworkReader = (deps: {
  http: Http
  storage: Storage
  baseUrl: string
  pinned?: PinnedNetwork
}) => {
  const pin = jsonIn<PinnedNetwork>(deps.storage, `werenode:network:${deps.baseUrl}`)
  let known: Network | undefined
  return async (): Promise<Network> => {
    if (known) return known
    const network = await deps.http.json<Network>('/v1/network')
    const { chainId, escrow, token, operatorRegistry } = network
    const pinned = deps.pinned ?? (await pin.get())
    const now: PinnedNetwork = { chainId, escrow, token, operatorRegistry }
    if (!pinned) await pin.set(now)
    else
      for (const field of ['chainId', 'escrow', 'token', 'operatorRegistry'] as const)
        if (String(now[field]).toLowerCase() !== String(pinned[field]).toLowerCase())
          throw new WerenodeError(
            'terms-refused',
            `The node names another ${field} (${now[field]}) than it should (${pinned[field]})`,
            {
              hint: 'Do not sign. If the network was set up anew, forget what this app has stored.',
            },
          )
    known = network
    return network
  }
}

/** The domain every signature for this network's escrow has. */
export const domainOf = (network: Pick<ChainNetwork, 'chainId' | 'escrow'>): SigningDomain =>
  escrowDomain(network.chainId, network.escrow)
