import { describeCertificate } from '../keep/certificates.ts'
import { isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 1.6 security white paper §5.1: the station's new certificate, made from its request. */
export const CertificateSigned: Outgoing<{ certificateChain: string }, unknown> = {
  action: 'CertificateSigned',
  settle: async ({ dossier, stationId, request: { certificateChain }, answer }) => {
    if (isAccepted(answer))
      await dossier.put(stationId, 'certificate', [
        { key: 'station', value: { pem: certificateChain, ...describeCertificate(certificateChain) } },
      ])
  },
}
