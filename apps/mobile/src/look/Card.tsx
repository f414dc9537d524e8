import { nativeShadow } from '@werenode/design/tokens'
import type { ReactNode } from 'react'
import { type StyleProp, View, type ViewStyle } from 'react-native'
import { Text } from './Text'
import { useTheme } from './theme'

/** Things that belong together, on a ground of their own. */
export const Card = ({
  title,
  children,
  style,
  testID,
}: {
  readonly title?: string
  readonly children: ReactNode
  readonly style?: StyleProp<ViewStyle>
  readonly testID?: string
}) => {
  const theme = useTheme()
  return (
    <View
      testID={testID}
      style={[
        {
          backgroundColor: theme.surface.raised,
          borderRadius: theme.radius.l,
          padding: theme.space.l,
          gap: theme.space.m,
          borderWidth: 1,
          borderColor: theme.line.subtle,
          ...nativeShadow(theme.shadow.card),
        },
        style,
      ]}
    >
      {title !== undefined && (
        <Text as="subheading" level={2}>
          {title}
        </Text>
      )}
      {children}
    </View>
  )
}
