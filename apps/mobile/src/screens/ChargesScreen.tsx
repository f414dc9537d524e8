import { type SessionView, terminalStates } from '@werenode/core'
import { useRouter } from 'expo-router'
import { useState, useSyncExternalStore } from 'react'
import { Button } from '../look/Button'
import { Card } from '../look/Card'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { LinkRow } from '../look/Row'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useApp } from '../node/app'
import { useAnswer } from '../node/useAnswer'
import { OtherAccount, useElsewhere } from '../wallet/OtherAccount'
import { useWords } from '../words/words'

/** Charges that run, all of them; then those that are over, the newest first. */
export const ChargesScreen = () => {
  const router = useRouter()
  const { t, format, formatAt } = useWords()
  const { werenode, charges, card, online } = useApp()
  const { charges: all } = useSyncExternalStore(charges.subscribe, charges.state, charges.state)
  const [more, setMore] = useState<readonly SessionView[]>([])
  const [cursor, setCursor] = useState<string>()
  const running = [...all.values()].filter(({ view }) => !terminalStates.has(view.state))
  const over = [...all.values()].filter(({ view }) => terminalStates.has(view.state)).length
  const { elsewhere, again } = useElsewhere()
  const seen = `past ${card?.address} ${online} ${over} ${running.length}`
  const past = useAnswer(elsewhere === false ? seen : undefined, async () => {
    if ((await werenode.login()) === undefined) return []
    const { items, next } = await werenode.sessions({ limit: 20 })
    setCursor(next)
    setMore([])
    return items.filter(({ state }) => terminalStates.has(state))
  })
  const load = async (): Promise<void> => {
    const { items, next } = await werenode.sessions({ limit: 20 }, cursor)
    setCursor(next)
    setMore((before) => [...before, ...items.filter(({ state }) => terminalStates.has(state))])
  }
  const ended = [...(past.value ?? []), ...more]
  return (
    <Screen title={t('nav.sessions')} back={false}>
      {!online && <Notice kind="offline" what={t('app.offlineShort')} />}
      {running.length === 0 && (
        <Card>
          <Text as="subheading" level={2}>
            {t('charge.none')}
          </Text>
          <Text tone="muted">{t('charge.noneDo')}</Text>
          <Button icon="qr" label={t('action.scan')} onPress={() => router.push('/scan')} />
        </Card>
      )}
      {running.length > 0 && (
        <Card title={t('charge.running')}>
          {running.map(({ view }) => (
            <LinkRow
              key={view.id}
              icon="stateCharging"
              title={view.locationName}
              testID={`running-${view.id}`}
              under={
                view.state === 'charging'
                  ? t('charge.liveLabel', {
                      energy: format.energy(view.energyWh),
                      power: view.powerW === null ? '–' : format.power(view.powerW),
                      cost: format.money(view.costMicro),
                    })
                  : t(`session.state.${view.state}`)
              }
              onPress={() => router.push(`/charge/${view.id}`)}
            />
          ))}
        </Card>
      )}
      {elsewhere && <OtherAccount onDone={again} />}
      <Problem error={online ? past.problem : undefined} again={past.again} />
      {ended.length > 0 && (
        <Card title={t('charge.past')}>
          {ended.map((view) => (
            <LinkRow
              key={view.id}
              icon={view.state === 'settled' ? 'receipt' : 'refund'}
              title={view.locationName}
              under={`${formatAt(view.timeZone).day(view.createdAt, new Date())} · ${format.energy(view.energyWh)} · ${t(`session.state.${view.state}`)}`}
              right={<Text as="figure">{format.money(view.paidMicro ?? '0')}</Text>}
              onPress={() => router.push(`/charge/${view.id}`)}
            />
          ))}
          {cursor !== undefined && <Button kind="quiet" label={t('charge.loadMore')} onPress={() => void load()} />}
        </Card>
      )}
    </Screen>
  )
}
