import { sign, testEuroAbi, walletOfProvider } from '@werenode/chain'
import type { Hex } from '@werenode/core'
import { parseMoney } from '@werenode/design'
import { useState } from 'react'
import { encodeFunctionData } from 'viem'
import type { Charge } from '../session/charge.ts'
import { topUpCall, topUpSignature, topUpWithinS } from '../session/top-up.ts'
import { ensureAccount, ensureChain } from '../wallet/send.ts'
import { TroubleError } from '../wallet/trouble.ts'
import { nowS, useDesk, useFigures } from './context.ts'
import { Trouble } from './Trouble.tsx'
import { useBalances } from './useBalances.ts'
import { useTask } from './useTask.ts'

/** Holds more for a charge that is running, from where its deposit came (R13). What is not used comes back like the rest. */
export const TopUp = ({ charge }: { charge: Charge }) => {
  const { say, locale, account, wallet, deployment, send } = useDesk()
  const { money } = useFigures()
  const balances = useBalances()
  const { busy, trouble, run } = useTask()
  const [text, setText] = useState('')
  const { terms } = charge
  const token = deployment.addresses.tokens[0]!
  const { escrow } = deployment.addresses
  const more = parseMoney(text, locale)
  const newMax = charge.heldMicro + (more ?? 0n)
  const fromCredit = terms.source === 'Credit'
  const has = fromCredit ? balances?.creditMicro : balances?.walletMicro
  const ready = more !== undefined && more > 0n && has !== undefined && more <= has
  // Only the driver's own account may hold more of its money (R22).
  const mine = account?.toLowerCase() === terms.driver.toLowerCase()

  const topUp = (): Promise<void> =>
    run(async () => {
      if (account === undefined || wallet === undefined || balances === undefined || more === undefined) return
      if (!ready) throw new TroubleError({ word: 'account.badAmount' })
      const connected = { provider: wallet.provider, account }
      await ensureChain(connected, deployment)
      await ensureAccount(connected)
      if (terms.source === 'Allowance' && balances.allowanceMicro < more) {
        const args = [escrow, more] as const
        await send({ to: token.address, data: encodeFunctionData({ abi: testEuroAbi, functionName: 'approve', args }) })
      }
      const deadline = nowS() + topUpWithinS
      const typed = topUpSignature(charge, newMax, deadline, deployment, token)
      const signature: Hex | undefined =
        typed === undefined ? undefined : await sign(walletOfProvider(wallet.provider, account), typed)
      await send({ to: escrow, data: topUpCall(charge, newMax, deadline, signature) })
      setText('')
    })

  if (account === undefined || !mine) return null
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault()
        void topUp()
      }}
    >
      <h2>{say('topUp.title')}</h2>
      <label className="field">
        <span>{say('topUp.more')}</span>
        <input
          name="more"
          inputMode="decimal"
          placeholder="10.00"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <span className="muted">{has !== undefined && say('order.has', { amount: money(has) })}</span>
      </label>
      {ready && (
        <p data-topped>
          {say('topUp.after', {
            amount: money(more),
            from: say(fromCredit ? 'order.credit' : 'order.wallet'),
            held: money(newMax),
            left: money(has - more),
          })}
        </p>
      )}
      <Trouble trouble={trouble} />
      <button type="submit" className="outline wide" disabled={busy || !ready}>
        {busy ? say('busy.wallet') : say('topUp.sign')}
      </button>
    </form>
  )
}
