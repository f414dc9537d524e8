import { batchLimit } from './contracts/intent-call.ts'

export interface RelayerSettings {
  /** Several relayer processes share the store: one works at a time, the others stand by. */
  readonly sharedStore: boolean
  /** Blocks on top of a block before its logs are told and its transactions count as confirmed. */
  readonly depth: number
  /** Transactions sent and not mined, at most. */
  readonly maxUnmined: number
  /** Time between two looks at the chain, with and without something under way. */
  readonly busyPollMs: number
  readonly idlePollMs: number
  /** Settlements in one transaction, at most 100 (R40). */
  readonly batchMax: number
  /** How long a settlement waits for others to share a batch with. */
  readonly batchWaitMs: number
  /** After this time without being mined, a transaction the node forgot is sent again. */
  readonly resendAfterMs: number
  /** After this time the oldest unmined transaction is replaced by one with a higher fee. */
  readonly bumpAfterMs: number
  /** A used nonce without a receipt of ours counts as taken by somebody else only after this time and three looks. */
  readonly takenAfterMs: number
  /** A node that has not answered after this time is passed over. */
  readonly rpcTimeoutMs: number
  readonly priorityFeeWei: bigint
  /** Nothing is sent for a higher fee per gas than this. */
  readonly feeCapWei: bigint
  /** New paid sessions are refused when this was paid for gas in one UTC day; what runs is still settled (R50). */
  readonly dailyGasBudgetWei: bigint | undefined
  /** New paid sessions are refused when more intents wait than this. */
  readonly maxQueued: number
  /** New paid sessions are refused when the newest block is older (chains that make blocks by the clock). */
  readonly headMaxAgeS: number
  /** Largest deposit a quote may name, micro-euro. */
  readonly quoteCapMicro: bigint
  /** What the issuer's key may promise in one UTC day, micro-euro (R23). */
  readonly issuerDailyCapMicro: bigint
  readonly faucetCapMicro: bigint
  /** The most one roaming statement may pay, and the operator's PAY delegate in one UTC day, micro-euro (R42). */
  readonly statementCapMicro: bigint
}

export const defaultSettings: RelayerSettings = {
  sharedStore: false,
  depth: 0,
  maxUnmined: 200,
  busyPollMs: 50,
  idlePollMs: 250,
  batchMax: batchLimit,
  batchWaitMs: 150,
  resendAfterMs: 5_000,
  bumpAfterMs: 30_000,
  takenAfterMs: 3_000,
  rpcTimeoutMs: 10_000,
  priorityFeeWei: 1_000_000_000n,
  feeCapWei: 500_000_000_000n,
  dailyGasBudgetWei: undefined,
  maxQueued: 2_000,
  headMaxAgeS: 90,
  quoteCapMicro: 500_000_000n,
  issuerDailyCapMicro: 5_000_000_000n,
  faucetCapMicro: 1_000_000_000n,
  statementCapMicro: 10_000_000_000n,
}
