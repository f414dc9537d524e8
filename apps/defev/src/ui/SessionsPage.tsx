import type { Hex } from '@werenode/core'
import { shortHex } from '@werenode/design'
import { useEffect, useState } from 'react'
import { plugKey } from '../registry/plug.ts'
import { type Charge, readCharge, sessionsOf } from '../session/charge.ts'
import type { OwnSession } from '../session/own.ts'
import { onlyAway } from '../wallet/trouble.ts'
import { useDesk, useFigures } from './context.ts'
import { useAnswer } from './useAnswer.ts'
import { linkTo } from './useRoute.ts'

/** Charges shown; older ones stay on chain. */
const most = 25

/** Every charge this account opened, from the chain's events. */
export const SessionsPage = () => {
  const { say, reader, deployment, account, connect, own, tick } = useDesk()
  const { money, date } = useFigures()
  const [charges, setCharges] = useState<readonly Charge[]>()
  const [pending, setPending] = useState<readonly OwnSession[]>([])
  const keys = charges?.map(({ terms }) => plugKey(terms.operatorId, terms.evseIdHash))
  const names = useAnswer('names', keys === undefined ? undefined : { keys }) ?? []
  useEffect(() => {
    let gone = false
    if (account === undefined) return
    const load = async (): Promise<void> => {
      const ids: readonly Hex[] = await sessionsOf(reader, deployment, account)
      const read = await Promise.all(ids.slice(0, most).map((id) => readCharge(reader, deployment, id)))
      if (gone) return
      setCharges(read.filter((charge) => charge !== undefined))
      setPending(own.pending(account, ids))
    }
    // A node that is away is told of at the top of the page; what was shown stays.
    load().catch(onlyAway)
    return () => {
      gone = true
    }
  }, [reader, deployment, account, own, tick])
  return (
    <div className="page">
      <h1>{say('nav.sessions')}</h1>
      {account === undefined && (
        <button type="button" className="solid" onClick={connect}>
          {say('wallet.connect')}
        </button>
      )}
      {account !== undefined && charges?.length === 0 && pending.length === 0 && (
        <p className="muted">{say('session.none')}</p>
      )}
      <ul className="rows">
        {pending.map(({ sessionId, at }) => (
          <li key={sessionId}>
            <a className="row" href={linkTo('session', sessionId)}>
              <span className="row__main">
                <strong>{shortHex(sessionId)}</strong>
                <span className="muted">{date(Math.floor(at / 1000))}</span>
              </span>
              <span className="row__side">{say('session.None')}</span>
            </a>
          </li>
        ))}
        {charges?.map((charge, place) => {
          const deadline = date(charge.deadlineS)
          return (
            <li key={charge.sessionId}>
              <a className="row" href={linkTo('session', charge.sessionId)}>
                <span className="row__main">
                  <strong>{names[place] ?? shortHex(charge.sessionId)}</strong>
                  <span className="muted">{date(charge.openedAtS)}</span>
                </span>
                <span className="row__side">
                  <span>{say(`session.${charge.status}`, { date: deadline })}</span>
                  <span className="muted">
                    {charge.paidMicro === undefined ? money(charge.heldMicro) : money(charge.paidMicro)}
                  </span>
                </span>
              </a>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
