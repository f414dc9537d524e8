import { describeCertificate } from '../keep/certificates.ts'
import { isAccepted, type Outgoing } from '../link/outgoing.ts'

interface Request {
  readonly certificateChain: string
  readonly certificateType?: string
}

/** OCPP 2.0.1 A02, A03: one certificate for the line to us, another for ISO 15118. */
export const CertificateSigned: Outgoing<Request, unknown> = {
  action: 'CertificateSigned',
  settle: async ({ dossier, stationId, request: { certificateChain, certificateType }, answer }) => {
    if (!isAccepted(answer)) return
    const key = certificateType === 'V2GCertificate' ? 'v2g' : 'station'
    const value = { pem: certificateChain, ...describeCertificate(certificateChain) }
    await dossier.put(stationId, 'certificate', [{ key, value }])
  },
}
