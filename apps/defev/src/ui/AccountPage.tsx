import {
  chargeEscrowAbi,
  depositAuthorization,
  domainOf,
  sign,
  testEuroAbi,
  tokenDomainOf,
  walletOfProvider,
} from '@werenode/chain'
import { parseMoney } from '@werenode/design'
import { useState } from 'react'
import { encodeFunctionData, toHex } from 'viem'
import { ensureAccount, ensureChain } from '../wallet/send.ts'
import { TroubleError } from '../wallet/trouble.ts'
import { nowS, useDesk, useFigures } from './context.ts'
import { Trouble } from './Trouble.tsx'
import { useBalances } from './useBalances.ts'
import { useTask } from './useTask.ts'

/** A signed deposit may be sent for this long, seconds. */
const depositWithinS = 900

/** Wallet and credit; deposit by one signature, withdraw to oneself. */
export const AccountPage = () => {
  const { say, locale, account, connect, wallet, deployment, send } = useDesk()
  const { money } = useFigures()
  const balances = useBalances()
  const [text, setText] = useState('')
  const [done, setDone] = useState('')
  const { busy, trouble, run } = useTask()
  const { escrow, tokens } = deployment.addresses
  const token = tokens[0]!
  const amount = parseMoney(text, locale)

  const within = (most: bigint): bigint => {
    if (amount === undefined || amount <= 0n || amount > most) throw new TroubleError({ word: 'account.badAmount' })
    return amount
  }
  const deposit = () =>
    run(async () => {
      if (account === undefined || wallet === undefined || balances === undefined) return
      const wanted = within(balances.walletMicro)
      await ensureChain({ provider: wallet.provider, account }, deployment)
      await ensureAccount({ provider: wallet.provider, account })
      const order = {
        from: account,
        beneficiary: account,
        token: token.address,
        amount: wanted,
        salt: toHex(crypto.getRandomValues(new Uint8Array(32))),
      }
      const validBefore = BigInt(nowS() + depositWithinS)
      const typed = depositAuthorization(
        order,
        validBefore,
        domainOf(deployment.addresses),
        tokenDomainOf(deployment.addresses, token),
      )
      const signature = await sign(walletOfProvider(wallet.provider, account), typed)
      const args = [order, validBefore, signature] as const
      await send({
        to: escrow,
        data: encodeFunctionData({ abi: chargeEscrowAbi, functionName: 'depositWithAuthorization', args }),
      })
      setDone(money(wanted))
    })
  const withdraw = () =>
    run(async () => {
      if (account === undefined || balances === undefined) return
      const wanted = within(balances.creditMicro)
      const args = [token.address, wanted, account] as const
      await send({ to: escrow, data: encodeFunctionData({ abi: chargeEscrowAbi, functionName: 'withdraw', args }) })
      setDone(money(wanted))
    })
  const mint = () =>
    run(async () => {
      if (account === undefined) return
      const data = encodeFunctionData({ abi: testEuroAbi, functionName: 'mint', args: [account, 100_000_000n] })
      await send({ to: token.address, data })
      setDone(money(100_000_000n))
    })

  if (account === undefined)
    return (
      <div className="page">
        <h1>{say('nav.account')}</h1>
        <button type="button" className="solid" onClick={connect}>
          {say('wallet.connect')}
        </button>
      </div>
    )
  return (
    <div className="page">
      <h1>{say('nav.account')}</h1>
      <p className="muted wrap">{account}</p>
      <div className="card">
        <p className="amount" data-wallet>
          {say('account.balance', { amount: balances === undefined ? '…' : money(balances.walletMicro) })}
        </p>
        <p className="amount" data-credit>
          {say('account.credit', { amount: balances === undefined ? '…' : money(balances.creditMicro) })}
        </p>
        <label className="field">
          <span>{say('account.amount')}</span>
          <input name="amount" inputMode="decimal" value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <div className="buttons">
          <button type="button" className="solid" disabled={busy} onClick={deposit}>
            {say('account.deposit')}
          </button>
          <button type="button" className="outline" disabled={busy} onClick={withdraw}>
            {say('account.withdraw')}
          </button>
          {deployment.testNetwork && (
            <button type="button" className="outline" disabled={busy} onClick={mint}>
              {say('account.faucet')}
            </button>
          )}
        </div>
        <p role="status">{done !== '' && !busy && say('account.done', { amount: done })}</p>
        <Trouble trouble={trouble} />
      </div>
    </div>
  )
}
