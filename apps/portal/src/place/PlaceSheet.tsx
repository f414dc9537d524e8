import Link from '@docusaurus/Link'
import { type Connector, describeTariff, type Evse, type Location, parseTariff, type Tariff } from '@werenode/core'
import { connectorLook, plugStatusOf } from '@werenode/design/plug'
import { tariffWords } from '@werenode/design/tariff'
import type { MapModel, MapState, PlaceDetail } from '@werenode/map'
import { useEffect, useRef, useState } from 'react'
import { Icon } from '../look/Icon'
import { StatusBadge } from '../look/Status'
import { Trouble } from '../look/Trouble'
import { useNode } from '../look/useNode'
import { useWords } from '../words/useWords'

/** One place in full: its plugs as they are now, their prices in words, how to get there, and how to charge. */
export const PlaceSheet = ({ model, state }: { model: MapModel; state: MapState }) => {
  const { t } = useWords()
  const { selected } = state
  const title = useRef<HTMLHeadingElement>(null)
  const id = selected?.id
  const cameFrom = useRef<Element>(null)
  useEffect(() => {
    if (id === undefined) {
      // Back to where the sheet was opened from, so that whoever walks by keys goes on there (WCAG 2.4.3).
      if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus({ preventScroll: true })
      cameFrom.current = null
      return
    }
    if (!document.activeElement?.closest('.wn-sheet')) cameFrom.current = document.activeElement
    title.current?.focus({ preventScroll: true })
  }, [id])
  if (!selected) return null
  const close = (): void => model.select(undefined)
  return (
    <aside
      className="wn-sheet"
      aria-label={t('map.sheet')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      <div className="wn-sheet__head">
        <h2 ref={title} tabIndex={-1}>
          {selected.detail?.location.name ?? t('progress.loading')}
        </h2>
        <button type="button" className="wn-button wn-button--icon" aria-label={t('action.close')} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      {selected.problem === undefined ? null : <Trouble error={selected.problem} onRetry={() => model.select(id)} />}
      {selected.detail ? (
        <Detail
          detail={selected.detail}
          favourite={state.favourites.has(selected.id)}
          onFavourite={() => model.toggleFavourite(selected.id)}
        />
      ) : null}
    </aside>
  )
}

const Detail = ({
  detail,
  favourite,
  onFavourite,
}: {
  detail: PlaceDetail
  favourite: boolean
  onFavourite: () => void
}) => {
  const { location, tariffs } = detail
  const { t, format } = useWords(location.timeZone)
  const node = useNode()
  const { lat, lon } = location.position
  const usable = location.evses.some(({ payable }) => payable)
  return (
    <div className="wn-sheet__body">
      <p className="wn-sheet__where">
        {location.address}
        {location.postalCode !== undefined || location.city !== '' ? (
          <>
            <br />
            {[location.postalCode, location.city].filter(Boolean).join(' ')}
          </>
        ) : null}
      </p>
      <p className="wn-sheet__operator">{t('place.operatedBy', { operator: location.operatorName })}</p>
      {location.source === 'demo' ? (
        <p className="wn-note">
          <Icon name="info" size={16} /> {t('plug.simulated')}
        </p>
      ) : null}
      {usable ? null : (
        <p className="wn-note">
          <Icon name="info" size={16} /> {t('map.notPayable')}
        </p>
      )}
      <div className="wn-actions">
        <a className="wn-button wn-button--small" href={`geo:${lat},${lon}?q=${lat},${lon}`}>
          <Icon name="directions" size={18} /> {t('map.openIn')}
        </a>
        <a
          className="wn-button wn-button--small"
          href={`https://www.openstreetmap.org/directions?to=${lat}%2C${lon}`}
          rel="noopener noreferrer"
          target="_blank"
        >
          <Icon name="externalLink" size={18} /> {t('place.directions')}
        </a>
        <button type="button" className="wn-button wn-button--small" aria-pressed={favourite} onClick={onFavourite}>
          <Icon name={favourite ? 'starFilled' : 'star'} size={18} />
          {favourite ? t('place.favouriteRemove') : t('place.favouriteAdd')}
        </button>
        <CopyLink />
      </div>
      <h3>{t('map.plugs')}</h3>
      <ul className="wn-plugs">
        {location.evses
          .filter(({ status }) => status !== 'REMOVED')
          .map((evse) => (
            <Plug key={evse.uid} evse={evse} tariffs={tariffs} location={location} />
          ))}
      </ul>
      {location.tariffWords === undefined ? null : (
        <>
          <h3>{t('map.tariff')}</h3>
          <p>
            {location.tariffWords} <small>({t('map.tariffAsPublished')})</small>
          </p>
        </>
      )}
      <h3>{t('map.facts')}</h3>
      <dl className="wn-facts">
        <dt>{t('place.hours')}</dt>
        <dd>
          {location.openingHours === undefined
            ? t('place.hoursUnknown')
            : location.openingHours === '24/7'
              ? t('place.openAlways')
              : location.openingHours}
        </dd>
        {location.access === undefined ? null : (
          <>
            <dt>{t('filter.access')}</dt>
            <dd>{location.access}</dd>
          </>
        )}
        {location.paymentWords === undefined || location.paymentWords.length === 0 ? null : (
          <>
            <dt>{t('filter.payment')}</dt>
            <dd>{location.paymentWords.join(', ')}</dd>
          </>
        )}
        <dt>{t('place.updated', { time: '' }).trim()}</dt>
        <dd>{format.dateTime(location.lastUpdated)}</dd>
      </dl>
      {location.photos === undefined || location.photos.length === 0 ? null : (
        <>
          <h3>{t('place.photos')}</h3>
          <div className="wn-photos">
            {location.photos.map((photo) => (
              <img
                key={photo}
                src={`${node}/v1/photos/${photo}`}
                alt={location.name}
                loading="lazy"
                width={160}
                height={120}
              />
            ))}
          </div>
        </>
      )}
    </div>
  )
}

const CopyLink = () => {
  const { t } = useWords()
  const [copied, setCopied] = useState(false)
  const copy = (): void =>
    void navigator.clipboard.writeText(location.href).then(
      () => {
        setCopied(true)
        setTimeout(() => setCopied(false), 2_000)
      },
      () => setCopied(false),
    )
  return (
    <button type="button" className="wn-button wn-button--small" onClick={copy}>
      <Icon name={copied ? 'check' : 'share'} size={18} />
      <span aria-live="polite">{copied ? t('action.copied') : t('map.share')}</span>
    </button>
  )
}

const Plug = ({ evse, tariffs, location }: { evse: Evse; tariffs: PlaceDetail['tariffs']; location: Location }) => {
  const { t, format } = useWords(location.timeZone)
  const node = useNode()
  const [qr, setQr] = useState(false)
  const listed = evse.payable || location.source !== 'irve'
  const status = listed ? plugStatusOf(evse.status) : 'unlisted'
  const inUse = evse.status === 'OUTOFORDER' || evse.status === 'INOPERATIVE'
  const id = encodeURIComponent(evse.evseId)
  return (
    <li className="wn-plug" data-evse={evse.evseId} data-status={evse.status}>
      <div className="wn-plug__head">
        <StatusBadge status={status} />
        <code>{format.evseId(evse.evseId)}</code>
      </div>
      {evse.connectors.map((connector) => (
        <div key={connector.id} className="wn-plug__connector">
          <ConnectorLine connector={connector} />
          <Price tariff={tariffs[connector.tariffIds[0] ?? '']} timeZone={location.timeZone} />
        </div>
      ))}
      {evse.payable ? (
        <div className="wn-actions">
          {inUse ? null : (
            <Link
              className="wn-button wn-button--solid wn-button--small"
              to={`/charge?plug=${encodeURIComponent(`${evse.evseId}*${evse.connectors[0]?.id ?? 1}`)}`}
            >
              <Icon name="bolt" size={18} /> {t('place.chargeHere')}
            </Link>
          )}
          <button type="button" className="wn-button wn-button--small" aria-expanded={qr} onClick={() => setQr(!qr)}>
            <Icon name="qr" size={18} /> {t('place.qr')}
          </button>
        </div>
      ) : null}
      {qr ? (
        <div className="wn-qr">
          <img src={`${node}/v1/evses/${id}/qr.svg`} alt={t('place.qr')} width={160} height={160} />
          <a href={`${node}/v1/evses/${id}/sticker.pdf`}>{t('map.sticker')}</a>
        </div>
      ) : null}
    </li>
  )
}

const ConnectorLine = ({ connector }: { connector: Connector }) => {
  const { t, format } = useWords()
  const { icon, words } = connectorLook(t as never, connector.standard)
  return (
    <p className="wn-plug__line">
      <Icon name={icon} size={24} />
      <span>
        <strong>
          {words}, {format.power(connector.maxPowerW)}
        </strong>
        <small>
          {t(`power.${connector.powerType}`)} · {t(`connector.format.${connector.format}`)}
        </small>
      </span>
    </p>
  )
}

/** A tariff in plain words: per kWh first. One that cannot be read says so instead of a guess. */
const Price = ({ tariff, timeZone }: { tariff: unknown; timeZone: string }) => {
  const { t, locale } = useWords(timeZone)
  if (tariff === undefined) return null
  let parsed: Tariff
  try {
    parsed = parseTariff(tariff)
  } catch {
    return <p className="wn-note">{t('price.notComputable')}</p>
  }
  const [first, ...rest] = tariffWords(describeTariff(parsed), { locale, currency: parsed.currency })
  if (!first) return null
  return (
    <div className="wn-price">
      <strong>{first.text}</strong>
      {rest.length === 0 ? null : (
        <ul>
          {rest.map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
