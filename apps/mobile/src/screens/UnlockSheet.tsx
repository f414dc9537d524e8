import { useState } from 'react'
import { Modal, View } from 'react-native'
import { Button } from '../look/Button'
import { Field } from '../look/Field'
import { useFeel } from '../look/feel'
import { Problem } from '../look/Problem'
import { Text } from '../look/Text'
import { useTheme } from '../look/theme'
import { useApp } from '../node/app'
import { useWords } from '../words/words'

/** Asks for the PIN before something is signed. Devices with a finger or a face ask by themselves. */
export const UnlockSheet = () => {
  const { unlocking } = useApp()
  const theme = useTheme()
  const { t } = useWords()
  const feel = useFeel()
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  if (!unlocking) return null
  const end = (opened: boolean): void => {
    setPin('')
    setWrong(false)
    setProblem(undefined)
    unlocking.done(opened)
  }
  const open = async (): Promise<void> => {
    setBusy(true)
    try {
      if (await unlocking.attempt(pin)) {
        feel.success()
        end(true)
      } else {
        feel.failure()
        setWrong(true)
      }
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal transparent animationType="none" onRequestClose={() => end(false)}>
      <View style={{ flex: 1, justifyContent: 'flex-end', backgroundColor: theme.scrim }}>
        <View
          testID="unlock"
          style={{
            backgroundColor: theme.surface.overlay,
            borderTopLeftRadius: theme.radius.xl,
            borderTopRightRadius: theme.radius.xl,
            padding: theme.space.xl,
            gap: theme.space.l,
            width: '100%',
            maxWidth: 640,
            alignSelf: 'center',
          }}
        >
          <Text as="heading" level={2}>
            {t('wallet.unlockTitle')}
          </Text>
          {unlocking.why !== '' && <Text tone="muted">{t('wallet.unlockWhy', { why: unlocking.why })}</Text>}
          <Field
            label={t('wallet.pinAsk')}
            value={pin}
            onChangeText={(text) => {
              setPin(text)
              setWrong(false)
            }}
            onSubmitEditing={() => void open()}
            secureTextEntry
            inputMode="numeric"
            autoFocus
            autoComplete="off"
            problem={wrong ? t('wallet.pinWrong') : undefined}
          />
          <Problem error={problem} />
          <Button
            label={t('wallet.unlock')}
            icon="unlock"
            busy={busy}
            disabled={pin === ''}
            onPress={() => void open()}
          />
          <Button kind="quiet" label={t('app.notNow')} onPress={() => end(false)} />
        </View>
      </View>
    </Modal>
  )
}
