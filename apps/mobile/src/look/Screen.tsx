import { useRouter } from 'expo-router'
import type { ReactNode } from 'react'
import { KeyboardAvoidingView, Platform, ScrollView, View } from 'react-native'
import { useSafeAreaInsets } from 'react-native-safe-area-context'
import { useWords } from '../words/words'
import { IconButton } from './Button'
import { Head } from './Head'
import { Text } from './Text'
import { useTheme } from './theme'

/** Widest that text and forms become; on a tablet they stand in the middle. */
const widest = 640

/** A page of the app: its title, its content that scrolls, and what stays under the thumb. */
export const Screen = ({
  title,
  back = true,
  action,
  foot,
  children,
}: {
  readonly title: string
  /** Absent on the four pages of the tab bar. */
  readonly back?: boolean
  readonly action?: ReactNode
  /** Stays at the bottom, where a thumb reaches it. */
  readonly foot?: ReactNode
  readonly children: ReactNode
}) => {
  const theme = useTheme()
  const insets = useSafeAreaInsets()
  const router = useRouter()
  const { t } = useWords()
  return (
    <KeyboardAvoidingView
      behavior={Platform.OS === 'ios' ? 'padding' : undefined}
      style={{ flex: 1, backgroundColor: theme.surface.page }}
    >
      <Head title={title} />
      <View
        role="banner"
        style={{
          paddingTop: insets.top + theme.space.s,
          paddingBottom: theme.space.s,
          paddingHorizontal: theme.space.l,
          flexDirection: 'row',
          alignItems: 'center',
          gap: theme.space.m,
          width: '100%',
          maxWidth: widest,
          alignSelf: 'center',
          minHeight: 64 + insets.top,
        }}
      >
        {back && (
          <IconButton
            icon="chevronLeft"
            label={t('action.back')}
            onPress={() => (router.canGoBack() ? router.back() : router.replace('/'))}
          />
        )}
        <Text as="heading" level={1} style={{ flex: 1 }}>
          {title}
        </Text>
        {action}
      </View>
      <ScrollView
        role="main"
        keyboardShouldPersistTaps="handled"
        tabIndex={0}
        contentContainerStyle={{
          paddingHorizontal: theme.space.l,
          paddingBottom: theme.space.xxl + (foot ? 0 : insets.bottom),
          gap: theme.space.l,
          width: '100%',
          maxWidth: widest,
          alignSelf: 'center',
        }}
      >
        {children}
      </ScrollView>
      {foot && (
        <View
          style={{
            paddingHorizontal: theme.space.l,
            paddingTop: theme.space.m,
            paddingBottom: theme.space.m + insets.bottom,
            gap: theme.space.s,
            width: '100%',
            maxWidth: widest,
            alignSelf: 'center',
            borderTopWidth: 1,
            borderTopColor: theme.line.subtle,
          }}
        >
          {foot}
        </View>
      )}
    </KeyboardAvoidingView>
  )
}
