import { createInProcessBus, type InProcessBus } from '@werenode/bus'
import {
  boundMicro,
  escrowDomain,
  evseIdHash,
  quoteTypedData,
  receiptTypedData,
  sessionIdOf,
  sign,
  termsTypedData,
  walletOfAccount,
} from '@werenode/chain'
import { deployLocal } from '@werenode/chain/deploy'
import {
  ask,
  type Bus,
  type ChainIntent,
  type ChargeReceipt,
  type ChargeTerms,
  type Clock,
  type EventData,
  type EventEnvelope,
  type Hex,
  receiptToWire,
  type SessionId,
  type Store,
  termsToWire,
} from '@werenode/core'
import { openMemoryStore } from '@werenode/store'
import pino from 'pino'
import { createWalletClient, http } from 'viem'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import type { NetworkFacts } from '../contracts/network.ts'
import { provisionLocalNetwork } from '../provision.ts'
import { createRelayer, type Relayer } from '../relayer.ts'
import type { RelayerSettings } from '../settings.ts'
import { accountsOf, type RelayerAccounts } from '../signing/accounts.ts'
import type { RelayerKeys } from '../signing/key-file.ts'
import { type Anvil, anvilKey, startAnvil } from './anvil.ts'

export const log = pino({ level: process.env.LOG ?? 'silent' })
const realClock = () => new Date()

export const newKeys = (): RelayerKeys => ({
  sender: generatePrivateKey(),
  owner: generatePrivateKey(),
  signer: generatePrivateKey(),
  meter: generatePrivateKey(),
  issuer: generatePrivateKey(),
  issuerSession: generatePrivateKey(),
})

/** Contracts deployed and the demo party registered on a fresh node; blocks must come by themselves meanwhile. */
export const prepareChain = async (
  node: { readonly rpcUrl: string; readonly funderKey: Hex },
  keys: RelayerKeys,
): Promise<NetworkFacts> => {
  const client = createWalletClient({
    account: privateKeyToAccount(node.funderKey),
    transport: http(node.rpcUrl),
    pollingInterval: 20,
    cacheTime: 0,
  })
  const addresses = await deployLocal(client)
  return provisionLocalNetwork({
    ...node,
    chainId: 31_337,
    contracts: { ...addresses, token: addresses.tokens[0]!.address },
    keys,
    party: 'FR*WRN',
    clock: realClock,
    log,
  })
}

let prepared: Promise<{ keys: RelayerKeys; network: NetworkFacts; dump: Hex }> | undefined

/** A fresh node that begins where the contracts are deployed and the operator is registered; made once per test file. */
export const startPreparedAnvil = async (
  mining: number,
): Promise<{ anvil: Anvil; keys: RelayerKeys; network: NetworkFacts }> => {
  prepared ??= (async () => {
    const anvil = await startAnvil({ mining: 10 })
    const keys = newKeys()
    const network = await prepareChain({ rpcUrl: anvil.url, funderKey: anvilKey }, keys)
    const dump = await anvil.rpc<Hex>('anvil_dumpState')
    await anvil.kill()
    return { keys, network, dump }
  })()
  const { keys, network, dump } = await prepared
  const anvil = await startAnvil({ mining })
  await anvil.rpc('anvil_loadState', dump)
  return { anvil, keys, network }
}

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

export interface Charge {
  readonly id: SessionId
  readonly terms: ChargeTerms
  readonly driver: PrivateKeyAccount
  readonly session: PrivateKeyAccount
}

let charges = 0

/** Terms as the manager makes them, for a driver of its own. */
export const newCharge = (world: Signing, fields: Partial<ChargeTerms> = {}): Charge => {
  charges += 1
  const driver = privateKeyToAccount(generatePrivateKey())
  const session = privateKeyToAccount(generatePrivateKey())
  const now = Math.floor(Date.now() / 1000)
  const terms: ChargeTerms = {
    driver: driver.address,
    operatorId: world.network.operatorId,
    payee: world.network.payee,
    evseIdHash: evseIdHash(`FR*WRN*E${charges}`),
    connector: 1,
    token: world.network.token,
    source: 'Credit',
    maxAmount: 25_000_000n,
    startFee: 500_000n,
    pricePerKWh: 400_000n,
    pricePerMinute: 0n,
    idlePerMinute: 0n,
    tariffHash: `0x${'11'.repeat(32)}`,
    maxPowerW: 22_000,
    meterKeyHash: accountsFor(world.keys).meterKeyHash,
    disputeBond: 1_000_000n,
    disputeWindow: 86_400,
    openBy: now + 600,
    startBy: now + 1800,
    settleBy: now + 4 * 86_400,
    sessionKey: session.address,
    salt: generatePrivateKey(),
    ...fields,
  }
  return { id: sessionIdOf(terms, escrowDomain(31_337, world.network.escrow)), terms, driver, session }
}

const known = new WeakMap<RelayerKeys, RelayerAccounts>()
/** Deriving six public keys takes longer than all else a test charge needs. */
const accountsFor = (keys: RelayerKeys): RelayerAccounts => {
  const accounts = known.get(keys) ?? accountsOf(keys)
  known.set(keys, accounts)
  return accounts
}

type Signing = Pick<World, 'network' | 'keys'>
const domainOf = ({ network }: Signing) => escrowDomain(network.chainId, network.escrow)

export const openIntent = async (world: Signing, charge: Charge): Promise<ChainIntent> => ({
  kind: 'open',
  terms: termsToWire(charge.terms),
  operatorSignature: await sign(
    walletOfAccount(accountsFor(world.keys).signer),
    quoteTypedData(charge.id, domainOf(world)),
  ),
  driverSignature: await sign(walletOfAccount(charge.driver), termsTypedData(charge.terms, domainOf(world))),
})

export const receiptOf = (charge: Charge, fields: Partial<ChargeReceipt> = {}): ChargeReceipt => {
  const now = Math.floor(Date.now() / 1000)
  const figures = {
    sessionId: charge.id,
    startWh: 1000n,
    endWh: 1050n,
    startedAt: now - 60,
    endedAt: now,
    chargingSeconds: 60,
    idleSeconds: 0,
    meterRoot: `0x${'22'.repeat(32)}` as const,
    ...fields,
  }
  const amount = boundMicro(charge.terms, {
    energyWh: figures.endWh - figures.startWh,
    chargingSeconds: figures.chargingSeconds,
    idleSeconds: figures.idleSeconds,
  })
  return { ...figures, amount, ...fields }
}

export const settleIntent = async (
  world: Signing,
  charge: Charge,
  receipt: ChargeReceipt = receiptOf(charge),
): Promise<ChainIntent> => {
  const typed = receiptTypedData(receipt, domainOf(world))
  return {
    kind: 'settle',
    terms: termsToWire(charge.terms),
    receipt: receiptToWire(receipt),
    operatorSignature: await sign(walletOfAccount(accountsFor(world.keys).signer), typed),
    driverSignature: await sign(walletOfAccount(charge.session), typed),
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

export { type Anvil, startAnvil }
