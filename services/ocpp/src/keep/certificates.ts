import { createHash, X509Certificate } from 'node:crypto'
import type { Dossier } from '../watch/dossier.ts'

/** What identifies a certificate to a station (2.0.1 §2.6 CertificateHashDataType). */
export interface CertificateHashData {
  readonly hashAlgorithm?: string
  readonly issuerNameHash?: string
  readonly issuerKeyHash?: string
  readonly serialNumber?: string
}

/** Serial numbers are compared without leading zeros and case: every station writes them differently. */
export const serialOf = (serialNumber: string | undefined): string =>
  (serialNumber ?? '')
    .toLowerCase()
    .replace(/^0x/, '')
    .replace(/^0+(?=.)/, '')

/** What can be read from a PEM text without trusting it. */
export const describeCertificate = (pem: string): Record<string, unknown> => {
  try {
    const certificate = new X509Certificate(pem)
    return {
      subject: certificate.subject,
      issuer: certificate.issuer,
      serialNumber: serialOf(certificate.serialNumber),
      validFrom: new Date(certificate.validFrom).toISOString(),
      validTo: new Date(certificate.validTo).toISOString(),
      fingerprint256: certificate.fingerprint256,
    }
  } catch {
    return { unreadable: true, sha256: createHash('sha256').update(pem).digest('hex') }
  }
}

export const keepInstalled = async (dossier: Dossier, stationId: string, type: string, pem: string): Promise<void> => {
  const description = describeCertificate(pem)
  const key = `installed/${String(description.serialNumber ?? description.sha256)}`
  await dossier.put(stationId, 'certificate', [{ key, value: { type, pem, ...description } }])
}

/** Replaces what the station reported before. */
export const keepReported = async (
  dossier: Dossier,
  stationId: string,
  reported: readonly { readonly type: string; readonly hash: CertificateHashData }[],
): Promise<void> => {
  const before = (await dossier.list(stationId, 'certificate')).filter(({ key }) => key.startsWith('reported/'))
  await dossier.remove(
    stationId,
    'certificate',
    before.map(({ key }) => key),
  )
  await dossier.put(
    stationId,
    'certificate',
    reported.map(({ type, hash }) => ({ key: `reported/${serialOf(hash.serialNumber)}`, value: { type, ...hash } })),
  )
}

export const forgetCertificate = (dossier: Dossier, stationId: string, hash: CertificateHashData | undefined) => {
  const serial = serialOf(hash?.serialNumber)
  return dossier.remove(stationId, 'certificate', [`installed/${serial}`, `reported/${serial}`])
}
