import { formatPower } from '@werenode/design'
import { connectorWords } from '@werenode/design/plug'
import { voucherOf } from '../chain/accreditation.ts'
import { useDesk, useFigures } from './context.ts'
import { Mark } from './Mark.tsx'
import { OrderForm } from './OrderForm.tsx'
import { useAnswer } from './useAnswer.ts'

/** One plug: what the chain says of it, and the charge that can be opened there. */
export const PlugPage = ({ plugKey }: { plugKey: string }) => {
  const { say, locale, progress, vouchers } = useDesk()
  const { date } = useFigures()
  const found = useAnswer('plug', { key: plugKey })
  if (found === undefined || found === null)
    return <p className="page muted">{say(found === null && progress.known ? 'plug.missing' : 'plug.loading')}</p>
  const { plug, availability } = found
  const voucher = voucherOf(vouchers, plug.operatorId)
  const party = found.operator?.party ?? plug.operatorId
  return (
    <div className="page">
      <header className="page__head">
        <h1>{plug.name}</h1>
        <p>
          <Mark kind={availability} /> <span className="muted">{plug.evseId}</span>
        </p>
        <ul className="facts">
          {plug.connectors.map(({ connector, standard, maxPowerW }) => (
            <li key={connector}>
              {connector}: {connectorWords(standard, locale)}, {formatPower(maxPowerW, locale)}
            </li>
          ))}
        </ul>
        {voucher === undefined ? (
          <p className="note note--info">{say('plug.unverified', { party })}</p>
        ) : (
          <p className="note note--positive" data-accredited>
            {say('plug.accredited', { party, issuer: voucher.issuerName, date: date(voucher.validUntil) })}
          </p>
        )}
        {plug.keyClass !== undefined && (
          <p className="muted">
            {say('plug.meter', {
              class: say(plug.keyClass === 'STATION' ? 'plug.station' : 'plug.gateway'),
              date: date(plug.keySince ?? 0),
            })}{' '}
            {plug.offerUntil !== undefined && say('plug.until', { date: date(plug.offerUntil) })}
          </p>
        )}
      </header>
      {plug.offer !== undefined && availability !== 'closed' && <OrderForm plug={plug} offer={plug.offer} />}
    </div>
  )
}
