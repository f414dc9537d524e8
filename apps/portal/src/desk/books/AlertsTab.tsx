import { isWerenodeError, type Party, type PlugAlarm } from '@werenode/core'
import type { Schemas, Werenode } from '@werenode/sdk'
import { useEffect, useMemo, useState } from 'react'
import { Trouble } from '../../look/Trouble'
import { useWords } from '../../words/useWords'
import { type Column, DataTable } from '../DataTable'
import type { OwnPlaces } from '../useOwnPlaces'

interface Alert {
  readonly id: string
  readonly at: string
  readonly where: string
  readonly what: string
  readonly detail: string
  readonly count: number
}
interface Told {
  readonly alarms: readonly PlugAlarm[]
  readonly stations: readonly Schemas['Station'][]
  readonly partners: readonly Schemas['RoamingPartner'][]
}

const nothing: Told = { alarms: [], stations: [], partners: [] }

/** What an operator should look at, from all that watches: plugs, stations, places, partners. */
export const AlertsTab = ({ werenode, party, own }: { werenode: Werenode; party: Party; own: OwnPlaces }) => {
  const { t, format } = useWords()
  const [told, setTold] = useState<Told>(nothing)
  const [loaded, setLoaded] = useState(false)
  const [error, setError] = useState<unknown>()
  useEffect(() => {
    const ending = new AbortController()
    const operator = werenode.operator(party)
    const load = async (): Promise<void> => {
      const [alarms, stations, partners] = await Promise.all([
        allowed(operator.plugAlarms(200), []),
        allowed(werenode.api.listStations({ params: { party }, query: { limit: '200' } }), []),
        allowed(werenode.roaming(party).partners(), []),
      ])
      if (ending.signal.aborted) return
      setTold({ alarms, stations, partners })
      setLoaded(true)
    }
    const follow = async (): Promise<void> => {
      await load()
      for await (const { type } of operator.plugEvents({ signal: ending.signal }))
        if (type === 'station.alarm') await load()
    }
    follow().catch((problem: unknown) => {
      if (!ending.signal.aborted && !lacksRight(problem)) setError(problem)
    })
    return () => ending.abort()
  }, [werenode, party])
  const alerts = useMemo((): readonly Alert[] => {
    const kindWords = (kind: string): string =>
      kind === 'takeover' || kind === 'over-temperature' || kind === 'over-power' ? t(`alerts.kind.${kind}`) : kind
    return [
      ...told.alarms.map(({ kind, plugId, at, detail, address, count }) => ({
        id: `${plugId} ${kind} ${at}`,
        at,
        where: plugId,
        what: kindWords(kind),
        detail: [detail, address].filter(Boolean).join(' · '),
        count,
      })),
      ...told.stations
        .filter(({ connected, link }) => !connected && link !== undefined)
        .map(({ stationId, link, createdAt }) => ({
          id: `offline ${stationId}`,
          at: link?.disconnectedAt ?? createdAt,
          where: stationId,
          what: t('alerts.stationOffline'),
          detail: link?.reason ?? '',
          count: 1,
        })),
      ...own.places.flatMap(({ name, evses }) =>
        evses
          .filter(({ status }) => status === 'OUTOFORDER' || status === 'INOPERATIVE')
          .map(({ evseId, statusAt }) => ({
            id: `faulty ${evseId}`,
            at: statusAt,
            where: evseId,
            what: t('alerts.faulty'),
            detail: name,
            count: 1,
          })),
      ),
      ...told.partners.flatMap(({ id, name, lastTroubles }) =>
        lastTroubles.slice(0, 3).map(({ at, about, message }) => ({
          id: `partner ${id} ${at} ${about}`,
          at,
          where: name,
          what: t('alerts.partner'),
          detail: message,
          count: 1,
        })),
      ),
    ]
  }, [told, own.places, t])
  const columns = useMemo(
    (): readonly Column<Alert>[] => [
      { title: t('alerts.at'), value: ({ at }) => at, show: ({ at }) => format.dateTime(at) },
      { title: t('alerts.where'), value: ({ where }) => where, show: ({ where }) => <code>{where}</code> },
      { title: t('alerts.what'), value: ({ what }) => what },
      { title: t('alerts.detail'), value: ({ detail }) => detail },
      { title: t('alerts.count'), number: true, value: ({ count }) => count },
    ],
    [t, format],
  )
  return (
    <>
      <p className="wn-section__lead">{t('alerts.lead')}</p>
      {error === undefined ? null : <Trouble error={error} />}
      <DataTable
        label={t('books.alerts')}
        columns={columns}
        rows={alerts}
        keyOf={({ id }) => id}
        fileName="alerts.csv"
        first={{ column: 0, down: true }}
        empty={loaded ? t('alerts.none') : t('progress.loading')}
      />
    </>
  )
}

const lacksRight = (problem: unknown): boolean =>
  isWerenodeError(problem) && ['not-allowed', 'no-responder', 'not-found'].includes(problem.code)

/** What this member may not see, or a service that is not there, leaves its part of the list empty. */
const allowed = async <T,>(asked: Promise<{ readonly items: readonly T[] }>, otherwise: readonly T[]) =>
  asked.then(
    ({ items }) => items,
    (problem: unknown) => {
      if (lacksRight(problem)) return otherwise
      throw problem
    },
  )
