import { type Address, ask, type Bus, type Principal, WerenodeError } from '@werenode/core'
import { sessionEventTypes } from '../contract/sessions.ts'
import type { EventStreams } from '../http/event-stream.ts'
import type { Handlers } from '../http/handler.ts'
import { lastEventId } from './last-event-id.ts'
import type { OwnSession } from './own-session.ts'

type Operations =
  | 'createQuote'
  | 'openSession'
  | 'listSessions'
  | 'getSession'
  | 'stopSession'
  | 'cosignSession'
  | 'topUpSession'
  | 'streamSession'

/** Opening and topping up wait for the chain to take the intent, which is longer than a plain request. */
const moneyTimeoutMs = 20_000

/** Sessions are the manager's; here it is seen to that a driver meets their own only. */
export const sessionRoutes = (deps: {
  bus: Bus
  streams: EventStreams
  ownSession: OwnSession
  authenticateAgain: (request: Parameters<Handlers['streamSession']>[0]['request']) => Promise<Principal>
}): Pick<Handlers, Operations> => {
  const { bus, streams, ownSession: own, authenticateAgain } = deps

  return {
    createQuote: async ({ principal, body: { maxAmountMicro, ...body } }) =>
      ask(
        bus,
        'manager.quote',
        { ...body, driver: driverOf(principal), ...(maxAmountMicro === undefined ? {} : { maxAmountMicro }) },
        { timeoutMs: moneyTimeoutMs },
      ),

    openSession: async ({ principal, body }) => {
      if (body.terms.driver !== driverOf(principal))
        throw new WerenodeError('not-allowed', 'These terms are for another driver', {
          hint: `Ask for a quote with this login (${principal.address}).`,
        })
      return ask(bus, 'manager.open', body, { timeoutMs: moneyTimeoutMs })
    },

    listSessions: async ({ principal, query: { state, evseId, from, to, limit, cursor } }) => {
      const { items, next } = await ask(bus, 'manager.sessions', {
        driver: driverOf(principal),
        limit,
        ...(state === undefined ? {} : { states: state }),
        ...(evseId === undefined ? {} : { evseId }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(cursor === undefined ? {} : { after: cursor }),
      })
      return { items, ...(next === undefined ? {} : { next }) }
    },

    getSession: async ({ principal, params }) => own(principal, params.sessionId),

    stopSession: async ({ principal, params: { sessionId } }) => {
      await own(principal, sessionId)
      return ask(bus, 'manager.stop', { sessionId, by: 'driver', driver: driverOf(principal) })
    },

    cosignSession: async ({ principal, params: { sessionId }, body: { signature } }) => {
      await own(principal, sessionId)
      return ask(bus, 'manager.cosign', { sessionId, signature })
    },

    topUpSession: async ({ principal, params: { sessionId }, body }) => {
      await own(principal, sessionId)
      return ask(bus, 'manager.topUp', { sessionId, ...body }, { timeoutMs: moneyTimeoutMs })
    },

    streamSession: async ({ principal, params: { sessionId }, request, reply }) => {
      await own(principal, sessionId)
      await streams.open(request, reply, {
        types: sessionEventTypes,
        subject: `session.${sessionId}`,
        ...lastEventId(request),
        opening: async () => ({ event: 'session.view', data: await own(principal, sessionId) }),
        stillAllowed: () => authenticateAgain(request),
        listener: principal.accountId,
      })
    },
  }
}

/** The address money and agreements are tied to. */
const driverOf = (principal: Principal): Address => {
  if (principal.address) return principal.address
  throw new WerenodeError('not-allowed', 'This login has no wallet', { hint: 'Sign in with a wallet to charge.' })
}
