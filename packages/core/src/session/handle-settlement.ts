import {
  change,
  clearTimer,
  type Draft,
  dropEffects,
  effect,
  emit,
  flag,
  later,
  moveTo,
  setTimer,
  submit,
} from './draft.ts'
import type { SessionInput } from './input.ts'
import { isStandingOpen } from './standing-open.ts'
import type { SessionSettings } from './step.ts'
import { toView } from './to-view.ts'
import { againAt, endingIntents } from './try-again.ts'
import { terminalStates } from './view.ts'

type SettlementInput = Extract<
  SessionInput,
  {
    type: 'receiptReady' | 'cosigned' | 'intentFailed' | 'proposed' | 'settled' | 'disputed' | 'endRolledBack' | 'timer'
  }
>

/** From the receipt to the money: co-signed at once, or proposed and final after the dispute window. */
export const settling = (draft: Draft, input: SettlementInput, settings: SessionSettings): Draft => {
  const { record } = draft
  switch (input.type) {
    case 'receiptReady':
      return receiptReady(draft, input, settings)
    case 'cosigned':
      return cosigned(draft, input.signature)
    case 'timer':
      return input.name === 'cosign' ? propose(draft) : finalise(draft)
    case 'proposed':
      if (record.state !== 'settling' && record.state !== 'ended') return draft
      return setTimer(
        change(record.state === 'ended' ? moveTo(draft, 'settling') : draft, {
          disputeUntil: input.disputeUntil,
          transactions: { ...record.transactions, propose: input.txHash },
        }),
        'finalise',
        later(input.disputeUntil, 1),
      )
    case 'disputed':
      if (record.state !== 'settling') return draft
      return effect(
        waitForProof(clearTimer(moveTo(draft, 'disputed', { paidMicro: input.undisputedMicro }), 'finalise'), input),
        { kind: 'prove' },
      )
    case 'settled': {
      if (terminalStates.has(record.state)) return draft
      return dropEffects(
        moveTo(withoutRefusal(draft), 'settled', {
          openedAt: record.openedAt ?? draft.at,
          holdsConnector: false,
          paidMicro: input.paidMicro,
          returnedMicro: input.returnedMicro,
          ...(input.txHash === undefined ? {} : { transactions: { ...record.transactions, settle: input.txHash } }),
        }),
        'submit',
        'issuerCosign',
        'prove',
      )
    }
    case 'endRolledBack': {
      // The relayer brings the same intent again; until the chain says so once more the session is not over.
      if (record.state === 'settled') return moveTo(draft, 'settling')
      return record.state === 'cancelled' && record.paid ? moveTo(draft, 'cancelling') : draft
    }
    case 'intentFailed':
      return intentFailed(draft, input.intent, input.message)
  }
}

const receiptReady = (
  draft: Draft,
  input: Extract<SettlementInput, { type: 'receiptReady' }>,
  settings: SessionSettings,
): Draft => {
  const { record } = draft
  if (record.state !== 'ended' || record.receipt !== undefined) return draft
  const made = change(draft, {
    receipt: input.receipt,
    costMicro: input.receipt.amount,
    ...(input.signature === undefined ? {} : { receiptSignature: input.signature }),
    ...(input.evidence === undefined ? {} : { evidence: input.evidence }),
  })
  const told = emit(made, { type: 'session.receipt', data: { sessionId: record._id, view: toView(made.record) } })
  if (!record.paid) return moveTo(told, 'settled', { paidMicro: '0', returnedMicro: '0' })
  if (record.door === 'card') return effect(told, { kind: 'issuerCosign' })
  // Its proposal brings receipt and signature to the driver, who may co-sign there (#12).
  if (isStandingOpen(record)) return propose(told)
  return setTimer(told, 'cosign', later(draft.at, settings.cosignTimeoutS))
}

const cosigned = (draft: Draft, signature: `0x${string}`): Draft => {
  const { record } = draft
  const may = (record.state === 'ended' || record.state === 'settling') && record.cosignature === undefined
  if (!may || record.receipt === undefined || record.receiptSignature === undefined) return draft
  const signed = clearTimer(change(draft, { cosignature: signature }), 'cosign')
  const moved = record.state === 'ended' ? moveTo(signed, 'settling') : signed
  return submit(moved, {
    kind: 'settle',
    terms: record.terms,
    receipt: record.receipt,
    operatorSignature: record.receiptSignature,
    driverSignature: signature,
  })
}

const propose = (draft: Draft): Draft => {
  const { record } = draft
  if (record.state !== 'ended' || record.receipt === undefined || record.receiptSignature === undefined) return draft
  return submit(moveTo(draft, 'settling'), {
    kind: 'propose',
    terms: record.terms,
    receipt: record.receipt,
    operatorSignature: record.receiptSignature,
  })
}

const finalise = (draft: Draft): Draft =>
  ['settling', 'disputed'].includes(draft.record.state) && draft.record.receipt !== undefined
    ? submit(draft, { kind: 'finalise', terms: draft.record.terms, receipt: draft.record.receipt })
    : draft

/** What was refused and then taken needs no sentence any more; the mark stays. */
const withoutRefusal = (draft: Draft): Draft => {
  const { message: _refused, ...rest } = draft.record
  return draft.record.triesAgain === undefined ? draft : { ...draft, record: rest }
}

/** What is not proven in time goes back to the driver. */
const waitForProof = (draft: Draft, { proveUntil }: { readonly proveUntil?: string }): Draft =>
  proveUntil === undefined ? draft : setTimer(change(draft, { proveUntil }), 'finalise', later(proveUntil, 1))

/** The chain refused something: it is marked, and what would end the session is asked of it again. */
const intentFailed = (draft: Draft, intent: string, message: string): Draft => {
  const { record } = draft
  if (terminalStates.has(record.state)) return draft
  const marked = endingIntents.has(intent)
    ? setTimer(flag(draft, `${intent}-refused`), 'again', againAt(draft))
    : flag(draft, `${intent}-refused`)
  const { receipt, receiptSignature, terms } = record
  const isLive = record.state === 'settling' && record.disputeUntil === undefined
  // A refused co-signed receipt is proposed instead.
  if (intent === 'settle' && isLive && receipt && receiptSignature)
    return submit(marked, { kind: 'propose', terms, receipt, operatorSignature: receiptSignature })
  return change(marked, { message })
}
