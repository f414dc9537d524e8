import { escrowDomain, sessionIdOf } from '@werenode/chain'
import {
  answer,
  type Bus,
  type ChainIntent,
  type ChainNetwork,
  type Clock,
  isWerenodeError,
  type Store,
  termsFromWire,
  type Unsubscribe,
  WerenodeError,
} from '@werenode/core'
import { Registry } from 'prom-client'
import type { NetworkFacts } from './contracts/network.ts'
import { readCredit, readSession } from './contracts/read-escrow.ts'
import { judgeHealth } from './health.ts'
import { createCheckpoint } from './indexer/checkpoint.ts'
import { createFollower } from './indexer/follow.ts'
import { rollBack } from './indexer/rollback.ts'
import { createLease } from './lease.ts'
import { createMetrics } from './metrics.ts'
import type { ChainNow, Log, QueueContext } from './queue/context.ts'
import { prepare } from './queue/prepare.ts'
import { prune } from './queue/prune.ts'
import { sendPrepared } from './queue/send.ts'
import { createSubmit } from './queue/submit.ts'
import { createWatcher } from './queue/watch.ts'
import { collectionSpecs, collections, type GasRow, gasId, type SlotRow } from './rows.ts'
import { createChainRpc } from './rpc/chain-rpc.ts'
import { createChainReader, type Header } from './rpc/read-chain.ts'
import { defaultSettings, type RelayerSettings } from './settings.ts'
import { accountsOf, lower } from './signing/accounts.ts'
import type { RelayerKeys } from './signing/key-file.ts'
import { createSignedOnce } from './signing/once.ts'
import { createSigner } from './signing/sign.ts'

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

const pruneEveryMs = 30_000

/**
 * The only holder of chain keys: sends what others want done on chain exactly once, and tells everything that happened there.
 *
 * Turn by turn: look at the head, tell new logs (or go back after a reorganisation), look after what was sent, prepare and send what
 * waits. All state is in the store; a turn that fails changes nothing and is tried again.
 */
