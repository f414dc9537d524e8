import type { Hex } from '@werenode/core'
import { allowedMethods } from './methods.ts'
import { type RpcAnswer, RpcFault } from './node-rpc.ts'

/** What the door asks of the chain behind it. */
export interface ChainBehindDoor {
  /** Reads and simulations, answered in the order asked. */
  read(calls: readonly NodeCall[]): Promise<readonly RpcAnswer[]>
  send(raw: Hex): Promise<Hex>
  /** Unix seconds of the newest block. */
  headTimestamp(): number
}

export interface NodeCall {
  readonly method: string
  readonly params: readonly unknown[]
}

/** What a request comes down to. */
export type Errand = { readonly answer: unknown } | { readonly send: Hex } | { readonly read: NodeCall }

export interface RpcRequest {
  readonly id: string | number | null
  readonly method: string
  readonly params: readonly unknown[]
}

const callGasLimit = 50_000_000n
const rawLimit = 2 + 2 * 131_072

/** Reads one JSON-RPC 2.0 request; throws RpcFault -32600 when it is none. */
export const parseRequest = (value: unknown): RpcRequest => {
  const request = value as { id?: unknown; method?: unknown; params?: unknown } | null
  if (typeof request !== 'object' || request === null || typeof request.method !== 'string')
    throw new RpcFault({ code: -32600, message: 'This is not a JSON-RPC 2.0 request' })
  const { id = null, params = [] } = request
  if (id !== null && typeof id !== 'string' && typeof id !== 'number')
    throw new RpcFault({ code: -32600, message: 'The id of a request is a number or a text' })
  if (!Array.isArray(params)) throw new RpcFault({ code: -32602, message: 'Parameters are given as a list' })
  return { id, method: request.method, params }
}

/** What an allowed request comes down to; throws RpcFault for the rest. */
export const errandOf = (
  { method, params }: RpcRequest,
  present: { readonly nowMs: number; readonly headTimestamp: number },
): Errand => {
  if (!allowedMethods.has(method))
    throw new RpcFault({ code: -32601, message: `The method ${method.slice(0, 60)} is not open here` })
  switch (method) {
    // Nobody's keys live in the node: wallets hold their own.
    case 'eth_accounts':
      return { answer: [] }
    case 'eth_sendRawTransaction': {
      const [raw] = params
      if (typeof raw !== 'string' || !/^0x([0-9a-fA-F]{2})+$/.test(raw) || raw.length > rawLimit)
        throw new RpcFault({
          code: -32602,
          message: 'eth_sendRawTransaction takes the signed transaction in hexadecimal',
        })
      return { send: raw as Hex }
    }
    case 'eth_call':
    case 'eth_estimateGas':
      return { read: { method, params: atPresent(params, present.nowMs, present.headTimestamp) } }
    case 'eth_subscribe':
    case 'eth_unsubscribe':
      throw new RpcFault({ code: -32601, message: 'Subscriptions need the WebSocket address' })
    default:
      return { read: { method, params } }
  }
}

/**
 * Blocks are mined on demand, so the newest one may be hours old; a simulation on it would judge every deadline by a past clock.
 * It sees the time the next block will have, and not more gas than a block could give it.
 */
const atPresent = (params: readonly unknown[], nowMs: number, headTimestamp: number): readonly unknown[] => {
  const [transaction, tag = 'latest', state = null, block] = params
  const present = tag === 'latest' || tag === 'pending'
  const time = `0x${Math.max(Math.floor(nowMs / 1000), headTimestamp).toString(16)}`
  const overrides = present ? { time, ...(block as object | undefined) } : block
  return [cappedGas(transaction), tag, state, ...(overrides === undefined ? [] : [overrides])]
}

const cappedGas = (transaction: unknown): unknown => {
  if (typeof transaction !== 'object' || transaction === null) return transaction
  const { gas } = transaction as { gas?: unknown }
  const asked = typeof gas === 'string' && /^0x[0-9a-fA-F]{1,16}$/.test(gas) ? BigInt(gas) : callGasLimit
  return { ...transaction, gas: `0x${(asked < callGasLimit ? asked : callGasLimit).toString(16)}` }
}
