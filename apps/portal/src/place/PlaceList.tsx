import { connectorLook } from '@werenode/design/plug'
import { type MapModel, type MapState, type Place, statusOfPlace } from '@werenode/map'
import { memo, useDeferredValue } from 'react'
import { Icon } from '../look/Icon'
import { StatusMark } from '../look/Status'
import { Trouble } from '../look/Trouble'
import { useWords } from '../words/useWords'
import { SortField } from './FilterBar'

/** What the list draws at most: more is found by looking closer. */
const mostRows = 60
/** What fits on a screen is drawn at once, the rest when there is time. */
const firstRows = 12

/** The same places as the map, in words. */
export const PlaceList = ({ model, state }: { model: MapModel; state: MapState }) => {
  const { t, format } = useWords()
  const { places, complete, loading, problem, offlineSince } = state
  const rows = places.slice(0, useDeferredValue(places.length === 0 ? firstRows : mostRows, firstRows))
  return (
    <section className="wn-list" aria-label={t('map.listLabel')}>
      <div className="wn-list__head">
        <p role="status">
          {loading && places.length === 0
            ? t('progress.loading')
            : complete
              ? t('map.places', { count: places.length })
              : t('map.nearest', { count: Math.min(places.length, mostRows) })}
        </p>
        <SortField model={model} state={state} />
      </div>
      {offlineSince === undefined ? null : (
        <p className="wn-note">
          <Icon name="offline" size={16} />
          {offlineSince === '' ? t('map.offlineNone') : t('map.lastData', { time: format.dateTime(offlineSince) })}
        </p>
      )}
      {problem === undefined ? null : <Trouble error={problem} onRetry={() => model.retry()} />}
      {!loading && places.length === 0 && problem === undefined && offlineSince !== '' ? (
        <p className="wn-empty">{t('map.noResult')}</p>
      ) : null}
      <ul>
        {rows.map((place) => (
          <li key={place.id}>
            <PlaceRow
              place={place}
              chosen={state.selected?.id === place.id}
              energyWh={state.charge?.energyWh}
              onChoose={model.select}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

const PlaceRow = memo(
  ({
    place,
    chosen,
    energyWh,
    onChoose,
  }: {
    place: Place
    chosen: boolean
    energyWh: number | undefined
    onChoose: (id: string) => void
  }) => {
    const { t, format } = useWords()
    return (
      <button
        type="button"
        className="wn-place"
        aria-pressed={chosen}
        data-place={place.id}
        onClick={() => onChoose(place.id)}
      >
        <StatusMark status={statusOfPlace(place)} size={26} />
        <span className="wn-place__text">
          <strong>{place.name}</strong>
          <span className="wn-place__where">
            {place.city}
            {place.distanceM === undefined ? null : ` · ${format.distance(place.distanceM)}`}
          </span>
          <span className="wn-place__plugs">
            {place.standards
              .filter((standard) => standard !== 'UNKNOWN')
              .slice(0, 3)
              .map((standard) => (
                <span key={standard} className="wn-tag">
                  <Icon name={connectorLook(t as never, standard).icon} size={16} />
                  {connectorLook(t as never, standard).words}
                </span>
              ))}
          </span>
        </span>
        <span className="wn-place__figures">
          <strong>{format.power(place.maxPowerW)}</strong>
          <span className={place.availableCount > 0 ? 'wn-good' : undefined}>
            {place.availableCount > 0
              ? t('map.freeOf', { free: place.availableCount, total: place.evseCount })
              : place.payable
                ? t('map.none')
                : t('plug.count', { count: place.evseCount })}
          </span>
          {place.priceMicro === undefined || energyWh === undefined ? null : (
            <span>
              {t('price.chosenCharge', { total: format.money(place.priceMicro), energy: format.energy(energyWh) })}
            </span>
          )}
        </span>
      </button>
    )
  },
)
