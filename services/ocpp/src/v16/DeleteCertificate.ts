import { type CertificateHashData, forgetCertificate } from '../keep/certificates.ts'
import { type Outgoing, statusOf } from '../link/outgoing.ts'

/** OCPP 1.6 security white paper §5.3, OCPP 2.0.1 M04. */
export const DeleteCertificate: Outgoing<{ certificateHashData: CertificateHashData }, unknown> = {
  action: 'DeleteCertificate',
  settle: async ({ dossier, stationId, request, answer }) => {
    if (statusOf(answer) !== 'Failed') await forgetCertificate(dossier, stationId, request.certificateHashData)
  },
}
