import type { ContractCertificates, OcspRequest } from '../certificates/contracts.ts'
import { serialOf } from '../keep/certificates.ts'
import type { Handler } from '../link/handler.ts'
import type { Dossier } from '../watch/dossier.ts'

/** OCPP 2.0.1 M06. */
interface Request {
  readonly ocspRequestData?: OcspRequest
}

interface Answer {
  readonly status: 'Accepted' | 'Failed'
  readonly ocspResult?: string
}

export const createGetCertificateStatus =
  ({ contracts, dossier }: { contracts: ContractCertificates; dossier: Dossier }): Handler<Request, Answer> =>
  async ({ ocspRequestData = {} }, { stationId, receivedAt }) => {
    const ocspResult = await contracts.certificateStatus(ocspRequestData)
    const status = ocspResult === undefined ? 'Failed' : 'Accepted'
    await dossier.put(stationId, 'certificate', [
      { key: `ocsp/${serialOf(ocspRequestData.serialNumber)}`, value: { status, at: receivedAt.toISOString() } },
    ])
    return { status, ...(ocspResult === undefined ? {} : { ocspResult }) }
  }