export const createRelayer = (options: RelayerOptions): Relayer => {
  const { store, bus, clock, log, network } = options
  const settings: RelayerSettings = { ...defaultSettings, ...options.settings }
  const nowMs = () => clock().getTime()
  const metrics = createMetrics(options.registry ?? new Registry())
  const accounts = accountsOf(options.keys)
  const domain = escrowDomain(network.chainId, network.escrow)

  let lastTrouble = ''
  const rpc = createChainRpc({
    urls: options.rpcUrls,
    chainId: network.chainId,
    nowMs,
    timeoutMs: settings.rpcTimeoutMs,
    onTrouble: ({ node, reason }) => {
      metrics.rpcTroubles.inc()
      if (reason !== lastTrouble) log.warn({ node, reason }, 'a node of the chain gave no usable answer')
      lastTrouble = reason
    },
  })
  const reader = createChainReader(rpc)
  const checkpoint = createCheckpoint(store, network.fromBlock)
  const context: QueueContext = {
    store,
    bus,
    clock,
    log,
    rpc,
    reader,
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
      queued: 0,
      gas: { day: '', wei: 0n },
    },
  }
  const follower = createFollower({ bus, reader, checkpoint, network, depth: settings.depth, log })
  const watch = createWatcher(context)

  let head: Header | undefined
  let lastTurnAtMs = 0
  let running = false
  let loop: Promise<void> = Promise.resolve()
  let woken = false
  let wakeUp: (() => void) | undefined
  let served: Unsubscribe[] = []

  const wake = (): void => {
    woken = true
    wakeUp?.()
  }

  const lease = createLease(store, clock)
  let prunedAtMs = 0

  /** Reads own rows as last written: at the start, and after a write that found them changed. */
  const reload = async (): Promise<void> => {
    await checkpoint.load()
    const day = gasId(clock())
    context.mood.gas = { day, wei: BigInt((await store.get<GasRow>(collections.state, day))?.wei ?? 0) }
    context.active.clear()
    for (const state of ['prepared', 'sent']) {
      const rows = await store.find<SlotRow>(collections.slots, { state }, { sort: [['nonce', 1]], limit: 10_000 })
      for (const row of rows.items) if (row.sender === context.senderAddress) context.active.set(row.nonce, row)
    }
  }

  const turn = async (): Promise<boolean> => {
    head = await reader.head()
    metrics.headBlock.set(Number(head.number))
    let told = await follower.step(head)
    for (let rounds = 0; told === 'told' && rounds < 20; rounds += 1) told = await follower.step(head)
    if (told === 'reorganised') await rollBack(context, checkpoint)
    metrics.toldBlock.set(checkpoint.number)

    const now: ChainNow = {
      head,
      nonce: await reader.nonce(context.senderAddress),
      checkpoint: { number: checkpoint.number, epoch: checkpoint.epoch },
      hashAt: checkpoint.hashAt,
    }
    await watch(now)
    const busy = await prepare(context, now)
    await sendPrepared(context, now)
    metrics.queued.set(context.mood.queued)
    metrics.unmined.set(context.active.size)
    if (nowMs() - prunedAtMs > pruneEveryMs) {
      prunedAtMs = nowMs()
      await prune(context, checkpoint.number)
    }
    lastTurnAtMs = nowMs()
    lastTrouble = ''
    return busy || told === 'told' || told === 'reorganised'
  }

  /** Another process works: only what health needs is looked at. */
  const standBy = async (): Promise<boolean> => {
    head = await reader.head()
    await checkpoint.load()
    lastTurnAtMs = nowMs()
    return false
  }

  const run = async (): Promise<void> => {
    let stale = true
    let failures = 0
    while (running) {
      let again = false
      try {
        const ours = !settings.sharedStore || (await lease.held())
        // Another process wrote in the meantime: what we remember is old.
        if (stale && ours) await reload()
        stale = !ours
        again = ours ? await turn() : await standBy()
        failures = 0
      } catch (error) {
        // Nothing is half done: what was written is whole, what was not is tried again.
        stale = true
        failures += 1
        const expected = isWerenodeError(error) && ['chain-unavailable', 'store-unavailable'].includes(error.code)
        if (!expected) log.error({ err: error }, 'a turn of the relayer failed; trying again')
      }
      if (!again && running) await rest(failures)
    }
  }

  const rest = async (failures: number): Promise<void> => {
    const poll = context.active.size > 0 ? settings.busyPollMs : settings.idlePollMs
    const due = context.mood.nextDueAtMs === undefined ? poll : Math.max(1, context.mood.nextDueAtMs - nowMs())
    const pause = failures > 0 ? Math.min(3000, 50 * 2 ** failures) : Math.min(poll, due)
    if (woken && failures === 0) {
      woken = false
      return
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pause)
      wakeUp = () => {
        if (failures > 0) return
        clearTimeout(timer)
        resolve()
      }
    })
    wakeUp = undefined
    woken = false
  }

  const submit = createSubmit({
    store,
    clock,
    sessionIdOf: (intent: ChainIntent) => {
      if (intent.kind === 'faucet') return undefined
      // The contract itself refuses a receipt of another session.
      return 'receipt' in intent && intent.receipt
        ? intent.receipt.sessionId
        : sessionIdOf(termsFromWire(intent.terms), domain)
    },
    onQueued: wake,
  })
  const sign = createSigner({ network, accounts, settings, domain }, createSignedOnce(store), clock)

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

  /** The newest block that is deep enough; undefined: the newest there is. */
  const deepBlock = async (): Promise<bigint | undefined> => {
    if (settings.depth === 0) return undefined
    const { number } = await reader.head()
    return number > BigInt(settings.depth) ? number - BigInt(settings.depth) : 0n
  }

  const serve = (): Unsubscribe[] => [
    answer(bus, 'relayer.submit', async ({ key, intent }) => {
      if (intent.kind === 'faucet') checkFaucet(network, settings, intent)
      return submit(key, intent)
    }),
    answer(bus, 'relayer.sign', sign),
    answer(bus, 'relayer.network', async () => facts),
    answer(bus, 'relayer.health', async () =>
      judgeHealth(
        {
          head,
          lastTurnAtMs,
          told: checkpoint.number,
          unmined: context.active.size,
          oldestUnminedMs: oldest(context.active),
          mood: context.mood,
          onDemand: network.onDemand,
        },
        settings,
        clock,
      ),
    ),
    answer(bus, 'relayer.session', async ({ sessionId }) => {
      const block = await deepBlock()
      const { status, heldMicro } = await readSession(reader, network, sessionId, block)
      return { status, heldMicro: heldMicro.toString(), blockNumber: (block ?? head?.number ?? 0n).toString() }
    }),
    answer(bus, 'relayer.credit', async ({ account }) => {
      const { creditMicro, walletMicro } = await readCredit(reader, network, account, await deepBlock())
      return { creditMicro: creditMicro.toString(), walletMicro: walletMicro.toString() }
    }),
    answer(bus, 'relayer.faucet', async ({ account, amountMicro }) => {
      const intent = { kind: 'faucet', account, amountMicro } as const
      checkFaucet(network, settings, intent)
      const key = `faucet:${account}:${clock().getTime()}:${Math.random().toString(36).slice(2, 10)}`
      await submit(key, intent)
      return { key }
    }),
  ]

  return {
    start: async () => {
      await store.define(collectionSpecs)
      running = true
      served = serve()
      loop = run()
    },
    stop: async () => {
      for (const leave of served) await leave()
      served = []
      running = false
      wake()
      await loop
      if (settings.sharedStore) await lease.release()
    },
    wake,
    network: facts,
    metrics: metrics.registry,
  }
}

const oldest = (active: QueueContext['active']): number | undefined => {
  const times = [...active.values()].map((slot) => slot.versions[0]!.atMs)
  return times.length === 0 ? undefined : Math.min(...times)
}

const checkFaucet = (
  network: NetworkFacts,
  settings: RelayerSettings,
  intent: Extract<ChainIntent, { kind: 'faucet' }>,
): void => {
  if (!network.local)
    throw new WerenodeError('not-allowed', 'There is no faucet on this network', {
      hint: 'Faucets are for local and test networks; deposit real tokens here.',
    })
  const amount = /^[1-9]\d{0,18}$/.test(intent.amountMicro) ? BigInt(intent.amountMicro) : 0n
  if (amount <= 0n || amount > settings.faucetCapMicro)
    throw new WerenodeError('invalid-input', `The faucet gives up to ${settings.faucetCapMicro} micro-euro a call`, {
      hint: 'Ask for a smaller amount, as a decimal string of micro-euro.',
    })
  if (!/^0x[0-9a-fA-F]{40}$/.test(intent.account))
    throw new WerenodeError('invalid-input', `"${String(intent.account).slice(0, 60)}" is not an account address`)
}
