import type { Location, Party } from '@werenode/core'
import type { Schemas } from '@werenode/sdk'
import { useCallback, useEffect, useState } from 'react'
import { Icon } from '../look/Icon'
import { Trouble } from '../look/Trouble'
import type { WalletChoice } from '../wallet/useWallet'
import { useWords } from '../words/useWords'
import { CopyText } from './CopyText'
import { Dialog } from './Dialog'
import { presentEvses } from './place-body'

type Registration = Schemas['EvseRegistration']
const lookEveryMs = 2_000

/** The EVSEs of a place on the chain: whether they are there, and the call that puts them there, sent by the operator's wallet. */
export const RegisterOnChain = ({
  choice,
  party,
  place,
  onClose,
}: {
  choice: WalletChoice
  party: Party
  place: Location
  onClose: () => void
}) => {
  const { t } = useWords()
  return (
    <Dialog title={`${t('chain.title')}: ${place.name}`} onClose={onClose}>
      <p>{t('chain.lead')}</p>
      <ul className="wn-plugs">
        {presentEvses(place).map(({ evseId }) => (
          <OneEvse key={evseId} choice={choice} party={party} evseId={evseId} />
        ))}
      </ul>
      <div className="wn-actions">
        <button type="button" className="wn-button" onClick={onClose}>
          {t('action.close')}
        </button>
      </div>
    </Dialog>
  )
}

const OneEvse = ({ choice, party, evseId }: { choice: WalletChoice; party: Party; evseId: string }) => {
  const { t, format } = useWords()
  const { werenode, send } = choice
  const [told, setTold] = useState<Registration>()
  const [sent, setSent] = useState(false)
  const [error, setError] = useState<unknown>()
  const ask = useCallback(
    (): Promise<void> =>
      werenode.api
        .prepareRegistration({ params: { party, evseId: evseId as never }, body: {} })
        .then(setTold, setError),
    [werenode, party, evseId],
  )
  useEffect(() => {
    void ask()
  }, [ask])
  const waiting = sent && !(told?.active ?? false) && error === undefined
  useEffect(() => {
    if (!waiting) return
    const timer = setInterval(() => void ask(), lookEveryMs)
    return () => clearInterval(timer)
  }, [waiting, ask])
  const state = told === undefined ? undefined : told.active ? 'registered' : told.registered ? 'inactive' : 'no'
  return (
    <li className="wn-plug" data-onchain={state} data-evse={evseId}>
      <div className="wn-plug__head">
        <code>{format.evseId(evseId)}</code>
        <span role="status">
          {state === undefined ? t('progress.loading') : waiting ? t('chain.waiting') : t(`chain.${state}`)}
        </span>
      </div>
      {error === undefined ? null : <Trouble error={error} />}
      {told === undefined || told.active ? null : (
        <>
          {send ? (
            <button
              type="button"
              className="wn-button wn-button--small"
              disabled={waiting}
              onClick={() => {
                setError(undefined)
                send(told).then(() => setSent(true), setError)
              }}
            >
              <Icon name="wallet" size={16} /> {t('chain.prepare')}
            </button>
          ) : null}
          <details>
            <summary>{t('figures.call')}</summary>
            <CopyText text={told.to} label={t('figures.call')} />
            <CopyText text={told.data} label={t('figures.call')} />
          </details>
        </>
      )}
      {told?.transaction === undefined ? null : (
        <p className="wn-hint">
          <code title={told.transaction}>{format.hex(told.transaction)}</code>
        </p>
      )}
    </li>
  )
}
