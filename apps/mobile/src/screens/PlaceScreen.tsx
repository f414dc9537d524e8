import { useLocalSearchParams } from 'expo-router'
import { useEffect, useSyncExternalStore } from 'react'
import { PlaceBody } from '../find/PlaceBody'
import { IconButton } from '../look/Button'
import { Problem } from '../look/Problem'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useApp } from '../node/app'
import { useWords } from '../words/words'

/** A place by its own address: from the list, a link, a favourite. */
export const PlaceScreen = () => {
  const { id } = useLocalSearchParams<{ id: string }>()
  const { map } = useApp()
  const { t } = useWords()
  const state = useSyncExternalStore(map.subscribe, map.state, map.state)
  useEffect(() => {
    if (map.state().selected?.id !== id) map.select(id)
    return () => map.select(undefined)
  }, [map, id])
  const selected = state.selected?.id === id ? state.selected : undefined
  const favourite = state.favourites.has(id)
  return (
    <Screen
      title={selected?.detail?.location.name ?? t('progress.loading')}
      action={
        <IconButton
          icon={favourite ? 'starFilled' : 'star'}
          label={t(favourite ? 'place.favouriteRemove' : 'place.favouriteAdd')}
          on={favourite}
          onPress={() => map.toggleFavourite(id)}
        />
      }
    >
      <Problem error={selected?.problem} again={() => map.select(id)} />
      {selected?.detail ? (
        <PlaceBody detail={selected.detail} />
      ) : (
        selected?.problem === undefined && <Text tone="muted">{t('progress.loading')}…</Text>
      )}
    </Screen>
  )
}
