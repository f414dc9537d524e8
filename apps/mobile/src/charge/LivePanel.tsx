import type { SessionView } from '@werenode/core'
import type { IconName } from '@werenode/design/icons'
import { useEffect, useState } from 'react'
import { View } from 'react-native'
import { Button } from '../look/Button'
import { Card } from '../look/Card'
import { useFeel } from '../look/feel'
import { Icon } from '../look/Icon'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { Fact } from '../look/Row'
import { Text } from '../look/Text'
import { useTheme } from '../look/theme'
import { useApp } from '../node/app'
import { useTask } from '../node/useTask'
import { useWords } from '../words/words'
import { estimatedEnd, type LiveCharge } from './charges'
import { PowerLine } from './PowerLine'

const raiseByMicro = 10_000_000n
/** Older than this, figures are said to be old, ms. */
const staleMs = 60_000

/** A charge that runs: what it costs so far first, then power, energy, time and battery. */
export const LivePanel = ({ view, live }: { readonly view: SessionView; readonly live?: LiveCharge }) => {
  const theme = useTheme()
  const { t, format, formatAt } = useWords()
  const { charges, keyRing, online } = useApp()
  const task = useTask()
  const feel = useFeel()
  const [sure, setSure] = useState(false)
  const [raised, setRaised] = useState<string>()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const charging = view.state === 'charging'
  const local = formatAt(view.timeZone)
  const seconds = view.startedAt === undefined ? 0 : Math.max(0, Math.round((now - Date.parse(view.startedAt)) / 1000))
  const end = estimatedEnd(view, now)
  const free = view.limitMicro === '0'
  const share = free ? 0 : Math.min(1, Number(view.costMicro) / Number(view.limitMicro))
  const waits = live?.stopWaits === true
  const stale = live !== undefined && (!online || !live.live || now - live.toldAt > staleMs)
  const figures: readonly { name: string; icon: IconName; value: string }[] = [
    { name: t('charge.power'), icon: 'power', value: view.powerW === null ? '–' : format.power(view.powerW) },
    { name: t('price.energy'), icon: 'bolt', value: format.energy(view.energyWh) },
    { name: t('charge.time'), icon: 'timer', value: format.clock(seconds) },
    ...(view.socPercent === null
      ? []
      : [{ name: t('charge.soc'), icon: 'battery' as const, value: format.percent(view.socPercent) }]),
  ]
  return (
    <>
      <Card testID="live" style={{ gap: theme.space.l }}>
        <View style={{ flexDirection: 'row', gap: theme.space.s, alignItems: 'center' }}>
          <Icon name={charging ? 'stateCharging' : 'timer'} colour={theme.charging.text} />
          <Text as="bodyStrong" role="status" testID={`state-${view.state}`} style={{ flex: 1 }}>
            {t(`session.state.${view.state}`)}
          </Text>
        </View>
        <Text tone="muted">{t(`session.explain.${view.state}`)}</Text>
        {charging && (
          <>
            <View>
              <Text as="small" tone="muted">
                {t('charge.cost')}
              </Text>
              <Text as="amount" testID="cost">
                {free ? t('price.free') : format.money(view.costMicro)}
              </Text>
              {!free && (
                <>
                  <Text as="small" tone="muted">
                    {t('charge.limit', { limit: format.money(view.limitMicro) })}
                  </Text>
                  <View
                    role="progressbar"
                    aria-label={t('charge.cost')}
                    aria-valuenow={Math.round(share * 100)}
                    aria-valuemin={0}
                    aria-valuemax={100}
                    style={{
                      height: 8,
                      borderRadius: 4,
                      backgroundColor: theme.surface.sunken,
                      marginTop: theme.space.s,
                      overflow: 'hidden',
                    }}
                  >
                    <View
                      style={{
                        width: `${share * 100}%`,
                        height: 8,
                        backgroundColor: share > 0.8 ? theme.warning.solid : theme.charging.solid,
                      }}
                    />
                  </View>
                </>
              )}
            </View>
            <View style={{ flexDirection: 'row', flexWrap: 'wrap', gap: theme.space.l }}>
              {figures.map(({ name, icon, value }) => (
                // The same share of each row, whatever the figures: what stands below stands below.
                <View key={name} style={{ flexBasis: '40%', flexGrow: 1, minWidth: 0, gap: theme.space.hair }}>
                  <View style={{ flexDirection: 'row', gap: theme.space.xs, alignItems: 'center' }}>
                    <Icon name={icon} size={16} colour={theme.text.muted} />
                    <Text as="small" tone="muted">
                      {name}
                    </Text>
                  </View>
                  <Text as="subheading" style={{ fontVariant: ['tabular-nums'] }}>
                    {value}
                  </Text>
                </View>
              ))}
            </View>
            {live && <PowerLine powers={live.powers} label={t('charge.powerChart')} />}
            {end !== undefined && !free && (
              <Fact name={t('charge.end', { time: '' }).trim()} value={local.time(new Date(end).toISOString())} />
            )}
          </>
        )}
        {view.suspended !== 'no' && charging && <Notice kind="info" what={t(`session.suspended.${view.suspended}`)} />}
        {view.stationOffline && <Notice kind="warning" what={t('session.offline')} />}
        {live?.warning !== undefined && (
          <Notice
            kind="warning"
            testID="warning"
            what={t(`session.warning.${live.warning}` as 'session.warning.idle')}
          />
        )}
        {view.message !== undefined && <Notice kind="info" what={view.message} />}
        {stale && live && (
          <Text as="small" tone="muted" testID="stale">
            {t('charge.stale', {
              time: format.relative(new Date(live.toldAt).toISOString(), new Date(Math.max(now, live.toldAt))),
            })}
          </Text>
        )}
        {waits && <Notice kind="offline" testID="stop-waits" what={t('charge.stopWaits')} />}
        {raised !== undefined && <Notice kind="good" what={t('charge.toppedUp', { limit: format.money(raised) })} />}
        <Problem error={task.problem} />
      </Card>
      {charging && !waits && (
        <View style={{ gap: theme.space.s }}>
          {!free && (
            <Button
              kind="secondary"
              icon="plus"
              label={t('charge.topUpBy', { amount: format.money(raiseByMicro) })}
              busy={task.busy === 'topUp'}
              disabled={!online}
              onPress={() =>
                void task.run('topUp', async () => {
                  const limit = BigInt(view.limitMicro) + raiseByMicro
                  await keyRing.because(t('why.topUp'), () => charges.topUp(view.id, limit))
                  setRaised(limit.toString())
                })
              }
            />
          )}
          {sure ? (
            <View role="group" aria-label={t('charge.stopSure')} style={{ gap: theme.space.s }}>
              <Text as="bodyStrong">{t('charge.stopSure')}</Text>
              <View style={{ flexDirection: 'row', gap: theme.space.s }}>
                <Button kind="secondary" label={t('app.notNow')} onPress={() => setSure(false)} style={{ flex: 1 }} />
                <Button
                  kind="danger"
                  icon="stop"
                  label={t('action.confirm')}
                  testID="stop-confirm"
                  busy={task.busy === 'stop'}
                  onPress={() =>
                    void task.run('stop', async () => {
                      await charges.stop(view.id)
                      feel.success()
                    })
                  }
                  style={{ flex: 1 }}
                />
              </View>
            </View>
          ) : (
            <Button kind="danger" icon="stop" label={t('charge.stop')} testID="stop" onPress={() => setSure(true)} />
          )}
        </View>
      )}
    </>
  )
}
