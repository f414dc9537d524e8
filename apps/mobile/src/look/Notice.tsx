import type { IconName } from '@werenode/design/icons'
import type { ReactNode } from 'react'
import { View } from 'react-native'
import { Icon } from './Icon'
import { Text } from './Text'
import { useTheme } from './theme'

const looks = {
  info: { tone: 'info', icon: 'info' },
  good: { tone: 'positive', icon: 'checkCircle' },
  warning: { tone: 'warning', icon: 'warning' },
  danger: { tone: 'danger', icon: 'closeCircle' },
  offline: { tone: 'neutral', icon: 'offline' },
} as const satisfies Record<string, { tone: 'info' | 'positive' | 'warning' | 'danger' | 'neutral'; icon: IconName }>

/** Something to know: what happened, and what to do. Screen readers say it when it appears. */
export const Notice = ({
  kind = 'info',
  what,
  todo,
  children,
  testID,
}: {
  readonly kind?: keyof typeof looks
  readonly what: string
  readonly todo?: string | undefined
  readonly children?: ReactNode
  readonly testID?: string
}) => {
  const theme = useTheme()
  const { tone, icon } = looks[kind]
  return (
    <View
      // A device's screen reader takes the words of a group only where it is told to; what is inside a notice with buttons stays its own.
      accessible={children === undefined}
      role={kind === 'danger' || kind === 'warning' ? 'alert' : 'status'}
      testID={testID}
      style={{
        flexDirection: 'row',
        gap: theme.space.m,
        padding: theme.space.m,
        borderRadius: theme.radius.l,
        backgroundColor: theme[tone].soft,
      }}
    >
      <Icon name={icon} colour={theme[tone].onSoft} />
      <View style={{ flex: 1, gap: theme.space.xs }}>
        <Text colour={theme[tone].onSoft}>{what}</Text>
        {todo !== undefined && (
          <Text as="small" colour={theme[tone].onSoft}>
            {todo}
          </Text>
        )}
        {children}
      </View>
    </View>
  )
}
