import { tariffWords } from '@werenode/design/tariff'
import type { DisplayedQuote, Network, Werenode } from '@werenode/sdk'
import { useCallback, useEffect, useState } from 'react'
import { Icon } from '../look/Icon'
import { Trouble } from '../look/Trouble'
import { useWords } from '../words/useWords'

const amountsMicro = [5_000_000n, 10_000_000n, 25_000_000n, 50_000_000n]

/** The whole price before anything is signed; every figure comes from the terms that will be signed (R15). */
export const QuoteCard = ({
  werenode,
  network,
  plug,
  onOpened,
}: {
  werenode: Werenode
  network: Network
  plug: { evseId: string; connector: number }
  onOpened: (sessionId: string) => void
}) => {
  const [most, setMost] = useState(25_000_000n)
  const [quote, setQuote] = useState<DisplayedQuote>()
  const [creditMicro, setCredit] = useState<bigint>()
  const [busy, setBusy] = useState<'quote' | 'credit' | 'sign'>()
  const [error, setError] = useState<unknown>()
  const { t, format, locale } = useWords(quote?.timeZone)
  const { evseId, connector } = plug

  const during = useCallback(async (what: 'quote' | 'credit' | 'sign', work: () => Promise<void>): Promise<void> => {
    setBusy(what)
    setError(undefined)
    try {
      await work()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(undefined)
    }
  }, [])
  const ask = useCallback(
    () =>
      during('quote', async () => {
        const [offered, credit] = await Promise.all([
          werenode.quote({ evseId, connector, maxAmountMicro: most }),
          werenode.credit(),
        ])
        setQuote(offered)
        setCredit(credit.creditMicro)
      }),
    [werenode, evseId, connector, most, during],
  )
  // A price that has run out is asked for again, so that what is shown can be signed.
  useEffect(() => {
    if (!quote) return
    const timer = setTimeout(() => setQuote(undefined), Math.max(0, quote.expiresAt.getTime() - Date.now()))
    return () => clearTimeout(timer)
  }, [quote])
  useEffect(() => setQuote(undefined), [most])

  const short = quote !== undefined && creditMicro !== undefined && creditMicro < quote.maxAmountMicro
  const topUp = (): Promise<void> =>
    during('credit', async () => {
      await werenode.faucet(50_000_000n)
      for (let tries = 0; tries < 100; tries += 1) {
        const { creditMicro: now } = await werenode.credit()
        setCredit(now)
        if (quote && now >= quote.maxAmountMicro) return
        await new Promise((resolve) => setTimeout(resolve, 300))
      }
    })
  const sign = (): Promise<void> =>
    during('sign', async () => {
      if (!quote) return
      const { id } = await werenode.open(quote)
      onOpened(id)
    })

  return (
    <section className="wn-panel" aria-label={t('charge.price')} data-quote={quote ? 'shown' : 'none'}>
      <fieldset className="wn-most">
        <legend>{t('charge.most')}</legend>
        <div className="wn-filters__row">
          {amountsMicro.map((amount) => (
            <button
              key={String(amount)}
              type="button"
              className="wn-chip"
              aria-pressed={most === amount}
              onClick={() => setMost(amount)}
            >
              {format.money(amount, {})}
            </button>
          ))}
        </div>
        <p className="wn-hint">{t('charge.mostHint')}</p>
      </fieldset>
      {quote === undefined ? (
        <button
          type="button"
          className="wn-button wn-button--solid wn-button--wide"
          disabled={busy !== undefined}
          onClick={() => void ask()}
        >
          <Icon name="tariff" /> {busy === 'quote' ? t('progress.loading') : t('charge.askPrice')}
        </button>
      ) : (
        <>
          <div className="wn-quote">
            {tariffWords(quote.price, { locale, currency: quote.tariff.currency }).map(({ text }, index) =>
              index === 0 ? (
                <p key={text} className="wn-quote__first">
                  {text}
                </p>
              ) : (
                <p key={text}>{text}</p>
              ),
            )}
            <p className="wn-hint">
              {t('price.example', {
                energy: format.energy(quote.example.energyWh),
                duration: format.duration(quote.example.durationS),
                total: format.money(quote.example.totalMicro),
              })}
            </p>
          </div>
          <dl className="wn-facts">
            <dt>{t('price.deposit')}</dt>
            <dd>
              <strong>{quote.free ? t('price.free') : format.money(quote.maxAmountMicro)}</strong>
            </dd>
            <dt>{t('wallet.credit')}</dt>
            <dd>{creditMicro === undefined ? '…' : format.money(creditMicro)}</dd>
          </dl>
          <ul className="wn-ticks">
            <li>{t('price.ceiling')}</li>
            <li>{t('price.gas')}</li>
            <li>{t(`plug.key.${quote.keyClass}`)}</li>
            <li className={quote.meterCertified ? undefined : 'wn-ticks__warn'}>
              {quote.meterCertified ? t('charge.meter.yes') : t('charge.meter.no')}
            </li>
            <li>{t('charge.expires', { time: format.time(quote.expiresAt) })}</li>
          </ul>
          {short && !quote.free ? (
            <div className="wn-note wn-note--warn">
              <p>{t('charge.needCredit')}</p>
              {network.local ? (
                <button
                  type="button"
                  className="wn-button wn-button--small"
                  disabled={busy !== undefined}
                  onClick={() => void topUp()}
                >
                  <Icon name="euro" size={18} /> {busy === 'credit' ? t('progress.loading') : t('charge.getTest')}
                </button>
              ) : null}
            </div>
          ) : (
            <>
              <button
                type="button"
                className="wn-button wn-button--solid wn-button--wide"
                disabled={busy !== undefined}
                onClick={() => void sign()}
              >
                <Icon name="signature" /> {busy === 'sign' ? t('sign.inWallet') : t('sign.terms')}
              </button>
              <p className="wn-hint">{t('sign.termsWhy')}</p>
            </>
          )}
        </>
      )}
      {error === undefined ? null : <Trouble error={error} />}
    </section>
  )
}
