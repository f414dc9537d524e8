import { chargeEscrowAbi } from '@werenode/chain'
import {
  type Address,
  ask,
  type Bus,
  type Clock,
  type CollectionSpec,
  type Doc,
  type EventEnvelope,
  isoTime,
  isWerenodeError,
  type Party,
  type Store,
  type Unsubscribe,
  WerenodeError,
  type WriteOp,
} from '@werenode/core'
import { encodeFunctionData } from 'viem'
import { type ChargeDoc, charges } from '../charges/charge-doc.ts'

/** Money that was taken out of the escrow for a party, or is about to be. */
export interface PayoutDoc extends Doc {
  readonly party: Party
  readonly amountMicro: string
  readonly to: Address
  readonly preparedAt: string
  readonly state: 'prepared' | 'paid'
  readonly paidBy?: string
  readonly txHash?: string
  readonly blockNumber?: number
}

const collection = 'api_payouts'
export const payoutCollection: CollectionSpec = {
  name: collection,
  indexes: [{ fields: ['party', 'preparedAt'] }, { fields: ['paidBy'] }, { fields: ['to', 'amountMicro', 'state'] }],
}

/**
 * What each party of this node has earned and taken. All charges of a node settle to one account on chain; whose money it is stands in the
 * charges.
 */
export const createPayouts = ({ store, bus, clock }: { store: Store; bus: Bus; clock: Clock }) => {
  const pages = async function* <T extends Doc>(name: string, filter: object, sort: string): AsyncGenerator<T> {
    let cursor: string | undefined
    do {
      const page = await store.find<T>(name, filter as never, {
        sort: [[sort, 1]],
        limit: 1_000,
        ...(cursor === undefined ? {} : { after: cursor }),
      })
      yield* page.items
      cursor = page.next
    } while (cursor !== undefined)
  }
  const balance = async (party: Party): Promise<{ earned: bigint; taken: bigint }> => {
    let earned = 0n
    for await (const { paidMicro, amountMicro } of pages<ChargeDoc>(charges, { party, state: 'settled' }, 'createdAt'))
      earned += BigInt(paidMicro ?? amountMicro)
    let taken = 0n
    for await (const { amountMicro } of pages<PayoutDoc>(collection, { party, state: 'paid' }, 'preparedAt'))
      taken += BigInt(amountMicro)
    return { earned, taken }
  }
  const isShared = async (party: Party): Promise<boolean> =>
    (await store.find(charges, { party: { $ne: party } }, { limit: 1 })).items.length > 0

  return {
    list: async (party: Party) =>
      (await store.find<PayoutDoc>(collection, { party }, { sort: [['preparedAt', -1]], limit: 200 })).items,

    /** The call of the payout account's wallet; throws `credit-insufficient` for more than is this party's and there. */
    async prepare(
      party: Party,
      wish: { amountMicro?: string | undefined; to?: Address | undefined },
      also: (payout: PayoutDoc) => readonly WriteOp[],
    ) {
      const { chainId, escrow, token, payee } = await ask(bus, 'relayer.network', {})
      const { creditMicro } = await ask(bus, 'relayer.credit', { account: payee })
      const { earned, taken } = await balance(party)
      const credit = BigInt(creditMicro)
      // A node of one party owes its credit to nobody else, wherever it came from.
      const own = (await isShared(party)) ? earned - taken : credit
      const available = own < credit ? (own > 0n ? own : 0n) : credit
      const amountMicro = wish.amountMicro ?? available.toString()
      if (BigInt(amountMicro) > available)
        throw new WerenodeError('credit-insufficient', 'That is more than this party has in the escrow', {
          data: { creditMicro, availableMicro: available.toString() },
        })
      const to = wish.to ?? payee
      const preparedAt = isoTime(clock())
      const doc: PayoutDoc = {
        _id: `${party} ${to.toLowerCase()} ${amountMicro}`,
        party,
        amountMicro,
        to: to.toLowerCase() as Address,
        preparedAt,
        state: 'prepared',
      }
      if (BigInt(amountMicro) > 0n) await store.write([{ op: 'put', in: collection, doc }, ...also(doc)])
      const data = encodeFunctionData({
        abi: chargeEscrowAbi,
        functionName: 'withdraw',
        args: [token, BigInt(amountMicro), to],
      })
      const figures = { earnedMicro: earned.toString(), paidOutMicro: taken.toString() }
      return {
        payee,
        creditMicro,
        availableMicro: available.toString(),
        ...figures,
        amountMicro,
        chainId,
        to: escrow,
        data,
      }
    },

    /** Follows withdrawals on chain: what was prepared is paid when the chain says so, and not any more when it takes it back. */
    follow: (): Promise<Unsubscribe> =>
      bus.consume({ group: 'api-payouts', types: ['chain.log', 'chain.rolledBack'], from: 'now' }, async (event) => {
        if (event.type === 'chain.rolledBack') return rolledBack(event as EventEnvelope<'chain.rolledBack'>)
        const { contract, name } = (event as EventEnvelope<'chain.log'>).data
        if (contract === 'ChargeEscrow' && name === 'CreditWithdrawn')
          return withdrawn(event as EventEnvelope<'chain.log'>)
      }),
  }

  async function withdrawn({ data }: EventEnvelope<'chain.log'>): Promise<void> {
    const { account, to, amount } = data.args as { account: Address; to: Address; amount: string }
    const { payee } = await ask(bus, 'relayer.network', {})
    if (account.toLowerCase() !== payee.toLowerCase()) return
    const paidBy = `${data.txHash} ${data.logIndex}`
    if ((await store.count(collection, { paidBy })) > 0) return
    const wanted = { to: to.toLowerCase(), amountMicro: amount, state: 'prepared' }
    const [prepared] = (await store.find<PayoutDoc>(collection, wanted, { sort: [['preparedAt', 1]], limit: 1 })).items
    if (!prepared) return
    const { _rev, ...doc } = prepared
    const paid: PayoutDoc = {
      ...(doc as PayoutDoc),
      _id: paidBy,
      state: 'paid',
      paidBy,
      txHash: data.txHash,
      blockNumber: Number(data.blockNumber),
    }
    try {
      await store.write([
        { op: 'delete', in: collection, id: prepared._id, rev: _rev },
        { op: 'insert', in: collection, doc: paid },
      ])
    } catch (error) {
      // Prepared anew or told twice at this very moment: the event comes again.
      if (!isWerenodeError(error) || error.code !== 'conflict') throw error
      return withdrawn({ data } as EventEnvelope<'chain.log'>)
    }
  }
  async function rolledBack({ data }: EventEnvelope<'chain.rolledBack'>): Promise<void> {
    const { items } = await store.find<PayoutDoc>(
      collection,
      { state: 'paid', blockNumber: { $gt: Number(data.toBlock) } },
      { limit: 1_000 },
    )
    if (items.length > 0) await store.write(items.map(({ _id }) => ({ op: 'delete', in: collection, id: _id })))
  }
}
export type Payouts = ReturnType<typeof createPayouts>
