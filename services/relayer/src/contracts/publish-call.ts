import { evseRegistryAbi, offerFromWire, standardBytes } from '@werenode/chain'
import type { EvsePublication, Hex, WireListing } from '@werenode/core'
import { encodeFunctionData } from 'viem'
import type { ContractCall } from './intent-call.ts'
import type { NetworkFacts } from './network.ts'

/** KeyClass of EvseRegistry: the operator's gateway holds the key. */
const gateway = 1

/** Generous gas of a batch: a base, and so much for each item. The whole of 40 items stays below 16.7 M (EIP-7825). */
const baseGas = 200_000n
const itemGas: Readonly<Record<EvsePublication['do'], bigint>> = {
  register: 350_000n,
  list: 120_000n,
  setActive: 60_000n,
  offer: 140_000n,
  renew: 60_000n,
  withdraw: 60_000n,
}

/** The one call on EvseRegistry that publishes this. */
export const publishCall = (network: NetworkFacts, meterKey: Hex, publication: EvsePublication): ContractCall => {
  const abi = evseRegistryAbi
  const { operatorId } = network
  const call = (items: number, data: Hex): ContractCall => ({
    to: network.evseRegistry,
    data,
    gas: baseGas + itemGas[publication.do] * BigInt(items),
  })
  switch (publication.do) {
    case 'register': {
      const items = publication.items.map(({ listing, active }) => ({
        listing: listingStruct(listing),
        meterKey,
        keyClass: gateway,
        active,
      }))
      return call(items.length, encodeFunctionData({ abi, functionName: 'registerBatch', args: [operatorId, items] }))
    }
    case 'list': {
      const listings = publication.listings.map(listingStruct)
      return call(
        listings.length,
        encodeFunctionData({ abi, functionName: 'setListings', args: [operatorId, listings] }),
      )
    }
    case 'setActive': {
      const { evseIdHashes, active } = publication
      const args = [operatorId, evseIdHashes, active] as const
      return call(evseIdHashes.length, encodeFunctionData({ abi, functionName: 'setActive', args }))
    }
    case 'offer': {
      const updates = publication.updates.map(({ offer, ...rest }) => ({ ...rest, offer: offerFromWire(offer) }))
      return call(updates.length, encodeFunctionData({ abi, functionName: 'setOffers', args: [operatorId, updates] }))
    }
    case 'renew': {
      const { evseIdHashes, validUntil } = publication
      const args = [operatorId, evseIdHashes, validUntil] as const
      return call(evseIdHashes.length, encodeFunctionData({ abi, functionName: 'renewOffers', args }))
    }
    case 'withdraw': {
      const args = [operatorId, publication.evseIdHashes] as const
      return call(args[1].length, encodeFunctionData({ abi, functionName: 'withdrawOffers', args }))
    }
  }
}

const listingStruct = ({ connectors, ...listing }: WireListing) => ({
  ...listing,
  connectors: connectors.map(({ standard, ...rest }) => ({ ...rest, standard: standardBytes(standard) })),
})
