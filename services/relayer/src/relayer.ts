import { escrowDomain } from '@werenode/chain'
import type { Bus, ChainNetwork, Clock, Store, Unsubscribe } from '@werenode/core'
import { Registry } from 'prom-client'
import type { NetworkFacts } from './contracts/network.ts'
import { createCheckpoint } from './indexer/checkpoint.ts'
import { createMetrics } from './metrics.ts'
import type { Log, QueueContext } from './queue/context.ts'
import { collectionSpecs } from './rows.ts'
import { createChainRpc } from './rpc/chain-rpc.ts'
import { createChainReader } from './rpc/read-chain.ts'
import { serveRequests } from './serve.ts'
import { defaultSettings, type RelayerSettings } from './settings.ts'
import { accountsOf, lower } from './signing/accounts.ts'
import type { RelayerKeys } from './signing/key-file.ts'
import { createTurns } from './turns.ts'

export interface RelayerOptions {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Log
  /** Nodes of the chain in order of preference. */
  readonly rpcUrls: readonly string[]
  readonly network: NetworkFacts
  readonly keys: RelayerKeys
  readonly settings?: Partial<RelayerSettings>
  readonly registry?: Registry
}

export interface Relayer {
  /** Takes up where the last run stopped, and serves `relayer.*`. Resolves at once; the chain may still be away. */
  start(): Promise<void>
  /** Finishes the turn under way. */
  stop(): Promise<void>
  /** Looks at the chain now instead of at the next poll: for pushed hints. */
  wake(): void
  readonly network: ChainNetwork
  readonly metrics: Registry
}

/**
 * The only holder of chain keys: sends what others want done on chain exactly once, and tells everything that happened there
 * (chain.md, "Off chain: the sender and the watcher").
 */
export const createRelayer = (options: RelayerOptions): Relayer => {
  const { store, bus, clock, log, network } = options
  const settings: RelayerSettings = { ...defaultSettings, ...options.settings }
  const metrics = createMetrics(options.registry ?? new Registry())
  const accounts = accountsOf(options.keys)

  const rpc = createChainRpc({
    urls: options.rpcUrls,
    chainId: network.chainId,
    nowMs: () => clock().getTime(),
    timeoutMs: settings.rpcTimeoutMs,
    onTrouble: ({ node, reason, first }) => {
      metrics.rpcTroubles.inc()
      if (first) log.warn({ node, reason }, 'a node of the chain gave no usable answer')
    },
  })
  const checkpoint = createCheckpoint(store, network.fromBlock)
  const context: QueueContext = {
    store,
    bus,
    clock,
    log,
    rpc,
    reader: createChainReader(rpc),
    network,
    settings,
    metrics,
    voices: { signer: lower(accounts.signer), meterKey: accounts.meterKey },
    sender: accounts.sender,
    senderAddress: lower(accounts.sender),
    active: new Map(),
    mood: {
      poor: false,
      dear: false,
      nextDueAtMs: undefined,
      sendAgainAtMs: 0,
      lastRollbackAtMs: 0,
      lookAtAllWaiting: true,
      queued: 0,
      gas: { day: '', wei: 0n },
    },
  }
  const turns = createTurns(context, checkpoint)
  const facts: ChainNetwork = {
    chainId: network.chainId,
    escrow: network.escrow,
    token: network.token,
    operatorRegistry: network.operatorRegistry,
    evseRegistry: network.evseRegistry,
    operatorId: network.operatorId,
    payee: network.payee,
    meterKeyHash: accounts.meterKeyHash,
    issuer: lower(accounts.issuer),
    issuerSessionKey: lower(accounts.issuerSession),
    depth: settings.depth,
    local: network.local,
  }
  let served: readonly Unsubscribe[] = []

  return {
    start: async () => {
      await store.define(collectionSpecs)
      const domain = escrowDomain(network.chainId, network.escrow)
      served = serveRequests({ context, checkpoint, turns, accounts, domain, facts })
      turns.start()
    },
    stop: async () => {
      for (const leave of served) await leave()
      served = []
      await turns.stop()
    },
    wake: turns.wake,
    network: facts,
    metrics: metrics.registry,
  }
}
