import { type SigningDomain, withdrawTypedData } from '@werenode/chain'
import {
  type ChainIntent,
  type Hex,
  parseAddress,
  type Requests,
  WerenodeError,
  type Withdrawal,
  type WithdrawalOrder,
} from '@werenode/core'
import { hashTypedData, zeroAddress } from 'viem'
import type { QueueContext } from '../queue/context.ts'
import { collections, type IntentRow } from '../rows.ts'
import { withdrawOf } from './intent-call.ts'
import { readCredit } from './read-escrow.ts'
import { isSignedOnChain } from './signed-by.ts'

/** Less is not worth its gas; who wants it all the same sends `withdraw` themselves. */
const leastMicro = 10_000n
const longestS = 3600

type Submit = (key: string, intent: ChainIntent) => Promise<unknown>

/** Credit on its way to where its account signed it to go (R36). What the contract would refuse is refused before it costs gas. */
export const createWithdrawals = (
  context: Pick<QueueContext, 'store' | 'clock' | 'network' | 'reader' | 'rpc'>,
  domain: SigningDomain,
  submit: Submit,
) => {
  const { store, clock, network, reader, rpc } = context
  const rowOf = (id: Hex) => store.get<IntentRow>(collections.intents, keyOf(id))

  const take = async (asked: Requests['relayer.withdraw']['ask']): Promise<Withdrawal> => {
    const { signature } = asked
    const order = checked(asked.order, network.escrow, network.token)
    const digest = hashTypedData(withdrawTypedData(withdrawOf(network, order), domain) as never)
    const known = await rowOf(digest)
    if (known) return viewOf(digest, known)

    const nowS = Math.floor(clock().getTime() / 1000)
    if (order.deadline <= nowS || order.deadline > nowS + longestS)
      throw new WerenodeError('invalid-input', 'A withdrawal is signed to be sent within the hour', {
        hint: `Sign it again with a deadline after ${nowS} and at most ${nowS + longestS}.`,
      })
    if (!(await isSignedOnChain(rpc, order.account, digest, signature)))
      throw new WerenodeError('signature-invalid', `${order.account} did not sign this withdrawal`, {
        hint: 'Sign exactly these fields for this chain and escrow.',
      })
    const { creditMicro, withdrawNonce } = await readCredit(reader, network, order.account)
    if (BigInt(order.nonce) !== withdrawNonce)
      throw new WerenodeError(
        'conflict',
        `The account’s next withdrawal is number ${withdrawNonce}, not ${order.nonce}`,
        { hint: 'Another one came before. Look at the credit and sign again.', data: { next: String(withdrawNonce) } },
      )
    if (BigInt(order.amountMicro) > creditMicro)
      throw new WerenodeError('credit-insufficient', `There are ${creditMicro} micro-euro of credit to withdraw`, {
        hint: 'What charges hold comes back when they are settled. Ask for less.',
        data: { creditMicro: String(creditMicro) },
      })
    await submit(keyOf(digest), { kind: 'withdraw', order, signature })
    return viewOf(digest, (await rowOf(digest))!)
  }

  const see = async ({ id, account }: Requests['relayer.withdrawal']['ask']): Promise<Withdrawal> => {
    const row = /^0x[0-9a-f]{64}$/.test(id) ? await rowOf(id) : undefined
    if (row?.intent.kind !== 'withdraw' || row.intent.order.account !== account.toLowerCase())
      throw new WerenodeError('not-found', 'There is no such withdrawal of this account', {
        hint: 'Finished ones are among the movements of the credit.',
      })
    return viewOf(id, row)
  }

  return { take, see }
}

const keyOf = (id: Hex): string => `withdraw:${id}`

const checked = (order: WithdrawalOrder, escrow: string, token: string): WithdrawalOrder => {
  const { amountMicro, nonce, deadline } = order
  const account = lower(order.account)
  const to = lower(order.to)
  const whole = /^(0|[1-9]\d{0,19})$/
  if (!whole.test(amountMicro) || !whole.test(nonce) || !Number.isSafeInteger(deadline))
    throw new WerenodeError('invalid-input', 'A withdrawal names amount and number as decimal text, and a deadline', {
      hint: 'Amounts are micro-euro, deadlines Unix seconds.',
    })
  if (BigInt(amountMicro) < leastMicro)
    throw new WerenodeError('invalid-input', `A withdrawal is of at least ${leastMicro} micro-euro`, {
      hint: 'Less is not worth what it costs; the escrow itself pays it out to whoever sends `withdraw`.',
    })
  if (to === zeroAddress || to === lower(escrow) || to === lower(token))
    throw new WerenodeError('invalid-input', `${to} is nobody’s wallet: what is sent there is lost`, {
      hint: 'Name the address of a wallet.',
    })
  return { account, to, amountMicro, nonce, deadline }
}
const lower = (address: string) => parseAddress(address.toLowerCase())

const viewOf = (id: Hex, row: IntentRow): Withdrawal => {
  const { order } = row.intent as Extract<ChainIntent, { kind: 'withdraw' }>
  const state = row.status === 'confirmed' ? 'paid' : row.status === 'failed' ? 'refused' : 'under-way'
  return {
    id,
    ...{ account: order.account, to: order.to, amountMicro: order.amountMicro },
    state,
    at: new Date(row.queuedAtMs).toISOString(),
    ...(row.txHash === undefined ? {} : { txHash: row.txHash }),
    ...(state === 'refused' ? { why: row.message ?? 'The contract refused it.' } : {}),
  }
}
