import { chargeEscrowAbi } from '@werenode/chain'
import {
  type Address,
  ask,
  type Bus,
  type EventEnvelope,
  type Hex,
  isWerenodeError,
  type Party,
  type Store,
  type Stored,
  type Unsubscribe,
} from '@werenode/core'
import { encodeFunctionData, erc20Abi } from 'viem'
import type { RedemptionDoc } from './things.ts'

const collection = 'api_redemptions'
/** More calls than this are for another round. */
const mostCalls = 100

const dueOf = async (store: Store, filter: object): Promise<readonly Stored<RedemptionDoc>[]> =>
  (await store.find<RedemptionDoc>(collection, { ...filter, state: 'due' }, { sort: [['at', 1]], limit: mostCalls }))
    .items

const write = async (
  store: Store,
  before: Stored<RedemptionDoc>,
  change: (doc: RedemptionDoc) => RedemptionDoc,
): Promise<boolean> => {
  const { _rev, ...doc } = before
  try {
    await store.write([{ op: 'replace', in: collection, doc: change(doc as RedemptionDoc), rev: _rev }])
    return true
  } catch (error) {
    // Somebody else wrote it at the same moment: whoever asks again sees it as it is now.
    if (isWerenodeError(error) && error.code === 'conflict') return false
    throw error
  }
}

/** Asks a test network's faucet for what is due and was not asked for yet; on networks with real money it does nothing. */
export const askFaucet = async (
  { store, bus }: { store: Store; bus: Bus },
  filter: { readonly _id?: string } = {},
): Promise<void> => {
  const open = (await dueOf(store, filter)).filter(({ faucetKey }) => faucetKey === undefined)
  if (open.length === 0) return
  const { local } = await ask(bus, 'relayer.network', {})
  if (!local) return
  for (const redemption of open) {
    const { beneficiary: account, amountMicro } = redemption
    const { key: faucetKey } = await ask(bus, 'relayer.faucet', { account, amountMicro })
    await write(store, redemption, (doc) => ({ ...doc, faucetKey }))
  }
}

/** The calls with which a party's wallet pays what its vouchers are worth: one allowance, then one deposit for each driver. */
export const depositCalls = async ({ store, bus }: { store: Store; bus: Bus }, party: Party) => {
  const due = await dueOf(store, { party })
  const { chainId, escrow, token } = await ask(bus, 'relayer.network', {})
  const total = due.reduce((sum, { amountMicro }) => sum + BigInt(amountMicro), 0n)
  const call = (to: Address, data: Hex) => ({ to, data })
  return {
    chainId,
    totalMicro: total.toString(),
    calls:
      due.length === 0
        ? []
        : [
            call(token, encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [escrow, total] })),
            ...due.map(({ amountMicro, beneficiary }) =>
              call(
                escrow,
                encodeFunctionData({
                  abi: chargeEscrowAbi,
                  functionName: 'deposit',
                  args: [token, BigInt(amountMicro), beneficiary],
                }),
              ),
            ),
          ],
  }
}

/**
 * Follows deposits on chain: a redemption is paid when the chain says that somebody else deposited just that for its driver, the oldest
 * first; and due again when the chain takes it back.
 */
export const followDeposits = (deps: { store: Store; bus: Bus }): Promise<Unsubscribe> => {
  const { store, bus } = deps

  const deposited = async ({ data }: EventEnvelope<'chain.log'>): Promise<void> => {
    const { account, from, amount } = data.args as { account: Address; from: Address; amount: string }
    const beneficiary = account.toLowerCase()
    // What a driver deposits for themselves is no gift of an operator.
    if (from.toLowerCase() === beneficiary) return
    const paidBy = `${data.txHash} ${data.logIndex}`
    if ((await store.count(collection, { paidBy })) > 0) return
    for (;;) {
      const [oldest] = await dueOf(store, { beneficiary, amountMicro: amount })
      if (!oldest) return
      const paid = { state: 'paid', paidBy, txHash: data.txHash, blockNumber: Number(data.blockNumber) } as const
      if (await write(store, oldest, (doc) => ({ ...doc, ...paid }))) return
    }
  }
  const rolledBack = async ({ data }: EventEnvelope<'chain.rolledBack'>): Promise<void> => {
    for (;;) {
      const { items } = await store.find<RedemptionDoc>(
        collection,
        { state: 'paid', blockNumber: { $gt: Number(data.toBlock) } },
        { limit: 200 },
      )
      if (items.length === 0) return
      for (const one of items)
        await write(store, one, ({ paidBy: _by, txHash: _hash, blockNumber: _block, ...doc }) => ({
          ...(doc as RedemptionDoc),
          state: 'due',
        }))
    }
  }
  /** A faucet that failed is asked again. */
  const failed = async ({ data }: EventEnvelope<'chain.intent'>): Promise<void> => {
    if (data.status !== 'failed') return
    for (const one of await dueOf(store, { faucetKey: data.key }))
      await write(store, one, ({ faucetKey: _key, ...doc }) => doc as RedemptionDoc)
  }

  return bus.consume(
    { group: 'api-vouchers', types: ['chain.log', 'chain.rolledBack', 'chain.intent'], from: 'now' },
    async (event) => {
      if (event.type === 'chain.rolledBack') return rolledBack(event as EventEnvelope<'chain.rolledBack'>)
      if (event.type === 'chain.intent') return failed(event as EventEnvelope<'chain.intent'>)
      const { contract, name } = (event as EventEnvelope<'chain.log'>).data
      if (contract === 'ChargeEscrow' && name === 'CreditDeposited')
        return deposited(event as EventEnvelope<'chain.log'>)
    },
  )
}
