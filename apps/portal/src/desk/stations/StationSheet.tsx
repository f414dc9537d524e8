import type { Party } from '@werenode/core'
import type { Werenode } from '@werenode/sdk'
import { useState } from 'react'
import { useWords } from '../../words/useWords'
import { Dialog } from '../Dialog'
import { Actions } from './Actions'
import { MessageLog } from './MessageLog'
import { Settings } from './Settings'
import { type Station, versionWords } from './StationsTab'
import { Upkeep } from './Upkeep'

const parts = ['actions', 'messages', 'settings', 'upkeep'] as const

/** One station: what it is, what it can be asked, what it said, how it is set, its firmware and logs. */
export const StationSheet = ({
  werenode,
  party,
  station,
  onChanged,
  onClose,
}: {
  werenode: Werenode
  party: Party
  station: Station
  onChanged: () => Promise<void>
  onClose: () => void
}) => {
  const { t, format } = useWords()
  const [part, setPart] = useState<(typeof parts)[number]>('actions')
  const { link, stationId } = station
  const names = {
    actions: t('desk.actions'),
    messages: t('stations.messages'),
    settings: t('stations.settings'),
    upkeep: t('stations.upkeep'),
  }
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('station.protocol'), versionWords(link?.version)],
    [t('station.model'), [link?.boot?.vendor, link?.boot?.model].filter(Boolean).join(' ')],
    [t('station.serial'), link?.boot?.serial],
    [t('station.firmware'), link?.boot?.firmware],
  ]
  return (
    <Dialog title={station.label ?? stationId} onClose={onClose}>
      <p>
        <span className="wn-light" data-light={station.connected ? 'on' : 'off'} data-station={stationId}>
          {t(station.connected ? 'station.online' : link ? 'station.offline' : 'station.neverSeen')}
        </span>
        {link ? ` · ${format.dateTime(link.disconnectedAt ?? link.connectedAt)}` : null}
      </p>
      <dl className="wn-facts">
        {facts.map(([name, value]) =>
          value === undefined || value === '' ? null : (
            <div key={name} className="wn-facts__row">
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      <div className="wn-filters__row">
        {parts.map((name) => (
          <button
            key={name}
            type="button"
            className="wn-chip"
            aria-pressed={part === name}
            onClick={() => setPart(name)}
          >
            {names[name]}
          </button>
        ))}
      </div>
      {part === 'actions' ? (
        <Actions werenode={werenode} party={party} station={station} onChanged={onChanged} />
      ) : null}
      {part === 'messages' ? <MessageLog werenode={werenode} party={party} stationId={stationId} /> : null}
      {part === 'settings' ? <Settings werenode={werenode} party={party} stationId={stationId} /> : null}
      {part === 'upkeep' ? <Upkeep werenode={werenode} party={party} stationId={stationId} /> : null}
      <div className="wn-actions">
        <button type="button" className="wn-button" onClick={onClose}>
          {t('action.close')}
        </button>
      </div>
    </Dialog>
  )
}
