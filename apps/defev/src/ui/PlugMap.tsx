import 'maplibre-gl/dist/maplibre-gl.css'
import type { ConnectorStandard, Location, Party } from '@werenode/core'
import { createMapModel, distanceM, type MapModel, type Place, type PlaceSource } from '@werenode/map'
import { featureOf } from '@werenode/map/style'
import { createEvseMap, type EvseMap } from '@werenode/map/web'
import { useEffect, useMemo, useRef } from 'react'
import type { Index } from '../registry/fold.ts'
import { mostPowerW } from '../registry/plug.ts'
import { searchPlugs } from '../registry/search.ts'
import { nowS, useDesk } from './context.ts'
import { linkTo } from './useRoute.ts'

const placesOf = (index: Index): readonly Place[] =>
  searchPlugs(index, { words: '', onlyFree: false, nowS: nowS() }).map(({ plug, availability }) => ({
    id: plug.key,
    party: (index.operators.get(plug.operatorId)?.party ?? '') as Party,
    operatorName: index.operators.get(plug.operatorId)?.party ?? '',
    name: plug.name,
    address: plug.evseId,
    city: '',
    position: { lon: plug.lon, lat: plug.lat },
    source: 'own' as Location['source'],
    evseCount: 1,
    availableCount: availability === 'free' ? 1 : 0,
    payable: availability !== 'closed',
    maxPowerW: mostPowerW(plug),
    standards: plug.connectors.map(({ standard }) => standard as ConnectorStandard),
    lastUpdated: new Date().toISOString(),
  }))

/** The shared map's places from the chain's index: nothing is asked of any server. */
const chainPlaces = (index: () => Index): PlaceSource => ({
  search: async (query, { limit }) => {
    const all = placesOf(index())
    const middle = { lat: Number(query.lat), lon: Number(query.lon) }
    const radiusM = Number(query.radiusM)
    const inside = Number.isNaN(radiusM) ? all : all.filter(({ position }) => distanceM(middle, position) <= radiusM)
    return { items: inside.slice(0, limit), more: inside.length > limit }
  },
  detail: async (placeId) => {
    throw new RangeError(`${placeId} is opened in its own page`)
  },
})

/** What the person chose, else what the device prefers. */
const themeNow = (): 'light' | 'dark' => {
  const chosen = document.documentElement.dataset.theme
  if (chosen === 'light' || chosen === 'dark') return chosen
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** The one EVSE map, drawn from the chain. A place that is clicked opens its plug's page. */
const PlugMap = () => {
  const { say, progress } = useDesk()
  const box = useRef<HTMLDivElement>(null)
  const map = useRef<EvseMap>(undefined)
  const index = useRef(progress.index)
  index.current = progress.index
  const model: MapModel = useMemo(() => createMapModel({ source: chainPlaces(() => index.current) }), [])
  const known = progress.block === progress.head

  useEffect(() => {
    if (!known) return
    const drawn = createEvseMap({
      container: box.current!,
      model,
      theme: themeNow(),
      workerUrl: new URL('./map/maplibre-gl-worker.mjs', document.baseURI).href,
      base: { archiveUrl: new URL('./map/europe.pmtiles', document.baseURI).href },
      points: { type: 'FeatureCollection', features: placesOf(index.current).map(featureOf) },
      label: say('plugs.map'),
      reducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
    })
    map.current = drawn
    void drawn.idle.then(() => box.current?.setAttribute('data-ready', 'true'))
    const watch = new MutationObserver(() => void drawn.setTheme(themeNow()))
    watch.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const stop = model.subscribe((state) => {
      if (state.selected !== undefined) location.hash = linkTo('plug', state.selected.id).slice(1)
    })
    return () => {
      stop()
      watch.disconnect()
      drawn.remove()
    }
  }, [model, known])

  return <div ref={box} className="map" />
}
export default PlugMap
