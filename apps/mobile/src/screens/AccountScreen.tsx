import { useRouter } from 'expo-router'
import { useState } from 'react'
import { View } from 'react-native'
import { keptText } from '../device/keep'
import { Button } from '../look/Button'
import { Card } from '../look/Card'
import { Icon } from '../look/Icon'
import { Problem } from '../look/Problem'
import { LinkRow } from '../look/Row'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useTheme } from '../look/theme'
import { useApp } from '../node/app'
import { leavePushes } from '../node/push'
import { useAnswer } from '../node/useAnswer'
import { useTask } from '../node/useTask'
import { useWords } from '../words/words'

/** Who is signed in, and all there is to say about them. */
export const AccountScreen = () => {
  const theme = useTheme()
  const router = useRouter()
  const { t } = useWords()
  const { werenode, card, online, node } = useApp()
  const [turn, setTurn] = useState(0)
  const who = useAnswer(`who ${card?.address} ${online} ${turn}`, async () => {
    if ((await werenode.login()) === undefined) return undefined
    return werenode.api.getAccount()
  })
  const task = useTask()
  const name =
    who.value?.emails[0]?.email ??
    (who.value?.address === undefined
      ? undefined
      : t('account.walletName', { end: who.value.address.slice(-4).toUpperCase() }))
  return (
    <Screen title={t('account.title')} back={false}>
      <Card>
        <View style={{ flexDirection: 'row', gap: theme.space.m, alignItems: 'center' }}>
          <Icon name="user" size={32} colour={theme.accent.text} />
          <Text as="bodyStrong" style={{ flex: 1 }} testID="who">
            {name === undefined ? t('account.signedOut') : t('account.signedInAs', { name })}
          </Text>
        </View>
        <Problem error={online ? who.problem : undefined} again={who.again} />
        {who.value === undefined ? (
          <>
            <Text tone="muted">{t('account.signInWhy')}</Text>
            <Button
              icon="signIn"
              label={t('account.signIn')}
              testID="sign-in"
              onPress={() => router.push('/account/sign-in')}
            />
          </>
        ) : (
          <Button
            kind="secondary"
            icon="signOut"
            label={t('account.signOut')}
            busy={task.busy !== undefined}
            onPress={() =>
              void task.run('out', async () => {
                // Without network one signs out all the same; the node hears of it when this device takes pushes again.
                await leavePushes(werenode, keptText).catch(() => undefined)
                await werenode.signOut()
                setTurn(turn + 1)
              })
            }
          />
        )}
        <Problem error={task.problem} />
      </Card>
      <Card>
        <LinkRow
          icon="car"
          title={t('account.vehicles')}
          under={t('account.vehiclesUnder')}
          onPress={() => router.push('/account/vehicles')}
        />
        <LinkRow
          icon="rfid"
          title={t('account.cards')}
          under={t('account.cardsUnder')}
          onPress={() => router.push('/account/cards')}
        />
        <LinkRow
          icon="bell"
          title={t('account.notices')}
          under={t('account.noticesUnder')}
          onPress={() => router.push('/account/notices')}
        />
        <LinkRow icon="language" title={t('account.look')} onPress={() => router.push('/account/look')} />
        <LinkRow
          icon="lock"
          title={t('account.privacy')}
          under={t('account.privacyUnder')}
          onPress={() => router.push('/account/privacy')}
        />
      </Card>
      <Text as="small" tone="muted">
        {t('account.node')}: {node.replace(/^https?:\/\//, '')} · {t('account.license')}
      </Text>
    </Screen>
  )
}
