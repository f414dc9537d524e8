import { type SessionView, terminalStates } from '@werenode/core'
import { useLocalSearchParams, useRouter } from 'expo-router'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { LivePanel } from '../charge/LivePanel'
import { ReceiptPanel } from '../charge/ReceiptPanel'
import { useFeel } from '../look/feel'
import { Notice } from '../look/Notice'
import { Problem } from '../look/Problem'
import { Screen } from '../look/Screen'
import { Text } from '../look/Text'
import { useApp } from '../node/app'
import { useAnswer } from '../node/useAnswer'
import { useWords } from '../words/words'

/** One charge: live while it runs, its receipt afterwards. */
export const ChargeScreen = () => {
  const { id } = useLocalSearchParams<{ id: string }>()
  const router = useRouter()
  const { t, say } = useWords()
  const { werenode, charges, online } = useApp()
  const { charges: all } = useSyncExternalStore(charges.subscribe, charges.state, charges.state)
  const live = all.get(id)
  const asked = useAnswer(live ? undefined : `session ${id} ${online}`, () => werenode.session(id))
  const view: SessionView | undefined = live?.view ?? asked.value
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    // A link to a charge that runs is followed like any other.
    if (!live && asked.value && !terminalStates.has(asked.value.state)) charges.follow(asked.value)
  }, [live, asked.value, charges])
  useEffect(() => {
    if (view?.state === 'charging') setSeen(true)
  }, [view?.state])
  const feel = useFeel()
  const before = useRef(view?.state)
  useEffect(() => {
    const was = before.current
    before.current = view?.state
    // Only what happens while it is looked at is felt, not what is read about.
    if (was === undefined || view === undefined || was === view.state || terminalStates.has(was)) return
    if (view.state === 'rejected' || view.state === 'cancelled') feel.failure()
    else if (view.state === 'charging' || view.state === 'settled') feel.success()
  }, [view, feel])
  const title = view ? view.locationName : t('nav.charge')
  return (
    <Screen title={title}>
      {!live && <Problem error={asked.problem} again={asked.again} />}
      {!view && asked.problem === undefined && <Text tone="muted">{t('progress.loading')}…</Text>}
      {!online && <Notice kind="offline" testID="offline" what={t('app.offlineShort')} />}
      {live?.recovered && !terminalStates.has(live.view.state) && !seen && (
        <Notice kind="good" testID="recovered" what={t('charge.recovered')} />
      )}
      {view && !terminalStates.has(view.state) && <LivePanel view={view} {...(live ? { live } : {})} />}
      {view && terminalStates.has(view.state) && (
        <ReceiptPanel view={view} onAgain={() => router.replace(`/plug/${encodeURIComponent(view.evseId)}`)} />
      )}
      {live?.notCosigned !== undefined && view && !view.cosigned && (
        <Notice kind="info" what={t('charge.notCosigned', { why: say(new Error(live.notCosigned)).what })} />
      )}
    </Screen>
  )
}
