import { keepInstalled } from '../keep/certificates.ts'
import { isAccepted, type Outgoing } from '../link/outgoing.ts'

/** OCPP 1.6 security white paper §5.8, OCPP 2.0.1 M05: a root the station shall trust. */
export const InstallCertificate: Outgoing<{ certificateType: string; certificate: string }, unknown> = {
  action: 'InstallCertificate',
  settle: async ({ dossier, stationId, request, answer }) => {
    if (isAccepted(answer)) await keepInstalled(dossier, stationId, request.certificateType, request.certificate)
  },
}
