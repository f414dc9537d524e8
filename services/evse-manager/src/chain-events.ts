import {
  ask,
  type Bus,
  type ChainSession,
  type Clock,
  type EventEnvelope,
  type SessionInput,
  type SessionRecord,
  type Stored,
  terminalStates,
  type Unsubscribe,
} from '@werenode/core'
import { notAfter } from './not-after.ts'
import type { Move, Sessions } from './sessions.ts'

type Log = EventEnvelope<'chain.log'>
type Intent = EventEnvelope<'chain.intent'>
type RolledBack = EventEnvelope<'chain.rolledBack'>

/** Follows what the relayer tells of the chain. The chain is the judge of money; a log at depth is its word. */
export const followChain = async (deps: {
  bus: Bus
  clock: Clock
  sessions: Sessions
  /** Makes a session for a deposit the driver opened on chain by himself; undefined when the terms are not ours. */
  adoptOnChain: (event: Log) => Promise<SessionRecord | undefined>
}): Promise<Unsubscribe> => {
  const { bus, sessions } = deps

  const log = async (event: Log): Promise<void> => {
    const { sessionId } = event.data
    if (event.data.contract !== 'ChargeEscrow' || sessionId === undefined) return
    const known = await sessions.find(sessionId)
    if (known === undefined) {
      if (event.data.name === 'SessionOpened') await deps.adoptOnChain(event)
      const adopted = await sessions.find(sessionId)
      if (adopted === undefined) return
    }
    await sessions.act(sessionId, (record) => logMove(record, event))
  }

  const intent = async (event: Intent): Promise<void> => {
    const { sessionId, status, key, message } = event.data
    if (sessionId === undefined || status !== 'failed') return
    const kind = key.slice(key.lastIndexOf(':') + 1)
    const record = await sessions.find(sessionId)
    if (record === undefined || terminalStates.has(record.state)) return
    const why = message ?? 'The chain refused the transaction.'
    const at = notAfter(event.at, deps.clock().toISOString())
    const nothingLocked =
      ['cancel', 'reclaim'].includes(kind) && isGone(await ask(bus, 'relayer.session', { sessionId }))
    await sessions.act(sessionId, (): Move => {
      if (kind === 'open') return { input: { type: 'openFailed', at, message: why } }
      // A deposit that is not on chain (its opening was undone and never came again) is not locked: the driver has it.
      if (nothingLocked) return { input: { type: 'cancelled', at, returnedMicro: record.limitMicro } }
      return { input: { type: 'intentFailed', at, intent: kind, message: why } }
    })
  }

  /** Asks the chain about each session whose logs are void: what it no longer says is taken back. */
  const rolledBack = async (event: RolledBack): Promise<void> => {
    for (const sessionId of event.data.sessionIds) {
      const record = await sessions.find(sessionId)
      if (record === undefined) continue
      const { status } = await ask(bus, 'relayer.session', { sessionId })
      await sessions.act(sessionId, (now) => rollback(now, status, event.at))
    }
  }

  return bus.consume(
    {
      group: 'manager-chain',
      types: ['chain.log', 'chain.intent', 'chain.rolledBack'],
      from: 'start',
      concurrency: 32,
    },
    async (event) => {
      switch (event.type) {
        case 'chain.log':
          return log(event as Log)
        case 'chain.intent':
          return intent(event as Intent)
        case 'chain.rolledBack':
          return rolledBack(event as RolledBack)
      }
    },
  )
}

const isGone = (session: ChainSession): boolean => session.status === 'None' || session.status === 'Voided'

const rollback = (record: Stored<SessionRecord>, status: ChainSession['status'], at: string): Move | undefined => {
  if (isGone({ status, heldMicro: '0', blockNumber: '0' })) return { input: { type: 'openRolledBack', at } }
  const ended = status === 'Settled' || status === 'Cancelled' || status === 'Reclaimed'
  return terminalStates.has(record.state) && !ended ? { input: { type: 'endRolledBack', at } } : undefined
}

/** An escrow log as the machine's input. Amounts of a log are those of its own call; a session's totals follow from its limit. */
const logMove = (record: Stored<SessionRecord>, event: Log): Move | undefined => {
  const { name, args, txHash } = event.data
  const at = event.at
  const text = (field: string): string => String(args[field])
  const time = (field: string): string => new Date(Number(args[field]) * 1000).toISOString()
  const input = ((): SessionInput | undefined => {
    switch (name) {
      case 'SessionOpened':
        return { type: 'opened', at, txHash }
      case 'SessionVoided':
        return { type: 'openFailed', at, message: 'The terms were withdrawn before the deposit was locked.' }
      case 'SessionToppedUp':
        return { type: 'toppedUp', at, limitMicro: text('newMax') }
      case 'CancelRequested':
        return { type: 'cancelRequested', at }
      case 'StopRequested':
        return { type: 'stopRequested', at, reason: 'driver' }
      case 'SessionCancelled':
        return { type: 'cancelled', at, txHash, returnedMicro: record.limitMicro }
      case 'SessionProposed':
        return { type: 'proposed', at, txHash, disputeUntil: time('disputeUntil') }
      case 'SessionDisputed':
        return { type: 'disputed', at, undisputedMicro: text('undisputedAmount'), proveUntil: time('proveUntil') }
      case 'SessionSettled': {
        const earlier = record.state === 'disputed' ? BigInt(record.paidMicro ?? '0') : 0n
        const paid = earlier + BigInt(text('paid'))
        return {
          type: 'settled',
          at,
          txHash,
          paidMicro: paid.toString(),
          returnedMicro: (BigInt(record.limitMicro) - paid).toString(),
        }
      }
      case 'SessionReclaimed':
        return { type: 'reclaimed', at, txHash, returnedMicro: record.limitMicro }
      default:
        return undefined
    }
  })()
  return input === undefined ? undefined : { input }
}

export type { Log }
