import { useRouter } from 'expo-router'
import { useRef, useState } from 'react'
import { View } from 'react-native'
import { Scanner } from '../device/Scanner'
import type { ScannerState } from '../device/scanner-props'
import { plugIn } from '../find/code'
import { Button } from '../look/Button'
import { Field } from '../look/Field'
import { useFeel } from '../look/feel'
import { Notice } from '../look/Notice'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useTheme } from '../look/theme'
import { useWords } from '../words/words'

/** Straight to a plug: its QR code, or the number beside it. */
export const ScanScreen = () => {
  const feel = useFeel()
  const theme = useTheme()
  const router = useRouter()
  const { t } = useWords()
  const [number, setNumber] = useState('')
  const [camera, setCamera] = useState<ScannerState>('asking')
  const [strange, setStrange] = useState<string>()
  const gone = useRef(false)
  const go = (text: string): void => {
    if (gone.current) return
    const plug = plugIn(text)
    if (plug === undefined) {
      if (text !== strange) feel.failure()
      setStrange(text)
      return
    }
    gone.current = true
    feel.success()
    router.replace(`/plug/${encodeURIComponent(plug)}`)
  }
  return (
    <Screen title={t('scan.title')}>
      <View
        style={{
          height: camera === 'denied' || camera === 'none' ? 0 : 280,
          borderRadius: theme.radius.xl,
          overflow: 'hidden',
          backgroundColor: theme.surface.sunken,
        }}
      >
        <Scanner onCode={go} onState={setCamera} />
      </View>
      {camera === 'denied' && <Notice kind="info" what={t('scan.denied')} />}
      {camera === 'none' && <Notice kind="info" what={t('scan.none')} />}
      {camera === 'looking' && <Text tone="muted">{t('scan.aim')}</Text>}
      <Field
        label={t('scan.number')}
        hint={t('scan.example')}
        value={number}
        onChangeText={(text) => {
          setNumber(text)
          setStrange(undefined)
        }}
        onSubmitEditing={() => go(number)}
        autoCapitalize="characters"
        autoCorrect={false}
        problem={strange === undefined ? undefined : t('scan.notOurs', { text: strange.slice(0, 60) })}
      />
      <Button icon="plug" label={t('scan.go')} disabled={number.trim() === ''} onPress={() => go(number)} />
    </Screen>
  )
}
