import { ask, type Bus, type Store, WerenodeError } from '@werenode/core'
import type { Handlers } from '../http/handler.ts'
import type { Audit } from '../identity/audit.ts'
import { mustActFor } from './parties.ts'

type Operations = 'listOwnPlugFamilies' | 'putOwnPlugFamily' | 'removeOwnPlugFamily'

/** Device profiles of a party's own; the MQTT service keeps and checks them. */
export const plugFamilyRoutes = (deps: { store: Store; bus: Bus; audit: Audit }): Pick<Handlers, Operations> => {
  const { store, bus, audit } = deps
  return {
    listOwnPlugFamilies: async ({ principal, params: { party } }) => {
      mustActFor(principal, party)
      return ask(bus, 'plugs.ownFamilies', { party })
    },

    putOwnPlugFamily: async ({ principal, params: { party, family }, body }) => {
      mustActFor(principal, party)
      if (body.family !== family)
        throw new WerenodeError('invalid-input', `The profile is of another family than ${family}`, {
          hint: 'Its "family" must be the name it is put under.',
          data: { findings: [`family: must be ${family}`] },
        })
      const kept = await ask(bus, 'plugs.putOwnFamily', { party, profile: body })
      await store.write([audit.note({ principal, act: 'putOwnPlugFamily', party, subject: family })])
      return kept
    },

    removeOwnPlugFamily: async ({ principal, params: { party, family } }) => {
      mustActFor(principal, party)
      await ask(bus, 'plugs.removeOwnFamily', { party, family })
      await store.write([audit.note({ principal, act: 'removeOwnPlugFamily', party, subject: family })])
      return undefined
    },
  }
}
