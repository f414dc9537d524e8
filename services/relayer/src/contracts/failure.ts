import { errorsAbi, explainError } from '@werenode/chain'
import { decodeErrorResult, type Hex, isHex } from 'viem'
import type { RpcRefusal } from '../rpc/chain-rpc.ts'

/** Why a call would fail on chain. */
export interface Failure {
  /** Name of the contract's error, or a word of our own (`Reverted`, `OutOfGas`). */
  readonly error: string
  readonly args: readonly unknown[]
}

/** A revert with its name; undefined when the node refused for a reason that says nothing about the call (busy, lagging ...). */
export const failureOf = (refused: RpcRefusal): Failure | undefined => {
  const data = revertData(refused.data)
  if (data) return decoded(data)
  if (/out of gas|gas required exceeds/i.test(refused.message)) return { error: 'OutOfGas', args: [] }
  if (refused.code === 3 || /revert/i.test(refused.message)) return { error: 'Reverted', args: [] }
  return undefined
}

/** Nodes give the bytes bare, inside an object, or after a word. */
const revertData = (data: unknown): Hex | undefined => {
  if (typeof data === 'string') {
    const hex = /0x[0-9a-fA-F]{8,}/.exec(data)?.[0]
    return isHex(hex) ? hex : undefined
  }
  if (typeof data === 'object' && data !== null && 'data' in data) return revertData(data.data)
  return undefined
}

const decoded = (data: Hex): Failure => {
  try {
    const { errorName, args } = decodeErrorResult({ abi: errorsAbi, data })
    return { error: errorName, args: (args as readonly unknown[] | undefined) ?? [] }
  } catch {
    // A token that refuses with text, or a contract we do not know: its selector at least can be looked up.
    return { error: explainError(data)?.name ?? `Reverted ${data.slice(0, 10)}`, args: [] }
  }
}
