import useDocusaurusContext from '@docusaurus/useDocusaurusContext'
import type { EvseMap } from '@werenode/map/web'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Icon } from '../look/Icon'
import { useWords } from '../words/useWords'
import { FilterBar } from './FilterBar'
import { LandSketch } from './LandSketch'
import { PlaceList } from './PlaceList'
import { PlaceSheet } from './PlaceSheet'
import { PlacesSketch } from './PlacesSketch'
import { useMapModel } from './useMapModel'
import { useMapStart } from './useMapStart'
import { useQuiet } from './useQuiet'

/** The drawing of the map is ten times the code of the list. */
const MapCanvas = lazy(() => import('./MapCanvas'))

/** List beside map; on a phone one of them at a time, with the sheet above both. */
const MapScreen = () => {
  const { t } = useWords()
  const { mapStyleUrl } = useDocusaurusContext().siteConfig.customFields as { mapStyleUrl: string }
  const [map, setMap] = useState<EvseMap>()
  const [idle, setIdle] = useState(false)
  const { model, state } = useMapModel(idle)
  useEffect(() => {
    let gone = false
    void map?.idle.then(() => gone || setIdle(true))
    return () => {
      gone = true
    }
  }, [map])
  const [shown, setShown] = useState<'map' | 'list'>('map')
  const [said, setSaid] = useState('')
  const flown = useRef<string>(undefined)
  // Places can be read and chosen before the map is drawn.
  const quiet = useQuiet(!state.loading)
  const start = useMapStart(quiet, map)

  // A place chosen in the list, or by a link, is brought into view once.
  const { selected } = state
  const position = selected?.detail?.location.position
  useEffect(() => {
    if (!map || !selected || !position || flown.current === selected.id) return
    flown.current = selected.id
    map.flyTo({ ...position, zoom: Math.max(12, map.gl.getZoom()), beside: innerWidth > 996 ? 480 : 0 })
  }, [map, selected, position])
  useEffect(() => {
    if (!selected) flown.current = undefined
  }, [selected])

  // Words are searched everywhere: the map goes to what fits best.
  const { words } = state.filters
  const best = words === '' || state.loading ? undefined : state.places[0]
  useEffect(() => {
    if (best && map && state.places.length > 0) {
      const lons = state.places.map(({ position: { lon } }) => lon)
      const lats = state.places.map(({ position: { lat } }) => lat)
      map.gl.fitBounds([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], {
        padding: 60,
        maxZoom: 13,
        animate: false,
      })
    }
  }, [words, best === undefined, map])

  const zoomBy = (steps: number): void =>
    map ? map.zoomBy(steps) : start.want({ ...state.view, zoom: state.view.zoom + steps })
  const locate = (): void =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const here = { lon: coords.longitude, lat: coords.latitude }
        model.located(here)
        if (map) map.flyTo({ ...here, zoom: 12 })
        else start.want({ ...here, zoom: 12 })
        setSaid(t('map.here'))
      },
      () => setSaid(t('map.locateFailed')),
      { timeout: 10_000, maximumAge: 60_000 },
    )

  return (
    <div className="wn-map" data-shown={shown} data-sheet={selected ? 'open' : 'closed'}>
      <div className="wn-map__side">
        <FilterBar model={model} state={state} />
        <PlaceList model={model} state={state} />
      </div>
      <div className="wn-map__stage">
        {start.grounded || (mapStyleUrl !== '' && !start.sketched) ? null : <LandSketch view={state.view} />}
        {start.begun ? (
          <Suspense fallback={null}>
            <MapCanvas model={model} onReady={setMap} onGrounded={start.ground} onFailed={start.fail} />
          </Suspense>
        ) : null}
        {start.sketched ? <PlacesSketch model={model} state={state} start={start} /> : null}
        <div className="wn-map__tools">
          <button
            type="button"
            className="wn-button wn-button--icon"
            aria-label={t('map.zoomIn')}
            onClick={() => zoomBy(1)}
          >
            <Icon name="plus" />
          </button>
          <button
            type="button"
            className="wn-button wn-button--icon"
            aria-label={t('map.zoomOut')}
            onClick={() => zoomBy(-1)}
          >
            <Icon name="minus" />
          </button>
          <button type="button" className="wn-button wn-button--icon" aria-label={t('map.locate')} onClick={locate}>
            <Icon name="locate" />
          </button>
        </div>
        <p className="wn-map__said" role="status">
          {said}
        </p>
      </div>
      <PlaceSheet model={model} state={state} />
      <button
        type="button"
        className="wn-button wn-button--solid wn-map__switch"
        onClick={() => setShown(shown === 'map' ? 'list' : 'map')}
      >
        <Icon name={shown === 'map' ? 'list' : 'map'} size={18} />
        {shown === 'map' ? t('map.showList') : t('map.showMap')}
      </button>
    </div>
  )
}
export default MapScreen
