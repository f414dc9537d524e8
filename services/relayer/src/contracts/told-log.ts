import { chargeEscrowAbi, evseRegistryAbi, operatorRegistryAbi } from '@werenode/chain'
import { type EventData, type Hex, parseSessionId } from '@werenode/core'
import { type Abi, decodeEventLog } from 'viem'
import type { RawLog } from '../rpc/read-chain.ts'
import type { NetworkFacts } from './network.ts'

export type ToldLog = EventData['chain.log']

/** A log as the event the house hears; undefined for logs that are not of our contracts' ABI. */
export const createLogTeller = (network: NetworkFacts): ((log: RawLog) => ToldLog | undefined) => {
  const contracts = new Map<string, { readonly contract: ToldLog['contract']; readonly abi: Abi }>([
    [network.escrow.toLowerCase(), { contract: 'ChargeEscrow', abi: chargeEscrowAbi as Abi }],
    [network.operatorRegistry.toLowerCase(), { contract: 'OperatorRegistry', abi: operatorRegistryAbi as Abi }],
    [network.evseRegistry.toLowerCase(), { contract: 'EvseRegistry', abi: evseRegistryAbi as Abi }],
  ])
  return (log) => {
    const known = contracts.get(log.address.toLowerCase())
    if (!known) return undefined
    const event = decode(known.abi, log)
    if (!event) return undefined
    const sessionId = typeof event.args.sessionId === 'string' ? parseSessionId(event.args.sessionId) : undefined
    return {
      contract: known.contract,
      name: event.name,
      args: event.args,
      ...(sessionId === undefined ? {} : { sessionId }),
      blockNumber: log.blockNumber.toString(),
      blockHash: log.blockHash,
      txHash: log.transactionHash,
      logIndex: log.logIndex,
    }
  }
}

const decode = (abi: Abi, log: RawLog): { name: string; args: Readonly<Record<string, unknown>> } | undefined => {
  try {
    const { eventName, args } = decodeEventLog({ abi, topics: log.topics as [Hex, ...Hex[]], data: log.data })
    return eventName === undefined ? undefined : { name: eventName, args: plain(args ?? {}) as Record<string, unknown> }
  } catch {
    // An event this version does not know: a newer contract of the same address cannot be, so it is noise.
    return undefined
  }
}

/** bigints as decimal strings, all the way down. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field)]))
  return value
}
