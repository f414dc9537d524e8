import type { Schemas } from '@werenode/sdk'
import { useEffect, useState } from 'react'
import { View } from 'react-native'
import { keptText } from '../device/keep'
import type { Allowed } from '../device/notice'
import { askToNotify, mayNotify, pushDevice } from '../device/notifications'
import { Button } from '../look/Button'
import { Card } from '../look/Card'
import { Chip } from '../look/Chips'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useTheme } from '../look/theme'
import { useApp } from '../node/app'
import { takePushes } from '../node/push'
import { useAnswer } from '../node/useAnswer'
import { useTask } from '../node/useTask'
import { useWords } from '../words/words'

type Kind = Schemas['NoticeKind']
const kinds: readonly Kind[] = ['started', 'stopped', 'deposit-80', 'deposit-95', 'full', 'idle', 'refund', 'dispute']

/** What comes how, and what was told. */
export const NoticesScreen = () => {
  const theme = useTheme()
  const { t, format } = useWords()
  const { werenode, keyRing, online } = useApp()
  const [allowed, setAllowed] = useState<Allowed>()
  const task = useTask()
  // A browser may take long to subscribe; what is chosen meanwhile is saved.
  const device = useTask()
  useEffect(() => {
    void mayNotify().then(setAllowed)
  }, [])
  const answer = useAnswer(`notices ${online}`, () =>
    keyRing.because(t('why.signIn'), async () => {
      const settings = await werenode.api.getNoticeSettings()
      const { items } = await werenode.api.listNotices({ query: { limit: '20' } })
      return { settings, items }
    }),
  )
  const settings = answer.value?.settings
  const register = async (): Promise<void> => {
    if (answer.value) await takePushes(werenode, keptText, pushDevice)
  }
  const allow = (): void =>
    void task.run('allow', async () => {
      setAllowed(await askToNotify())
    })
  // Allowed before, or on another account: this device takes the pushes of who is signed in now.
  const isSignedIn = answer.value !== undefined
  useEffect(() => {
    if (isSignedIn && allowed === 'yes') void device.run('device', register)
  }, [isSignedIn, allowed])
  const toggle = (way: 'push' | 'mail', kind: Kind): void =>
    void task.run('save', async () => {
      if (!settings) return
      const list = settings[way]
      const body = { ...settings, [way]: list.includes(kind) ? list.filter((one) => one !== kind) : [...list, kind] }
      await werenode.api.putNoticeSettings({ body })
      answer.again()
    })
  return (
    <Screen title={t('account.notices')}>
      {allowed === 'not-asked' && (
        <Button icon="bell" label={t('account.noticesAllow')} busy={task.busy === 'allow'} onPress={allow} />
      )}
      {allowed === 'no' && <Notice kind="info" what={t('account.noticesDenied')} />}
      {allowed === 'yes' && <Notice kind="good" what={t('account.noticesOn')} />}
      <Problem error={answer.problem} again={answer.again} />
      <Problem error={task.problem ?? device.problem} />
      {settings &&
        (['push', 'mail'] as const).map((way) => (
          <Card key={way} title={t(way === 'push' ? 'account.byPush' : 'account.byLetter')}>
            <View style={{ flexDirection: 'row', flexWrap: 'wrap', gap: theme.space.s }}>
              {kinds.map((kind) => (
                <Chip
                  key={kind}
                  label={t(`notice.${kind}`)}
                  on={settings[way].includes(kind)}
                  onPress={() => toggle(way, kind)}
                />
              ))}
            </View>
          </Card>
        ))}
      {answer.value && (
        <Card title={t('wallet.history')}>
          {answer.value.items.map((notice) => (
            <View key={notice.id} style={{ gap: theme.space.hair }}>
              <Text as="bodyStrong">{notice.title}</Text>
              <Text tone="muted">{notice.body}</Text>
              <Text as="caption" tone="muted">
                {format.day(notice.at, new Date())}
              </Text>
            </View>
          ))}
          {answer.value.items.length === 0 && <Text tone="muted">{t('account.noticesNone')}</Text>}
        </Card>
      )}
    </Screen>
  )
}
