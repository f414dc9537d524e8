import type { Credentials } from '../model/model.ts'
import type { Schema } from '../schema/schema.ts'
import * as v211 from '../v211/objects.ts'
import * as v221 from '../v221/objects.ts'
import * as v230 from '../v230/objects.ts'

/** credentials, Credentials object: one party in 2.1.1, roles from 2.2 on. */
export interface CredentialsMapper {
  readonly schema: Schema
  fromWire(wire: Readonly<Record<string, unknown>>): Credentials
  toWire(credentials: Credentials): object
}

interface Wire211 {
  readonly token: string
  readonly url: string
  readonly country_code: string
  readonly party_id: string
  readonly business_details: { readonly name: string; readonly website?: string }
}

export const credentials211: CredentialsMapper = {
  schema: v211.credentials,
  /** 2.1.1 does not say which role the party has: both may be meant, the endpoints decide. */
  fromWire: (wire) => {
    const { token, url, country_code, party_id, business_details } = wire as unknown as Wire211
    const party = { country_code, party_id, business_details }
    return {
      token,
      url,
      roles: [
        { role: 'CPO', ...party },
        { role: 'EMSP', ...party },
      ],
    }
  },
  toWire: ({ token, url, roles }) => {
    const { country_code, party_id, business_details } = roles[0]!
    return { token, url, country_code, party_id, business_details }
  },
}
export const credentials221: CredentialsMapper = {
  schema: v221.credentials,
  fromWire: (wire) => wire as unknown as Credentials,
  toWire: ({ hub_party_id, ...credentials }) => credentials,
}
export const credentials230: CredentialsMapper = {
  schema: v230.credentials,
  fromWire: (wire) => wire as unknown as Credentials,
  toWire: (credentials) => credentials,
}
