import { sign, withdrawTypedData } from '@werenode/chain'
import { type Address, type Hex, parseAddress, type Wallet, WerenodeError, type Withdrawal } from '@werenode/core'
import type { LoginHttp } from './login.ts'
import { domainOf, type Network } from './network.ts'

export interface Withdrawing {
  withdraw(wish: { readonly amountMicro: bigint; readonly to: string }): Promise<Withdrawal>
  withdrawal(id: string): Promise<Withdrawal>
}

/** How long a signed withdrawal may wait for the chain. */
const validS = 900

/** Credit back into a wallet: the account signs amount, destination, number and deadline; the node sends it. */
export const createWithdrawing = (deps: {
  http: LoginHttp
  wallet: Wallet | undefined
  network: () => Promise<Network>
  clock: () => Date
}): Withdrawing => {
  const { http, wallet, network, clock } = deps
  return {
    async withdraw({ amountMicro, to: destination }) {
      if (!wallet)
        throw new WerenodeError('not-authenticated', 'A withdrawal needs a wallet that signs it', {
          hint: 'Give createWerenode a wallet.',
        })
      const to = parseAddress(destination)
      const chain = await network()
      const account = parseAddress(wallet.address)
      const { address, withdrawNonce } = await http.json<{ address: Address; withdrawNonce?: string }>('/v1/credit')
      if (address.toLowerCase() !== account)
        throw new WerenodeError('not-allowed', 'This login is another wallet’s', { hint: 'Sign in with this wallet.' })
      if (withdrawNonce === undefined)
        throw new WerenodeError('not-acceptable', 'This node does not send withdrawals', {
          hint: 'Withdraw from the escrow itself, with any wallet app.',
        })
      const deadline = Math.floor(clock().getTime() / 1000) + validS
      const order = { account, token: chain.token, amount: amountMicro, to, nonce: BigInt(withdrawNonce), deadline }
      const signature: Hex = await sign(wallet, withdrawTypedData(order, domainOf(chain)))
      return http.json('/v1/credit/withdrawals', {
        method: 'POST',
        body: { amountMicro: amountMicro.toString(), to, nonce: withdrawNonce, deadline, signature },
        idempotencyKey: `withdraw-${account}-${withdrawNonce}-${deadline}`,
      })
    },

    withdrawal: (id) => http.json(`/v1/credit/withdrawals/${encodeURIComponent(id)}`),
  }
}
