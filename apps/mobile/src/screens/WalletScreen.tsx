import { type SessionView, terminalStates } from '@werenode/core'
import { useRouter } from 'expo-router'
import { useSyncExternalStore } from 'react'
import { View } from 'react-native'
import { Button } from '../look/Button'
import { Card } from '../look/Card'
import { Icon } from '../look/Icon'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { Fact, LinkRow } from '../look/Row'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useTheme } from '../look/theme'
import { useApp } from '../node/app'
import { useAnswer } from '../node/useAnswer'
import { useTask } from '../node/useTask'
import { OtherAccount, useElsewhere } from '../wallet/OtherAccount'
import { useWords } from '../words/words'

/** Money in euro: what can be spent, what is locked in charges, what was paid, and how to keep it all safe. */
export const WalletScreen = () => {
  const theme = useTheme()
  const router = useRouter()
  const { t, format, formatAt } = useWords()
  const { werenode, card, keyRing, own, charges, online } = useApp()
  const task = useTask()
  const { charges: all } = useSyncExternalStore(charges.subscribe, charges.state, charges.state)
  const turns = [...all.values()].map(({ view }) => view.state).join()
  const { elsewhere, again } = useElsewhere()
  const money = useAnswer(card && elsewhere === false ? `credit ${card.address} ${online} ${turns}` : undefined, () =>
    keyRing.because(t('why.signIn'), () => werenode.credit()),
  )
  const history = useAnswer(money.value ? `history ${card?.address} ${turns}` : undefined, async () => {
    const { items } = await werenode.sessions({ limit: 20 })
    return items.filter(({ state, paidMicro }) => paidMicro !== undefined || !terminalStates.has(state))
  })
  if (!card)
    return (
      <Screen title={t('nav.wallet')} back={false}>
        <Card style={{ alignItems: 'center', paddingVertical: theme.space.xxl }}>
          <Icon name="wallet" size={56} colour={theme.accent.text} />
          <Text style={{ textAlign: 'center' }}>{t('wallet.createWhy')}</Text>
        </Card>
        <Button icon="plus" label={t('wallet.create')} onPress={() => router.push('/wallet/create')} />
        <Button kind="secondary" label={t('wallet.import')} onPress={() => router.push('/wallet/import')} />
        <Button kind="quiet" label={t('wallet.connectOwn')} onPress={() => router.push('/wallet/connect')} />
      </Screen>
    )
  const locked = [...all.values()].reduce(
    (sum, { view }) => (terminalStates.has(view.state) ? sum : sum + BigInt(view.limitMicro)),
    0n,
  )
  const { creditMicro, walletMicro } = money.value ?? {}
  return (
    <Screen title={t('nav.wallet')} back={false}>
      <Card style={{ alignItems: 'center' }}>
        <Text tone="muted">{t('wallet.available')}</Text>
        <Text as="display" testID="credit" style={{ fontVariant: ['tabular-nums'] }}>
          {creditMicro === undefined ? '–' : format.money(creditMicro, { rounding: 'down' })}
        </Text>
        <View style={{ alignSelf: 'stretch', gap: theme.space.xs }}>
          {locked > 0n && <Fact name={t('wallet.locked')} value={format.money(locked)} />}
          {walletMicro !== undefined && walletMicro > 0n && (
            <Fact name={t('wallet.elsewhere')} value={format.money(walletMicro, { rounding: 'down' })} />
          )}
        </View>
        <Button
          icon="plus"
          label={t('wallet.add')}
          testID="add-money"
          onPress={() => router.push('/wallet/add')}
          style={{ alignSelf: 'stretch' }}
        />
        {creditMicro !== undefined && creditMicro > 0n && (
          <Button
            kind="secondary"
            icon="upload"
            label={t('wallet.withdraw')}
            testID="withdraw-money"
            onPress={() => router.push('/wallet/withdraw')}
            style={{ alignSelf: 'stretch' }}
          />
        )}
        {elsewhere && <OtherAccount onDone={again} />}
        <Problem error={online ? money.problem : undefined} again={money.again} />
        {!online && <Notice kind="offline" what={t('app.offlineShort')} />}
      </Card>
      {!card.written && (
        <Notice kind="warning" what={t('wallet.phraseReminder')} todo={t('wallet.phraseReminderDo')}>
          <Button
            kind="secondary"
            label={t('wallet.phraseShow')}
            onPress={() => router.push('/wallet/phrase')}
            style={{ marginTop: theme.space.s }}
          />
        </Notice>
      )}
      <Card title={t('wallet.history')}>
        {history.value?.map((view) => (
          <LinkRow
            key={view.id}
            icon={terminalStates.has(view.state) ? 'receipt' : 'lock'}
            title={t(titleOf(view), { place: view.locationName })}
            under={[
              formatAt(view.timeZone).day(view.createdAt, new Date()),
              view.returnedMicro !== undefined && view.returnedMicro !== '0'
                ? t('wallet.historyReturned', { amount: format.money(view.returnedMicro) })
                : undefined,
            ]
              .filter((fact) => fact !== undefined)
              .join(' · ')}
            right={<Text as="figure">{format.money(view.paidMicro ?? view.limitMicro)}</Text>}
            onPress={() => router.push(`/charge/${view.id}`)}
          />
        ))}
        {history.value?.length === 0 && <Text tone="muted">{t('wallet.historyNone')}</Text>}
      </Card>
      {card.kind === 'connect' ? (
        <Card title={t('wallet.safety')}>
          <Text as="small" tone="muted" testID="held-by">
            {t('wallet.connectHeld', { name: card.name ?? 'WalletConnect' })}
          </Text>
          <LinkRow
            icon="close"
            title={t('wallet.connectEnd')}
            under={t('wallet.connectEndUnder', { name: card.name ?? 'WalletConnect' })}
            testID="connect-end"
            onPress={() => void task.run('end', () => own.end())}
          />
        </Card>
      ) : (
        <DeviceWallet guard={keyRing.guard} />
      )}
    </Screen>
  )
}

/** Where the key lies, and the ways not to lose it. */
const DeviceWallet = ({ guard }: { readonly guard: 'pin' | 'device' }) => {
  const router = useRouter()
  const { t } = useWords()
  return (
    <Card title={t('wallet.safety')}>
      <Text as="small" tone="muted">
        {t(guard === 'pin' ? 'wallet.fromBrowser' : 'wallet.fromDevice')}
      </Text>
      <LinkRow
        icon="document"
        title={t('wallet.phrase')}
        under={t('wallet.phraseUnder')}
        onPress={() => router.push('/wallet/phrase')}
      />
      <LinkRow
        icon="lock"
        title={t('wallet.backup')}
        under={t('wallet.backupUnder')}
        onPress={() => router.push('/wallet/backup')}
      />
      <LinkRow
        icon="download"
        title={t('wallet.import')}
        under={t('wallet.importUnder')}
        onPress={() => router.push('/wallet/import')}
      />
      <LinkRow
        icon="link"
        title={t('wallet.connectOwn')}
        under={t('wallet.connectUnder')}
        onPress={() => router.push('/wallet/connect')}
      />
    </Card>
  )
}

const titleOf = ({ state, paidMicro = '0' }: Pick<SessionView, 'state' | 'paidMicro'>) => {
  if (!terminalStates.has(state)) return 'wallet.historyLocked'
  return paidMicro === '0' ? 'wallet.historyNothing' : 'wallet.historyPaid'
}
