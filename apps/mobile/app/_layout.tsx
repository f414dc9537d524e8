import '../src/device/random'
import { Stack, useRouter } from 'expo-router'
import { useEffect, useState } from 'react'
import { SafeAreaProvider } from 'react-native-safe-area-context'
import { loadKeptText } from '../src/device/keep'
import { onNoticeOpened } from '../src/device/notifications'
import { useTheme } from '../src/look/theme'
import { AppProvider } from '../src/node/app'
import { OwnWalletSheet } from '../src/screens/OwnWalletSheet'
import { UnlockSheet } from '../src/screens/UnlockSheet'

const Pages = () => {
  const theme = useTheme()
  const router = useRouter()
  // A tap on a notification opens what it is about.
  useEffect(() => onNoticeOpened((path) => router.push(`/${path}`)), [router])
  return (
    <>
      <Stack screenOptions={{ headerShown: false, contentStyle: { backgroundColor: theme.surface.page } }} />
      <UnlockSheet />
      <OwnWalletSheet />
    </>
  )
}

/** What is kept on the device is read before the first screen, so that a charge that runs is on it at once. */
export default function Layout() {
  const [ready, setReady] = useState(false)
  useEffect(() => {
    // A store that cannot be read is as good as empty.
    loadKeptText()
      .catch(() => undefined)
      .then(() => setReady(true))
  }, [])
  if (!ready) return null
  return (
    <SafeAreaProvider>
      <AppProvider>
        <Pages />
      </AppProvider>
    </SafeAreaProvider>
  )
}
