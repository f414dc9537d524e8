import type { Party } from '@werenode/core'

/** Whose plugs a node runs, and under which name it roams. */
export interface NodeParty {
  readonly country_code: string
  readonly party_id: string
  readonly name: string
}

export const demoParty: NodeParty = { country_code: 'FR', party_id: 'WRN', name: 'Werenode demo' }

export const partyText = ({ country_code, party_id }: NodeParty): Party => `${country_code}*${party_id}` as Party

/** The demo's plugs keep their numbers under any party: `FR*WRN*E000001` is `NL*TWO*E000001` there. */
export const evseIdOf = (party: NodeParty, evseId: string): string => evseId.replace('FR*WRN', partyText(party))
