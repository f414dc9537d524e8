import type { SessionView } from '@werenode/core'
import { Icon } from '../look/Icon'
import { useWords } from '../words/useWords'
import { isOver } from './session-phase'
import type { FollowedSession } from './useSession'

/** What was paid, what came back, and what backs it. */
export const ReceiptCard = ({ view, followed }: { view: SessionView; followed: FollowedSession }) => {
  const { t, format } = useWords(view.timeZone)
  const { outcome } = followed
  if (!isOver(view)) return null
  const settled = view.state === 'settled'
  return (
    <section className="wn-panel wn-receipt wn-receipt--full" aria-label={t('charge.receipt')} data-state={view.state}>
      <h2>
        <Icon name={settled ? 'checkCircle' : 'receipt'} size={24} /> {t('receipt.title')}
      </h2>
      {settled && view.paidMicro !== undefined ? (
        <p className="wn-receipt__sum">
          {t('session.settled.summary', {
            paid: format.money(view.paidMicro),
            returned: format.money(view.returnedMicro ?? '0'),
          })}
        </p>
      ) : (
        <p>{t(`session.explain.${view.state}`)}</p>
      )}
      {view.message === undefined ? null : <p className="wn-note">{view.message}</p>}
      <dl className="wn-facts">
        <dt>{t('desk.place')}</dt>
        <dd>{view.locationName}</dd>
        <dt>{t('desk.plug')}</dt>
        <dd>
          <code>{format.evseId(view.evseId)}</code>
        </dd>
        <dt>{t('receipt.energy')}</dt>
        <dd>{format.energy(view.energyWh)}</dd>
        {view.startedAt === undefined || view.endedAt === undefined ? null : (
          <>
            <dt>{t('desk.started')}</dt>
            <dd>{format.dateTime(view.startedAt)}</dd>
            <dt>{t('receipt.duration')}</dt>
            <dd>{format.duration((Date.parse(view.endedAt) - Date.parse(view.startedAt)) / 1000)}</dd>
          </>
        )}
        {view.receipt === undefined ? null : (
          <>
            <dt>{t('receipt.meterStart')}</dt>
            <dd>{format.energy(view.receipt.startWh, { precision: 'exact' })}</dd>
            <dt>{t('receipt.meterEnd')}</dt>
            <dd>{format.energy(view.receipt.endWh, { precision: 'exact' })}</dd>
          </>
        )}
        <dt>{t('price.paid')}</dt>
        <dd>{format.money(view.paidMicro ?? view.costMicro)}</dd>
        {view.returnedMicro === undefined ? null : (
          <>
            <dt>{t('price.returned')}</dt>
            <dd>{format.money(view.returnedMicro)}</dd>
          </>
        )}
        {view.transactions.open === undefined ? null : (
          <>
            <dt>{t('charge.deposited')}</dt>
            <dd>
              <code title={view.transactions.open}>{format.hex(view.transactions.open)}</code>
            </dd>
          </>
        )}
        {view.transactions.settle === undefined ? null : (
          <>
            <dt>{t('charge.transaction')}</dt>
            <dd>
              <code title={view.transactions.settle}>{format.hex(view.transactions.settle)}</code>
            </dd>
          </>
        )}
      </dl>
      {view.cosigned ? <p className="wn-ticks__one">{t('charge.checked')}</p> : null}
      {outcome && !outcome.cosigned && !view.cosigned ? (
        <p className="wn-note wn-note--warn">{t('charge.unchecked', { why: outcome.why })}</p>
      ) : null}
    </section>
  )
}
