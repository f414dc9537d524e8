import { type Party, WerenodeError } from '@werenode/core'

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

/** `NL*TWO` as a person types it. @throws WerenodeError `invalid-input` */
export const partyNamed = (text: string | undefined, name: string | undefined): NodeParty => {
  if (text === undefined) return name === undefined ? demoParty : { ...demoParty, name }
  const match = /^([A-Z]{2})[*-]?([A-Z0-9]{3})$/i.exec(text.trim())
  if (match === null)
    throw new WerenodeError('invalid-input', `"${text.slice(0, 20)}" is not a party`, {
      hint: 'A country code and three letters or digits, e.g. NL*TWO.',
    })
  const [country_code, party_id] = [match[1]!.toUpperCase(), match[2]!.toUpperCase()]
  return { country_code, party_id, name: name ?? `${country_code}*${party_id}` }
}
