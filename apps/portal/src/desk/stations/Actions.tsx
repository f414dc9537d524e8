import type { Party } from '@werenode/core'
import type { Schemas, Werenode } from '@werenode/sdk'
import { useCallback, useEffect, useState } from 'react'
import { Told } from '../../look/Told'
import { Trouble } from '../../look/Trouble'
import { useWords } from '../../words/useWords'
import { Ask } from '../Dialog'
import { TextField } from '../Field'
import { messageOf, type RemoteAct } from './remote-messages'
import type { Station } from './StationsTab'

type Transaction = Schemas['StationTransaction']

/** What a station can be asked from here. What ends a charge or takes a plug out of service asks first. */
export const Actions = ({
  werenode,
  party,
  station,
  onChanged,
}: {
  werenode: Werenode
  party: Party
  station: Station
  onChanged: () => Promise<void>
}) => {
  const { t, format } = useWords()
  const { stationId } = station
  const [transactions, setTransactions] = useState<readonly Transaction[]>([])
  const [card, setCard] = useState('OPERATOR')
  const [limitW, setLimit] = useState('11000')
  const [asked, setAsked] = useState<{ readonly words: string; readonly act: RemoteAct }>()
  const [told, setTold] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()

  const load = useCallback(async (): Promise<void> => {
    const { items } = await werenode.api.listStationTransactions({
      params: { party, stationId },
      query: { limit: '10' },
    })
    setTransactions(items)
  }, [werenode, party, stationId])
  // With each look at the station: what was started shows some moments after the station said yes.
  useEffect(() => {
    load().catch(setError)
  }, [load, station])

  const send = async (act: RemoteAct): Promise<void> => {
    setTold(undefined)
    const { answer } = await werenode.api.sendToStation({
      params: { party, stationId },
      body: messageOf(station.link?.version ?? 'ocpp1.6', act, new Date()),
    })
    setTold(t('stations.answered', { status: String(answer?.status ?? 'OK') }))
    await Promise.all([load(), onChanged()])
  }
  const now = (act: RemoteAct): void => {
    setBusy(true)
    setError(undefined)
    send(act)
      .catch(setError)
      .finally(() => setBusy(false))
  }
  const button = (words: string, act: RemoteAct, asks = false) => (
    <button
      key={words}
      type="button"
      className="wn-button wn-button--small"
      disabled={busy || !station.connected}
      onClick={() => (asks ? setAsked({ words, act }) : now(act))}
    >
      {words}
    </button>
  )
  const open = transactions.filter(({ state }) => state === 'open')
  return (
    <>
      <Told words={told} />
      {error === undefined ? null : <Trouble error={error} />}
      <h3>{stationId}</h3>
      <div className="wn-actions">
        {button(t('station.action.resetSoft'), { act: 'reset', now: false }, true)}
        {button(t('station.action.resetHard'), { act: 'reset', now: true }, true)}
      </div>
      <h3>{t('stations.connectors')}</h3>
      {station.connectors.length === 0 ? <p className="wn-hint">{t('station.neverSeen')}</p> : null}
      <div className="wn-form" hidden={station.connectors.length === 0}>
        <TextField label={t('stations.card')} value={card} onText={setCard} maxLength={20} />
        <TextField
          label={t('stations.limitW')}
          value={limitW}
          onText={setLimit}
          type="number"
          min={0}
          max={1_000_000}
        />
      </div>
      {station.connectors
        .filter(({ evse }) => evse > 0)
        .map(({ evse, connector, status }) => (
          <fieldset key={`${evse}/${connector}`} className="wn-plug" data-connector={`${evse}/${connector}`}>
            <legend>
              {t('stations.of', { evse: String(evse), connector: String(connector) })}: {t(`connectorStatus.${status}`)}
            </legend>
            <div className="wn-actions">
              {button(t('station.action.start'), { act: 'start', evse, connector, card: card.trim() })}
              {open
                .filter((one) => one.evse === evse)
                .map(({ transactionId }) => button(t('station.action.stop'), { act: 'stop', transactionId }, true))}
              {button(t('station.action.unlock'), { act: 'unlock', evse, connector }, true)}
              {button(t('station.action.inoperative'), { act: 'availability', evse, operative: false }, true)}
              {button(t('station.action.operative'), { act: 'availability', evse, operative: true })}
              {button(t('station.action.limit'), { act: 'limit', evse, limitW: Math.max(0, Number(limitW)) })}
            </div>
          </fieldset>
        ))}
      <h3>{t('stations.transactions')}</h3>
      {transactions.length === 0 ? <p className="wn-hint">{t('stations.noTransaction')}</p> : null}
      <ul className="wn-plugs">
        {transactions.map(({ transactionId, evse, startedAt, endedAt, startWh, endWh, reason }) => (
          <li key={transactionId} className="wn-plug">
            <code>{transactionId}</code> · EVSE {evse} · {format.dateTime(startedAt)}
            {endedAt === undefined ? null : ` – ${format.time(endedAt)}`}
            {startWh === undefined || endWh === undefined ? null : ` · ${format.energy(endWh - startWh)}`}
            {reason === undefined ? null : ` · ${reason}`}
          </li>
        ))}
      </ul>
      {asked === undefined ? null : (
        <Ask
          question={t('stations.actAsk', { act: asked.words, station: stationId })}
          action={asked.words}
          onClose={() => setAsked(undefined)}
          onDo={() => send(asked.act)}
        />
      )}
    </>
  )
}
