import { escrowDomain, sessionIdOf } from '@werenode/chain'
import {
  ask,
  type Bus,
  type ChainNetwork,
  type ChargeTerms,
  type Clock,
  type ConnectorOffer,
  isWerenodeError,
  type SessionId,
  type SessionRecord,
  type Store,
  termsToWire,
  type WireTerms,
} from '@werenode/core'
import type { Log } from './chain-events.ts'
import { collections } from './collections.ts'
import { newSession } from './new-session.ts'
import type { StoredQuote } from './quote.ts'
import type { Sessions } from './sessions.ts'
import { differencesFromOffer } from './standing/differences.ts'
import type { OfferVersions } from './standing/offer-versions.ts'
import { openedTerms } from './standing/opened-terms.ts'

/**
 * A deposit opened on chain by the driver himself: with a quote of ours (the id is the hash of the terms, so a stored quote of that id
 * is those very terms), or from our current standing offer, every field of which is looked at again (R24). The same corridor follows.
 * A plug that is taken meanwhile gives the deposit back at once, and so do terms of this operator that are not what it offers.
 */
export const createAdoptOnChain = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  sessions: Sessions
  versions: OfferVersions
  log: { info(data: Record<string, unknown>, message: string): void }
}) => {
  const { store, bus, sessions, versions, log } = deps

  const create = async (record: SessionRecord): Promise<SessionRecord> => {
    try {
      return await sessions.create(record)
    } catch (error) {
      if (!isWerenodeError(error) || error.code !== 'conflict') throw error
      const again = await sessions.find(record._id)
      if (again) return again
      return sessions.create(refused(record, 'Someone else was first at this plug; your deposit goes back at once.'))
    }
  }

  /** The connector these terms are for and whether they are what we offer there; undefined when no plug of ours is meant. */
  const judge = async (
    sessionId: SessionId,
    terms: ChargeTerms,
    network: ChainNetwork,
  ): Promise<{ readonly offer: ConnectorOffer; readonly why?: string } | undefined> => {
    const { items } = await ask(bus, 'relayer.evses', { evseIdHashes: [terms.evseIdHash] })
    const onChain = items[0]
    if (onChain?.registered !== true) return undefined
    const version = await versions.find(terms.evseIdHash, onChain.offerHash)
    const offer = version?.connectors.find(({ connector }) => connector === terms.connector) ?? version?.connectors[0]
    if (version === undefined || offer === undefined) return undefined
    const differences = differencesFromOffer(terms, version.offer)
    if (differences.length > 0)
      return { offer, why: `These terms are not the present offer of this plug (${differences.join(', ')}).` }
    // Computed from the fields as they were told: another chain's or another escrow's terms have another id.
    if (sessionIdOf(terms, escrowDomain(network.chainId, network.escrow)) !== sessionId)
      return { offer, why: 'These terms do not belong to this session.' }
    const now = await ask(bus, 'catalogue.offer', { evseId: offer.evseId, connector: offer.connector }).catch(
      (error: unknown) => {
        if (isWerenodeError(error) && ['not-found', 'not-payable'].includes(error.code)) return undefined
        throw error
      },
    )
    if (now === undefined) return { offer, why: 'This plug is no longer there.' }
    // Where the plug is driven comes from the catalogue of now, what it costs from the offer that was taken.
    return { offer: { ...now, tariff: offer.tariff, timeZone: offer.timeZone, free: false } }
  }

  const adoptStanding = async (sessionId: SessionId, event: Log): Promise<SessionRecord | undefined> => {
    const terms = openedTerms(event.data.args)
    const network = await ask(bus, 'relayer.network', {})
    if (terms.operatorId.toLowerCase() !== network.operatorId.toLowerCase()) return undefined
    const wire = termsToWire(terms)
    const { status } = await ask(bus, 'relayer.session', { sessionId })
    const judged = await judge(sessionId, terms, network)
    log.info({ sessionId, status, why: judged?.why }, 'A deposit was opened on chain')
    if (judged === undefined) {
      if (status === 'Open' || status === 'CancelRequested') await giveBack(bus, sessionId, wire)
      return undefined
    }
    const record = newSession({
      sessionId,
      door: 'chain',
      terms: wire,
      operatorSignature: '0x',
      offer: judged.offer,
      at: event.at,
      onChain: true,
    })
    return create(judged.why === undefined ? record : refused(record, `${judged.why} Your deposit goes back at once.`))
  }

  return async (event: Log): Promise<SessionRecord | undefined> => {
    const { sessionId } = event.data
    if (sessionId === undefined) return undefined
    const stored = await store.get<StoredQuote>(collections.quotes, sessionId)
    if (stored === undefined) return adoptStanding(sessionId, event)
    return create(
      newSession({
        sessionId,
        door: 'chain',
        terms: stored.quote.terms,
        operatorSignature: stored.quote.operatorSignature,
        offer: stored.offer,
        at: event.at,
        onChain: true,
      }),
    )
  }
}

/** No plug can be named, so no session is kept: the driver's money goes back, and that is all there is to do. */
const giveBack = async (bus: Bus, sessionId: SessionId, terms: WireTerms): Promise<void> => {
  await ask(bus, 'relayer.submit', { key: `${sessionId}:cancel`, intent: { kind: 'cancel', terms } })
}

/** No power: the deposit is cancelled as soon as the opening is noted (R43). */
const refused = (record: SessionRecord, message: string): SessionRecord => ({
  ...record,
  holdsConnector: false,
  stopReason: 'operator',
  message,
})
