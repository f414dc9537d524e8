import type { Partner } from '../collections.ts'
import { partyKey, type Routing, sameParty } from '../http/routing.ts'
import type { PartyRef, Role } from '../model/model.ts'

type Known = Pick<Partner, 'hubPartyId' | 'roles'>

/** The party a hub is itself: `hub_party_id` from 2.3.0 on, the role HUB before; undefined when the partner is no hub. */
export const hubParty = ({ hubPartyId, roles }: Known): PartyRef | undefined => {
  if (hubPartyId !== undefined) return { country_code: hubPartyId.slice(0, 2), party_id: hubPartyId.slice(2) }
  const hub = roles.find(({ role }) => role === 'HUB')
  return hub && { country_code: hub.country_code, party_id: hub.party_id }
}
export const isHub = (partner: Known): boolean => hubParty(partner) !== undefined

/** Whether a party may come over this connection: one that the partner registered, or anyone behind a hub. */
export const carries = (partner: Known, party: PartyRef): boolean =>
  isHub(partner) || partner.roles.some((role) => sameParty(role, party))

/** Whether a request may see or change what is for `forParty`: through a hub it is the party that asks, else any of the partner's own. */
export const speaksFor = (partner: Known, { from }: Routing, forParty: string | undefined): boolean =>
  forParty !== undefined &&
  (isHub(partner)
    ? from !== undefined && partyKey(from) === forParty
    : partner.roles.some((role) => partyKey(role) === forParty))

/** Whom a request of ours is for where nothing names a party: the partner's own in that role; a hub is addressed itself, and sends it on. */
export const partyIn = (partner: Known, role: Role): PartyRef => {
  const own = hubParty(partner) ?? partner.roles.find((one) => one.role === role) ?? partner.roles[0]!
  return { country_code: own.country_code, party_id: own.party_id }
}

/** Where an answer of ours to a party's request goes: back to it, which may stand behind a hub. */
export const backTo = (partner: Known, { from }: Routing, role: Role): PartyRef =>
  from !== undefined && carries(partner, from) ? from : partyIn(partner, role)
