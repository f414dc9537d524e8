import type { PartyRef } from '../model/model.ts'

/** transport_and_format, "Message Routing Headers": on functional modules of 2.2 and later only. */
export interface Routing {
  readonly to?: PartyRef
  readonly from?: PartyRef
}

export const readRouting = (headers: Readonly<Record<string, string | readonly string[] | undefined>>): Routing => {
  const party = (way: 'to' | 'from'): PartyRef | undefined => {
    const country = headers[`ocpi-${way}-country-code`]
    const id = headers[`ocpi-${way}-party-id`]
    return typeof country === 'string' && typeof id === 'string' ? { country_code: country, party_id: id } : undefined
  }
  const to = party('to')
  const from = party('from')
  return { ...(to ? { to } : {}), ...(from ? { from } : {}) }
}

export const routingHeaders = ({ to, from }: Routing): Record<string, string> => ({
  ...(to ? { 'OCPI-to-country-code': to.country_code, 'OCPI-to-party-id': to.party_id } : {}),
  ...(from ? { 'OCPI-from-country-code': from.country_code, 'OCPI-from-party-id': from.party_id } : {}),
})

/** Parties are compared without case (types, CiString). */
export const partyKey = ({ country_code, party_id }: PartyRef): string =>
  `${country_code.toUpperCase()}*${party_id.toUpperCase()}`
export const sameParty = (a: PartyRef, b: PartyRef): boolean => partyKey(a) === partyKey(b)
