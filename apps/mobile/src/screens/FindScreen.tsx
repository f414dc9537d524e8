import type { ConnectorStandard } from '@werenode/core'
import { nativeShadow } from '@werenode/design/tokens'
import { filterCount } from '@werenode/map'
import { useRouter } from 'expo-router'
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import { FlatList, Platform, TextInput, useWindowDimensions, View } from 'react-native'
import { useSafeAreaInsets } from 'react-native-safe-area-context'
import { findMe } from '../device/position'
import { FilterPanel } from '../find/FilterPanel'
import { PlaceRow } from '../find/PlaceRow'
import { PlaceSheet } from '../find/PlaceSheet'
import { chargeOf } from '../find/price-of-charge'
import { usePlacesLive } from '../find/usePlacesLive'
import { useUsualCar } from '../find/useUsualCar'
import { Button, IconButton } from '../look/Button'
import { Chip, ChipRow } from '../look/Chips'
import { Head } from '../look/Head'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { Text } from '../look/Text'
import { sized } from '../look/text-size'
import { useTheme } from '../look/theme'
import { useApp } from '../node/app'
import { useWords } from '../words/words'

/** Drawn after the first screen stands: the map is most of what the app weighs. */
const MapView = lazy(() => import('../find/MapView'))

/** The map and the list: search, filters, my position, the price of my charge, a scan. */
export const FindScreen = () => {
  const theme = useTheme()
  const insets = useSafeAreaInsets()
  const { width } = useWindowDimensions()
  const router = useRouter()
  const { t, format } = useWords()
  const { map, node, settings, online } = useApp()
  const state = useSyncExternalStore(map.subscribe, map.state, map.state)
  const car = useUsualCar()
  usePlacesLive()
  const wide = width >= theme.breakpoint.laptop
  const [list, setList] = useState(false)
  const [filters, setFilters] = useState(false)
  const [noMap, setNoMap] = useState(false)
  const [words, setWords] = useState(state.filters.words)
  const [to, setTo] = useState<{ lat: number; lon: number; zoom: number }>()
  const [notice, setNotice] = useState<'denied' | 'unknown'>()

  useEffect(() => {
    map.choose(chargeOf(car, settings.from, settings.to))
  }, [map, car, settings.from, settings.to])
  useEffect(() => {
    // A list without a map still asks.
    if (noMap) map.moved(map.state().view, { west: -5, south: 42, east: 9, north: 51 })
  }, [noMap, map])

  const locate = async (): Promise<void> => {
    const found = await findMe()
    if (found.outcome === 'found') {
      setNotice(undefined)
      map.located(found.position)
      setTo({ ...found.position, zoom: 13 })
    } else setNotice(found.outcome)
  }
  const search = (text: string): void => {
    map.filter({ words: text.trim() })
    if (text.trim() !== '') setList(true)
  }
  const toggle = (standard: ConnectorStandard): void => {
    const { standards } = state.filters
    map.filter({
      standards: standards.includes(standard) ? standards.filter((one) => one !== standard) : [...standards, standard],
    })
  }
  const count = filterCount(state.filters)
  const showsList = list || noMap || wide

  const results = (
    <FlatList
      data={state.places}
      keyExtractor={({ id }) => id}
      initialNumToRender={12}
      renderItem={({ item }) => (
        <PlaceRow
          place={item}
          energyWh={state.charge?.energyWh}
          onPress={() => {
            map.select(item.id)
            setTo({ ...item.position, zoom: Math.max(12, state.view.zoom) })
            if (!wide) router.push(`/place/${encodeURIComponent(item.id)}`)
          }}
        />
      )}
      ListHeaderComponent={
        <View style={{ gap: theme.space.s, paddingBottom: theme.space.s }}>
          <Problem error={state.problem} again={map.retry} />
          <ChipRow label={t('list.sortBy')}>
            {(['distance', 'price', 'power'] as const).map((sort) => (
              <Chip
                key={sort}
                choice
                label={t(sort === 'distance' ? 'list.byDistance' : sort === 'price' ? 'list.byPrice' : 'list.byPower')}
                on={state.sort === sort}
                onPress={() => map.sortBy(sort)}
              />
            ))}
          </ChipRow>
          <Text as="small" tone="muted" role="status">
            {state.loading ? `${t('progress.loading')}…` : t('list.results', { count: state.places.length })}
            {state.sort === 'price'
              ? ` · ${t('find.myCharge', { from: String(settings.from), to: String(settings.to) })}`
              : ''}
          </Text>
        </View>
      }
      ListEmptyComponent={state.loading ? null : <Text tone="muted">{t('map.noResult')}</Text>}
      contentContainerStyle={{
        paddingHorizontal: theme.space.l,
        paddingBottom: wide ? 96 : theme.space.l,
        maxWidth: 640,
        width: '100%',
        alignSelf: 'center',
      }}
      tabIndex={0}
    />
  )

  return (
    <View style={{ flex: 1, flexDirection: wide ? 'row' : 'column', backgroundColor: theme.surface.page }} role="main">
      <Head title={t('app.find')} />
      <View style={wide ? { width: 420 } : { zIndex: theme.layer.mapControls, pointerEvents: 'box-none' }}>
        <View
          style={{
            paddingTop: insets.top + theme.space.m,
            paddingHorizontal: theme.space.m,
            gap: theme.space.s,
            width: '100%',
            maxWidth: 640,
            alignSelf: 'center',
          }}
        >
          <View
            {...({ role: 'search' } as object)}
            style={{
              flexDirection: 'row',
              alignItems: 'center',
              gap: theme.space.s,
              paddingHorizontal: theme.space.m,
              borderRadius: theme.radius.round,
              backgroundColor: theme.surface.raised,
              borderWidth: 1,
              borderColor: theme.line.strong,
              ...nativeShadow(theme.shadow.floating),
            }}
          >
            <TextInput
              aria-label={t('map.search')}
              placeholder={t('map.search')}
              placeholderTextColor={theme.text.muted}
              value={words}
              onChangeText={setWords}
              onSubmitEditing={() => search(words)}
              enterKeyHint="search"
              style={[
                sized(theme.textStyle.body),
                { flex: 1, minWidth: 0, minHeight: 48, color: theme.text.primary },
                // As on devices: what does not fit ends with dots, not over the edge.
                Platform.OS === 'web' ? ({ outlineStyle: 'none', textOverflow: 'ellipsis' } as object) : null,
              ]}
            />
            {words !== '' && (
              <IconButton
                icon="close"
                label={t('action.remove')}
                onPress={() => {
                  setWords('')
                  search('')
                }}
              />
            )}
          </View>
          <ChipRow label={t('filter.title')}>
            <Chip
              icon="sliders"
              testID="filters"
              label={count === 0 ? t('filter.title') : t('filter.count', { count })}
              on={filters}
              onPress={() => setFilters(!filters)}
            />
            <Chip
              label={t('filter.available')}
              on={state.filters.available}
              onPress={() => map.filter({ available: !state.filters.available })}
            />
            <Chip
              label={t('filter.payable')}
              on={state.filters.payable}
              onPress={() => map.filter({ payable: !state.filters.payable })}
            />
            <Chip
              icon="star"
              label={t('filter.favourites')}
              on={state.filters.favourites}
              onPress={() => map.filter({ favourites: !state.filters.favourites })}
            />
          </ChipRow>
          {filters && <FilterPanel state={state} onStandard={toggle} onDone={() => setFilters(false)} />}
          {(!online || state.offlineSince !== undefined) && (
            <Notice
              kind="offline"
              testID="offline"
              what={
                state.offlineSince
                  ? t('app.offline', { time: format.relative(state.offlineSince, new Date()) })
                  : t('app.offlineShort')
              }
            />
          )}
          {notice !== undefined && (
            <Notice kind="info" what={t(notice === 'denied' ? 'find.locationOff' : 'find.noPosition')} />
          )}
        </View>
        {wide && results}
      </View>
      {!noMap && (!showsList || wide) && (
        <View style={wide ? { flex: 1 } : { position: 'absolute', inset: 0 }}>
          <Suspense fallback={<View style={{ flex: 1, backgroundColor: theme.map.water }} />}>
            <MapView model={map} node={node} label={t('find.hiddenMap')} to={to} onFailed={() => setNoMap(true)} />
          </Suspense>
        </View>
      )}
      {showsList && !wide && (
        // Nothing of a row lies under the buttons.
        <View style={{ flex: 1, paddingTop: theme.space.m, marginBottom: 48 + 2 * theme.space.s }}>{results}</View>
      )}
      {!(state.selected && (!showsList || wide)) && (
        <View
          style={{
            position: 'absolute',
            right: theme.space.m,
            bottom: showsList && !wide ? theme.space.s : theme.space.section,
            gap: theme.space.s,
            flexDirection: showsList && !wide ? 'row' : 'column',
            alignItems: showsList && !wide ? 'center' : 'flex-end',
            zIndex: theme.layer.mapControls,
            pointerEvents: 'box-none',
          }}
        >
          {!showsList && <IconButton icon="locate" label={t('map.locate')} onPress={() => void locate()} />}
          {!wide && !noMap && (
            <IconButton
              icon={list ? 'map' : 'list'}
              label={t(list ? 'app.showMap' : 'app.showList')}
              testID="list-or-map"
              onPress={() => setList(!list)}
            />
          )}
          <Button icon="qr" label={t('action.scan')} testID="scan" onPress={() => router.push('/scan')} />
        </View>
      )}
      {state.selected && (!showsList || wide) && (
        <PlaceSheet key={state.selected.id} selected={state.selected} wide={wide} />
      )}
    </View>
  )
}
