import { coversConnector, type StandingOffer, sign, testEuroAbi, walletOfProvider } from '@werenode/chain'
import type { Hex } from '@werenode/core'
import { parseMoney, shortHex } from '@werenode/design'
import { connectorWords } from '@werenode/design/plug'
import { useState } from 'react'
import { encodeFunctionData } from 'viem'
import type { Plug } from '../registry/plug.ts'
import { makeOrder, openingCall, openWithinS, signaturesOf, type Way } from '../session/order.ts'
import { ensureAccount, ensureChain } from '../wallet/send.ts'
import { isReplaced } from '../wallet/trouble.ts'
import { nowS, useDesk, useFigures } from './context.ts'
import { Trouble } from './Trouble.tsx'
import { useBalances } from './useBalances.ts'
import { linkTo } from './useRoute.ts'
import { useTask } from './useTask.ts'

const ways: readonly Way[] = ['Authorization', 'Permit', 'Allowance', 'Credit']

/** What the driver agrees to, in words made from the very terms that are signed, and the button that opens the charge. */
export const OrderForm = ({ plug, offer }: { plug: Plug; offer: StandingOffer }) => {
  const { say, locale, account, connect, wallet, deployment, reader, own, send } = useDesk()
  const { money, price, date } = useFigures()
  const balances = useBalances()
  const covered = plug.connectors.filter(({ connector }) => coversConnector(offer, connector))
  const [connector, setConnector] = useState(covered[0]?.connector ?? 1)
  const [amountText, setAmountText] = useState(
    money(offer.minAmount * 4n > offer.maxAmount ? offer.maxAmount : offer.minAmount * 4n),
  )
  const [way, setWay] = useState<Way>('Authorization')
  const [phase, setPhase] = useState<'busy.wallet' | 'busy.mining'>('busy.wallet')
  const { busy, trouble, run } = useTask()
  const token = deployment.addresses.tokens[0]!
  const amount = parseMoney(amountText, locale)
  const inRange = amount !== undefined && amount >= offer.minAmount && amount <= offer.maxAmount
  const has = way === 'Credit' ? balances?.creditMicro : balances?.walletMicro
  const enough = amount !== undefined && has !== undefined && has >= amount
  const settleBy = nowS() + openWithinS + offer.startDelay + offer.settlePeriod

  const open = (): Promise<void> =>
    run(async () => {
      if (account === undefined || wallet === undefined || amount === undefined || balances === undefined) return
      setPhase('busy.wallet')
      const connected = { provider: wallet.provider, account }
      await ensureChain(connected, deployment)
      await ensureAccount(connected)
      const block = await reader.getBlock()
      const order = makeOrder({
        ...{ plug, connector, driver: account, maxAmount: amount, way, deployment },
        nowS: Math.max(nowS(), Number(block.timestamp)),
      })
      // The key is kept before anything leaves this device.
      own.keep({ sessionId: order.sessionId, sessionKey: order.sessionKey, plugKey: plug.key, at: Date.now() })
      if (way === 'Allowance' && balances.allowanceMicro < amount) {
        const args = [deployment.addresses.escrow, amount] as const
        const data = encodeFunctionData({ abi: testEuroAbi, functionName: 'approve', args })
        await send({ to: token.address, data })
      }
      const signatures: Hex[] = []
      for (const typed of signaturesOf(order, deployment, token, balances.permitNonce ?? 0n))
        signatures.push(await sign(walletOfProvider(wallet.provider, account), typed))
      await send({ to: deployment.addresses.escrow, data: openingCall(order, signatures) }, (sent) => {
        setPhase('busy.mining')
        own.keepSent(order.sessionId, sent)
      }).catch((error: unknown) => {
        if (isReplaced(error)) own.forgetSent(order.sessionId)
        throw error
      })
      location.hash = linkTo('session', order.sessionId).slice(1)
    })

  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault()
        if (account === undefined) connect()
        else void open()
      }}
    >
      <h2>{say('order.title')}</h2>
      <ul className="terms">
        <li className="terms__first">{say('order.price', { price: price(offer.pricePerKWh) })}</li>
        {offer.startFee > 0n && <li>{say('order.startFee', { price: price(offer.startFee) })}</li>}
        {offer.pricePerMinute > 0n && <li>{say('order.perMinute', { price: price(offer.pricePerMinute) })}</li>}
        {offer.idlePerMinute > 0n && <li>{say('order.idle', { price: price(offer.idlePerMinute) })}</li>}
        <li className="muted">{say('order.vat')}</li>
      </ul>
      {covered.length > 1 && (
        <label className="field">
          <span>{say('order.connector')}</span>
          <select value={connector} onChange={(event) => setConnector(Number(event.target.value))}>
            {covered.map((one) => (
              <option key={one.connector} value={one.connector}>
                {one.connector}: {connectorWords(one.standard, locale)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="field">
        <span>{say('order.amount')}</span>
        <input
          name="amount"
          inputMode="decimal"
          value={amountText}
          onChange={(event) => setAmountText(event.target.value)}
          aria-describedby="amount-hint"
          aria-invalid={!inRange}
        />
        <span id="amount-hint" className="muted">
          {say('order.amountHint', { least: money(offer.minAmount), most: money(offer.maxAmount) })}
        </span>
      </label>
      <label className="field">
        <span>{say('order.way')}</span>
        <select name="way" value={way} onChange={(event) => setWay(event.target.value as Way)}>
          {ways
            .filter((one) => one !== 'Permit' || balances?.permitNonce !== undefined)
            .map((one) => (
              <option key={one} value={one}>
                {say(`order.${one}`)}
              </option>
            ))}
        </select>
        {has !== undefined && <span className="muted">{say('order.has', { amount: money(has) })}</span>}
      </label>
      {amount !== undefined && inRange && (
        <ul className="terms">
          <li>
            {say('order.locks', {
              amount: money(amount),
              from: say(way === 'Credit' ? 'order.credit' : 'order.wallet'),
              escrow: shortHex(deployment.addresses.escrow),
            })}
          </li>
          {balances !== undefined && enough && (
            <li data-after>
              {say('order.after', {
                wallet: money(balances.walletMicro - (way === 'Credit' ? 0n : amount)),
                credit: money(balances.creditMicro - (way === 'Credit' ? amount : 0n)),
              })}
            </li>
          )}
          {way === 'Allowance' && <li>{say('order.approve', { amount: money(amount) })}</li>}
          <li>{say('order.window', { hours: Math.round(offer.disputeWindow / 3600) })}</li>
          <li>{say('order.refund', { date: date(settleBy) })}</li>
        </ul>
      )}
      {account !== undefined && amount !== undefined && has !== undefined && !enough && (
        <p className="note note--warning" role="status">
          {say('order.tooLittle', { has: money(has), needs: money(amount) })}
        </p>
      )}
      <Trouble trouble={trouble} />
      <button type="submit" className="solid wide" disabled={busy || (account !== undefined && (!inRange || !enough))}>
        {busy ? say(phase) : say(account === undefined ? 'order.connect' : 'order.sign')}
      </button>
    </form>
  )
}
