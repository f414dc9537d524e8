import type { Party, PlugReading, PlugView } from '@werenode/core'
import type { Werenode } from '@werenode/sdk'
import { useEffect, useMemo, useState } from 'react'
import { Trouble } from '../../look/Trouble'
import { useWords } from '../../words/useWords'
import { Chart } from '../Chart'
import { Dialog } from '../Dialog'
import { thinOut } from '../thin-out'

const spans = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const
type Span = keyof typeof spans
const mostReadings = 5_000
const mostPoints = 240

/** One plug: what it tells now, as it tells it, and its power over time. */
export const PlugHistory = ({
  werenode,
  party,
  plugId,
  onClose,
}: {
  werenode: Werenode
  party: Party
  plugId: string
  onClose: () => void
}) => {
  const { t, format } = useWords()
  const [span, setSpan] = useState<Span>('hour')
  const { plug, readings, until, error } = usePlug(werenode, party, plugId, span)
  const from = until - spans[span]
  const points = useMemo(
    () =>
      thinOut(
        readings.flatMap(({ at, powerW }) => (powerW === undefined ? [] : [{ at: Date.parse(at), value: powerW }])),
        from,
        until,
        mostPoints,
      ),
    [readings, from, until],
  )
  const [first, last] = [readings[0], readings.at(-1)]
  const live = plug?.live
  const figures: readonly (readonly [string, string | undefined])[] = [
    [t('desk.power'), live?.powerW === undefined ? undefined : format.power(live.powerW)],
    [t('plugs.meter'), live?.registerWh === undefined ? undefined : format.energy(Math.round(live.registerWh))],
    [t('plugs.voltage'), live?.voltageV === undefined ? undefined : `${format.number(Math.round(live.voltageV))} V`],
    [t('plugs.current'), live?.currentA === undefined ? undefined : `${format.number(live.currentA)} A`],
    [t('plugs.temperature'), live?.temperatureC === undefined ? undefined : `${format.number(live.temperatureC)} °C`],
    [t('plugs.linkQuality'), live?.linkQuality === undefined ? undefined : format.number(live.linkQuality)],
    [
      t('plugs.inThisTime'),
      first && last ? format.energy(Math.max(0, Math.round(last.registerWh - first.registerWh))) : undefined,
    ],
  ]
  return (
    <Dialog title={plug?.label ?? plugId} onClose={onClose}>
      {error === undefined ? null : <Trouble error={error} />}
      <p>
        <span className="wn-light" data-light={live?.online ? 'on' : 'off'}>
          {t(live?.online ? 'plugs.online' : 'plugs.offline')}
        </span>
        {live?.heardAt === undefined ? null : ` · ${t('plugs.heard')} ${format.dateTime(live.heardAt)}`}
        {live === undefined ? null : ` · ${t(live.method === 'counter' ? 'plugs.counted' : 'plugs.integrated')}`}
      </p>
      <div className="wn-tiles" data-live-power={live?.powerW}>
        {figures.map(([label, value]) =>
          value === undefined ? null : (
            <div key={label} className="wn-figure">
              <span>{label}</span>
              <strong>{value}</strong>
            </div>
          ),
        )}
      </div>
      <div className="wn-filters__row">
        {(Object.keys(spans) as readonly Span[]).map((name) => (
          <button
            key={name}
            type="button"
            className="wn-chip"
            aria-pressed={span === name}
            onClick={() => setSpan(name)}
          >
            {t(`plugs.${name}`)}
          </button>
        ))}
      </div>
      {points.length === 0 ? (
        <p className="wn-empty">{t('plugs.noReading')}</p>
      ) : (
        <Chart
          label={t('plugs.history')}
          points={points}
          from={from}
          to={until}
          least={100}
          words={(powerW) => format.power(Math.round(powerW))}
          timeWords={(at) => (span === 'week' ? format.date(new Date(at)) : format.time(new Date(at)))}
        />
      )}
      <div className="wn-actions">
        <button type="button" className="wn-button" onClick={onClose}>
          {t('action.close')}
        </button>
      </div>
    </Dialog>
  )
}

/** The plug, and its readings of a span, oldest first; both go on as the plug tells more. */
const usePlug = (werenode: Werenode, party: Party, plugId: string, span: Span) => {
  const [plug, setPlug] = useState<PlugView>()
  const [readings, setReadings] = useState<readonly PlugReading[]>([])
  const [until, setUntil] = useState(() => Date.now())
  const [error, setError] = useState<unknown>()
  useEffect(() => {
    const ending = new AbortController()
    const operator = werenode.operator(party)
    const load = async (): Promise<void> => {
      const now = new Date()
      const from = new Date(now.getTime() - spans[span])
      const [view, { items }] = await Promise.all([
        operator.plug(plugId),
        operator.plugReadings(plugId, { from, limit: mostReadings }),
      ])
      if (ending.signal.aborted) return
      setPlug(view)
      setReadings([...items].reverse())
      setUntil(now.getTime())
    }
    const follow = async (): Promise<void> => {
      await load()
      for await (const { type, at, data } of operator.plugEvents({ signal: ending.signal })) {
        if (data.stationId !== plugId || ending.signal.aborted) continue
        if (type !== 'station.reading') {
          await load()
          continue
        }
        const { stationId: _id, evse: _evse, ...reading } = data
        setReadings((before) => [...before, { ...reading, at, flags: [] }])
        setPlug((before) => before && { ...before, live: { ...before.live, ...reading, online: true, heardAt: at } })
        setUntil(Date.parse(at))
      }
    }
    follow().catch((problem: unknown) => {
      if (!ending.signal.aborted) setError(problem)
    })
    return () => ending.abort()
  }, [werenode, party, plugId, span])
  return { plug, readings, until, error }
}
