import type { Address, Hex } from '@werenode/core'
import { keccak256, stringToHex } from 'viem'
import { chargeEscrowAbi, evseRegistryAbi, operatorRegistryAbi } from './abis.ts'
import type { ChainAddresses } from './addresses.ts'
import type { SignedAccreditationList } from './typed/accreditation.ts'

/** The contracts an app without a server speaks to, in the order it shows them. */
export const servedContracts = ['ChargeEscrow', 'EvseRegistry', 'OperatorRegistry'] as const
export type ServedContract = (typeof servedContracts)[number]

/** Where one copy of such an app works, as the file `deployment.json` beside its page: all that differs between copies. */
export interface DeploymentFile {
  readonly addresses: Omit<ChainAddresses, 'fromBlock'> & { readonly fromBlock: string }
  /** In order of preference; the next is asked when one does not answer. */
  readonly rpcUrls: readonly string[]
  /** The chain's own coin, for gas. */
  readonly nativeSymbol: string
  /** keccak256 of each contract's code on chain, as it was when the file was written. */
  readonly codeHashes: Readonly<Record<ServedContract, Hex>>
  readonly abiHashes: Readonly<Record<ServedContract, Hex>>
  /** Its token can be minted by anybody: test networks only. */
  readonly testNetwork: boolean
  /** Whose word on operators this copy believes, and the lists they signed; absent: every operator is shown as not verified. */
  readonly accreditation?: {
    readonly issuers: readonly Address[]
    readonly lists: readonly SignedAccreditationList[]
  }
  /** The project id its owner has from WalletConnect; absent: wallets of this browser only, and no line of that library is loaded. */
  readonly walletConnectProjectId?: string
}

export const abiHash = (abi: readonly unknown[]): Hex => keccak256(stringToHex(JSON.stringify(abi)))

/** Hashed when it is asked for: tens of kilobytes each, which a page that opens has no time for. */
const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
const escrowHash = once(() => abiHash(chargeEscrowAbi))
const evseRegistryHash = once(() => abiHash(evseRegistryAbi))
const operatorRegistryHash = once(() => abiHash(operatorRegistryAbi))

/** Hashes of the ABIs this package carries. */
export const abiHashes: Readonly<Record<ServedContract, Hex>> = {
  get ChargeEscrow() {
    return escrowHash()
  },
  get EvseRegistry() {
    return evseRegistryHash()
  },
  get OperatorRegistry() {
    return operatorRegistryHash()
  },
}

export const servedAddresses = ({
  escrow,
  evseRegistry,
  operatorRegistry,
}: Pick<ChainAddresses, 'escrow' | 'evseRegistry' | 'operatorRegistry'>): Readonly<
  Record<ServedContract, Address>
> => ({
  ChargeEscrow: escrow,
  EvseRegistry: evseRegistry,
  OperatorRegistry: operatorRegistry,
})

/** Writes the file for a deployment, with the hashes of the code that stands there now. Throws RangeError where none stands. */
export const describeDeployment = async (given: {
  readonly addresses: ChainAddresses
  readonly rpcUrls: readonly string[]
  readonly nativeSymbol: string
  readonly testNetwork: boolean
  readonly codeAt: (address: Address) => Promise<Hex | undefined>
}): Promise<DeploymentFile> => {
  const { addresses, rpcUrls, nativeSymbol, testNetwork, codeAt } = given
  const at = servedAddresses(addresses)
  const hashes = await Promise.all(
    servedContracts.map(async (name) => {
      const code = await codeAt(at[name])
      if (code === undefined || code === '0x') throw new RangeError(`No contract stands at ${at[name]} (${name})`)
      return [name, keccak256(code)] as const
    }),
  )
  return {
    addresses: { ...addresses, fromBlock: addresses.fromBlock.toString() },
    rpcUrls,
    nativeSymbol,
    codeHashes: Object.fromEntries(hashes) as Record<ServedContract, Hex>,
    abiHashes,
    testNetwork,
  }
}
