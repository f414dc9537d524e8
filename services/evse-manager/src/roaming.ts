import { createHash } from 'node:crypto'
import { escrowDomain, sessionIdOf } from '@werenode/chain'
import {
  ask,
  type Bus,
  type ConnectorOffer,
  type EventEnvelope,
  isWerenodeError,
  type Requests,
  type RoamingOrigin,
  type SessionRecord,
  termsToWire,
} from '@werenode/core'
import { newSession } from './new-session.ts'
import { occupied, type Quotes } from './quote.ts'
import type { Sessions } from './sessions.ts'
import { tariffHash } from './tariffs.ts'

export interface RoamingDoor {
  /** A partner's command (START_SESSION): the station is told to start. */
  start(request: Requests['manager.roamingStart']['ask']): Promise<SessionRecord>
  /** May a card that is not ours charge here? Undefined when roaming knows nothing of it, or is not there. */
  authorize(
    question: Requests['roaming.authorize']['ask'],
  ): Promise<Requests['roaming.authorize']['answer'] | undefined>
  /** A transaction begun at the plug by a partner's card; undefined when no partner answers for it. */
  adoptAtPlug(event: EventEnvelope<'transaction.started'>): Promise<SessionRecord | undefined>
}

const nobody = '0x0000000000000000000000000000000000000000'
/** No deposit, so no ceiling: the partner pays by CDR what the tariff says. */
const nothing = {
  id: 'NOTHING',
  currency: 'EUR',
  elements: [{ price_components: [{ type: 'ENERGY', price: 0, step_size: 1 }] }],
}

/**
 * The door of roaming partners' drivers: the corridor of every charge without an escrow of ours. Roaming is told before the session
 * exists, so that none of its events can come before somebody follows it.
 */
export const createRoamingDoor = (deps: { bus: Bus; sessions: Sessions; quotes: Quotes }): RoamingDoor => {
  const { bus, sessions, quotes } = deps

  /** The same wish (key and time) makes the same session. */
  const draft = async (offer: ConnectorOffer, key: string, at: string): Promise<SessionRecord> => {
    const network = await ask(bus, 'relayer.network', {})
    const tariff = offer.tariff ?? nothing
    const terms = {
      ...quotes.termsFor({
        offer: { ...offer, tariff: nothing },
        driver: nobody,
        sessionKey: nobody,
        source: 'Credit',
        maxAmount: 0n,
        at: new Date(at),
        salt: `0x${createHash('sha256').update(`roaming:${key}`).digest('hex')}`,
        network,
      }),
      tariffHash: tariffHash(tariff, offer.timeZone),
    }
    return newSession({
      sessionId: sessionIdOf(terms, escrowDomain(network.chainId, network.escrow)),
      door: 'roaming',
      terms: termsToWire(terms),
      operatorSignature: '0x',
      offer: { ...offer, tariff, free: true },
      at,
    })
  }

  const expect = async (record: SessionRecord, offer: ConnectorOffer, origin: RoamingOrigin): Promise<void> => {
    await ask(
      bus,
      'roaming.expect',
      {
        sessionId: record._id,
        origin,
        locationId: offer.locationId,
        evseId: offer.evseId,
        connector: offer.connector,
        tariff: offer.tariff,
        timeZone: offer.timeZone,
      },
      { timeoutMs: 10_000 },
    )
  }

  return {
    start: async ({ key, at, evseId, connector, origin }) => {
      const record = await draft(await ask(bus, 'catalogue.offer', { evseId, connector }), key, at)
      const known = await sessions.find(record._id)
      if (known) return known
      const offer = await quotes.offerNow(evseId, connector)
      await expect(record, offer, origin)
      try {
        return await sessions.create(record)
      } catch (error) {
        if (!isWerenodeError(error) || error.code !== 'conflict') throw error
        const again = await sessions.find(record._id)
        if (again) return again
        throw occupied(evseId)
      }
    },

    authorize: async (question) => {
      try {
        return await ask(bus, 'roaming.authorize', question, { timeoutMs: 8_000 })
      } catch (error) {
        if (isWerenodeError(error) && error.code === 'no-responder') return undefined
        throw error
      }
    },

    adoptAtPlug: async (event) => {
      const { stationId, evse, connector, idTag, transactionId, receivedAt } = event.data
      try {
        const offer = await ask(bus, 'catalogue.offer', { stationId, evse, connector })
        const record = await draft(offer, `${stationId}/${transactionId}`, receivedAt)
        const known = await sessions.find(record._id)
        if (known) return known
        await expect(record, offer, { by: 'token', idTag })
        // Power already flows: nothing is to be started.
        const { dueAt: _none, ...rest } = record
        return await sessions.create({ ...rest, outbox: [], effectCount: 0 })
      } catch (error) {
        if (isWerenodeError(error) && ['not-found', 'not-payable', 'no-responder', 'conflict'].includes(error.code))
          return undefined
        throw error
      }
    },
  }
}
