import type { IconName } from '@werenode/design/icons'
import { Pressable, ScrollView, View } from 'react-native'
import { Icon } from './Icon'
import { Text } from './Text'
import { useTheme } from './theme'

/** One of a few things to choose, or a filter that is on or off. */
export const Chip = ({
  label,
  on,
  icon,
  onPress,
  choice = false,
  testID,
}: {
  readonly label: string
  readonly on: boolean
  readonly icon?: IconName
  readonly onPress: () => void
  /** One of several, of which one is on. */
  readonly choice?: boolean
  readonly testID?: string
}) => {
  const theme = useTheme()
  const ink = on ? theme.accent.onSolid : theme.text.primary
  return (
    <Pressable
      role={choice ? 'radio' : 'switch'}
      aria-checked={on}
      aria-label={label}
      testID={testID}
      onPress={onPress}
      style={{
        minHeight: 44,
        paddingHorizontal: theme.space.m,
        borderRadius: theme.radius.round,
        flexDirection: 'row',
        gap: theme.space.xs,
        alignItems: 'center',
        backgroundColor: on ? theme.accent.solid : theme.surface.raised,
        borderWidth: 1,
        borderColor: on ? theme.accent.solid : theme.line.strong,
      }}
    >
      {on && !choice ? (
        <Icon name="check" size={16} colour={ink} />
      ) : icon ? (
        <Icon name={icon} size={16} colour={ink} />
      ) : null}
      <Text as="label" colour={ink}>
        {label}
      </Text>
    </Pressable>
  )
}

/** A row of chips that scrolls sideways. */
export const ChipRow = ({ children, label }: { readonly children: React.ReactNode; readonly label?: string }) => {
  const theme = useTheme()
  return (
    <ScrollView horizontal showsHorizontalScrollIndicator={false} style={{ flexGrow: 0 }} tabIndex={-1}>
      <View
        {...(label === undefined ? {} : { role: 'group' as const, 'aria-label': label })}
        style={{ flexDirection: 'row', gap: theme.space.s, paddingVertical: theme.space.xs }}
      >
        {children}
      </View>
    </ScrollView>
  )
}

/** A choice among a few, which wraps. */
export const Choice = <T extends string>({
  label,
  options,
  value,
  onChange,
}: {
  readonly label: string
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly value: T
  readonly onChange: (value: T) => void
}) => {
  const theme = useTheme()
  return (
    <View style={{ gap: theme.space.s }}>
      <Text as="label">{label}</Text>
      <View role="radiogroup" aria-label={label} style={{ flexDirection: 'row', flexWrap: 'wrap', gap: theme.space.s }}>
        {options.map((option) => (
          <Chip
            key={option.value}
            choice
            label={option.label}
            on={option.value === value}
            onPress={() => onChange(option.value)}
          />
        ))}
      </View>
    </View>
  )
}
