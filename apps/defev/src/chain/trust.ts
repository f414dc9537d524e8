import { abiHashes as builtAbiHashes, type ServedContract, servedAddresses, servedContracts } from '@werenode/chain'
import type { Address, Hex } from '@werenode/core'
import { keccak256 } from 'viem'
import type { Reader } from './client.ts'
import type { Deployment } from './deployment.ts'

/** What stands at one address, against what this copy expects there. */
export interface TrustRow {
  readonly name: ServedContract
  readonly address: Address
  readonly codeHash: Hex | undefined
  readonly codeHolds: boolean
  readonly abiHash: Hex
  readonly abiHolds: boolean
}

/** Asks the chain for every contract's code and compares hashes; nothing is signed while one of them differs. */
export const checkContracts = async (reader: Reader, deployment: Deployment): Promise<readonly TrustRow[]> => {
  const { addresses, codeHashes, abiHashes } = deployment
  const chainId = await reader.getChainId()
  return Promise.all(
    servedContracts.map(async (name) => {
      const address = servedAddresses(addresses)[name]
      const code = await reader.getCode({ address })
      const codeHash = code === undefined ? undefined : keccak256(code)
      return {
        name,
        address,
        codeHash,
        codeHolds: chainId === addresses.chainId && codeHash === codeHashes[name],
        abiHash: builtAbiHashes[name],
        abiHolds: builtAbiHashes[name] === abiHashes[name],
      }
    }),
  )
}
