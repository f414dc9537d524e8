import { parseOcmf, verifyOcmf } from './ocmf.ts'
import { readPublicKey } from './public-key.ts'

/** What a signed value is worth. */
export interface Verdict {
  /** `unverified`: the format is not known, or there is no key to check with. */
  readonly state: 'valid' | 'invalid' | 'unverified'
  readonly format: 'OCMF' | 'other'
  /** `pinned`: registered by the operator; `carried`: sent along with the value, which proves that nobody changed it later, not whose meter it was. */
  readonly key?: 'pinned' | 'carried'
  /** The register it states, Wh. */
  readonly registerWh?: number
  readonly why?: string
}

/**
 * Judges a signed value as stations send it: OCMF as text, in base64, or inside the SignedMeterValue object of 2.x, which 1.6 stations
 * send as JSON text (OCA application note "Signed Meter Values").
 */
export const judgeSigned = (
  original: string,
  keys: { pinned?: string | undefined; carried?: string | undefined },
): Verdict => {
  const { text, carried } = unwrapped(original, keys.carried)
  const ocmf = parseOcmf(text)
  if (!ocmf) return { state: 'unverified', format: 'other', why: 'The format is not OCMF; it is kept as it came' }
  const registerWh = ocmf.readings.findLast(({ valueWh }) => valueWh !== undefined)?.valueWh
  const seen = { format: 'OCMF', ...(registerWh === undefined ? {} : { registerWh }) } as const
  if (!ocmf.curve || !ocmf.hash)
    return { ...seen, state: 'unverified', why: `The algorithm ${ocmf.algorithm.slice(0, 60)} cannot be checked` }
  const [kind, given] = keys.pinned === undefined ? (['carried', carried] as const) : (['pinned', keys.pinned] as const)
  if (given === undefined || given === '')
    return { ...seen, state: 'unverified', why: 'No public key of the meter is known' }
  const key = readPublicKey(given, ocmf.curve)
  if (!key) return { ...seen, state: 'unverified', key: kind, why: 'The public key of the meter cannot be read' }
  if (verifyOcmf(ocmf, key)) return { ...seen, state: 'valid', key: kind }
  return { ...seen, state: 'invalid', key: kind, why: 'The signature does not fit the value and the key' }
}

/** Layers are taken off until OCMF or nothing known remains. */
const unwrapped = (original: string, carried: string | undefined): { text: string; carried: string | undefined } => {
  let text = original.trim()
  let key = carried
  for (let layer = 0; layer < 4; layer += 1) {
    if (text.startsWith('OCMF|')) break
    const inner = text.startsWith('{') ? signedMember(text) : decoded(text)
    if (!inner) break
    text = inner.text.trim()
    key ??= inner.publicKey
  }
  return { text, carried: key }
}

const signedMember = (json: string): { text: string; publicKey: string | undefined } | undefined => {
  try {
    const { signedMeterData, publicKey } = JSON.parse(json) as { signedMeterData?: unknown; publicKey?: unknown }
    if (typeof signedMeterData !== 'string') return undefined
    return { text: signedMeterData, publicKey: typeof publicKey === 'string' ? publicKey : undefined }
  } catch {
    // No JSON after all.
    return undefined
  }
}

const decoded = (text: string): { text: string; publicKey: undefined } | undefined => {
  if (!/^[A-Za-z0-9+/_-]{8,}=*$/.test(text)) return undefined
  const inner = Buffer.from(text, 'base64').toString('utf8')
  return inner.startsWith('OCMF|') || inner.startsWith('{') ? { text: inner, publicKey: undefined } : undefined
}
