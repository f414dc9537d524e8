import type { Branded } from './brand.ts'
import { WerenodeError } from './errors.ts'

/** An eMI3 EVSE id as its owner writes it (`FR*WRN*E000001`), without connector. Stored as given, compared by `evseKey`. */
export type EvseId = Branded<string, 'EvseId'>
/** Upper case, separators removed: what is compared and hashed (chain.md R45). */
export type EvseKey = Branded<string, 'EvseKey'>
/** EIP-712 hash of the ChargeTerms (`0x` + 64 hex): the id is the agreement. */
export type SessionId = Branded<`0x${string}`, 'SessionId'>
export type Address = `0x${string}`
export type Hex = `0x${string}`
/** OCPI party: country code and party id, e.g. `FR*WRN`. */
export type Party = Branded<string, 'Party'>

const evsePattern = /^[A-Z]{2}\*?[A-Z0-9]{3}\*?E[A-Z0-9*]{1,30}$/i

export const parseEvseId = (text: string): EvseId => {
  const trimmed = text.trim()
  if (!evsePattern.test(trimmed))
    throw new WerenodeError('invalid-input', `"${text.slice(0, 60)}" is not an EVSE id`, {
      hint: 'It looks like FR*WRN*E000001: country, party, E, then letters and digits. The connector is a number apart.',
    })
  return trimmed as EvseId
}

export const evseKey = (id: string): EvseKey => id.toUpperCase().replaceAll(/[^A-Z0-9]/g, '') as EvseKey

/** Party of an EVSE id: `FR*WRN*E1` -> `FR*WRN`. */
export const partyOf = (id: EvseId): Party => {
  const key = evseKey(id)
  return `${key.slice(0, 2)}*${key.slice(2, 5)}` as Party
}

/**
 * Reads what a person types or a QR code holds: an EVSE id with an optional connector as last part.
 * The connector (`*1`) is split off only where the exact id is not known; see `candidates`.
 */
export const evseCandidates = (text: string): readonly { evseId: EvseId; connector: number }[] => {
  const whole = parseEvseId(text)
  const match = /^(.+)\*(\d{1,2})$/.exec(whole)
  const shorter =
    match && evsePattern.test(match[1]!) ? [{ evseId: match[1] as EvseId, connector: Number(match[2]) }] : []
  return [{ evseId: whole, connector: 1 }, ...shorter]
}

export const parseSessionId = (text: string): SessionId => {
  if (!/^0x[0-9a-f]{64}$/i.test(text))
    throw new WerenodeError('invalid-input', `"${text.slice(0, 80)}" is not a session id`, {
      hint: 'A session id is 0x followed by 64 hexadecimal digits, as the quote showed it.',
    })
  return text.toLowerCase() as SessionId
}

export const parseAddress = (text: string): Address => {
  if (!/^0x[0-9a-f]{40}$/i.test(text))
    throw new WerenodeError('invalid-input', `"${text.slice(0, 60)}" is not an account address`, {
      hint: 'An address is 0x followed by 40 hexadecimal digits.',
    })
  return text.toLowerCase() as Address
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** The station's idTag of a session: the first 100 bits of its id in base32, 20 characters, which ties OCMF to the session (R25). */
export const idTagOf = (sessionId: SessionId): string => {
  let bits = BigInt(`0x${sessionId.slice(2, 27)}`)
  let text = ''
  for (let index = 0; index < 20; index += 1) {
    text = base32[Number(bits & 31n)] + text
    bits >>= 5n
  }
  return text
}
