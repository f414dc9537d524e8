import { ask, type Bus, type Party, type Principal, type Store } from '@werenode/core'
import type { Handlers } from '../http/handler.ts'
import type { Audit } from '../identity/audit.ts'
import { mustActFor } from './parties.ts'

type Operations =
  | 'listRoamingTerminals'
  | 'activateRoamingTerminal'
  | 'assignRoamingTerminal'
  | 'deactivateRoamingTerminal'
  | 'listRoamingBookable'
  | 'listRoamingBookings'
  | 'bookAtRoamingPartner'
  | 'cancelRoamingBooking'
  | 'preferAtRoamingPartner'
  | 'offerRoamingBooking'

/** Partners may take their time to answer, ms. */
const patient = { timeoutMs: 28_000 }

/** Payment terminals and bookings are the OCPI service's too; what changes something is noted. */
export const roamingServiceRoutes = (deps: { store: Store; bus: Bus; audit: Audit }): Pick<Handlers, Operations> => {
  const { store, bus, audit } = deps
  const note = (principal: Principal, act: string, party: Party, subject: string): Promise<unknown> =>
    store.write([audit.note({ principal, act, party, subject })])

  return {
    listRoamingTerminals: async ({ principal, params }) => {
      mustActFor(principal, params.party)
      return ask(bus, 'roaming.terminals', params)
    },
    activateRoamingTerminal: async ({ principal, params, body }) => {
      mustActFor(principal, params.party)
      await ask(bus, 'roaming.activateTerminal', { ...params, ...body }, patient)
      await note(principal, 'activateRoamingTerminal', params.party, body.reference)
      return undefined
    },
    assignRoamingTerminal: async ({ principal, params, body }) => {
      mustActFor(principal, params.party)
      await ask(bus, 'roaming.assignTerminal', { ...params, ...body }, patient)
      await note(principal, 'assignRoamingTerminal', params.party, params.terminalId)
      return undefined
    },
    deactivateRoamingTerminal: async ({ principal, params }) => {
      mustActFor(principal, params.party)
      await ask(bus, 'roaming.deactivateTerminal', params, patient)
      await note(principal, 'deactivateRoamingTerminal', params.party, params.terminalId)
      return undefined
    },
    listRoamingBookable: async ({ principal, params }) => {
      mustActFor(principal, params.party)
      return ask(bus, 'roaming.bookable', params)
    },
    listRoamingBookings: async ({ principal, params }) => {
      mustActFor(principal, params.party)
      return ask(bus, 'roaming.bookings', params)
    },
    bookAtRoamingPartner: async ({ principal, params, body }) => {
      mustActFor(principal, params.party)
      const booking = await ask(bus, 'roaming.book', { ...params, ...body }, patient)
      await note(principal, 'bookAtRoamingPartner', params.party, booking.requestId)
      return booking
    },
    cancelRoamingBooking: async ({ principal, params }) => {
      mustActFor(principal, params.party)
      const booking = await ask(bus, 'roaming.cancelBooking', params, patient)
      await note(principal, 'cancelRoamingBooking', params.party, params.requestId)
      return booking
    },
    preferAtRoamingPartner: async ({ principal, params, body }) => {
      mustActFor(principal, params.party)
      const answer = await ask(bus, 'roaming.prefer', { ...params, ...body }, patient)
      await note(principal, 'preferAtRoamingPartner', params.party, params.sessionId)
      return answer
    },
    offerRoamingBooking: async ({ principal, params: { party, bookableId }, body }) => {
      mustActFor(principal, party)
      const offer = await ask(bus, 'roaming.offerBooking', { party, id: bookableId, ...body })
      await note(principal, 'offerRoamingBooking', party, bookableId)
      return offer
    },
  }
}
