import {
  Camera,
  type CameraRef,
  GeoJSONSource,
  Images,
  Layer,
  Map as NativeMap,
  type StyleSpecification,
  VectorSource,
} from '@maplibre/maplibre-react-native'
import { type MapState, queryText, tileQuery, tilesKnow } from '@werenode/map'
import { baseStyle, featureOf, imageOf, placeLayers, placeSources, placeStatuses } from '@werenode/map/style'
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { ImageSourcePropType } from 'react-native'
import { appFiles } from '../device/node-address'
import { useMotion, useTheme } from '../look/theme'
import type { MapViewProps } from './map-view-props'

const pictures = {
  light: {
    available: require('../../assets/markers/light-available.png'),
    occupied: require('../../assets/markers/light-occupied.png'),
    unknown: require('../../assets/markers/light-unknown.png'),
    unlisted: require('../../assets/markers/light-unlisted.png'),
  },
  dark: {
    available: require('../../assets/markers/dark-available.png'),
    occupied: require('../../assets/markers/dark-occupied.png'),
    unknown: require('../../assets/markers/dark-unknown.png'),
    unlisted: require('../../assets/markers/dark-unlisted.png'),
  },
} as const satisfies Record<string, Record<(typeof placeStatuses)[number], ImageSourcePropType>>

/** As the web's renderer does: all that fits is in the list, so the list is what is drawn. */
const isNear = (state: MapState): boolean =>
  state.offlineSince !== undefined ||
  !tilesKnow(state.filters) ||
  state.filters.words !== '' ||
  (state.complete && state.view.zoom >= 8)

/** The shared map on a device: MapLibre Native draws the very style the web draws. */
export default function MapView({ model, node, label, to, onReady, onFailed }: MapViewProps) {
  const theme = useTheme()
  const motion = useMotion()
  const camera = useRef<CameraRef>(null)
  const state = useSyncExternalStore(model.subscribe, model.state)
  const first = useRef(state.view).current
  const base = useMemo(() => baseStyle(theme, `${appFiles(node)}/map/europe.pmtiles`), [theme, node])
  const layers = useMemo(() => placeLayers(theme, { tiles: true }), [theme])
  const images = useMemo(
    () =>
      Object.fromEntries(
        placeStatuses.map((status) => [imageOf(status), pictures[theme.dark ? 'dark' : 'light'][status]]),
      ),
    [theme.dark],
  )
  const query = queryText(tileQuery(state.filters))
  const tiles = useMemo(() => [`${node}/v1/tiles/{z}/{x}/{y}${query === '' ? '' : `?${query}`}`], [node, query])
  const near = useMemo(
    () => ({ type: 'FeatureCollection' as const, features: state.places.map(featureOf) }),
    [state.places],
  )
  const shown = isNear(state) ? placeSources.near : placeSources.far

  useEffect(() => {
    if (to) camera.current?.easeTo({ center: [to.lon, to.lat], zoom: to.zoom, duration: motion.duration.slow })
  }, [to, motion.duration.slow])

  const press = (event: { nativeEvent: { features?: readonly GeoJSON.Feature[] }; stopPropagation(): void }): void => {
    // What is pressed on a place is not pressed beside it.
    event.stopPropagation()
    const feature = event.nativeEvent.features?.[0]
    if (feature?.geometry.type !== 'Point') return
    const [lon, lat] = feature.geometry.coordinates as [number, number]
    const { point_count: many, id } = (feature.properties ?? {}) as { point_count?: number; id?: string }
    if (many !== undefined)
      camera.current?.easeTo({
        center: [lon, lat],
        zoom: Math.min(state.view.zoom + 2.2, 16),
        duration: motion.duration.slow,
      })
    else if (id !== undefined) model.select(id)
  }
  const layersFrom = (source: string) =>
    layers
      .filter((layer) => 'source' in layer && layer.source === source)
      .map((layer) => {
        const { source: _its, ...rest } = layer as { source: string; filter?: unknown } & typeof layer
        if (layer.id === 'chosen') rest.filter = ['==', ['get', 'id'], state.selected?.id ?? '']
        return <Layer key={rest.id} {...(rest as object as React.ComponentProps<typeof Layer>)} />
      })

  return (
    <NativeMap
      style={{ flex: 1 }}
      mapStyle={base as object as StyleSpecification}
      touchRotate={false}
      touchPitch={false}
      logo={false}
      accessibilityLabel={label}
      onDidFinishLoadingMap={() => onReady?.()}
      onPress={() => model.select(undefined)}
      onDidFailLoadingMap={() => onFailed?.()}
      onRegionDidChange={({ nativeEvent: { center, zoom, bounds } }) =>
        model.moved(
          { lon: center[0], lat: center[1], zoom },
          { west: bounds[0], south: bounds[1], east: bounds[2], north: bounds[3] },
        )
      }
    >
      <Camera
        ref={camera}
        minZoom={2}
        maxZoom={18}
        initialViewState={{ center: [first.lon, first.lat], zoom: first.zoom }}
      />
      <Images images={images} />
      <VectorSource id={placeSources.far} tiles={tiles} maxzoom={14} onPress={press as never}>
        {shown === placeSources.far ? layersFrom(placeSources.far) : null}
      </VectorSource>
      <GeoJSONSource id={placeSources.near} data={near} onPress={press as never}>
        {shown === placeSources.near ? layersFrom(placeSources.near) : null}
      </GeoJSONSource>
    </NativeMap>
  )
}
