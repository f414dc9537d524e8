import type { Hex } from '@werenode/core'
import { keccak256 } from 'viem'
import type { SlotRow, SlotVersion } from '../rows.ts'
import type { QueueContext } from './context.ts'
import type { Fees } from './fees.ts'

/** Signs a slot's transaction at this price. Nothing is sent before the result is stored. */
export const signVersion = async (
  context: Pick<QueueContext, 'sender' | 'network' | 'clock'>,
  slot: Pick<SlotRow, 'nonce' | 'to' | 'data' | 'gas'>,
  fees: Fees,
): Promise<SlotVersion> => {
  const raw: Hex = await context.sender.signTransaction({
    type: 'eip1559',
    chainId: context.network.chainId,
    nonce: slot.nonce,
    to: slot.to,
    data: slot.data,
    gas: BigInt(slot.gas),
    ...fees,
  })
  return {
    hash: keccak256(raw),
    raw,
    maxFeePerGas: fees.maxFeePerGas.toString(),
    maxPriorityFeePerGas: fees.maxPriorityFeePerGas.toString(),
    atMs: context.clock().getTime(),
  }
}

export const newest = (slot: SlotRow): SlotVersion => slot.versions.at(-1)!

export const feesOf = (version: SlotVersion): Fees => ({
  maxFeePerGas: BigInt(version.maxFeePerGas),
  maxPriorityFeePerGas: BigInt(version.maxPriorityFeePerGas),
})
