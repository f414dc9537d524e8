import type { Evse, Location, Party } from '@werenode/core'
import { connectorLook, plugStatusOf } from '@werenode/design/plug'
import type { Werenode } from '@werenode/sdk'
import { useEffect, useMemo, useState } from 'react'
import { Icon } from '../look/Icon'
import { StatusBadge } from '../look/Status'
import { Trouble } from '../look/Trouble'
import { useWords } from '../words/useWords'
import { type Column, DataTable } from './DataTable'
import type { OwnPlaces } from './useOwnPlaces'

interface Row {
  readonly place: Location
  readonly evse: Evse
  readonly powerW: number | undefined
}

/** Every plug of the party as it is now; what a smart plug draws, as it draws it. */
export const Board = ({ werenode, party, own }: { werenode: Werenode; party: Party; own: OwnPlaces }) => {
  const { t, format } = useWords()
  const powers = usePlugPowers(werenode, party)
  const rows = useMemo(
    () =>
      own.places.flatMap((place) =>
        place.evses
          .filter(({ status }) => status !== 'REMOVED')
          .map((evse): Row => ({ place, evse, powerW: powers.get(evse.station?.stationId ?? '') })),
      ),
    [own.places, powers],
  )
  const columns = useMemo(
    (): readonly Column<Row>[] => [
      {
        title: t('desk.status'),
        value: ({ evse }) => t(`status.${plugStatusOf(evse.status)}`),
        show: ({ evse }) => <StatusBadge status={plugStatusOf(evse.status)} />,
      },
      {
        title: t('desk.plug'),
        value: ({ evse }) => evse.evseId,
        show: ({ evse }) => <code>{format.evseId(evse.evseId)}</code>,
      },
      { title: t('desk.place'), value: ({ place }) => place.name },
      { title: t('desk.station'), value: ({ evse }) => evse.station?.stationId ?? '' },
      {
        title: t('desk.connector'),
        value: ({ evse }) =>
          evse.connectors.map(({ standard }) => connectorLook(t as never, standard).words).join(', '),
      },
      {
        title: t('desk.maxPower'),
        number: true,
        value: ({ evse }) => Math.max(0, ...evse.connectors.map(({ maxPowerW }) => maxPowerW)) / 1000,
      },
      {
        title: t('map.livePower'),
        number: true,
        value: ({ powerW }) => powerW ?? -1,
        show: ({ powerW }) => (powerW === undefined ? '' : format.power(powerW)),
      },
      {
        title: t('desk.since'),
        value: ({ evse }) => evse.statusAt,
        show: ({ evse }) => format.dateTime(evse.statusAt),
      },
    ],
    [t, format],
  )
  const count = (...statuses: readonly string[]): number =>
    rows.filter(({ evse }) => statuses.includes(evse.status)).length
  return (
    <>
      <div className="wn-tiles">
        <Tile label={t('desk.total')} value={rows.length} />
        <Tile label={t('desk.free')} value={count('AVAILABLE')} />
        <Tile label={t('desk.busy')} value={count('CHARGING', 'BLOCKED')} />
        <Tile label={t('desk.faulty')} value={count('OUTOFORDER', 'INOPERATIVE')} />
      </div>
      <p className="wn-hint">
        <Icon name={own.live ? 'online' : 'offline'} size={16} /> {own.live ? t('desk.live') : t('desk.reconnecting')}
      </p>
      {own.error === undefined ? null : <Trouble error={own.error} onRetry={() => void own.reload()} />}
      <DataTable
        label={t('desk.board')}
        columns={columns}
        rows={rows}
        keyOf={({ evse }) => evse.evseId}
        fileName="plugs.csv"
        {...(own.loaded ? { empty: t('desk.noPlace') } : { empty: t('progress.loading') })}
      />
    </>
  )
}

const Tile = ({ label, value }: { label: string; value: number }) => {
  const { format } = useWords()
  return (
    <div className="wn-figure">
      <span>{label}</span>
      <strong>{format.number(value)}</strong>
    </div>
  )
}

/** What each smart plug draws now, W, by its station id. */
const usePlugPowers = (werenode: Werenode, party: Party): ReadonlyMap<string, number> => {
  const [powers, setPowers] = useState<ReadonlyMap<string, number>>(new Map())
  useEffect(() => {
    const ending = new AbortController()
    const operator = werenode.operator(party)
    const tell = (id: string, powerW: number): void => setPowers((before) => new Map(before).set(id, powerW))
    const follow = async (): Promise<void> => {
      for (const { plugId, live } of (await operator.plugs()).items)
        if (live.powerW !== undefined) tell(plugId, live.powerW)
      for await (const event of operator.plugEvents({ signal: ending.signal }))
        if (event.type === 'station.reading' && event.data.powerW !== undefined)
          tell(event.data.stationId, event.data.powerW)
    }
    // A member without the right to see stations has a board without powers.
    follow().catch(() => undefined)
    return () => ending.abort()
  }, [werenode, party])
  return powers
}
