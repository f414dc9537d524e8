import { ask, type Bus, type Party, type Principal, type Store } from '@werenode/core'
import type { Handlers } from '../http/handler.ts'
import type { Audit } from '../identity/audit.ts'
import { mustActFor } from './parties.ts'

type Operations =
  | 'listRoamingPartners'
  | 'addRoamingPartner'
  | 'inviteRoamingPartner'
  | 'getRoamingPartner'
  | 'removeRoamingPartner'
  | 'testRoamingPartner'
  | 'checkRoamingPartner'
  | 'resendToRoamingPartner'
  | 'pauseRoamingPartner'
  | 'rotateRoamingPartner'
  | 'pullRoamingPartner'
  | 'getRoamingStatement'
  | 'closeRoamingStatement'

/** Partners may take their time to answer, ms. */
const patient = { timeoutMs: 28_000 }

/** Roaming partners are the OCPI service's; here it is seen to that an operator acts for their own party only, and noted. */
export const roamingRoutes = (deps: { store: Store; bus: Bus; audit: Audit }): Pick<Handlers, Operations> => {
  const { store, bus, audit } = deps
  const note = (principal: Principal, act: string, party: Party, subject: string): Promise<unknown> =>
    store.write([audit.note({ principal, act, party, subject })])

  return {
    listRoamingPartners: async ({ principal, params }) => {
      mustActFor(principal, params.party)
      return ask(bus, 'roaming.partners', params)
    },
    addRoamingPartner: async ({ principal, params: { party }, body }) => {
      mustActFor(principal, party)
      const partner = await ask(bus, 'roaming.addPartner', { party, ...body }, patient)
      await note(principal, 'addRoamingPartner', party, partner.id)
      return partner
    },
    inviteRoamingPartner: async ({ principal, params: { party }, body }) => {
      mustActFor(principal, party)
      const invitation = await ask(bus, 'roaming.invitePartner', { party, ...body })
      await note(principal, 'inviteRoamingPartner', party, invitation.id)
      return invitation
    },
    getRoamingPartner: async ({ principal, params }) => {
      mustActFor(principal, params.party)
      return ask(bus, 'roaming.partner', params)
    },
    removeRoamingPartner: async ({ principal, params }) => {
      mustActFor(principal, params.party)
      await ask(bus, 'roaming.removePartner', params, patient)
      await note(principal, 'removeRoamingPartner', params.party, params.partnerId)
      return undefined
    },
    testRoamingPartner: async ({ principal, params }) => {
      mustActFor(principal, params.party)
      return ask(bus, 'roaming.testPartner', params, patient)
    },
    checkRoamingPartner: async ({ principal, params }) => {
      mustActFor(principal, params.party)
      return ask(bus, 'roaming.checkPartner', params, patient)
    },
    resendToRoamingPartner: async ({ principal, params, body }) => {
      mustActFor(principal, params.party)
      return ask(bus, 'roaming.resend', { ...params, ...body })
    },
    pauseRoamingPartner: async ({ principal, params, body }) => {
      mustActFor(principal, params.party)
      const partner = await ask(bus, 'roaming.pausePartner', { ...params, ...body })
      await note(
        principal,
        body.paused ? 'pauseRoamingPartner' : 'resumeRoamingPartner',
        params.party,
        params.partnerId,
      )
      return partner
    },
    rotateRoamingPartner: async ({ principal, params }) => {
      mustActFor(principal, params.party)
      const partner = await ask(bus, 'roaming.rotatePartner', params, patient)
      await note(principal, 'rotateRoamingPartner', params.party, params.partnerId)
      return partner
    },
    getRoamingStatement: async ({ principal, params, query }) => {
      mustActFor(principal, params.party)
      return ask(bus, 'roaming.statement', { ...params, ...query }, patient)
    },
    closeRoamingStatement: async ({ principal, params, body }) => {
      mustActFor(principal, params.party)
      const statement = await ask(bus, 'roaming.closeStatement', { ...params, ...body }, patient)
      await note(principal, 'closeRoamingStatement', params.party, params.partnerId)
      return statement
    },
    pullRoamingPartner: async ({ principal, params, body }) => {
      mustActFor(principal, params.party)
      return ask(bus, 'roaming.pullPartner', { ...params, ...body }, patient)
    },
  }
}
