import type { CertificateDesk } from '../certificates/desk.ts'
import type { Handler } from '../link/handler.ts'

/** OCPP 1.6 security white paper §5.12, OCPP 2.0.1 A02 and A03: the station asks for a certificate of its own. */
interface Request {
  readonly csr?: string
  readonly certificateType?: string
}

export const createSignCertificate =
  ({
    certificates,
  }: {
    certificates: CertificateDesk
  }): Handler<Request, { readonly status: 'Accepted' | 'Rejected' }> =>
  async ({ csr = '', certificateType }, { stationId }) => ({
    status: await certificates.request(stationId, csr, certificateType ?? 'ChargingStationCertificate'),
  })
