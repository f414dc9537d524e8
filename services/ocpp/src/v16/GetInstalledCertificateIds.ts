import { type CertificateHashData, keepReported } from '../keep/certificates.ts'
import type { Outgoing } from '../link/outgoing.ts'

/** OCPP 1.6 security white paper §5.5. */
export const GetInstalledCertificateIds: Outgoing<
  { certificateType: string },
  { certificateHashData?: readonly CertificateHashData[] }
> = {
  action: 'GetInstalledCertificateIds',
  settle: ({ dossier, stationId, request, answer }) =>
    keepReported(
      dossier,
      stationId,
      (answer.certificateHashData ?? []).map((hash) => ({ type: request.certificateType, hash })),
    ),
}
