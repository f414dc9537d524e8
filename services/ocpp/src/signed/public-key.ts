import { createPublicKey, type KeyObject } from 'node:crypto'

/** The elliptic curves meters sign on. */
export const curves = ['secp256r1', 'secp256k1', 'secp384r1', 'brainpoolP256r1'] as const
export type Curve = (typeof curves)[number]

/** Start of a SubjectPublicKeyInfo up to the point, for meters that print the bare point (RFC 5480). */
const header: Record<Curve, string> = {
  secp256r1: '3059301306072a8648ce3d020106082a8648ce3d030107034200',
  secp256k1: '3056301006072a8648ce3d020106052b8104000a034200',
  secp384r1: '3076301006072a8648ce3d020106052b81040022036200',
  brainpoolP256r1: '305a301406072a8648ce3d020106092b2403030208010107034200',
}

/**
 * Reads a meter's public key as it is printed on meters and sent by stations: PEM, DER or the bare point, in hexadecimal or base64,
 * and the "oca:base16:asn1:…" of the OCA's application note. Undefined when it is none.
 */
export const readPublicKey = (text: string, curve: Curve = 'secp256r1'): KeyObject | undefined => {
  const trimmed = text.trim()
  if (trimmed.includes('-----BEGIN')) return tried(() => createPublicKey(trimmed))
  for (const bytes of readings(trimmed)) {
    const words = bytes.toString('latin1')
    // The note wraps its own prefix into base64 once more.
    if (words.startsWith('oca:')) return readPublicKey(words, curve)
    const isPoint = bytes[0] === 0x04 && (bytes.length === 65 || bytes.length === 97)
    const der = isPoint ? Buffer.concat([Buffer.from(header[curve], 'hex'), bytes]) : bytes
    const key = tried(() => createPublicKey({ key: der, format: 'der', type: 'spki' }))
    if (key?.asymmetricKeyType === 'ec') return key
  }
  return undefined
}

const readings = (text: string): Buffer[] => {
  const [, base, , inner] = /^oca:(base16|base64):([^:]*):(.+)$/i.exec(text) ?? []
  if (inner !== undefined) return [Buffer.from(inner, base?.toLowerCase() === 'base16' ? 'hex' : 'base64')]
  const plain = text.replaceAll(/[\s:]/g, '')
  return [
    ...(/^([0-9a-f]{2})+$/i.test(plain) ? [Buffer.from(plain, 'hex')] : []),
    ...(/^[A-Za-z0-9+/_-]+=*$/.test(plain) ? [Buffer.from(plain, 'base64')] : []),
  ]
}

const tried = (make: () => KeyObject): KeyObject | undefined => {
  try {
    return make()
  } catch {
    // Not this form.
    return undefined
  }
}
