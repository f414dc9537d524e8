import { chargeEscrowAbi, testEuroAbi } from '@werenode/chain'
import {
  type ChainNetwork,
  type Doc,
  type LedgerEntry,
  type SessionRecord,
  type Store,
  terminalStates,
} from '@werenode/core'
import type { SimEvent } from '@werenode/simulator'
import { type Address, createPublicClient, http } from 'viem'

/** What the chain told of every session, and what the escrow holds now. */
export interface ChainTale {
  /** Escrow events by session id, in order. */
  readonly sessions: ReadonlyMap<string, readonly { readonly name: string; readonly args: Record<string, unknown> }[]>
  readonly escrowBalanceMicro: bigint
  readonly creditsMicro: bigint
}

/** Reads the whole chain through the public door: it must agree with what the house believes. */
export const readChain = async (rpcUrl: string, network: ChainNetwork): Promise<ChainTale> => {
  const client = createPublicClient({ transport: http(rpcUrl) })
  const logs = await client.getContractEvents({ address: network.escrow, abi: chargeEscrowAbi, fromBlock: 0n })
  const sessions = new Map<string, { name: string; args: Record<string, unknown> }[]>()
  const accounts = new Set<Address>()
  for (const { eventName, args } of logs) {
    const given = args as Record<string, unknown>
    for (const name of ['account', 'driver', 'payee', 'from'])
      if (typeof given[name] === 'string') accounts.add(given[name] as Address)
    const terms = given.terms as { payee?: Address } | undefined
    if (terms?.payee !== undefined) accounts.add(terms.payee)
    const id = given.sessionId
    if (typeof id !== 'string') continue
    sessions.set(id, [...(sessions.get(id) ?? []), { name: eventName, args: given }])
  }
  const escrowBalanceMicro = await client.readContract({
    address: network.token,
    abi: testEuroAbi,
    functionName: 'balanceOf',
    args: [network.escrow],
  })
  let creditsMicro = 0n
  for (const account of accounts)
    creditsMicro += await client.readContract({
      address: network.escrow,
      abi: chargeEscrowAbi,
      functionName: 'creditOf',
      args: [account, network.token],
    })
  return { sessions, escrowBalanceMicro, creditsMicro }
}

const ends = new Set(['SessionSettled', 'SessionCancelled', 'SessionReclaimed'])

export interface Audit {
  readonly sessions: number
  readonly settled: number
  readonly refunded: number
  /** Sentences about everything that is wrong; empty when nothing is lost and nothing doubled. */
  readonly faults: readonly string[]
  readonly acknowledgedStops: number
  /** Readings of 1.6 stations that were told they are safe. */
  readonly acknowledgedReadings: number
  readonly paidMicro: bigint
}

/** Compares the house's books, the chain, and what the stations were promised. */
export const audit = async (store: Store, chain: ChainTale, stations: readonly SimEvent[]): Promise<Audit> => {
  const faults: string[] = []
  const sessions = await all<SessionRecord>(store, 'manager_sessions')
  const ledger = await all<LedgerEntry>(store, 'manager_ledger')
  const balances = new Map<string, bigint>()
  for (const entry of ledger) {
    const sum = entry.postings.reduce((total, { micro }) => total + BigInt(micro), 0n)
    if (sum !== 0n) faults.push(`ledger entry ${entry._id} does not balance: ${sum}`)
    for (const { account, micro } of entry.postings) {
      const key = `${entry.sessionId} ${account.split(':')[0]}`
      balances.set(key, (balances.get(key) ?? 0n) + BigInt(micro))
    }
  }

  let paidMicro = 0n
  for (const session of sessions) {
    const told = chain.sessions.get(session._id) ?? []
    const opened = told.filter(({ name }) => name === 'SessionOpened')
    const ended = told.filter(({ name }) => ends.has(name))
    const say = (words: string) => faults.push(`session ${session._id.slice(0, 10)} (${session.state}): ${words}`)
    if (!terminalStates.has(session.state)) say('is not over')
    if (session.outbox.some((effect) => effect.kind === 'submit')) say('still has something to tell the chain')
    if (opened.length > 1) say(`was opened ${opened.length} times`)
    if (opened.length === 1 && ended.length !== 1) say(`was opened once and ended ${ended.length} times on chain`)
    if (opened.length === 0 && !['rejected', 'cancelled'].includes(session.state)) say('was never opened on chain')
    const paid = ended.reduce((sum, { args }) => sum + ((args.paid as bigint | undefined) ?? 0n), 0n)
    paidMicro += paid
    if (BigInt(session.paidMicro ?? '0') !== paid) say(`books say paid ${session.paidMicro}, the chain ${paid}`)
    const booked = {
      payee: balances.get(`${session._id} payee`) ?? 0n,
      escrow: balances.get(`${session._id} escrow`) ?? 0n,
      driver: balances.get(`${session._id} driver`) ?? 0n,
    }
    if (booked.escrow !== 0n) say(`the ledger still holds ${booked.escrow} in escrow`)
    if (booked.payee !== paid || booked.driver !== -paid)
      say(`the ledger booked ${booked.payee} for the operator, the chain paid ${paid}`)
    if (session.state === 'settled' && session.receipt !== undefined && BigInt(session.receipt.amount) !== paid)
      say(`the receipt says ${session.receipt.amount}, the chain paid ${paid}`)
  }
  const known = new Set<string>(sessions.map(({ _id }) => _id))
  for (const [id, told] of chain.sessions)
    if (told.some(({ name }) => name === 'SessionOpened') && !known.has(id))
      faults.push(`deposit ${id} is on chain and nobody knows it`)
  if (chain.escrowBalanceMicro !== chain.creditsMicro)
    faults.push(`the escrow holds ${chain.escrowBalanceMicro}, all credits are ${chain.creditsMicro}`)

  const acknowledgedStops = await auditStops(store, stations, faults)
  const acknowledgedReadings = await auditReadings(store, stations, faults)
  return {
    sessions: sessions.length,
    settled: sessions.filter(({ state }) => state === 'settled').length,
    refunded: sessions.filter(({ state }) => state === 'cancelled').length,
    faults,
    acknowledgedStops,
    acknowledgedReadings,
    paidMicro,
  }
}

