import type { RelayerSettings } from '../settings.ts'

export interface Fees {
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
}
type FeeSettings = Pick<RelayerSettings, 'priorityFeeWei' | 'feeCapWei'>

/** Room for the base fee to double before the transaction is mined. Undefined when even the present price is above the cap. */
export const freshFees = (baseFeePerGas: bigint, settings: FeeSettings): Fees | undefined => {
  const tip = settings.priorityFeeWei
  if (baseFeePerGas + tip > settings.feeCapWei) return undefined
  return { maxFeePerGas: least(baseFeePerGas * 2n + tip, settings.feeCapWei), maxPriorityFeePerGas: tip }
}

/**
 * A price that replaces the one before: nodes ask for 10 % more on both fees, we give 25 %. Undefined when that is above the cap:
 * then the transaction stays as it is until the chain becomes cheaper.
 */
export const raisedFees = (before: Fees, baseFeePerGas: bigint, settings: FeeSettings): Fees | undefined => {
  const tip = raised(before.maxPriorityFeePerGas)
  const fresh = baseFeePerGas * 2n + tip
  const more = raised(before.maxFeePerGas)
  const maxFeePerGas = fresh > more ? fresh : more
  if (more > settings.feeCapWei) return undefined
  return { maxFeePerGas: least(maxFeePerGas, settings.feeCapWei), maxPriorityFeePerGas: tip }
}

const raised = (fee: bigint): bigint => (fee * 125n) / 100n + 1n
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)
