import { formatPower } from '@werenode/design'
import { busyConnectors } from '../registry/fold.ts'
import { availabilityOf } from '../registry/search.ts'
import { nowS, useDesk, useFigures } from './context.ts'
import { Mark } from './Mark.tsx'
import { OrderForm } from './OrderForm.tsx'

/** One plug: what the chain says of it, and the charge that can be opened there. */
export const PlugPage = ({ plugKey }: { plugKey: string }) => {
  const { say, locale, progress } = useDesk()
  const { date } = useFigures()
  const { index } = progress
  const plug = index.plugs.get(plugKey)
  if (plug === undefined)
    return <p className="muted">{say(progress.block === progress.head ? 'plug.missing' : 'start.loading')}</p>
  const availability = availabilityOf(plug, busyConnectors(index), nowS())
  const party = index.operators.get(plug.operatorId)?.party ?? plug.operatorId
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
              {connector}: {standard.replaceAll('_', ' ')}, {formatPower(maxPowerW, locale)}
            </li>
          ))}
        </ul>
        <p className="note note--info">{say('plug.unverified', { party })}</p>
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
