import Link from '@docusaurus/Link'
import { useHistory, useLocation } from '@docusaurus/router'
import useBaseUrl from '@docusaurus/useBaseUrl'
import { connectorLook, plugStatusOf } from '@werenode/design/plug'
import type { Network, Werenode } from '@werenode/sdk'
import { useEffect, useState } from 'react'
import { Icon } from '../look/Icon'
import { StatusBadge } from '../look/Status'
import { Trouble } from '../look/Trouble'
import { useWallet } from '../wallet/useWallet'
import { WalletPicker } from '../wallet/WalletPicker'
import { useWords } from '../words/useWords'
import { LiveCard } from './Live'
import { QuoteCard } from './Quote'
import { ReceiptCard } from './Receipt'
import { isOver } from './session-phase'
import { useSession } from './useSession'

type FoundPlug = Awaited<ReturnType<Werenode['locations']['evse']>>

/** From the plug to the receipt, in one place and at one address: a reload goes on where it was. */
const ChargeScreen = () => {
  const { t } = useWords()
  const { search } = useLocation()
  const history = useHistory()
  const here = useBaseUrl('/charge')
  const query = new URLSearchParams(search)
  const plugText = query.get('plug') ?? undefined
  const sessionId = query.get('session') ?? undefined
  const choice = useWallet()
  const { werenode } = choice
  const [network, setNetwork] = useState<Network>()
  const [error, setError] = useState<unknown>()
  const { plug, problem } = usePlug(werenode, plugText, sessionId)
  const followed = useSession(werenode, choice.wallet ? sessionId : undefined)
  const { view } = followed

  useEffect(() => {
    werenode.network().then(setNetwork, setError)
  }, [werenode])

  const go = (to: Record<string, string>): void =>
    history.push({ pathname: here, search: new URLSearchParams(to).toString().replaceAll('%2A', '*') })

  const pay = (
    <section className="wn-panel" aria-label={t('charge.wallet')}>
      <h2>{t('charge.wallet')}</h2>
      <WalletPicker choice={choice} local={network?.local ?? false} />
    </section>
  )
  return (
    <div className="wn-charge">
      <h1>{t('charge.title')}</h1>
      {plugText === undefined && sessionId === undefined ? (
        <ChoosePlug onChoose={(text) => go({ plug: text })} />
      ) : null}
      {problem === undefined ? null : <Trouble error={problem} />}
      {error === undefined ? null : <Trouble error={error} />}
      {plug ? <PlugCard plug={plug} /> : null}
      {sessionId === undefined && plug ? pay : null}
      {plug && sessionId === undefined && choice.wallet && network ? (
        <QuoteCard
          werenode={werenode}
          network={network}
          plug={{ evseId: plug.evse.evseId, connector: plug.connector ?? plug.evse.connectors[0]?.id ?? 1 }}
          onOpened={(id) => go({ session: id })}
        />
      ) : null}
      {sessionId !== undefined && followed.error !== undefined && !view ? <Trouble error={followed.error} /> : null}
      {view && !isOver(view) ? <LiveCard werenode={werenode} followed={followed} view={view} /> : null}
      {view ? <ReceiptCard view={view} followed={followed} /> : null}
      {sessionId === undefined ? null : pay}
      {view && isOver(view) ? (
        <div className="wn-actions">
          <Link className="wn-button" to={`/charge?plug=${encodeURIComponent(`${view.evseId}*${view.connector}`)}`}>
            {t('charge.again')}
          </Link>
          <Link className="wn-button" to="/map">
            {t('charge.other')}
          </Link>
        </div>
      ) : null}
    </div>
  )
}
export default ChargeScreen

const usePlug = (werenode: Werenode, text: string | undefined, sessionId: string | undefined) => {
  const [plug, setPlug] = useState<FoundPlug>()
  const [problem, setProblem] = useState<unknown>()
  useEffect(() => {
    if (text === undefined || sessionId !== undefined) return setPlug(undefined)
    const following = new AbortController()
    const load = async (): Promise<void> => {
      const found = await werenode.locations.evse(text)
      if (following.signal.aborted) return
      setPlug(found)
      setProblem(undefined)
    }
    const follow = async (): Promise<void> => {
      try {
        await load()
      } catch (error) {
        if (!following.signal.aborted) setProblem(error)
        return
      }
      for await (const _ of werenode.locations.live({ signal: following.signal })) await load()
    }
    follow().catch(() => undefined)
    return () => following.abort()
  }, [werenode, text, sessionId])
  return { plug, problem }
}

const PlugCard = ({ plug: { evse, location, connector } }: { plug: FoundPlug }) => {
  const { t, format } = useWords()
  const used = evse.connectors.find(({ id }) => id === (connector ?? 1)) ?? evse.connectors[0]
  return (
    <section
      className="wn-panel wn-panel--plug"
      aria-label={t('desk.plug')}
      data-evse={evse.evseId}
      data-status={evse.status}
    >
      <div>
        <h2>{location.name}</h2>
        <p>
          {location.address}, {location.city}
        </p>
        <p>
          <code>{format.evseId(evse.evseId)}</code>
        </p>
      </div>
      <div className="wn-panel__aside">
        <StatusBadge status={plugStatusOf(evse.status)} />
        {used ? (
          <p>
            <Icon name={connectorLook(t as never, used.standard).icon} size={20} />{' '}
            {t('connector.upTo', {
              connector: connectorLook(t as never, used.standard).words,
              power: format.power(used.maxPowerW),
            })}
          </p>
        ) : null}
      </div>
    </section>
  )
}

const ChoosePlug = ({ onChoose }: { onChoose: (text: string) => void }) => {
  const { t } = useWords()
  const [text, setText] = useState('')
  return (
    <form
      className="wn-panel"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') onChoose(text.trim())
      }}
    >
      <label className="wn-labelled">
        <strong>{t('charge.which')}</strong>
        <input
          type="text"
          value={text}
          autoComplete="off"
          autoCapitalize="characters"
          placeholder="FR*WRN*E000001*1"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <p className="wn-hint">{t('charge.whichHint')}</p>
      <div className="wn-actions">
        <button type="submit" className="wn-button wn-button--solid">
          {t('charge.look')}
        </button>
        <Link className="wn-button" to="/map">
          <Icon name="map" size={18} /> {t('home.find')}
        </Link>
      </div>
    </form>
  )
}
