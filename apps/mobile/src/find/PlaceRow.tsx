import { statusLooks } from '@werenode/design/plug'
import type { Place } from '@werenode/map'
import { statusOfPlace } from '@werenode/map'
import { Pressable, View } from 'react-native'
import { Icon } from '../look/Icon'
import { Text } from '../look/Text'
import { useTheme } from '../look/theme'
import { useWords } from '../words/words'

/** A place in the list: how it stands, what my charge costs there, how far it is. */
export const PlaceRow = ({
  place,
  energyWh,
  onPress,
}: {
  readonly place: Place
  readonly energyWh: number | undefined
  readonly onPress: () => void
}) => {
  const theme = useTheme()
  const { t, format } = useWords()
  const look = statusLooks[statusOfPlace(place)]
  const tone = theme[look.tone]
  const facts = [
    place.payable || place.availableCount > 0
      ? t('find.free', { free: String(place.availableCount), total: String(place.evseCount) })
      : t(look.messageKey),
    place.maxPowerW > 0 ? format.power(place.maxPowerW) : undefined,
    place.distanceM === undefined ? undefined : format.distance(place.distanceM),
  ].filter((fact) => fact !== undefined)
  return (
    <Pressable
      role="button"
      testID={`place-${place.id}`}
      onPress={onPress}
      style={({ pressed }) => ({
        flexDirection: 'row',
        gap: theme.space.m,
        paddingVertical: theme.space.m,
        alignItems: 'center',
        borderBottomWidth: 1,
        borderBottomColor: theme.line.subtle,
        opacity: pressed ? 0.7 : 1,
      })}
    >
      <View
        style={{
          width: 40,
          height: 40,
          borderRadius: 20,
          alignItems: 'center',
          justifyContent: 'center',
          backgroundColor: tone.soft,
        }}
      >
        <Icon name={look.icon} colour={tone.onSoft} />
      </View>
      <View style={{ flex: 1 }}>
        <Text as="bodyStrong" numberOfLines={2}>
          {place.name}
        </Text>
        <Text as="small" tone="muted">
          {facts.join(' · ')}
        </Text>
      </View>
      {place.priceMicro !== undefined && energyWh !== undefined && (
        <View style={{ alignItems: 'flex-end' }}>
          <Text as="figure">{format.money(place.priceMicro)}</Text>
          <Text as="caption" tone="muted">
            {format.energy(energyWh)}
          </Text>
        </View>
      )}
    </Pressable>
  )
}
