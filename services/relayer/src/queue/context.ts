import type { Address, Bus, Clock, Store, Stored } from '@werenode/core'
import type { Logger } from 'pino'
import type { LocalAccount } from 'viem/accounts'
import type { Voices } from '../contracts/intent-call.ts'
import type { NetworkFacts } from '../contracts/network.ts'
import type { Metrics } from '../metrics.ts'
import type { SlotRow } from '../rows.ts'
import type { ChainRpc } from '../rpc/chain-rpc.ts'
import type { ChainReader } from '../rpc/read-chain.ts'
import type { RelayerSettings } from '../settings.ts'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

/** What the steps of the queue may touch. One turn runs at a time, so what they share needs no lock. */
export interface QueueContext {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Log
  readonly rpc: ChainRpc
  readonly reader: ChainReader
  readonly network: NetworkFacts
  readonly voices: Voices
  readonly sender: LocalAccount
  readonly senderAddress: Address
  readonly settings: RelayerSettings
  readonly metrics: Metrics
  /** Slots that are prepared or sent, by nonce: the store's rows as last written. */
  readonly active: Map<number, Stored<SlotRow>>
  readonly mood: Mood
}

/** What the queue noticed lately, for health. */
export interface Mood {
  /** The account that pays for gas is empty. */
  poor: boolean
  /** Gas costs more than the cap. */
  dear: boolean
  /** When the next thing becomes due without any news of the chain. */
  nextDueAtMs: number | undefined
  /** The node took no transaction: the next try. */
  sendAgainAtMs: number
  lastRollbackAtMs: number
  /** What waits for its time was perhaps put off by another clock: it is looked at once, due or not. */
  lookAtAllWaiting: boolean
  queued: number
  /** Paid for gas in the UTC day of this row id. */
  gas: { readonly day: string; readonly wei: bigint }
}

/** The turn's view of the chain. */
export interface ChainNow {
  readonly head: {
    readonly number: bigint
    readonly hash: string
    readonly timestamp: number
    readonly baseFeePerGas: bigint
  }
  /** Nonce the chain expects next from the sender. */
  readonly nonce: number
  /** Newest block whose logs were told. */
  readonly checkpoint: { readonly number: number; readonly epoch: number }
  /** Hash of a told block, if it is still remembered. */
  hashAt(number: number): `0x${string}` | undefined
}
