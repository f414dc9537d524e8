import { escrowDomain, isSignedBy, receiptTypedData } from '@werenode/chain'
import {
  answer,
  ask,
  type Bus,
  type Clock,
  type Filter,
  type Requests,
  receiptFromWire,
  type SessionId,
  type SessionRecord,
  type SessionView,
  type Store,
  terminalStates,
  toView,
  type Unsubscribe,
  WerenodeError,
} from '@werenode/core'
import type { Cards } from './cards.ts'
import { collections } from './collections.ts'
import type { Quotes } from './quote.ts'
import type { RoamingDoor } from './roaming.ts'
import type { Sessions } from './sessions.ts'

const evidenceOf = (record: SessionRecord): Requests['manager.evidence']['answer'] => ({
  party: record.party,
  paid: record.paid,
  keyClass: record.keyClass,
  operatorSignature: record.operatorSignature,
  ...(record.receiptSignature === undefined ? {} : { receiptSignature: record.receiptSignature }),
  ...(record.cosignature === undefined ? {} : { cosignature: record.cosignature }),
  ...(record.evidence === undefined ? {} : { evidence: record.evidence }),
  ...(record.transactionKey === undefined ? {} : { transactionKey: record.transactionKey }),
})

/** Serves everything the house may ask of the manager. */
export const serveRequests = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  sessions: Sessions
  quotes: Quotes
  cards: Cards
  roaming: RoamingDoor
  open: (request: Requests['manager.open']['ask']) => Promise<SessionRecord>
}): readonly Unsubscribe[] => {
  const { store, bus, sessions } = deps
  const now = () => deps.clock().toISOString()

  const existing = async (sessionId: SessionId): Promise<SessionRecord> => {
    const record = await sessions.find(sessionId)
    if (record) return record
    throw new WerenodeError('not-found', `There is no session ${sessionId}`, {
      hint: 'Check the id; your list of sessions shows yours.',
    })
  }

  const stop = async ({ sessionId, by, driver }: Requests['manager.stop']['ask']): Promise<SessionView> => {
    const record = await existing(sessionId)
    if (driver !== undefined && driver.toLowerCase() !== record.terms.driver.toLowerCase())
      throw new WerenodeError('not-found', `There is no session ${sessionId}`)
    return toView(await sessions.act(sessionId, () => ({ input: { type: 'stopRequested', at: now(), reason: by } })))
  }

  const cosign = async ({ sessionId, signature }: Requests['manager.cosign']['ask']): Promise<SessionView> => {
    const record = await existing(sessionId)
    if (terminalStates.has(record.state) || record.cosignature === signature) return toView(record)
    if (record.receipt === undefined)
      throw new WerenodeError('session-state', 'The receipt is not ready yet', {
        hint: 'Wait for the event session.receipt, then co-sign.',
      })
    const { chainId, escrow } = await ask(bus, 'relayer.network', {})
    const typed = receiptTypedData(receiptFromWire(record.receipt), escrowDomain(chainId, escrow))
    if (!(await isSignedBy(record.terms.sessionKey, typed, signature)))
      throw new WerenodeError('signature-invalid', 'The signature is not that of the session key over this receipt', {
        hint: 'Co-sign with the key that was named when the session was opened.',
      })
    return toView(await sessions.act(sessionId, () => ({ input: { type: 'cosigned', at: now(), signature } })))
  }

  const topUp = async ({
    sessionId,
    newMaxMicro,
    deadline,
    signature,
  }: Requests['manager.topUp']['ask']): Promise<SessionView> => {
    const record = await existing(sessionId)
    if (!['funded', 'starting', 'charging'].includes(record.state) || !record.paid)
      throw new WerenodeError('session-state', `A session that is ${record.state} cannot be topped up`, {
        hint: 'Top up while charging.',
      })
    if (BigInt(newMaxMicro) <= BigInt(record.limitMicro))
      throw new WerenodeError('invalid-input', 'The new limit must be above the present one', {
        data: { limitMicro: record.limitMicro },
      })
    await ask(bus, 'relayer.submit', {
      key: `${sessionId}:topUp-${newMaxMicro}:topUp`,
      intent: { kind: 'topUp', terms: record.terms, newMaxMicro, deadline, driverSignature: signature },
    })
    return toView(record)
  }

  const list = async (query: Requests['manager.sessions']['ask']): Promise<Requests['manager.sessions']['answer']> => {
    const filter: Record<string, unknown> = {}
    if (query.driver !== undefined) filter['terms.driver'] = query.driver
    if (query.evseId !== undefined) filter.evseId = query.evseId
    if (query.party !== undefined) filter.party = query.party
    if (query.states !== undefined) filter.state = { $in: query.states }
    if (query.from !== undefined || query.to !== undefined)
      filter.createdAt = {
        ...(query.from === undefined ? {} : { $gte: query.from }),
        ...(query.to === undefined ? {} : { $lt: query.to }),
      }
    const page = await store.find<SessionRecord>(collections.sessions, filter as Filter, {
      sort: [['createdAt', -1]],
      limit: Math.min(query.limit ?? 50, 500),
      ...(query.after === undefined ? {} : { after: query.after }),
    })
    return { items: page.items.map(toView), ...(page.next === undefined ? {} : { next: page.next }) }
  }

  return [
    answer(bus, 'manager.quote', deps.quotes.quote),
    answer(bus, 'manager.open', async (request) => toView(await deps.open(request))),
    answer(bus, 'manager.stop', stop),
    answer(bus, 'manager.cosign', cosign),
    answer(bus, 'manager.topUp', topUp),
    answer(bus, 'manager.session', async ({ sessionId }) => toView(await existing(sessionId))),
    answer(bus, 'manager.sessions', list),
    answer(bus, 'manager.evidence', async ({ sessionId }) => evidenceOf(await existing(sessionId))),
    answer(bus, 'manager.authorize', deps.cards.authorize),
    answer(bus, 'manager.roamingStart', async (request) => toView(await deps.roaming.start(request))),
  ]
}
