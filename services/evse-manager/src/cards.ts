import { createHash } from 'node:crypto'
import { escrowDomain, sessionIdOf } from '@werenode/chain'
import {
  ask,
  type Bus,
  type Clock,
  type ConnectorOffer,
  type EventEnvelope,
  isWerenodeError,
  type Requests,
  type SessionRecord,
  type Store,
  terminalStates,
  termsToWire,
} from '@werenode/core'
import { collections } from './collections.ts'
import { freeFor, isFreeUser } from './free-user.ts'
import { newSession } from './new-session.ts'
import type { Quotes } from './quote.ts'
import type { Sessions } from './sessions.ts'
import type { ManagerSettings } from './settings.ts'

/** A card the node's issuer answers for. Only the hash of its id is kept. */
export interface Card {
  readonly _id: string
  readonly blocked: boolean
  readonly expiresAt?: string
  readonly groupId?: string
  readonly addedAt: string
}

export interface Cards {
  add(idTag: string, options?: { expiresAt?: string; groupId?: string }): Promise<void>
  block(idTag: string): Promise<void>
  authorize(ask: Requests['manager.authorize']['ask']): Promise<Requests['manager.authorize']['answer']>
  /** A transaction begun at the plug: by a card of ours, or on a free plug. */
  adoptAtPlug(event: EventEnvelope<'transaction.started'>): Promise<SessionRecord | undefined>
}

/** Card ids are compared without case (OCPP CiString) and kept only as a hash. */
export const cardKey = (idTag: string): string =>
  createHash('sha256').update(`card:${idTag.trim().toUpperCase()}`).digest('hex')

const noDriver = '0x0000000000000000000000000000000000000000'

