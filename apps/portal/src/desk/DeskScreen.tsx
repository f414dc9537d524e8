import { isWerenodeError, type Party } from '@werenode/core'
import type { Network } from '@werenode/sdk'
import { useCallback, useEffect, useState } from 'react'
import { Icon } from '../look/Icon'
import { Trouble } from '../look/Trouble'
import { beginOAuth } from '../sign-in/oauth'
import { useWallet, type WalletChoice } from '../wallet/useWallet'
import { WalletPicker } from '../wallet/WalletPicker'
import { useWords } from '../words/useWords'
import { Board } from './Board'
import { AlertsTab } from './books/AlertsTab'
import { FiguresTab } from './books/FiguresTab'
import { PartnersTab } from './books/PartnersTab'
import { SessionsTab } from './books/SessionsTab'
import { TeamTab } from './books/TeamTab'
import { Places } from './Places'
import { PlugsTab } from './plugs/PlugsTab'
import { StationsTab } from './stations/StationsTab'
import { type StoredTariff, Tariffs } from './Tariffs'
import { useOwnPlaces } from './useOwnPlaces'

type PartyInfo = { readonly party: Party; readonly name: string }

/** The operator's desk: who is there, for whom they work, and what is theirs. */
const DeskScreen = () => {
  const { t, locale } = useWords()
  const choice = useWallet()
  const { werenode, wallet } = choice
  const [network, setNetwork] = useState<Network>()
  const [parties, setParties] = useState<readonly PartyInfo[]>()
  const [party, setParty] = useState<PartyInfo>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    werenode.network().then(setNetwork, setError)
  }, [werenode])

  const enter = useCallback(
    async (info: PartyInfo): Promise<void> => {
      try {
        await werenode.api.actForParty({ body: { party: info.party } })
      } catch (problem) {
        // Whoever runs the node acts for every party without being its member.
        if (!isWerenodeError(problem) || problem.code !== 'not-found') throw problem
      }
      setParty(info)
    },
    [werenode],
  )
  const signIn = useCallback(
    async (fresh: boolean): Promise<void> => {
      setBusy(true)
      setError(undefined)
      try {
        if (fresh) await werenode.signIn()
        const { items } = (await werenode.api.listParties()) as unknown as { items: readonly PartyInfo[] }
        setParties(items)
        if (items[0]) await enter(items[0])
      } catch (problem) {
        setError(problem)
      } finally {
        setBusy(false)
      }
    },
    [werenode, enter],
  )
  useEffect(() => {
    setParty(undefined)
    setParties(undefined)
    // A login that is kept, of a wallet or of the node's own page, needs nothing new.
    void werenode.login().then((login) => (login ? signIn(false) : undefined))
  }, [werenode, signIn])

  if (party && parties)
    return (
      <Desk
        key={party.party}
        choice={choice}
        party={party}
        parties={parties}
        onParty={(info) => void enter(info).catch(setError)}
        onLeave={() => void werenode.signOut().finally(choice.disconnect)}
      />
    )
  return (
    <div className="wn-charge">
      <h1>{t('desk.title')}</h1>
      <section className="wn-panel">
        <h2>{t('desk.signIn')}</h2>
        <p>{t('desk.signInWhy')}</p>
        <WalletPicker choice={choice} local={network?.local ?? false} />
        {wallet && parties === undefined ? (
          <p>
            <button
              type="button"
              className="wn-button wn-button--solid wn-button--wide"
              disabled={busy}
              onClick={() => void signIn(true)}
            >
              <Icon name="signIn" /> {busy ? t('sign.inWallet') : t('account.withWallet')}
            </button>
          </p>
        ) : null}
        {wallet ? null : (
          <p>
            <button
              type="button"
              className="wn-button wn-button--wide"
              disabled={busy}
              onClick={() => void beginOAuth(werenode, locale).catch(setError)}
            >
              <Icon name="key" /> {t('desk.withOther')}
            </button>
          </p>
        )}
        {parties?.length === 0 ? (
          <div className="wn-note wn-note--warn">
            <p>
              <strong>{t('desk.noParty')}</strong> {t('desk.noPartyHint')}
            </p>
          </div>
        ) : null}
        {error === undefined ? null : <Trouble error={error} />}
      </section>
    </div>
  )
}
export default DeskScreen

