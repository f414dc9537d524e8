import type { Hex } from '@werenode/core'
import { useEffect, useState } from 'react'
import { type Charge, readCharge, sessionsOf } from '../session/charge.ts'
import { useDesk, useFigures } from './context.ts'
import { linkTo } from './useRoute.ts'

/** Charges shown; older ones stay on chain. */
const most = 25

/** Every charge this account opened, from the chain's events. */
export const SessionsPage = () => {
  const { say, reader, deployment, account, connect, progress, tick } = useDesk()
  const { money, date } = useFigures()
  const [charges, setCharges] = useState<readonly Charge[]>()
  useEffect(() => {
    let gone = false
    if (account === undefined) return
    const load = async (): Promise<void> => {
      const ids: readonly Hex[] = await sessionsOf(reader, deployment, account)
      const read = await Promise.all(ids.slice(0, most).map((id) => readCharge(reader, deployment, id)))
      if (!gone) setCharges(read.filter((charge) => charge !== undefined))
    }
    // A node that is away is told of at the top of the page; what was shown stays.
    load().catch(() => undefined)
    return () => {
      gone = true
    }
  }, [reader, deployment, account, tick])
  return (
    <div className="page">
      <h1>{say('nav.sessions')}</h1>
      {account === undefined && (
        <button type="button" className="solid" onClick={connect}>
          {say('wallet.connect')}
        </button>
      )}
      {account !== undefined && charges?.length === 0 && <p className="muted">{say('session.none')}</p>}
      <ul className="rows">
        {charges?.map((charge) => {
          const { terms } = charge
          const plug = progress.index.plugs.get(`${terms.operatorId}:${terms.evseIdHash}`.toLowerCase())
          const deadline = date(charge.deadlineS)
          return (
            <li key={charge.sessionId}>
              <a className="row" href={linkTo('session', charge.sessionId)}>
                <span className="row__main">
                  <strong>{plug?.name ?? charge.sessionId.slice(0, 18)}</strong>
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
