import { createInProcessBus, type InProcessBus } from '@werenode/bus'
import {
  ask,
  type Bus,
  type ChainIntent,
  type Clock,
  type EventData,
  type EventEnvelope,
  type Store,
} from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import type { NetworkFacts } from '../contracts/network.ts'
import { createRelayer, type Relayer } from '../relayer.ts'
import type { RelayerSettings } from '../settings.ts'
import type { RelayerKeys } from '../signing/key-file.ts'
import type { Anvil } from './anvil.ts'
import type { Charge } from './charges.ts'
import { log } from './log.ts'

const realClock = () => new Date()

/** A relayer with its store and bus on a node; everything real. */
export interface World {
  readonly store: Store
  readonly bus: InProcessBus
  readonly relayer: Relayer
  readonly network: NetworkFacts
  readonly keys: RelayerKeys
  events<T extends 'chain.log' | 'chain.intent' | 'chain.rolledBack'>(type: T): readonly EventData[T][]
  /** Fates told so far, in order. */
  readonly intents: readonly EventData['chain.intent'][]
  submit(key: string, intent: ChainIntent): Promise<void>
  /** Fate of an intent, as soon as it is told; `after` ignores what was told before. */
  fate(key: string, status?: 'confirmed' | 'failed'): Promise<EventData['chain.intent']>
  stop(): Promise<void>
}

export const startWorld = async (options: {
  readonly rpcUrls: readonly string[]
  readonly network: NetworkFacts
  readonly keys: RelayerKeys
  readonly store?: Store
  readonly settings?: Partial<RelayerSettings>
  readonly clock?: Clock
}): Promise<World> => {
  const clock = options.clock ?? realClock
  const store = options.store ?? (await openMemoryStore())
  const bus = await createInProcessBus({ store, clock })
  const told: EventEnvelope[] = []
  const intents: EventData['chain.intent'][] = []
  bus.tap(['chain.log', 'chain.intent', 'chain.rolledBack'], (event) => {
    told.push(event)
    if (event.type === 'chain.intent') intents.push(event.data as EventData['chain.intent'])
  })
  const relayer = createRelayer({
    store,
    bus,
    clock,
    log,
    rpcUrls: options.rpcUrls,
    network: options.network,
    keys: options.keys,
    settings: { busyPollMs: 20, idlePollMs: 50, batchWaitMs: 50, ...options.settings },
  })
  await relayer.start()
  const events = <T extends 'chain.log' | 'chain.intent' | 'chain.rolledBack'>(type: T) =>
    told.filter((event) => event.type === type).map((event) => event.data as EventData[T])
  return {
    store,
    bus,
    relayer,
    network: options.network,
    keys: options.keys,
    events,
    intents,
    submit: async (key, intent) => {
      await ask(bus, 'relayer.submit', { key, intent })
    },
    fate: (key, status) =>
      until(`the fate of ${key}`, () =>
        intents.findLast(
          (event) => event.key === key && event.status !== 'sent' && (status === undefined || event.status === status),
        ),
      ),
    stop: async () => {
      await relayer.stop()
      await bus.close()
      if (!options.store) await store.close()
    },
  }
}

/** Waits until `look` finds something. */
export const until = async <T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = 60_000,
  everyMs = 10,
): Promise<T> => {
  const end = Date.now() + timeoutMs
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

/** Credit for a driver, confirmed. */
export const giveCredit = async (world: World, charge: Charge, amountMicro = 50_000_000n): Promise<void> => {
  const { key } = await ask(world.bus, 'relayer.faucet', {
    account: charge.driver.address,
    amountMicro: amountMicro.toString(),
  })
  await world.fate(key, 'confirmed')
}

/** What was told and not taken back is exactly what the chain has now, in its order. */
export const toldAsOnChain = async (on: Pick<World, 'network'> & { readonly bus: Bus }, node: Anvil): Promise<void> => {
  const told = await on.bus.replay({ afterSeq: 0, types: ['chain.log', 'chain.rolledBack'], limit: 10_000 })
  const standing: { block: number; id: string }[] = []
  for (const event of told) {
    if (event.type === 'chain.rolledBack') {
      const to = Number((event.data as { toBlock: string }).toBlock)
      while ((standing.at(-1)?.block ?? -1) > to) standing.pop()
    } else {
      const log = event.data as { blockNumber: string; blockHash: string; logIndex: number }
      standing.push({ block: Number(log.blockNumber), id: `${log.blockHash}:${log.logIndex}` })
    }
  }
  const logs = await node.client.getLogs({
    address: [on.network.escrow, on.network.operatorRegistry, on.network.evseRegistry],
    fromBlock: 0n,
  })
  const said = standing.map(({ id }) => id)
  const held = logs.map((log) => `${log.blockHash}:${log.logIndex}`)
  const at = held.findIndex((id, index) => id !== said[index])
  if (said.length === held.length && at < 0) return
  throw new Error(
    `told ${said.length} logs, the chain has ${held.length}; from the ${at}th on told ${said.slice(at, at + 4)}, on chain ${held.slice(at, at + 4)} in block ${logs[at]?.blockNumber}`,
  )
}

export { type Anvil, startAnvil } from './anvil.ts'
export * from './charges.ts'
export { log } from './log.ts'
export * from './prepared-chain.ts'
