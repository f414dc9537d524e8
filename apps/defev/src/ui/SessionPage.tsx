import type { Hex } from '@werenode/core'
import { formatEnergy, parseMoney, shortHex } from '@werenode/design'
import { useEffect, useState } from 'react'
import { plugKey } from '../registry/plug.ts'
import { disputeCall, endingCall, requestCancelCall, settleCall, stopCall } from '../session/calls.ts'
import { boundOfReceipt, type Charge, choicesOf, type Proposal, readCharge, readProposal } from '../session/charge.ts'
import { follow } from '../wallet/send.ts'
import { isReplaced, onlyAway } from '../wallet/trouble.ts'
import type { Word } from '../words/words.ts'
import { nowS, useDesk, useFigures } from './context.ts'
import { TopUp } from './TopUp.tsx'
import { Trouble } from './Trouble.tsx'
import { useAnswer } from './useAnswer.ts'
import { useTask } from './useTask.ts'

/** One charge, told by the chain: where it stands, what the driver can do now, and everything that happened. */
export const SessionPage = ({ sessionId }: { sessionId: Hex }) => {
  const { say, locale, reader, deployment, own, send, tick, account } = useDesk()
  const { money, date } = useFigures()
  const { busy, trouble, run } = useTask()
  const [charge, setCharge] = useState<Charge | 'none'>()
  const [proposal, setProposal] = useState<Proposal>()
  const [undisputed, setUndisputed] = useState('')
  // What this device sent to open the session, while the chain does not tell of it yet.
  const [sent] = useState(() => own.sent(sessionId))
  const plugOf = charge === undefined || charge === 'none' ? undefined : charge.terms
  const [name] =
    useAnswer('names', plugOf === undefined ? undefined : { keys: [plugKey(plugOf.operatorId, plugOf.evseIdHash)] }) ??
    []

  useEffect(() => {
    let gone = false
    const load = async (): Promise<void> => {
      const found = await readCharge(reader, deployment, sessionId)
      if (gone) return
      setCharge(found ?? 'none')
      if (found?.status === 'Proposed' || found?.status === 'Disputed' || found?.status === 'Settled')
        setProposal(await readProposal(reader, found))
    }
    // A node that is away is told of at the top of the page; what was shown stays, and the next tick looks again.
    load().catch(onlyAway)
    return () => {
      gone = true
    }
  }, [reader, deployment, sessionId, tick])

  useEffect(() => {
    if (sent === undefined || charge !== 'none') return
    // Reopened while it was on its way: whatever became of it is said.
    void run(async () => {
      await follow(reader, sent).catch((error: unknown) => {
        if (isReplaced(error)) own.forgetSent(sessionId)
        throw error
      })
    })
  }, [sent, charge === 'none'])

  if (charge === undefined) return <p className="muted">{say('start.loading')}</p>
  if (charge === 'none')
    return (
      <div className="page">
        <h1>{say('session.title')}</h1>
        <p role="status">
          {sent === undefined ? say('session.notFound') : say('session.pending', { hash: shortHex(sent.hash) })}
        </p>
        <Trouble trouble={trouble} />
      </div>
    )

  const { terms, status } = charge
  const may = choicesOf(charge, nowS())
  const key = own.find(sessionId)?.sessionKey
  const escrow = deployment.addresses.escrow
  const bound = proposal === undefined ? 0n : boundOfReceipt(terms, proposal.receipt)
  const broken = proposal !== undefined && proposal.receipt.amount > bound
  const act = (data: Hex | Promise<Hex>): void =>
    void run(async () => {
      await send({ to: escrow, data: await data })
    })
  const disputeAmount = parseMoney(undisputed === '' ? '0' : undisputed, locale)
  const button = (name: string, word: Word, data: () => Hex | Promise<Hex>, solid = false) =>
    may.has(name) && (
      <button
        type="button"
        className={solid ? 'solid wide' : 'outline wide'}
        disabled={busy || account === undefined}
        onClick={() => act(data())}
      >
        {busy ? say('busy.wallet') : say(word)}
      </button>
    )

  return (
    <div className="page">
      <header className="page__head">
        <h1>{name ?? say('session.title')}</h1>
        <p className={`status status--${status}`} role="status" data-status={status}>
          {say(`session.${status}`, { date: date(charge.deadlineS) })}
        </p>
        <p className="amount">
          {charge.paidMicro === undefined
            ? say('session.held', { amount: money(charge.heldMicro) })
            : say('session.paid', { amount: money(charge.paidMicro), returned: money(charge.returnedMicro ?? 0n) })}
        </p>
      </header>
      {proposal !== undefined && (
        <section className="card">
          <h2>{say('session.receipt')}</h2>
          <p className="amount">{money(proposal.receipt.amount)}</p>
          <ul className="terms">
            <li>
              {say('session.energy', {
                energy: formatEnergy(proposal.receipt.endWh - proposal.receipt.startWh, locale),
              })}
            </li>
            <li>
              {say('session.times', { from: date(proposal.receipt.startedAt), to: date(proposal.receipt.endedAt) })}
            </li>
            <li>{say('session.bound', { amount: money(bound) })}</li>
          </ul>
          {broken && (
            <p className="note note--danger" role="alert">
              {say('session.boundBroken')}
            </p>
          )}
          {may.has('cosign') && !broken && (
            <>
              <p className="muted">
                {say('session.cosignHint', {
                  amount: money(proposal.receipt.amount),
                  energy: formatEnergy(proposal.receipt.endWh - proposal.receipt.startWh, locale),
                  date: date(charge.deadlineS),
                })}
              </p>
              {key === undefined && <p className="muted">{say('session.otherDevice')}</p>}
              {button('cosign', 'session.cosign', () => settleCall(terms, proposal, deployment, key), true)}
            </>
          )}
        </section>
      )}
      {status === 'Proposed' && proposal === undefined && (
        <p className="note note--warning">{say('session.noReceipt')}</p>
      )}
      {may.has('dispute') && (
        <section className="card">
          <h2>{say('session.dispute')}</h2>
          <label className="field">
            <span>{say('session.disputeHint')}</span>
            <input
              name="undisputed"
              inputMode="decimal"
              placeholder="0.00"
              value={undisputed}
              onChange={(event) => setUndisputed(event.target.value)}
            />
            <span className="muted">{say('session.disputeWord')}</span>
          </label>
          {disputeAmount !== undefined &&
            disputeAmount < charge.amountMicro &&
            button('dispute', 'session.dispute', () => disputeCall(terms, disputeAmount))}
        </section>
      )}
      {button('stop', 'session.stop', () => stopCall(terms), true)}
      {(status === 'Open' || status === 'Started') && nowS() <= terms.settleBy && <TopUp charge={charge} />}
      {button('requestCancel', 'session.requestCancel', () => requestCancelCall(terms))}
      {button('finaliseCancel', 'session.finaliseCancel', () => endingCall(terms, 'finaliseCancel'))}
      {button('finalise', 'session.finalise', () => endingCall(terms, 'finalise'))}
      {button('reclaim', 'session.reclaim', () => endingCall(terms, 'reclaim'), true)}
      <Trouble trouble={trouble} />
      {may.has('stop') && <p className="muted">{say('session.reclaimLater', { date: date(terms.settleBy) })}</p>}
      <section>
        <h2>{say('session.history')}</h2>
        <ol className="steps">
          {charge.steps.map(({ name, txHash, block }) => (
            <li key={`${txHash}${name}`} data-step={name}>
              {say(`step.${name}` as Word)} <code title={txHash}>{shortHex(txHash)}</code>{' '}
              <span className="muted">#{block.toString()}</span>
            </li>
          ))}
        </ol>
        <p className="muted">
          {say('order.session', { id: '' })}
          <code className="wrap">{sessionId}</code>
        </p>
      </section>
    </div>
  )
}
