import { terminalStates } from '@werenode/core'
import type { IconName } from '@werenode/design/icons'
import { Tabs } from 'expo-router'
import { useSyncExternalStore } from 'react'
import { useSafeAreaInsets } from 'react-native-safe-area-context'
import { Icon } from '../../src/look/Icon'
import { sizedForTab } from '../../src/look/text-size'
import { useTheme } from '../../src/look/theme'
import { useApp } from '../../src/node/app'
import { useWords } from '../../src/words/words'

/** The four rooms of the app, under the thumb. */
export default function TabsLayout() {
  const theme = useTheme()
  const insets = useSafeAreaInsets()
  const { t } = useWords()
  const { charges } = useApp()
  const { charges: all } = useSyncExternalStore(charges.subscribe, charges.state, charges.state)
  const running = [...all.values()].filter(({ view }) => !terminalStates.has(view.state)).length
  const icon = (name: IconName) => ({
    tabBarIcon: ({ color }: { color: unknown }) => <Icon name={name} colour={String(color)} />,
  })
  return (
    <Tabs
      screenOptions={{
        headerShown: false,
        tabBarActiveTintColor: theme.accent.text,
        tabBarInactiveTintColor: theme.text.muted,
        tabBarStyle: {
          backgroundColor: theme.surface.raised,
          borderTopColor: theme.line.subtle,
          height: 64 + insets.bottom,
          paddingTop: theme.space.xs,
        },
        tabBarLabelStyle: sizedForTab(theme.textStyle.caption),
        tabBarLabelPosition: 'below-icon',
        tabBarAllowFontScaling: true,
        sceneStyle: { backgroundColor: theme.surface.page },
      }}
    >
      <Tabs.Screen name="index" options={{ title: t('app.find'), ...icon('map') }} />
      <Tabs.Screen
        name="charges"
        options={{
          title: t('nav.sessions'),
          ...icon('bolt'),
          ...(running === 0 ? {} : { tabBarBadge: running }),
          tabBarBadgeStyle: { backgroundColor: theme.charging.solid, color: theme.charging.onSolid },
        }}
      />
      <Tabs.Screen name="wallet" options={{ title: t('nav.wallet'), ...icon('wallet') }} />
      <Tabs.Screen name="account" options={{ title: t('nav.account'), ...icon('user') }} />
    </Tabs>
  )
}
