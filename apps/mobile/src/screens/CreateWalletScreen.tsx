import { useRouter } from 'expo-router'
import { useState } from 'react'
import { Button } from '../look/Button'
import { Card } from '../look/Card'
import { Field } from '../look/Field'
import { useFeel } from '../look/feel'
import { Icon } from '../look/Icon'
import { Problem } from '../look/Problem'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useTheme } from '../look/theme'
import { useApp } from '../node/app'
import { useTask } from '../node/useTask'
import { useWords } from '../words/words'

export const shortestPin = 6

/** A wallet in one tap; in a browser with a PIN, which is what stands in for the finger there. */
export const CreateWalletScreen = () => {
  const feel = useFeel()
  const theme = useTheme()
  const router = useRouter()
  const { t } = useWords()
  const { werenode, card, keyRing } = useApp()
  const [pin, setPin] = useState('')
  const [short, setShort] = useState(false)
  const task = useTask()
  const needsPin = keyRing.guard === 'pin'
  const create = (): void => {
    if (needsPin && pin.length < shortestPin) {
      setShort(true)
      return
    }
    void task.run('create', async () => {
      const isSignedIn = card === undefined && (await werenode.login()) !== undefined
      await keyRing.create(needsPin ? pin : undefined)
      // Who signed in before there was a wallet keeps their account: the wallet is put on it, and opens it from now on.
      if (isSignedIn) await werenode.linkWallet(keyRing.wallet())
      feel.success()
      if (router.canGoBack()) router.back()
      else router.replace('/wallet')
    })
  }
  return (
    <Screen
      title={t('wallet.createTitle')}
      foot={
        <>
          <Button
            icon="wallet"
            label={t('wallet.create')}
            testID="create-wallet"
            busy={task.busy !== undefined}
            onPress={create}
          />
          <Button kind="quiet" label={t('wallet.haveOne')} onPress={() => router.push('/wallet/import')} />
        </>
      }
    >
      <Card style={{ alignItems: 'center', paddingVertical: theme.space.xxl }}>
        <Icon name="wallet" size={56} colour={theme.accent.text} />
        <Text style={{ textAlign: 'center' }}>{t('wallet.createWhy')}</Text>
        <Text tone="muted" style={{ textAlign: 'center' }}>
          {t('price.gas')}
        </Text>
      </Card>
      {needsPin && (
        <Field
          label={t('wallet.pin')}
          hint={t('wallet.pinHint')}
          value={pin}
          onChangeText={(text) => {
            setPin(text)
            setShort(false)
          }}
          onSubmitEditing={create}
          secureTextEntry
          inputMode="numeric"
          autoComplete="off"
          problem={short ? t('wallet.pinShort') : undefined}
        />
      )}
      <Problem error={task.problem} />
    </Screen>
  )
}
