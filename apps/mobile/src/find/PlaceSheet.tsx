import { nativeShadow } from '@werenode/design/tokens'
import type { MapState } from '@werenode/map'
import { ScrollView, View } from 'react-native'
import { useSafeAreaInsets } from 'react-native-safe-area-context'
import { IconButton } from '../look/Button'
import { Problem } from '../look/Problem'
import { Text } from '../look/Text'
import { useTheme } from '../look/theme'
import { useApp } from '../node/app'
import { useWords } from '../words/words'
import { PlaceBody } from './PlaceBody'

/** The chosen place, over the map and under the thumb. */
export const PlaceSheet = ({
  selected,
  wide,
}: {
  readonly selected: NonNullable<MapState['selected']>
  readonly wide: boolean
}) => {
  const theme = useTheme()
  const insets = useSafeAreaInsets()
  const { t } = useWords()
  const { map } = useApp()
  const favourite = map.state().favourites.has(selected.id)
  return (
    <View
      testID="place-sheet"
      style={{
        position: 'absolute',
        zIndex: theme.layer.drawer,
        backgroundColor: theme.surface.overlay,
        ...nativeShadow(theme.shadow.dialog),
        ...(wide
          ? { right: 16, top: 16, width: 400, maxHeight: '90%', borderRadius: theme.radius.xl }
          : {
              left: 0,
              right: 0,
              bottom: 0,
              maxHeight: '62%',
              borderTopLeftRadius: theme.radius.xl,
              borderTopRightRadius: theme.radius.xl,
            }),
      }}
    >
      <ScrollView
        contentContainerStyle={{
          padding: theme.space.l,
          gap: theme.space.m,
          paddingBottom: theme.space.l + insets.bottom,
        }}
        tabIndex={0}
      >
        <View style={{ flexDirection: 'row', gap: theme.space.s, alignItems: 'center' }}>
          <Text as="heading" level={2} style={{ flex: 1 }}>
            {selected.detail?.location.name ?? t('progress.loading')}
          </Text>
          <IconButton
            icon={favourite ? 'starFilled' : 'star'}
            label={t(favourite ? 'place.favouriteRemove' : 'place.favouriteAdd')}
            on={favourite}
            onPress={() => map.toggleFavourite(selected.id)}
          />
          <IconButton icon="close" label={t('find.closeSheet')} onPress={() => map.select(undefined)} />
        </View>
        <Problem error={selected.problem} again={() => map.select(selected.id)} />
        {selected.detail && <PlaceBody detail={selected.detail} />}
      </ScrollView>
    </View>
  )
}
