import type { IconName } from '@werenode/design/icons'
import type { ReactNode } from 'react'
import { Pressable, View } from 'react-native'
import { Icon } from './Icon'
import { Text } from './Text'
import { useTheme } from './theme'

/** A name and its value. */
export const Fact = ({
  name,
  value,
  strong = false,
}: {
  readonly name: string
  readonly value: string
  readonly strong?: boolean
}) => {
  const theme = useTheme()
  return (
    <View style={{ flexDirection: 'row', justifyContent: 'space-between', gap: theme.space.m, flexWrap: 'wrap' }}>
      <Text tone="muted">{name}</Text>
      <Text as={strong ? 'bodyStrong' : 'figure'} style={{ textAlign: 'right', flexShrink: 1 }}>
        {value}
      </Text>
    </View>
  )
}

/** A line that leads somewhere. */
export const LinkRow = ({
  icon,
  title,
  under,
  right,
  onPress,
  testID,
}: {
  readonly icon?: IconName
  readonly title: string
  readonly under?: string
  readonly right?: ReactNode
  readonly onPress: () => void
  readonly testID?: string
}) => {
  const theme = useTheme()
  return (
    <Pressable
      role="button"
      testID={testID}
      onPress={onPress}
      style={({ pressed }) => ({
        minHeight: 56,
        flexDirection: 'row',
        alignItems: 'center',
        gap: theme.space.m,
        paddingVertical: theme.space.s,
        opacity: pressed ? 0.7 : 1,
      })}
    >
      {icon && <Icon name={icon} colour={theme.accent.text} />}
      <View style={{ flex: 1 }}>
        <Text as="bodyStrong">{title}</Text>
        {under !== undefined && (
          <Text as="small" tone="muted">
            {under}
          </Text>
        )}
      </View>
      {right}
      <Icon name="chevronRight" size={20} colour={theme.text.muted} />
    </Pressable>
  )
}