interface TransactionRow extends Doc {
  readonly transactionId: string
  readonly state: string
  readonly endWh?: number
}

/** Every end a station was told is safe must be in the store, with the register the station told. */
const auditStops = async (store: Store, told: readonly SimEvent[], faults: string[]): Promise<number> => {
  const rows = await all<TransactionRow>(store, 'ocpp_transactions')
  const acknowledged = new Set(
    told.flatMap((event) =>
      event.event === 'acknowledged' ? [`${event.station} ${event.localId} ${event.action}`] : [],
    ),
  )
  let count = 0
  for (const event of told) {
    if (event.event !== 'transaction' || event.state !== 'ended' || event.localId === undefined) continue
    const stop = ['StopTransaction', 'TransactionEvent'].some((action) =>
      acknowledged.has(`${event.station} ${event.localId} ${action}`),
    )
    if (!stop || event.transactionId === undefined) continue
    count += 1
    const row = rows.find(({ _id }) => _id === `${event.station}/${event.transactionId}`)
    if (row === undefined) faults.push(`the acknowledged end of ${event.station}/${event.transactionId} is lost`)
    else if (row.state !== 'ended') faults.push(`${row._id} was acknowledged as ended but is ${row.state}`)
    else if (event.registerWh !== undefined && row.endWh !== undefined && Math.abs(row.endWh - event.registerWh) > 1)
      faults.push(`${row._id} ended at ${event.registerWh} Wh, the store says ${row.endWh}`)
  }
  return count
}

/** Every reading a station was told is safe must be in the store: of each transaction at least as many points as answers. */
const auditReadings = async (store: Store, told: readonly SimEvent[], faults: string[]): Promise<number> => {
  const keys = new Map<string, string>()
  const acknowledged = new Map<string, number>()
  for (const event of told) {
    if (event.event === 'transaction' && event.localId !== undefined && event.transactionId !== undefined)
      keys.set(`${event.station} ${event.localId}`, `${event.station}/${event.transactionId}`)
    if (event.event === 'acknowledged' && event.action === 'MeterValues')
      acknowledged.set(
        `${event.station} ${event.localId}`,
        (acknowledged.get(`${event.station} ${event.localId}`) ?? 0) + 1,
      )
  }
  let count = 0
  for (const [id, answers] of acknowledged) {
    const key = keys.get(id)
    if (key === undefined) continue
    count += answers
    const points = await store.range('ocpp_meter', key, { limit: answers })
    if (points.length < answers) faults.push(`${key} has ${points.length} readings, ${answers} were acknowledged`)
  }
  return count
}

const all = async <T extends Doc>(store: Store, collection: string): Promise<readonly T[]> => {
  const items: T[] = []
  let after: string | undefined
  do {
    const page = await store.find<T>(
      collection,
      {},
      { limit: 1000, sort: [['_id', 1]], ...(after === undefined ? {} : { after }) },
    )
    items.push(...page.items)
    after = page.next
  } while (after !== undefined)
  return items
}
