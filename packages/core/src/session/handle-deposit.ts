import { change, clearTimer, type Draft, dropEffects, effect, flag, later, moveTo, setTimer } from './draft.ts'
import { endInTime } from './end-in-time.ts'
import { stopPower } from './handle-charging.ts'
import { cancel } from './handle-start.ts'
import type { SessionInput } from './input.ts'
import type { SessionSettings } from './step.ts'
import { terminalStates } from './view.ts'

type DepositInput = Extract<
  SessionInput,
  {
    type:
      | 'opened'
      | 'openFailed'
      | 'openRolledBack'
      | 'toppedUp'
      | 'cancelRequested'
      | 'cancelled'
      | 'reclaimed'
      | 'timer'
  }
>

/** What the chain says of the deposit. The chain is the judge: its terminal words end a session in any state. */
export const deposit = (draft: Draft, input: DepositInput, settings: SessionSettings): Draft => {
  const { record } = draft
  switch (input.type) {
    case 'opened':
      return opened(draft, input.txHash)
    case 'openFailed': {
      if (record.state !== 'opening') return draft
      const rejected = moveTo(draft, 'rejected', { message: input.message, holdsConnector: false })
      const unpaid = record.transactionKey !== undefined
      return unpaid ? flag(stopPowerNow(rejected), 'unpaid-energy') : rejected
    }
    case 'openRolledBack': {
      if (terminalStates.has(record.state) || record.state === 'opening') return draft
      const soon = setTimer(flag(draft, 'deposit-rolled-back'), 'reopen', later(draft.at, settings.reopenS))
      return change(soon, { transactions: withoutOpen(record.transactions) })
    }
    case 'timer': {
      if (record.state === 'charging') return stopPower(draft, 'chain')
      return record.state === 'funded' || record.state === 'starting'
        ? cancel(draft, 'The deposit was undone by the chain and did not come back in time; nothing was charged.')
        : draft
    }
    case 'toppedUp': {
      if (!live(draft) || BigInt(input.limitMicro) <= BigInt(record.limitMicro)) return draft
      const raised = change(draft, { limitMicro: input.limitMicro, warned: 0 })
      return powered(draft) ? effect(raised, { kind: 'limit' }) : raised
    }
    case 'cancelRequested':
      return cancelRequested(draft)
    case 'cancelled': {
      if (terminalStates.has(record.state)) return draft
      const over = moveTo(stopIfPowered(draft), 'cancelled', {
        openedAt: record.openedAt ?? draft.at,
        holdsConnector: false,
        paidMicro: '0',
        returnedMicro: input.returnedMicro,
        ...(input.txHash === undefined ? {} : { transactions: { ...record.transactions, cancel: input.txHash } }),
      })
      return dropEffects(over, 'submit', 'start', 'receipt', 'issuerCosign')
    }
    case 'reclaimed': {
      if (terminalStates.has(record.state)) return draft
      return dropEffects(
        moveTo(stopIfPowered(draft), 'reclaimed', {
          openedAt: record.openedAt ?? draft.at,
          holdsConnector: false,
          paidMicro: '0',
          returnedMicro: input.returnedMicro,
          message: 'The time to settle passed and the driver took the whole deposit back.',
          transactions: { ...record.transactions, cancel: input.txHash },
        }),
        'submit',
        'receipt',
        'issuerCosign',
      )
    }
  }
}

const opened = (draft: Draft, txHash: `0x${string}` | undefined): Draft => {
  const { record } = draft
  const told = clearTimer(
    change(draft, {
      // The chain has it, whoever brought it there.
      outbox: record.outbox.filter((entry) => entry.kind !== 'submit' || entry.intent.kind !== 'open'),
      transactions: { ...record.transactions, ...(txHash === undefined ? {} : { open: txHash }) },
    }),
    'reopen',
  )
  const openedAt = record.openedAt ?? draft.at
  // Anyone who holds the signatures may open: a deposit that comes after we gave up goes back at once.
  if (record.state === 'rejected')
    return cancel(change(told, { openedAt }), record.message ?? 'The deposit came too late; it goes back at once.')
  if (record.state !== 'opening') return told
  if (record.endedAt !== undefined)
    return effect(moveTo(told, 'ended', { openedAt, holdsConnector: false }), { kind: 'receipt' })
  if (record.transactionKey !== undefined) return endInTime(moveTo(told, 'charging', { openedAt }))
  if (record.stopReason !== undefined)
    return cancel(change(told, { openedAt }), record.message ?? 'You stopped before power began; nothing was charged.')
  return effect(moveTo(told, 'funded', { openedAt }), { kind: 'start' })
}

/** Rule R1: the driver asks for a cancellation on chain; while power flows or flowed the operator answers within two hours. */
const cancelRequested = (draft: Draft): Draft => {
  const { record } = draft
  if (record.state === 'funded' || record.state === 'starting')
    return cancel(draft, 'You asked the contract to cancel; nothing was charged.')
  const flowing = record.state === 'charging' || record.state === 'stopping' || record.state === 'ended'
  if (!flowing) return draft
  return effect(draft, {
    kind: 'submit',
    key: `${record._id}:acknowledgeStart`,
    intent: { kind: 'acknowledgeStart', terms: record.terms },
  })
}

const live = ({ record }: Draft): boolean => record.openedAt !== undefined && !terminalStates.has(record.state)

const powered = (draft: Draft): boolean =>
  draft.record.transactionKey !== undefined && draft.record.endedAt === undefined

const stopIfPowered = (draft: Draft): Draft => (powered(draft) ? stopPowerNow(draft) : draft)

/** Ends power whatever becomes of the session. */
const stopPowerNow = (draft: Draft): Draft => effect(dropEffects(draft, 'start'), { kind: 'stop' })

const withoutOpen = (transactions: Draft['record']['transactions']): Draft['record']['transactions'] => {
  const { open: _dropped, ...rest } = transactions
  return rest
}
