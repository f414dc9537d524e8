import type { Address, Hex } from '@werenode/core'
import { keccak256 } from 'viem'

/**
 * Whether a block's bloom filter allows for logs of this address (Yellow Paper 4.3.1: three bits, each from two bytes of the hash).
 * "No" is certain on chains that fill the filter; "yes" may be a chance hit.
 */
export const mayHoldLogsOf = (bloom: Hex, address: Address): boolean => {
  if (bloom.length !== 514) return false
  const hash = keccak256(address)
  return [0, 4, 8].every((at) => {
    const bit = Number.parseInt(hash.slice(2 + at, 6 + at), 16) & 2047
    const byte = Number.parseInt(
      bloom.slice(514 - 2 * (Math.floor(bit / 8) + 1), 516 - 2 * (Math.floor(bit / 8) + 1)),
      16,
    )
    return ((byte >> (bit % 8)) & 1) === 1
  })
}
