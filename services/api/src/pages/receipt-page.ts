import { formatEnergy, formatMoney } from '@werenode/design'
import type { PublicReceipt } from '../charges/public-receipt.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import { localeOf } from './page-words.ts'
import { receiptWords } from './receipt-words.ts'

/** The page anyone may open to judge a receipt: no JavaScript, no login. */
export const receiptPage = (
  { view, backing, checks, holds }: PublicReceipt,
  acceptLanguage: string | undefined,
): string => {
  const locale = localeOf(acceptLanguage)
  const t = receiptWords(locale)
  const { receipt, transactions } = view
  const time = (iso: string | undefined): string =>
    iso === undefined
      ? '–'
      : new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long', timeZone: view.timeZone }).format(
          new Date(iso),
        )
  const rows: readonly (readonly [string, string])[] = [
    [t('receipt.place'), view.locationName],
    [t('receipt.evse'), `${view.evseId} / ${view.connector}`],
    [t('receipt.from'), time(view.startedAt)],
    [t('receipt.to'), time(view.endedAt)],
    [t('receipt.energy'), formatEnergy(view.energyWh, locale)],
    ...(receipt ? ([[t('receipt.register'), `${receipt.startWh} – ${receipt.endWh} Wh`]] as const) : []),
    [t('receipt.amount'), formatMoney(BigInt(receipt?.amount ?? view.costMicro), locale)],
    [t('receipt.state'), view.state],
  ]
  const list = checks.map(
    ({ name, verdict, signer, detail }) =>
      html`<li><strong>${t(`verdict.${verdict}`)}</strong>: ${t(`check.${name}`)}${
        signer ? html`<br><small>${t('receipt.signer')} ${signer}</small>` : html``
      }${detail === undefined ? html`` : html`<br><small>${detail}</small>`}</li>`,
  )
  const hashes = Object.entries(transactions).map(
    ([what, hash]) => html`<li>${what}: <small>${hash ?? ''}</small></li>`,
  )
  const body = html`<p role="${holds === 'broken' ? 'alert' : 'status'}">${t(`receipt.${holds}`)}</p>
<dl>${rows.map(([name, value]): Html => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${backing.paid ? html`<p>${t(`receipt.key.${backing.keyClass}`)}</p>` : html``}
<h2>${t('receipt.checks')}</h2><ul>${list}</ul>
${hashes.length > 0 ? html`<h2>${t('receipt.transactions')}</h2><ul>${hashes}</ul>` : html``}
<p><a href="/v1/receipts/${view.id}">${t('receipt.json')}</a></p>`
  return layout(locale, t('receipt.title'), body)
}

export const noReceiptPage = (acceptLanguage: string | undefined): string => {
  const locale = localeOf(acceptLanguage)
  const t = receiptWords(locale)
  return layout(locale, t('receipt.title'), html`<p role="alert">${t('receipt.missing')}</p>`)
}