export const createCards = (deps: {
  store: Store
  bus: Bus
  clock: Clock
  sessions: Sessions
  quotes: Quotes
  settings: ManagerSettings
  /** Whether a roaming partner answers for a card that is not ours. */
  foreign?: (
    question: Requests['roaming.authorize']['ask'],
  ) => Promise<Requests['roaming.authorize']['answer'] | undefined>
}): Cards => {
  const { store, bus, clock, sessions, quotes, settings } = deps

  const cardOf = (idTag: string) => store.get<Card>(collections.cards, cardKey(idTag))

  const refusal = (card: Card | undefined): Requests['manager.authorize']['answer'] | undefined => {
    if (card === undefined) return { status: 'Invalid', message: 'This card is not known here.' }
    if (card.blocked) return { status: 'Blocked', message: 'This card is blocked.' }
    if (card.expiresAt !== undefined && card.expiresAt <= clock().toISOString())
      return { status: 'Expired', message: `This card expired on ${card.expiresAt.slice(0, 10)}.` }
    return undefined
  }

  const offerAt = async (event: EventEnvelope<'transaction.started'>): Promise<ConnectorOffer | undefined> => {
    const { stationId, evse, connector } = event.data
    try {
      return await ask(bus, 'catalogue.offer', { stationId, evse, connector })
    } catch (error) {
      if (isWerenodeError(error) && error.code === 'not-found') return undefined
      throw error
    }
  }

  return {
    add: async (idTag, options = {}) => {
      const card: Card = { _id: cardKey(idTag), blocked: false, addedAt: clock().toISOString(), ...options }
      await store.write([{ op: 'put', in: collections.cards, doc: card }])
    },
    block: async (idTag) => {
      const card = await cardOf(idTag)
      if (card === undefined) return
      const blocked: Card = { ...card, blocked: true }
      await store.write([{ op: 'put', in: collections.cards, doc: blocked }])
    },
    authorize: async ({ idTag, stationId, evse, connector }) => {
      const session = await sessions.byIdTag(idTag)
      if (session !== undefined && session.stationId === stationId && !terminalStates.has(session.state))
        return { status: 'Accepted' }
      if (evse !== undefined && connector !== undefined && (await isFree(bus, stationId, evse, connector)))
        return { status: 'Accepted' }
      if (await isFreeUser(bus, { stationId, cardHash: cardKey(idTag) })) return { status: 'Accepted' }
      const card = await cardOf(idTag)
      const foreign =
        card === undefined ? await deps.foreign?.({ stationId, idTag, ...place(evse, connector) }) : undefined
      if (foreign !== undefined) return foreign
      const refused = refusal(card)
      if (refused !== undefined) return refused
      const exhausted = await issuerExhausted(bus, settings.defaultDepositMicro, clock)
      if (exhausted !== undefined) return exhausted
      return {
        status: 'Accepted',
        ...(card?.expiresAt === undefined ? {} : { expiresAt: card.expiresAt }),
        ...(card?.groupId === undefined ? {} : { groupId: card.groupId }),
      }
    },
    adoptAtPlug: async (event) => {
      const { data } = event
      const offered = await offerAt(event)
      if (offered === undefined) return undefined
      const offer = await freeFor(bus, offered, { cardHash: cardKey(data.idTag) })
      const card = offer.free ? undefined : await cardOf(data.idTag)
      if (!offer.free && refusal(card) !== undefined) return undefined
      const network = await ask(bus, 'relayer.network', {})
      // Everything below follows from the transaction alone, so the same transaction told twice is the same session.
      const salt =
        `0x${createHash('sha256').update(`plug:${data.stationId}/${data.transactionId}/${data.receivedAt}`).digest('hex')}` as const
      const terms = quotes.termsFor({
        offer,
        driver: offer.free ? noDriver : network.issuer,
        sessionKey: offer.free ? noDriver : network.issuerSessionKey,
        source: 'Credit',
        maxAmount: offer.free ? 0n : settings.defaultDepositMicro,
        at: new Date(data.receivedAt),
        salt,
        network,
      })
      const sessionId = sessionIdOf(terms, escrowDomain(network.chainId, network.escrow))
      const known = await sessions.find(sessionId)
      if (known) return known
      const wire = termsToWire(terms)
      const quote = await ask(bus, 'relayer.sign', { what: 'quote', terms: wire })
      const driver = offer.free ? undefined : await ask(bus, 'relayer.sign', { what: 'issuerTerms', terms: wire })
      const fresh = newSession({
        sessionId,
        door: offer.free ? 'free' : 'card',
        terms: wire,
        operatorSignature: quote.signature,
        ...(driver === undefined ? {} : { driverSignature: driver.signature }),
        offer,
        at: event.at,
      })
      // Power already flows: a free plug needs no start, a card's deposit is opened while it charges.
      const record: SessionRecord = offer.free ? withoutEffects(fresh) : fresh
      try {
        return await sessions.create(record)
      } catch (error) {
        if (isWerenodeError(error) && error.code === 'conflict') return sessions.find(sessionId)
        throw error
      }
    },
  }
}

/**
 * A card whose deposit the issuer would not make must not open the plug. The refusal ends with the day (UTC), so that a station's
 * cache forgets it then. While the relayer is away the car charges: its deposit waits for the relayer like any other.
 */
const issuerExhausted = async (
  bus: Bus,
  depositMicro: bigint,
  clock: Clock,
): Promise<Requests['manager.authorize']['answer'] | undefined> => {
  try {
    const { leftMicro } = await ask(bus, 'relayer.issuerLeft', {})
    if (BigInt(leftMicro) >= depositMicro) return undefined
    const midnight = new Date(clock())
    midnight.setUTCHours(24, 0, 0, 0)
    return {
      status: 'Blocked',
      expiresAt: midnight.toISOString(),
      message: "The issuer's limit for card sessions is reached for today. Charge with the app, or come back tomorrow.",
    }
  } catch (error) {
    if (isWerenodeError(error) && (error.code === 'no-responder' || error.code === 'timeout')) return undefined
    throw error
  }
}

const place = (evse: number | undefined, connector: number | undefined) => ({
  ...(evse === undefined ? {} : { evse }),
  ...(connector === undefined ? {} : { connector }),
})

const withoutEffects = (record: SessionRecord): SessionRecord => {
  const { dueAt: _due, ...rest } = record
  return { ...rest, outbox: [], effectCount: 0 }
}

const isFree = async (bus: Bus, stationId: string, evse: number, connector: number): Promise<boolean> => {
  try {
    return (await ask(bus, 'catalogue.offer', { stationId, evse, connector })).free
  } catch (error) {
    if (isWerenodeError(error) && error.code === 'not-found') return false
    throw error
  }
}
