import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChainIntent, Hex } from '@werenode/core'
import { openSqliteStore } from '@werenode/store'
import type { RelayerSettings } from '../src/settings.ts'
import {
  type Charge,
  newCharge,
  newKeys,
  openIntent,
  prepareChain,
  settleIntent,
  startWorld,
  until,
  type World,
} from '../src/testing/world.ts'

export interface SettlementOrder {
  /** A fresh local chain whose blocks come by themselves, and the key that holds its coins. */
  readonly rpcUrl: string
  readonly funderKey: Hex
  /** Sessions settled in batches, each in a transaction of its own but many at a time, and one after the other. */
  readonly batched: number
  readonly pipelined: number
  readonly oneByOne: number
  readonly onProgress?: (words: string) => void
}

export interface SettlementFigures {
  readonly batched: Rate & { readonly transactions: number }
  readonly pipelined: Rate
  readonly oneByOne: Rate
  /** Sessions per second in batches over one by one; the bar is 20. */
  readonly ratio: number
}
export interface Rate {
  readonly sessions: number
  readonly seconds: number
  readonly perSecond: number
  readonly gasPerSession: number
}

/**
 * How fast ended sessions are settled, from submitting to confirmed, through the whole relayer on a durable store: in batches, one
 * transaction each, and one after the other as a plain client would. Each session has a driver of its own.
 */
export const measureSettlement = async (order: SettlementOrder): Promise<SettlementFigures> => {
  const { onProgress = () => undefined } = order
  const keys = newKeys()
  onProgress('deploying the contracts')
  const network = await prepareChain(order, keys)
  const folder = await mkdtemp(join(tmpdir(), 'werenode-settle-'))
  const store = await openSqliteStore({ folder })
  const open = (settings: Partial<RelayerSettings>): Promise<World> =>
    startWorld({ rpcUrls: [order.rpcUrl], network, keys, store, settings: { batchWaitMs: 50, ...settings } })
  try {
    const world = await open({})
    const total = order.batched + order.pipelined + order.oneByOne
    const intents = await endedSessions(world, total, onProgress)
    onProgress(`settling ${order.batched} in batches`)
    const batched = await settleAll(world, intents.splice(0, order.batched))
    await world.stop()

    const plain = await open({ batchMax: 1, batchWaitMs: 0 })
    onProgress(`settling ${order.pipelined} in a transaction each`)
    const pipelined = await settleAll(plain, intents.splice(0, order.pipelined))
    onProgress(`settling ${order.oneByOne} one after the other`)
    const startedAtMs = performance.now()
    let gas = 0
    for (const ready of intents) {
      await plain.submit(ready.key, ready.intent)
      gas += Number((await plain.fate(ready.key, 'confirmed')).gasUsed)
    }
    const oneByOne = rate(order.oneByOne, performance.now() - startedAtMs, gas)
    await plain.stop()
    return { batched, pipelined, oneByOne, ratio: round(batched.perSecond / oneByOne.perSecond) }
  } finally {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Ready {
  readonly key: string
  readonly intent: ChainIntent
}

/** Sessions with a deposit on chain and a receipt both sides signed. */
const endedSessions = async (world: World, count: number, onProgress: (words: string) => void): Promise<Ready[]> => {
  const ready: Ready[] = []
  for (let done = 0; done < count; done += 500) {
    const charges: Charge[] = Array.from({ length: Math.min(500, count - done) }, () => newCharge(world))
    await Promise.all(
      charges.map((charge) =>
        world.submit(`${charge.id}:credit`, {
          kind: 'faucet',
          account: charge.driver.address,
          amountMicro: '30000000',
        }),
      ),
    )
    await allConfirmed(
      world,
      charges.map((charge) => `${charge.id}:credit`),
    )
    for (const charge of charges) await world.submit(`${charge.id}:open`, await openIntent(world, charge))
    await allConfirmed(
      world,
      charges.map((charge) => `${charge.id}:open`),
    )
    for (const charge of charges) ready.push({ key: `${charge.id}:settle`, intent: await settleIntent(world, charge) })
    onProgress(`${ready.length} of ${count} sessions opened and ended`)
  }
  return ready
}

const settleAll = async (world: World, intents: readonly Ready[]): Promise<Rate & { transactions: number }> => {
  const startedAtMs = performance.now()
  await Promise.all(intents.map(({ key, intent }) => world.submit(key, intent)))
  const told = await allConfirmed(
    world,
    intents.map(({ key }) => key),
  )
  const elapsedMs = performance.now() - startedAtMs
  const gas = told.reduce((sum, event) => sum + Number(event.gasUsed), 0)
  return { ...rate(intents.length, elapsedMs, gas), transactions: new Set(told.map((event) => event.txHash)).size }
}

/** Waits until every key is confirmed; a failure is an error. */
const allConfirmed = async (world: World, keys: readonly string[]) => {
  const wanted = new Set(keys)
  return until(
    `${keys.length} confirmations`,
    () => {
      const told = world.intents.filter((event) => wanted.has(event.key))
      const failed = told.find((event) => event.status === 'failed')
      if (failed) throw new Error(`${failed.key} failed: ${failed.error}`)
      const confirmed = told.filter((event) => event.status === 'confirmed')
      return confirmed.length === keys.length && confirmed
    },
    300_000,
    50,
  )
}

const rate = (sessions: number, elapsedMs: number, gas: number): Rate => ({
  sessions,
  seconds: round(elapsedMs / 1000),
  perSecond: round(sessions / (elapsedMs / 1000)),
  gasPerSession: sessions === 0 ? 0 : Math.round(gas / sessions),
})

const round = (value: number): number => Math.round(value * 10) / 10
