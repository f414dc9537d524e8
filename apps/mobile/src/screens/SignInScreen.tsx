import { useRouter } from 'expo-router'
import { useState } from 'react'
import { openPage } from '../device/links'
import { callbackAddress } from '../device/node-address'
import { askPasskey, makePasskey, passkeysHere } from '../device/passkeys'
import { Button } from '../look/Button'
import { Card } from '../look/Card'
import { Field } from '../look/Field'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useApp } from '../node/app'
import { useAnswer } from '../node/useAnswer'
import { useTask } from '../node/useTask'
import { joinAccount } from '../wallet/join-account'
import { useWords } from '../words/words'

/** By the wallet of this device, a passkey, or a mail address. */
export const SignInScreen = () => {
  const router = useRouter()
  const { t, locale } = useWords()
  const { werenode, card, keyRing, node } = useApp()
  const login = useAnswer('login', () => werenode.login())
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [told, setTold] = useState<string>()
  const task = useTask()
  const signIn = (name: string, work: () => Promise<unknown>): void =>
    void task.run(name, async () => {
      await work()
      // What is paid here is paid by this device's wallet. One of another account is told of where its money is.
      await keyRing.because(t('why.signIn'), () => joinAccount(werenode, card))
      router.replace('/account')
    })
  const form = email.trim() !== '' && password !== ''
  return (
    <Screen title={t('account.signIn')}>
      <Problem error={task.problem} />
      {told !== undefined && <Notice kind="good" what={told} />}
      <Card>
        {card ? (
          <Button
            icon="wallet"
            label={t('account.byWallet')}
            testID="by-wallet"
            busy={task.busy === 'wallet'}
            onPress={() => signIn('wallet', () => keyRing.because(t('why.signIn'), () => werenode.signIn()))}
          />
        ) : (
          <Button icon="wallet" label={t('wallet.create')} onPress={() => router.push('/wallet/create')} />
        )}
        {passkeysHere() ? (
          <Button
            kind="secondary"
            icon="key"
            label={t('account.byPasskey')}
            busy={task.busy === 'passkey'}
            onPress={() => signIn('passkey', () => werenode.signInWithPasskey(askPasskey))}
          />
        ) : (
          <Text as="small" tone="muted">
            {t('account.passkeyNone')}
          </Text>
        )}
        <Button
          kind="secondary"
          icon="externalLink"
          label={t('account.byPage')}
          busy={task.busy === 'page'}
          onPress={() =>
            void task.run('page', async () => {
              const address = await werenode.oauth.begin({
                clientId: 'mobile',
                redirectUri: callbackAddress(node),
                locale,
              })
              await openPage(address)
            })
          }
        />
      </Card>
      <Card title={t('account.byMail')}>
        <Field
          label={t('account.email')}
          value={email}
          onChangeText={setEmail}
          inputMode="email"
          autoCapitalize="none"
          autoComplete="email"
          autoCorrect={false}
        />
        <Field
          label={t('account.password')}
          value={password}
          onChangeText={setPassword}
          secureTextEntry
          autoComplete="current-password"
        />
        <Button
          label={t('account.signIn')}
          disabled={!form}
          busy={task.busy === 'mail'}
          onPress={() => signIn('mail', () => werenode.signInWithPassword(email.trim(), password))}
        />
        <Button
          kind="quiet"
          label={t(login.value === undefined ? 'account.register' : 'account.mailAdd')}
          disabled={!form}
          busy={task.busy === 'register'}
          onPress={() =>
            void task.run('register', async () => {
              const wish = { email: email.trim(), password, locale }
              // One more way into the same account: its wallet, charges and vehicles stay with it.
              if ((await werenode.login()) === undefined) await werenode.signUpWithPassword(wish)
              else await werenode.api.addEmail({ body: wish })
              setTold(t('account.registered', { email: email.trim() }))
            })
          }
        />
        <Text as="small" tone="muted">
          {t('account.chargingNeedsWallet')}
        </Text>
      </Card>
      {login.value !== undefined && passkeysHere() && (
        <Button
          kind="secondary"
          icon="plus"
          label={t('account.passkeyAdd')}
          busy={task.busy === 'add'}
          onPress={() =>
            void task.run('add', async () => {
              const options = await werenode.api.createPasskeyRegistration()
              const response = (await makePasskey(options)) as Record<string, unknown>
              await werenode.api.addPasskey({ body: { name: 'Werenode', response } })
              setTold(t('account.passkeyAdded'))
            })
          }
        />
      )}
    </Screen>
  )
}
