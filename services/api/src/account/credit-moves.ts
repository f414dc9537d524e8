import type { Address, Bus, CollectionSpec, Doc, EventEnvelope, Hex, Store, Unsubscribe } from '@werenode/core'

/** Money that came into an account's energy credit or left it, by itself and not for a charge: as the chain told it. */
export interface CreditMoveDoc extends Doc {
  readonly account: Address
  readonly token: Address
  /** `refund`: what a charge did not use, kept as credit because the wallet could not take it (R36). */
  readonly kind: 'deposit' | 'withdrawal' | 'refund'
  readonly amountMicro: string
  /** Who paid in, or to whom it was paid out. */
  readonly other?: Address
  readonly at: string
  readonly txHash: Hex
  readonly blockNumber: number
}

const collection = 'api_credit_moves'
export const creditMoveCollection: CollectionSpec = {
  name: collection,
  indexes: [{ fields: ['account', 'at'] }, { fields: ['blockNumber'] }],
}

const kinds: Readonly<Record<string, CreditMoveDoc['kind']>> = {
  CreditDeposited: 'deposit',
  CreditWithdrawn: 'withdrawal',
  RefundKeptAsCredit: 'refund',
}
const lower = (address: string): Address => address.toLowerCase() as Address

/** A move as a log of the escrow tells it; undefined for all other logs. */
export const creditMoveOf = ({ at, data }: EventEnvelope<'chain.log'>): CreditMoveDoc | undefined => {
  const kind = data.contract === 'ChargeEscrow' ? kinds[data.name] : undefined
  if (kind === undefined) return undefined
  const { account, token, amount, from, to } = data.args as Record<string, string | undefined>
  const other = from ?? to
  return {
    _id: `${data.blockHash}:${data.logIndex}`,
    account: lower(account!),
    token: lower(token!),
    kind,
    amountMicro: amount!,
    ...(other === undefined ? {} : { other: lower(other) }),
    at,
    txHash: data.txHash,
    blockNumber: Number(data.blockNumber),
  }
}

/** Follows the chain from its first log; what a reorganisation takes back goes. */
export const followCreditMoves = ({ store, bus }: { store: Store; bus: Bus }): Promise<Unsubscribe> =>
  bus.consume({ group: 'api-credit-moves', types: ['chain.log', 'chain.rolledBack'], from: 'start' }, async (event) => {
    if (event.type === 'chain.log') {
      const doc = creditMoveOf(event as EventEnvelope<'chain.log'>)
      if (doc) await store.write([{ op: 'put', in: collection, doc }])
      return
    }
    const { toBlock } = (event as EventEnvelope<'chain.rolledBack'>).data
    for (;;) {
      const gone = { blockNumber: { $gt: Number(toBlock) } }
      const { items } = await store.find<CreditMoveDoc>(collection, gone, { limit: 500 })
      if (items.length === 0) return
      await store.write(items.map(({ _id }) => ({ op: 'delete', in: collection, id: _id })))
    }
  })

/** Newest first, one page. */
export const listCreditMoves = (
  store: Store,
  account: Address,
  { limit, cursor }: { limit: number; cursor: string | undefined },
): Promise<{ items: readonly CreditMoveDoc[]; next?: string }> =>
  store.find<CreditMoveDoc>(
    collection,
    { account: lower(account) },
    { sort: [['at', -1]], limit, ...(cursor === undefined ? {} : { after: cursor }) },
  )
