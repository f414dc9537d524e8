import { type SessionView, terminalStates } from '@werenode/core'
import { isMessageKey } from '@werenode/design/catalogue'
import type { Format } from '@werenode/design/format'
import type { Werenode } from '@werenode/sdk'
import { useEffect, useState } from 'react'
import { Icon } from '../look/Icon'
import { Trouble } from '../look/Trouble'
import { useWords } from '../words/useWords'
import type { FollowedSession } from './useSession'

/** A charge as it runs: what it is doing, power, energy, cost so far, and the button that ends it. */
export const LiveCard = ({
  werenode,
  followed,
  view,
}: {
  werenode: Werenode
  followed: FollowedSession
  view: SessionView
}) => {
  const { t, format } = useWords(view.timeZone)
  const { meter, warnings } = followed
  const [stopping, setStopping] = useState(false)
  const [error, setError] = useState<unknown>()
  const energyWh = Math.max(meter?.energyWh ?? 0, view.energyWh)
  const costMicro = BigInt(meter?.costMicro ?? 0) > BigInt(view.costMicro) ? meter!.costMicro : view.costMicro
  const limitMicro = meter?.limitMicro ?? view.limitMicro
  const powerW = view.state === 'charging' ? (meter?.powerW ?? view.powerW) : null
  const soc = meter?.socPercent ?? view.socPercent
  const running = useRunning(view, format)
  const part = BigInt(limitMicro) === 0n ? 0 : Number((BigInt(costMicro) * 1000n) / BigInt(limitMicro)) / 10
  const stop = async (): Promise<void> => {
    setStopping(true)
    setError(undefined)
    try {
      await werenode.stop(view.id)
    } catch (problem) {
      setError(problem)
      setStopping(false)
    }
  }
  return (
    <section className="wn-panel wn-live" aria-label={t('charge.now')} data-state={view.state}>
      <p className="wn-live__state" role="status">
        <span className={view.state === 'charging' ? 'wn-pulse' : 'wn-pulse wn-pulse--still'} aria-hidden="true" />
        <strong>{t(`session.state.${view.state}`)}</strong>
        <span>{t(`session.explain.${view.state}`)}</span>
      </p>
      <p className="wn-live__where">
        {view.locationName} · <code>{format.evseId(view.evseId)}</code>
      </p>
      <div className="wn-live__figures">
        <Figure label={t('charge.energy')} value={format.energy(energyWh)} />
        <Figure
          label={t('charge.power')}
          value={powerW === null || powerW === undefined ? '–' : format.power(powerW)}
        />
        <Figure label={t('charge.cost')} value={format.money(costMicro)} large />
        {running === undefined ? null : <Figure label={t('receipt.duration')} value={running} />}
        {soc === null || soc === undefined ? null : <Figure label={t('charge.battery')} value={format.percent(soc)} />}
      </div>
      {limitMicro === '0' ? null : (
        <div className="wn-meter">
          <div
            className="wn-meter__bar"
            role="progressbar"
            aria-label={t('price.deposit')}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.min(100, Math.round(part))}
          >
            <span style={{ inlineSize: `${Math.min(100, part)}%` }} />
          </div>
          <p className="wn-hint">{t('charge.ofDeposit', { amount: format.money(limitMicro) })}</p>
        </div>
      )}
      {view.stationOffline ? <p className="wn-note">{t('session.offline')}</p> : null}
      {warnings.map((code) => {
        const key = `session.warning.${code}`
        return isMessageKey(key) ? (
          <p key={code} className="wn-note wn-note--warn">
            <Icon name="warning" size={18} /> {t(key as 'session.warning.idle')}
          </p>
        ) : null
      })}
      {terminalStates.has(view.state) || ['stopping', 'ended', 'settling', 'cancelling'].includes(view.state) ? null : (
        <button
          type="button"
          className="wn-button wn-button--danger wn-button--wide"
          disabled={stopping || view.state !== 'charging'}
          onClick={() => void stop()}
        >
          <Icon name="stop" /> {stopping ? t('charge.stopping') : t('action.stop')}
        </button>
      )}
      {error === undefined ? null : <Trouble error={error} />}
    </section>
  )
}

/** How long it has been charging, told anew every ten seconds. */
const useRunning = ({ startedAt, endedAt }: SessionView, format: Format): string | undefined => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (endedAt !== undefined) return
    const timer = setInterval(() => setNow(Date.now()), 10_000)
    return () => clearInterval(timer)
  }, [endedAt])
  if (startedAt === undefined) return undefined
  const end = endedAt === undefined ? now : Date.parse(endedAt)
  return format.duration((end - Date.parse(startedAt)) / 1000)
}

const Figure = ({ label, value, large = false }: { label: string; value: string; large?: boolean }) => (
  <div className={large ? 'wn-figure wn-figure--large' : 'wn-figure'}>
    <span>{label}</span>
    <strong>{value}</strong>
  </div>
)
