import { ask, type Bus, type Store, WerenodeError } from '@werenode/core'
import { listCreditMoves } from '../account/credit-moves.ts'
import type { Handlers } from '../http/handler.ts'
import { chainOrWords } from './chain-or-words.ts'

export const moneyRoutes = ({
  store,
  bus,
  rpcUrl,
}: {
  store: Store
  bus: Bus
  rpcUrl?: string
}): Pick<
  Handlers,
  'getNetwork' | 'getCredit' | 'listCreditMoves' | 'withdrawCredit' | 'getWithdrawal' | 'requestTestEuro'
> => ({
  getNetwork: async () => ({
    ...(await chainOrWords(ask(bus, 'relayer.network', {}))),
    ...(rpcUrl === undefined ? {} : { rpcUrl }),
  }),

  getCredit: async ({ principal: { address } }) => {
    if (!address) throw withoutWallet()
    return { address, ...(await chainOrWords(ask(bus, 'relayer.credit', { account: address }))) }
  },

  listCreditMoves: async ({ principal: { address }, query: { limit, cursor } }) => {
    if (!address) throw withoutWallet()
    const { items, next } = await listCreditMoves(store, address, { limit, cursor })
    return {
      items: items.map(({ kind, amountMicro, token, other, at, txHash, blockNumber }) => ({
        ...{ kind, amountMicro, token, at, txHash, blockNumber },
        ...(other === undefined ? {} : { other }),
      })),
      ...(next === undefined ? {} : { next }),
    }
  },

  withdrawCredit: async ({ principal: { address }, body: { signature, ...order } }) => {
    if (!address) throw withoutWallet()
    // Whose credit it is, is said by the login, never by the body.
    return chainOrWords(ask(bus, 'relayer.withdraw', { order: { ...order, account: address }, signature }))
  },

  getWithdrawal: async ({ principal: { address }, params: { withdrawalId } }) => {
    if (!address) throw withoutWallet()
    return chainOrWords(ask(bus, 'relayer.withdrawal', { id: withdrawalId, account: address }))
  },

  requestTestEuro: async ({ principal: { address }, body: { amountMicro } }) => {
    if (!address) throw withoutWallet()
    const { local } = await chainOrWords(ask(bus, 'relayer.network', {}))
    if (!local)
      throw new WerenodeError('not-allowed', 'This network has no faucet: its euro are real', {
        hint: 'Fund your wallet and deposit energy credit.',
      })
    const { key } = await chainOrWords(ask(bus, 'relayer.faucet', { account: address, amountMicro }))
    return { key }
  },
})

const withoutWallet = (): WerenodeError =>
  new WerenodeError('not-allowed', 'This login has no wallet', { hint: 'Sign in with a wallet.' })
