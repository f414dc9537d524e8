import { type KeyObject, verify } from 'node:crypto'
import type { Curve } from './public-key.ts'

/** A signed reading in the Open Charge Metering Format (OCMF 1.0 to 1.4): `OCMF|{payload}|{signature}`. */
export interface Ocmf {
  /** What was signed, to the byte. */
  readonly payloadText: string
  readonly curve: Curve | undefined
  readonly hash: 'sha256' | 'sha384' | 'sha512' | undefined
  /** ASN.1 DER. */
  readonly signature: Buffer
  /** SA as it stands there. */
  readonly algorithm: string
  readonly readings: readonly OcmfReading[]
  readonly meterSerial: string | undefined
  /** Number of the record at its meter: rises by one with each. */
  readonly pagination: string | undefined
  readonly identification: string | undefined
}

export interface OcmfReading {
  /** B begin, C charging, E end, L, R, A, P, S, T as OCMF's TX has them. */
  readonly transaction: string | undefined
  readonly valueWh: number | undefined
  /** Its obis code, e.g. `1-b:1.8.0`. */
  readonly identification: string | undefined
  readonly time: string | undefined
  /** G when the meter was in order. */
  readonly status: string | undefined
}

const curveOf: Readonly<Record<string, Curve>> = {
  secp256r1: 'secp256r1',
  prime256v1: 'secp256r1',
  secp256k1: 'secp256k1',
  secp384r1: 'secp384r1',
  brainpool256r1: 'brainpoolP256r1',
  brainpoolp256r1: 'brainpoolP256r1',
}
const hashes = ['sha256', 'sha384', 'sha512'] as const

/** Undefined when the text is no OCMF. */
export const parseOcmf = (text: string): Ocmf | undefined => {
  const [, payloadText = '', signatureText = ''] = /^OCMF\|(\{.*\})\|(\{[^|]*\})\s*$/s.exec(text.trim()) ?? []
  const payload = objectIn(payloadText)
  const signed = objectIn(signatureText)
  if (!payload || !signed || typeof signed.SD !== 'string') return undefined
  // "ECDSA-secp256r1-SHA256" is what is meant where nothing is said (OCMF 1.0 §4.3).
  const algorithm = textIn(signed.SA) ?? 'ECDSA-secp256r1-SHA256'
  const [, curve = '', hash = ''] = /^ECDSA-([a-z0-9]+)-(sha\d+)$/i.exec(algorithm) ?? []
  return {
    payloadText,
    curve: curveOf[curve.toLowerCase()],
    hash: hashes.find((name) => name === hash.toLowerCase()),
    signature: Buffer.from(signed.SD, textIn(signed.SE)?.toLowerCase() === 'base64' ? 'base64' : 'hex'),
    algorithm,
    readings: readingsIn(payload.RD),
    meterSerial: textIn(payload.MS),
    pagination: textIn(payload.PG),
    identification: textIn(payload.ID),
  }
}

/** Whether the signature is of this key and the payload is as it was signed. */
export const verifyOcmf = ({ payloadText, hash, signature }: Ocmf, key: KeyObject): boolean => {
  if (!hash) return false
  try {
    return verify(hash, Buffer.from(payloadText, 'utf8'), { key, dsaEncoding: 'der' }, signature)
  } catch {
    // A signature that is no DER is no signature.
    return false
  }
}

/** A member that repeats what the one before it said may be left out (OCMF 1.0 §3.3). */
const readingsIn = (value: unknown): readonly OcmfReading[] => {
  if (!Array.isArray(value)) return []
  let last: Record<string, unknown> = {}
  return value.flatMap((entry): OcmfReading[] => {
    if (typeof entry !== 'object' || entry === null) return []
    last = { ...last, ...(entry as Record<string, unknown>) }
    return [
      {
        transaction: textIn(last.TX),
        valueWh: wattHours(last.RV, textIn(last.RU)),
        identification: textIn(last.RI),
        time: textIn(last.TM),
        status: textIn(last.ST),
      },
    ]
  })
}

const wattHours = (value: unknown, unit: string | undefined): number | undefined => {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN
  if (!Number.isFinite(number)) return undefined
  if (unit === 'kWh') return Math.round(number * 1_000_000) / 1000
  return unit === 'Wh' ? number : undefined
}

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const objectIn = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    // No JSON, so no OCMF.
    return undefined
  }
}
