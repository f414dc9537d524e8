import type { Address } from '@werenode/core'
import { WerenodeError } from '@werenode/core'
import { getAddress, isAddress } from 'viem'
import type { SigningDomain } from './typed/domain.ts'
import { escrowDomain } from './typed/domain.ts'

/** An accepted token with what its signatures need. */
export interface TokenEntry {
  readonly address: Address
  readonly symbol: string
  /** Name and version of its EIP-712 domain (permit, ERC-3009). */
  readonly domainName: string
  readonly domainVersion: string
}

/** Where Werenode lives on one chain. */
export interface ChainAddresses {
  readonly chainId: number
  readonly name: string
  readonly operatorRegistry: Address
  readonly evseRegistry: Address
  readonly verifier: Address
  readonly evidenceRules: Address
  readonly escrow: Address
  readonly tokens: readonly TokenEntry[]
  /** First block worth reading events from. */
  readonly fromBlock: bigint
}

/** The book as JSON: chain id -> entry, `fromBlock` as a decimal string. Ships empty; a deployment writes its own. */
export type AddressBookJson = Record<string, Omit<ChainAddresses, 'chainId' | 'fromBlock'> & { fromBlock: string }>

export interface AddressBook {
  /** The entry of a chain; throws with what to do when there is none. */
  of(chainId: number): ChainAddresses
  readonly chainIds: readonly number[]
}

export const addressBook = (json: AddressBookJson): AddressBook => {
  const entries = new Map(Object.entries(json).map(([id, entry]) => [Number(id), parseEntry(Number(id), entry)]))
  return {
    chainIds: [...entries.keys()],
    of: (chainId) => {
      const entry = entries.get(chainId)
      if (entry === undefined)
        throw new WerenodeError('chain-unavailable', `Werenode is not known on chain ${chainId}`, {
          hint: `Add it to the address book, or switch to one of: ${[...entries.keys()].join(', ') || 'none yet'}.`,
        })
      return entry
    },
  }
}

/** The book's JSON form of an entry. */
export const addressesToJson = ({ chainId, fromBlock, ...entry }: ChainAddresses): AddressBookJson => ({
  [chainId]: { ...entry, fromBlock: fromBlock.toString() },
})

const parseEntry = (chainId: number, entry: AddressBookJson[string]): ChainAddresses => {
  const address = (field: string, value: string): Address => {
    if (!isAddress(value, { strict: false }))
      throw new WerenodeError('invalid-input', `${field} of chain ${chainId} is not an address: "${value}"`, {
        hint: 'Correct the address book; deploy prints an entry that can be copied.',
      })
    return getAddress(value)
  }
  return {
    ...entry,
    chainId,
    operatorRegistry: address('operatorRegistry', entry.operatorRegistry),
    evseRegistry: address('evseRegistry', entry.evseRegistry),
    verifier: address('verifier', entry.verifier),
    evidenceRules: address('evidenceRules', entry.evidenceRules),
    escrow: address('escrow', entry.escrow),
    tokens: entry.tokens.map((token) => ({ ...token, address: address('token', token.address) })),
    fromBlock: BigInt(entry.fromBlock),
  }
}

/** The domain of the chain's escrow. */
export const domainOf = (addresses: Pick<ChainAddresses, 'chainId' | 'escrow'>): SigningDomain =>
  escrowDomain(addresses.chainId, addresses.escrow)

/** The domain of an accepted token. */
export const tokenDomainOf = (addresses: Pick<ChainAddresses, 'chainId'>, token: TokenEntry): SigningDomain => ({
  name: token.domainName,
  version: token.domainVersion,
  chainId: addresses.chainId,
  verifyingContract: token.address,
})
