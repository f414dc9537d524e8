import type { Kind, Objects } from '../model/model.ts'

/** Ids are compared without case (types, CiString), kept and told as their owner writes them. */
export const idWithin = <K extends Kind>(kind: K, object: Objects[K]): string => {
  const { country_code, party_id } = object
  const party = `${country_code}|${party_id}`
  switch (kind) {
    case 'tokens': {
      const token = object as Objects['tokens']
      return tokenId(token, token.uid, token.type)
    }
    case 'hubclientinfo':
      return `${party}|${(object as Objects['hubclientinfo']).role}`.toUpperCase()
    default:
      return `${party}|${(object as Objects['locations']).id}`.toUpperCase()
  }
}

/** mod_tokens: uid and type together are unique, RFID where no type is given. */
export const tokenId = (owner: { country_code: string; party_id: string }, uid: string, type = 'RFID'): string =>
  `${owner.country_code}|${owner.party_id}|${uid}|${type}`.toUpperCase()

export const plainId = (owner: { country_code: string; party_id: string }, id: string): string =>
  `${owner.country_code}|${owner.party_id}|${id}`.toUpperCase()

export const docId = (owner: string, kind: Kind, id: string): string => `${owner}|${kind}|${id}`