const tabs = [
  'board',
  'stations',
  'plugs',
  'places',
  'tariffs',
  'sessions',
  'figures',
  'partners',
  'team',
  'alerts',
] as const
const tabWords = {
  board: 'desk.board',
  stations: 'tab.stations',
  plugs: 'desk.plugs',
  places: 'desk.places',
  tariffs: 'desk.tariffs',
  sessions: 'desk.sessions',
  figures: 'tab.figures',
  partners: 'tab.partners',
  team: 'desk.team',
  alerts: 'tab.alerts',
} as const

const Desk = ({
  choice,
  party: { party, name },
  parties,
  onParty,
  onLeave,
}: {
  choice: WalletChoice
  party: PartyInfo
  parties: readonly PartyInfo[]
  onParty: (info: PartyInfo) => void
  onLeave: () => void
}) => {
  const { t } = useWords()
  const { werenode } = choice
  const [tab, setTab] = useState<(typeof tabs)[number]>('board')
  const own = useOwnPlaces(werenode, party)
  const [tariffs, setTariffs] = useState<readonly StoredTariff[]>([])
  const [error, setError] = useState<unknown>()
  const loadTariffs = useCallback(async (): Promise<void> => {
    try {
      const { items } = await werenode.api.listTariffs({ params: { party } })
      setTariffs(items as unknown as readonly StoredTariff[])
    } catch (problem) {
      setError(problem)
    }
  }, [werenode, party])
  useEffect(() => {
    void loadTariffs()
  }, [loadTariffs])
  return (
    <>
      <div className="wn-desk__bar">
        <div>
          <h1>{t('desk.title')}</h1>
          <p>{t('desk.party', { party: `${name} (${party})` })}</p>
        </div>
        <div className="wn-actions">
          {parties.length > 1 ? (
            <select
              aria-label={t('filter.operator')}
              value={party}
              onChange={({ target }) => onParty(parties.find((one) => one.party === target.value)!)}
            >
              {parties.map((one) => (
                <option key={one.party} value={one.party}>
                  {one.name}
                </option>
              ))}
            </select>
          ) : null}
          <button type="button" className="wn-button wn-button--small" onClick={onLeave}>
            <Icon name="signOut" size={18} /> {t('account.signOut')}
          </button>
        </div>
      </div>
      <div className="wn-tabs" role="tablist" aria-label={t('desk.title')}>
        {tabs.map((id) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-selected={tab === id}
            aria-controls="desk-panel"
            tabIndex={tab === id ? 0 : -1}
            onClick={() => setTab(id)}
            onKeyDown={({ key }) => {
              const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
              if (step === 0) return
              const next = tabs[(tabs.indexOf(id) + step + tabs.length) % tabs.length]!
              setTab(next)
              document.getElementById(`tab-${next}`)?.focus()
            }}
          >
            {t(tabWords[id])}
          </button>
        ))}
      </div>
      {error === undefined ? null : <Trouble error={error} />}
      <div id="desk-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === 'board' ? <Board werenode={werenode} party={party} own={own} /> : null}
        {tab === 'places' ? (
          <Places werenode={werenode} party={party} own={own} tariffIds={tariffs.map(({ id }) => id)} choice={choice} />
        ) : null}
        {tab === 'stations' ? <StationsTab werenode={werenode} party={party} /> : null}
        {tab === 'sessions' ? <SessionsTab werenode={werenode} party={party} /> : null}
        {tab === 'figures' ? <FiguresTab choice={choice} party={party} /> : null}
        {tab === 'partners' ? <PartnersTab werenode={werenode} party={party} places={own.places} /> : null}
        {tab === 'team' ? <TeamTab werenode={werenode} party={party} /> : null}
        {tab === 'alerts' ? <AlertsTab werenode={werenode} party={party} own={own} /> : null}
        {tab === 'plugs' ? (
          <PlugsTab werenode={werenode} party={party} own={own} tariffIds={tariffs.map(({ id }) => id)} />
        ) : null}
        {tab === 'tariffs' ? (
          <Tariffs werenode={werenode} party={party} tariffs={tariffs} onChanged={loadTariffs} />
        ) : null}
      </div>
    </>
  )
}
