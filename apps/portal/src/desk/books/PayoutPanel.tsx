import type { Party } from '@werenode/core'
import type { Schemas } from '@werenode/sdk'
import { type FormEvent, useState } from 'react'
import { Icon } from '../../look/Icon'
import { Trouble } from '../../look/Trouble'
import type { WalletChoice } from '../../wallet/useWallet'
import { useWords } from '../../words/useWords'
import { CopyText } from '../CopyText'
import { TextField } from '../Field'

/** Takes out of the escrow what was earned: the node prepares the call, the payout account's wallet sends it. */
export const PayoutPanel = ({ choice, party }: { choice: WalletChoice; party: Party }) => {
  const { t, format } = useWords()
  const { werenode, wallet, send } = choice
  const [euro, setEuro] = useState('')
  const [payout, setPayout] = useState<Schemas['Payout']>()
  const [hash, setHash] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const during = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await work()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const prepare = (event: FormEvent): void => {
    event.preventDefault()
    void during(async () => {
      const cents = Math.round(Number(euro) * 100)
      setHash(undefined)
      setPayout(
        await werenode.api.preparePayout({
          params: { party },
          body: cents > 0 ? { amountMicro: String(cents * 10_000) } : {},
        }),
      )
    })
  }
  const mine = payout !== undefined && wallet?.address.toLowerCase() === payout.payee.toLowerCase()
  return (
    <section className="wn-panel" aria-label={t('figures.payout')}>
      <h2>{t('figures.payout')}</h2>
      <p>{t('figures.payoutLead')}</p>
      <form onSubmit={prepare}>
        <div className="wn-form wn-form--narrow">
          <TextField
            label={t('figures.amount')}
            hint={t('figures.amountHint')}
            value={euro}
            onText={setEuro}
            type="number"
            min={0}
            step="0.01"
          />
        </div>
        <p>
          <button type="submit" className="wn-button" disabled={busy}>
            {t('figures.prepare')}
          </button>
        </p>
      </form>
      {error === undefined ? null : <Trouble error={error} />}
      {payout === undefined ? null : (
        <>
          <dl className="wn-facts">
            <dt>{t('figures.credit')}</dt>
            <dd>{format.money(payout.creditMicro)}</dd>
            <dt>{t('desk.cost')}</dt>
            <dd>{format.money(payout.amountMicro)}</dd>
            <dt>{t('figures.payee')}</dt>
            <dd>
              <code title={payout.payee}>{format.hex(payout.payee)}</code>
            </dd>
          </dl>
          {mine && send ? (
            <p>
              <button
                type="button"
                className="wn-button wn-button--solid"
                disabled={busy || payout.amountMicro === '0'}
                onClick={() => void during(async () => setHash(await send(payout)))}
              >
                <Icon name="wallet" /> {busy ? t('sign.inWallet') : t('figures.send')}
              </button>
            </p>
          ) : (
            <p className="wn-note">{t(wallet ? 'figures.wrongWallet' : 'figures.noWallet')}</p>
          )}
          {hash === undefined ? null : (
            <p className="wn-note" role="status">
              {t('figures.sent', { hash: format.hex(hash) })}
            </p>
          )}
          <details>
            <summary>{t('figures.call')}</summary>
            <CopyText text={payout.to} label={t('desk.to')} />
            <CopyText text={payout.data} label={t('figures.call')} />
          </details>
        </>
      )}
    </section>
  )
}
