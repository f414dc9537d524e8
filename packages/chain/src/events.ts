import type { ContractEventName, DecodeEventLogReturnType, Log } from 'viem'
import { parseEventLogs } from 'viem'
import { chargeEscrowAbi, evseRegistryAbi, operatorRegistryAbi } from './abis.ts'

type Of<abi extends readonly unknown[], name extends string> = abi extends typeof chargeEscrowAbi
  ? DecodeEventLogReturnType<abi, name & ContractEventName<abi>>
  : never

/** A decoded escrow event: `{ eventName, args }`. */
export type EscrowEvent = {
  [name in ContractEventName<typeof chargeEscrowAbi>]: Of<typeof chargeEscrowAbi, name>
}[ContractEventName<typeof chargeEscrowAbi>]

/** The escrow's events among a transaction's or range's logs; foreign logs are left out. */
export const escrowEvents = (logs: readonly Log[]) => parseEventLogs({ abi: chargeEscrowAbi, logs: [...logs] })

/** The EVSE registry's events: all that a map needs. */
export const evseEvents = (logs: readonly Log[]) => parseEventLogs({ abi: evseRegistryAbi, logs: [...logs] })

/** The operator registry's events. */
export const operatorEvents = (logs: readonly Log[]) => parseEventLogs({ abi: operatorRegistryAbi, logs: [...logs] })
