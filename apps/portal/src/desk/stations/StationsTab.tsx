import type { Party } from '@werenode/core'
import type { Schemas, Werenode } from '@werenode/sdk'
import { useMemo, useState } from 'react'
import { Icon } from '../../look/Icon'
import { Trouble } from '../../look/Trouble'
import { useWords } from '../../words/useWords'
import { type Column, DataTable } from '../DataTable'
import { Ask } from '../Dialog'
import { AddStation } from './AddStation'
import { StationSheet } from './StationSheet'
import { useStations } from './useStations'

export type Station = Schemas['Station']

/** The party's charging stations: connect, look at, act on, remove. */
export const StationsTab = ({ werenode, party }: { werenode: Werenode; party: Party }) => {
  const { t, format } = useWords()
  const { stations, loaded, error, reload } = useStations(werenode, party)
  const [adding, setAdding] = useState(false)
  const [opened, setOpened] = useState<string>()
  const [removed, setRemoved] = useState<string>()
  const shown = stations.find(({ stationId }) => stationId === opened)
  const columns = useMemo(
    (): readonly Column<Station>[] => [
      {
        title: t('desk.status'),
        value: ({ connected, link }) =>
          t(connected ? 'station.online' : link ? 'station.offline' : 'station.neverSeen'),
        show: ({ connected, link }) => (
          <span className="wn-light" data-light={connected ? 'on' : 'off'}>
            {t(connected ? 'station.online' : link ? 'station.offline' : 'station.neverSeen')}
          </span>
        ),
      },
      {
        title: t('stations.id'),
        value: ({ stationId }) => stationId,
        show: ({ stationId }) => <code>{stationId}</code>,
      },
      { title: t('desk.name'), value: ({ label }) => label ?? '' },
      { title: t('station.protocol'), value: ({ link }) => versionWords(link?.version) },
      {
        title: t('station.model'),
        value: ({ link }) => [link?.boot?.vendor, link?.boot?.model].filter(Boolean).join(' '),
      },
      { title: t('station.firmware'), value: ({ link }) => link?.boot?.firmware ?? '' },
      {
        title: t('stations.connectors'),
        value: ({ connectors }) =>
          connectors.map(({ evse, status }) => `${evse}: ${t(`connectorStatus.${status}`)}`).join(', '),
      },
      {
        title: t('desk.since'),
        value: ({ link }) => link?.disconnectedAt ?? link?.connectedAt ?? '',
        show: ({ link }) => (link ? format.dateTime(link.disconnectedAt ?? link.connectedAt) : ''),
      },
    ],
    [t, format],
  )
  return (
    <>
      <p className="wn-section__lead">{t('stations.lead')}</p>
      <div className="wn-actions">
        <button type="button" className="wn-button wn-button--solid" onClick={() => setAdding(true)}>
          <Icon name="plus" /> {t('stations.add')}
        </button>
      </div>
      {error === undefined ? null : <Trouble error={error} onRetry={() => void reload()} />}
      <DataTable
        label={t('tab.stations')}
        columns={columns}
        rows={stations}
        keyOf={({ stationId }) => stationId}
        fileName="stations.csv"
        empty={loaded ? t('stations.none') : t('progress.loading')}
        actions={({ stationId }) => (
          <div className="wn-actions">
            <button type="button" className="wn-button wn-button--small" onClick={() => setOpened(stationId)}>
              <Icon name="sliders" size={16} /> {t('stations.open')}
            </button>
            <button type="button" className="wn-button wn-button--small" onClick={() => setRemoved(stationId)}>
              <Icon name="trash" size={16} /> {t('action.remove')}
            </button>
          </div>
        )}
      />
      {adding ? (
        <AddStation
          werenode={werenode}
          party={party}
          onClose={() => {
            setAdding(false)
            void reload()
          }}
        />
      ) : null}
      {shown ? (
        <StationSheet
          werenode={werenode}
          party={party}
          station={shown}
          onChanged={reload}
          onClose={() => setOpened(undefined)}
        />
      ) : null}
      {removed === undefined ? null : (
        <Ask
          question={t('stations.removeAsk', { station: removed })}
          action={t('action.remove')}
          onClose={() => setRemoved(undefined)}
          onDo={async () => {
            await werenode.api.removeStation({ params: { party, stationId: removed } })
            await reload()
          }}
        />
      )}
    </>
  )
}

export const versionWords = (version: string | undefined): string =>
  version === undefined ? '' : version.replace('ocpp', 'OCPP ')
