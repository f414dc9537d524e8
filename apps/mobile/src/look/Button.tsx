import type { IconName } from '@werenode/design/icons'
import { ActivityIndicator, Pressable, type StyleProp, View, type ViewStyle } from 'react-native'
import { useFeel } from './feel'
import { Icon } from './Icon'
import { Text } from './Text'
import { useTheme } from './theme'

interface Props {
  readonly label: string
  readonly onPress: () => void
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger'
  readonly icon?: IconName
  readonly busy?: boolean
  readonly disabled?: boolean
  readonly testID?: string
  readonly style?: StyleProp<ViewStyle>
}

/** What a thumb presses: never lower than 48. */
export const Button = ({
  label,
  onPress,
  kind = 'primary',
  icon,
  busy = false,
  disabled = false,
  testID,
  style,
}: Props) => {
  const theme = useTheme()
  const feel = useFeel()
  const off = disabled || busy
  const tone = kind === 'danger' ? theme.danger : theme.accent
  const filled = kind === 'primary' || kind === 'danger'
  const ink = disabled && !busy ? theme.text.muted : filled ? tone.onSolid : theme.text.link
  return (
    <Pressable
      role="button"
      aria-label={label}
      aria-disabled={off}
      aria-busy={busy}
      disabled={off}
      testID={testID}
      onPress={() => {
        feel.tap()
        onPress()
      }}
      style={({ pressed }) => [
        {
          minHeight: 48,
          paddingHorizontal: theme.space.l,
          paddingVertical: theme.space.s,
          borderRadius: theme.radius.l,
          alignItems: 'center',
          justifyContent: 'center',
          flexDirection: 'row',
          gap: theme.space.s,
          backgroundColor:
            disabled && !busy && filled
              ? theme.surface.sunken
              : filled
                ? pressed
                  ? tone.solidPressed
                  : tone.solid
                : pressed
                  ? theme.surface.sunken
                  : kind === 'secondary'
                    ? theme.surface.raised
                    : 'transparent',
          ...(kind === 'secondary' ? { borderWidth: 1, borderColor: theme.line.strong } : {}),
        },
        style,
      ]}
    >
      {busy ? (
        <View aria-hidden>
          <ActivityIndicator color={ink} />
        </View>
      ) : icon ? (
        <Icon name={icon} size={20} colour={ink} />
      ) : null}
      <Text as="bodyStrong" colour={ink} style={{ textAlign: 'center', flexShrink: 1 }}>
        {label}
      </Text>
    </Pressable>
  )
}

/** A button that is only an icon; its label is for those who cannot see it. */
export const IconButton = ({
  icon,
  label,
  onPress,
  on,
  testID,
}: {
  readonly icon: IconName
  readonly label: string
  readonly onPress: () => void
  readonly on?: boolean
  readonly testID?: string
}) => {
  const theme = useTheme()
  const feel = useFeel()
  return (
    <Pressable
      role="button"
      aria-label={label}
      {...(on === undefined ? {} : { 'aria-pressed': on })}
      testID={testID}
      onPress={() => {
        feel.tap()
        onPress()
      }}
      style={({ pressed }) => ({
        width: 48,
        height: 48,
        borderRadius: 24,
        alignItems: 'center',
        justifyContent: 'center',
        backgroundColor: pressed ? theme.surface.sunken : theme.surface.raised,
        borderWidth: 1,
        borderColor: on ? theme.accent.solid : theme.line.subtle,
      })}
    >
      <View>
        <Icon name={icon} size={22} colour={on ? theme.accent.text : theme.text.primary} />
      </View>
    </Pressable>
  )
}
