import type { Address, ChainIntent, CollectionSpec, Doc, Hex, SessionId } from '@werenode/core'

/** The relayer's own collections (house.md: data has one owner). */
export const collections = {
  intents: 'relayer_intents',
  slots: 'relayer_slots',
  blocks: 'relayer_blocks',
  state: 'relayer_state',
  signed: 'relayer_signed',
} as const

export const collectionSpecs: readonly CollectionSpec[] = [
  {
    name: collections.intents,
    indexes: [
      { fields: ['status', 'order'] },
      { fields: ['status', 'dueAtMs'], where: { status: 'waiting' } },
      { fields: ['blockNumber'] },
    ],
  },
  { name: collections.slots, indexes: [{ fields: ['state', 'nonce'] }, { fields: ['blockNumber'] }] },
  { name: collections.blocks },
  { name: collections.state },
  { name: collections.signed },
]

/** What somebody wants of the chain; `_id` is its idempotency key. */
export interface IntentRow extends Doc {
  readonly kind: ChainIntent['kind']
  readonly sessionId?: SessionId
  readonly intent: ChainIntent
  /**
   * queued: to be prepared. waiting: not before `dueAtMs`. prepared: has a transaction in `slot`.
   * confirmed, failed: told; looked at again only when the chain is reorganised below `blockNumber`.
   */
  readonly status: 'queued' | 'waiting' | 'prepared' | 'confirmed' | 'failed'
  /** Rises with each submit: first come, first served. */
  readonly order: number
  readonly queuedAtMs: number
  readonly dueAtMs?: number
  readonly slot?: string
  /** Transactions made for it so far. */
  readonly attempts: number
  /** Not in a batch: it spoilt one. */
  readonly alone?: true
  readonly txHash?: Hex
  /** Block in which its fate was seen; a number, to be indexed. */
  readonly blockNumber?: number
  readonly gasUsed?: string
  readonly error?: string
  readonly message?: string
}

/** One nonce of the sender's account with every transaction signed for it; at most one of them can be mined. */
export interface SlotRow extends Doc {
  readonly nonce: number
  readonly sender: Address
  readonly to: Address
  readonly data: Hex
  readonly gas: string
  /** Keys of the intents it serves, in the order of the batch; none: it only fills a gap. */
  readonly intents: readonly string[]
  readonly sessions: readonly SessionId[]
  /** The newest last. Durable before they are sent. */
  readonly versions: readonly SlotVersion[]
  /**
   * prepared: perhaps not sent yet. sent. done: mined at depth. taken: somebody else used the nonce. past: done, and deeper than any
   * reorganisation we could follow; its bytes are dropped.
   */
  readonly state: 'prepared' | 'sent' | 'done' | 'taken' | 'past'
  readonly sentAtMs?: number
  readonly blockNumber?: number
  readonly blockHash?: Hex
  readonly txHash?: Hex
}
export interface SlotVersion {
  readonly hash: Hex
  readonly raw: Hex
  readonly maxFeePerGas: string
  readonly maxPriorityFeePerGas: string
  readonly atMs: number
}

export const slotId = (sender: Address, nonce: number): string => `${sender}:${String(nonce).padStart(12, '0')}`

/** How far the logs were told. */
export interface CheckpointRow extends Doc {
  readonly number: number
  readonly hash: Hex
  /** Counts reorganisations, so that a log told again is another event. */
  readonly epoch: number
}
export const checkpointId = 'checkpoint'

/** A block that was told, kept for a while to find the common ancestor after a reorganisation. */
export interface BlockRow extends Doc {
  readonly number: number
  readonly hash: Hex
  readonly sessions: readonly SessionId[]
}
export const blockId = (number: number): string => String(number).padStart(15, '0')

export interface NonceRow extends Doc {
  readonly next: number
}
/** Gas paid in one UTC day, wei. */
export interface GasRow extends Doc {
  readonly wei: string
}
export const gasId = (at: Date): string => `gas:${at.toISOString().slice(0, 10)}`

export const nonceId = (sender: Address): string => `nonce:${sender}`
